"""Matters that societies are asked about, contradictions between sources, pairs, rehearsed rules."""

from typing import Any

from django.db.models import Max

from accounts.nouns import MOMENT, NUMBER, TEXTS, Noun, Part
from accounts.policy import Action
from common import clock, spreadsheet
from common.keyset import Key
from registry import kept_lists
from registry.flags import words
from registry.forms.contradictions import ContradictionFilter
from registry.forms.flags import FlagFilter
from registry.models import Contradiction, Flag, MatchPair, Rehearsal
from registry.nouns.society import of_society, society
from registry.sides.words import said


def _asked(rows: Any) -> Any:
    found = rows.asked().select_related("cooperative__township")
    return found.annotate(answered_at=Max("answers__answered_at"))


def _sides(contradiction: Any) -> list[str]:
    return [f"{source}：{label}：{value}" for source, label, value in said(contradiction.evidence)]


MATTERS = Noun(
    name="matters",
    title="需核实事项",
    model=Flag,
    action=Action.VIEW_MATTER,
    argument="flag",
    parts=(
        NUMBER,
        *society(),
        Part("question", label="请说明", value=words.question_of),
        Part("due_on"),
        Part("answered_at", label="最近答复", kind=MOMENT),
    ),
    joined=_asked,
    conditions=of_society(),
)
CONTRADICTIONS = Noun(
    name="contradictions",
    title="来源矛盾",
    model=Contradiction,
    action=Action.VIEW_CONTRADICTION,
    argument="contradiction",
    parts=(
        NUMBER,
        *society(),
        Part("kind"),
        Part("state"),
        Part("said", label="各来源的说法", kind=TEXTS, value=_sides),
        Part("opened_at"),
        Part("assignee", "assignee.full_name", label="核实人"),
        Part("due_on"),
    ),
    joined=lambda rows: rows.for_list(),
    filter=ContradictionFilter,
    make_filter=lambda data, user: ContradictionFilter(data, user=user, today=clock.today()),
    listed=kept_lists.CONTRADICTIONS,
)
PAIRS = Noun(
    name="pairs",
    title="疑似同一家",
    model=MatchPair,
    action=Action.MERGE_COOPERATIVE,
    argument="pair",
    parts=(
        NUMBER,
        Part("left_code", "left.code", label="甲代码", kind=spreadsheet.CODE),
        Part("left_name", "left.name", label="甲"),
        Part("right_code", "right.code", label="乙代码", kind=spreadsheet.CODE),
        Part("right_name", "right.name", label="乙"),
        Part("basis"),
        Part("agreeing"),
        Part("state"),
        Part("decided_by", "decided_by.full_name", label="判定人"),
        Part("decided_at"),
        Part("decision_reason"),
    ),
    joined=lambda rows: rows.for_list(),
    conditions={"state": "state", "basis": "basis"},
    order=(Key("agreeing", descending=True), Key("pk")),
)
REHEARSALS = Noun(
    name="rehearsals",
    title="规则试算",
    model=Rehearsal,
    action=Action.REHEARSE_RULE,
    argument="rehearsal",
    parts=(
        NUMBER,
        Part("rule"),
        Part("state"),
        Part("as_of"),
        Part("effective_from"),
        Part("reason"),
        Part("drafted_by", "drafted_by.full_name", label="试算人"),
        Part("released_by", "released_by.full_name", label="发布人"),
        Part("released_at"),
        Part("failure"),
    ),
    joined=lambda rows: rows.select_related("drafted_by", "released_by"),
    conditions={"rule": "rule", "state": "state"},
)
# For exports; programs read suspicions through registry/api/flags.py.
FLAGS = Noun(
    name="flags",
    title="疑似问题",
    model=Flag,
    action=Action.VIEW_FLAG,
    argument="flag",
    parts=(
        NUMBER,
        *society(),
        Part("rule", label="规则"),
        Part("found", label="疑似问题", value=words.title_of),
        Part("labels", label="指向", kind=TEXTS, value=words.labels_of),
        Part("severity"),
        Part("state"),
        Part("reasons", label="依据", kind=TEXTS, value=words.reasons_of),
        Part("as_of"),
        Part("opened_at"),
        Part("cleared_at"),
    ),
    joined=lambda rows: rows.for_list(),
    filter=FlagFilter,
    make_filter=lambda data, user: FlagFilter(data, user=user),
    listed=kept_lists.FLAGS,
)
NOUNS = (MATTERS, CONTRADICTIONS, PAIRS, REHEARSALS)
