"""Visits, promises, counsellors and their societies, events, the ledger, for programs and exports."""

from typing import Any

from accounts.nouns import MOMENT, NUMBER, TEXTS, Noun, Part
from accounts.policy import Action
from common import spreadsheet
from common.keyset import OLDEST_FIRST
from registry.models import ConflictOfInterest
from registry.nouns.society import of_society, society
from registry.wording import label_of
from training import kept_lists
from training.forms.counsellors import CounsellorFilter
from training.forms.events import EventFilter, GuidanceFilter
from training.forms.promises import PromiseFilter
from training.forms.visits import VisitFilter
from training.models import (
    Counsellor,
    CounsellorAssignment,
    GuidanceRecord,
    Handover,
    Promise,
    TrainingEvent,
    Visit,
    VisitProposal,
)


def _named(lines: Any) -> list[str]:
    """Return the societies of a handover by name."""
    return [line["name"] for line in lines]


def _about(proposal: Any) -> str:
    """Return the item of the register that a proposal is about, or the rule of its suspicion."""
    if proposal.field:
        return label_of(proposal.field)
    return proposal.flag.rule if proposal.flag else ""


VISITS = Noun(
    name="visits",
    title="走访记录",
    model=Visit,
    action=Action.VIEW_VISIT,
    argument="visit",
    parts=(
        Part("key", label="编号"),
        *society(),
        Part("counsellor", "counsellor.full_name", label="辅导员"),
        Part("visited_on"),
        Part("method"),
        Part("purpose"),
        Part("met"),
        Part("at_address"),
        Part("operating"),
        Part("seen", "seen_words", label="现场看到", kind=TEXTS),
        Part("members_met"),
        Part("problems"),
        Part("guidance"),
        Part("next_visit_on"),
        Part("state"),
        Part("confirmed_at", kind=MOMENT),
        Part("reviewed_at", kind=MOMENT),
    ),
    joined=lambda rows: rows.for_list().select_related("cooperative__township"),
    filter=VisitFilter,
    lookup="key",
    converter="uuid",
    listed=kept_lists.VISITS,
)
PROMISES = Noun(
    name="promises",
    title="整改事项",
    model=Promise,
    action=Action.VIEW_PROMISE,
    argument="promise",
    parts=(
        NUMBER,
        *society(),
        Part("kind"),
        Part("text"),
        Part("owner"),
        Part("due_on"),
        Part("grave"),
        Part("state"),
        Part("outcome"),
        Part("closed_at", kind=MOMENT),
    ),
    joined=lambda rows: rows.for_list().select_related("cooperative__township"),
    filter=PromiseFilter,
    make_filter=lambda data, user: PromiseFilter(data, user=user),
    listed=kept_lists.PROMISES,
)
COUNSELLORS = Noun(
    name="counsellors",
    title="辅导员",
    model=Counsellor,
    action=Action.VIEW_COUNSELLOR,
    argument="counsellor",
    parts=(
        NUMBER,
        Part("name", "user.full_name", label="姓名"),
        Part("unit", "user.unit.short_name", label="乡镇街道"),
        Part("specialty"),
        Part("source"),
        Part("appointed_on"),
        Part("until"),
        Part("societies", label="联系合作社", kind=spreadsheet.NUMBER),
        Part("pairs", label="结对", kind=spreadsheet.NUMBER),
        Part("grave_flags", label="重点疑似", kind=spreadsheet.NUMBER),
    ),
    joined=lambda rows: rows.with_load().select_related("user__unit"),
    filter=CounsellorFilter,
    make_filter=lambda data, user: CounsellorFilter(data, user=user),
    listed=kept_lists.COUNSELLORS,
)
ASSIGNMENTS = Noun(
    name="assignments",
    title="辅导关系",
    model=CounsellorAssignment,
    action=Action.VIEW_COUNSELLOR,
    argument="assignment",
    parts=(
        NUMBER,
        *society(),
        Part("counsellor", "counsellor.full_name", label="辅导员"),
        Part("kind"),
        Part("since"),
        Part("until"),
    ),
    joined=lambda rows: rows.select_related("cooperative__township", "counsellor"),
    conditions={"kind": "kind", **of_society()},
)
INTERESTS = Noun(
    name="interests",
    title="利害关系",
    model=ConflictOfInterest,
    action=Action.VIEW_COUNSELLOR,
    argument="interest",
    parts=(
        NUMBER,
        *society(),
        Part("person", "person.full_name", label="人员"),
        Part("kind"),
        Part("until"),
    ),
    joined=lambda rows: rows.select_related("cooperative__township", "person"),
    conditions={"kind": "kind", **of_society()},
)
HANDOVERS = Noun(
    name="handovers",
    title="辅导工作交接",
    model=Handover,
    action=Action.VIEW_COUNSELLOR,
    argument="handover",
    parts=(
        NUMBER,
        Part("giver", "giver.full_name", label="移交人"),
        Part("taker", "taker.full_name", label="接收人"),
        Part("on"),
        Part("reason"),
        Part(
            "societies", kind=TEXTS, value=lambda row: _named(row.societies), label="移交的合作社"
        ),
        Part(
            "kept_back", kind=TEXTS, value=lambda row: _named(row.kept_back), label="未移交的合作社"
        ),
        Part("made_by", "made_by.full_name", label="经办人"),
    ),
    joined=lambda rows: rows.select_related("giver", "taker", "made_by"),
    conditions={"on": "on"},
)
PROPOSALS = Noun(
    name="visit-proposals",
    title="走访提出的更正",
    model=VisitProposal,
    action=Action.DECIDE_PROPOSAL,
    argument="proposal",
    parts=(
        NUMBER,
        *society("visit.cooperative"),
        Part("visit", "visit.key", label="走访记录"),
        Part("kind"),
        Part("about", value=_about, label="项目"),
        Part("stood"),
        Part("value"),
        Part("note"),
    ),
    joined=lambda rows: rows.waiting().for_list(),
    conditions={
        "kind": "kind",
        **of_society("visit__cooperative"),
    },
    order=OLDEST_FIRST,
)
EVENTS = Noun(
    name="events",
    title="培训",
    model=TrainingEvent,
    action=Action.VIEW_EVENT,
    argument="event",
    parts=(
        NUMBER,
        Part("title"),
        Part("audience"),
        Part("unit", "unit.short_name", label="举办单位"),
        Part("held_on"),
        Part("hours", kind=spreadsheet.TEXT),
        Part("place"),
        Part("trainers"),
        Part("topics", "topic_words", label="内容"),
        Part("state"),
        Part("present", label="到会人数", kind=spreadsheet.NUMBER),
    ),
    joined=lambda rows: rows.counted().select_related("unit"),
    filter=EventFilter,
    listed=kept_lists.EVENTS,
)
GUIDANCE = Noun(
    name="guidance",
    title="辅导台账",
    model=GuidanceRecord,
    action=Action.VIEW_GUIDANCE,
    argument="guidance",
    parts=(
        NUMBER,
        Part("kind"),
        Part("on"),
        Part("unit", "unit.short_name", label="单位"),
        Part("about"),
        Part("advice"),
        Part("outcome"),
    ),
    joined=lambda rows: rows.select_related("unit"),
    filter=GuidanceFilter,
    listed=kept_lists.GUIDANCE,
)
NOUNS = (
    VISITS,
    PROMISES,
    PROPOSALS,
    COUNSELLORS,
    ASSIGNMENTS,
    INTERESTS,
    HANDOVERS,
    EVENTS,
    GUIDANCE,
)
