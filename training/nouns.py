"""Visits, promises, counsellors, events and the ledger of guidance, for programs and exports."""

from accounts.nouns import MOMENT, TEXTS, Noun, Part
from accounts.policy import Action
from common import spreadsheet
from registry.nouns.society import NUMBER, society
from training.forms.counsellors import CounsellorFilter
from training.forms.events import EventFilter, GuidanceFilter
from training.forms.promises import PromiseFilter
from training.forms.visits import VisitFilter
from training.models import Counsellor, GuidanceRecord, Promise, TrainingEvent, Visit

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
    ),
    joined=lambda rows: rows.for_list().select_related("cooperative__township"),
    filter=VisitFilter,
    lookup="key",
    converter="uuid",
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
    ),
    joined=lambda rows: rows.with_load().select_related("user__unit"),
    filter=CounsellorFilter,
    make_filter=lambda data, user: CounsellorFilter(data, user=user),
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
)
NOUNS = (VISITS, PROMISES, COUNSELLORS, EVENTS, GUIDANCE)
