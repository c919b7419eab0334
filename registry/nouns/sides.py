"""Matters that societies are asked about, and contradictions between sources."""

from typing import Any

from django.db.models import Max

from accounts.nouns import MOMENT, TEXTS, Noun, Part
from accounts.policy import Action
from common import clock
from registry.flags import words
from registry.forms.contradictions import ContradictionFilter
from registry.forms.flags import FlagFilter
from registry.models import Contradiction, Flag
from registry.nouns.society import NUMBER, OF_SOCIETY, society
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
    conditions=OF_SOCIETY,
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
)
NOUNS = (MATTERS, CONTRADICTIONS)
