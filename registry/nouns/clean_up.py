"""Clean-up cases, survey records, batch days, relations, tip-offs."""

from accounts.nouns import Noun, Part
from accounts.policy import Action
from common import spreadsheet
from registry.forms.cleanup_filter import CaseFilter
from registry.forms.surveys import SurveyFilter
from registry.forms.tip_offs import TipOffFilter
from registry.models import BatchDay, CleanupCase, Relation, SurveyRecord, TipOff
from registry.nouns.society import NUMBER, society

CASES = Noun(
    name="cleanup-cases",
    title="清理案件",
    model=CleanupCase,
    action=Action.VIEW_CLEANUP,
    argument="case",
    parts=(
        NUMBER,
        Part("number"),
        *society(),
        Part("route"),
        Part("state"),
        Part("because", needs=Action.VIEW_INTERNAL),
        Part("owner", "owner.full_name", label="责任人"),
        Part("department", "department.name", label="责任部门"),
        Part("opened_on"),
        Part("due_on"),
        Part("closed_on"),
    ),
    joined=lambda rows: rows.for_list(),
    filter=CaseFilter,
    make_filter=lambda data, user: CaseFilter(data, user=user),
    export=Action.EXPORT_CLEANUP,
)
SURVEY = Noun(
    name="survey-records",
    title="摸底记录",
    model=SurveyRecord,
    action=Action.VIEW_SURVEY,
    argument="record",
    parts=(
        NUMBER,
        Part("campaign", "campaign.title", label="摸底"),
        *society(),
        Part("state"),
        Part("surveyed_on"),
        Part("method"),
        Part("operating_state"),
        Part("met"),
        Part("disposition"),
        Part("note"),
        Part("recorded_by", "recorded_by.full_name", label="记录人"),
    ),
    joined=lambda rows: rows.for_list().select_related("campaign"),
    filter=SurveyFilter,
    make_filter=lambda data, user: SurveyFilter(data, user=user),
    conditions={"campaign": "campaign"},
    export=Action.EXPORT_SURVEY,
)


DAYS = Noun(
    name="batch-days",
    title="批量注销日",
    model=BatchDay,
    action=Action.VIEW_CLEANUP,
    argument="batch",
    parts=(
        NUMBER,
        Part("title"),
        Part("held_on"),
        Part("hours"),
        Part("place"),
        Part("slots"),
        Part("guests", label="已安排", kind=spreadsheet.NUMBER),
        Part("state"),
    ),
    counted=lambda rows, user: rows.with_guests(user),
    conditions={"state": "state", "held_on": "held_on"},
)
RELATIONS = Noun(
    name="relations",
    title="主体关系",
    model=Relation,
    action=Action.VIEW_RELATION,
    argument="relation",
    parts=(
        NUMBER,
        Part("kind"),
        Part("left", label="一方"),
        Part("right", label="另一方"),
        Part("since"),
        Part("until"),
    ),
    joined=lambda rows: rows.for_list(),
    conditions={"kind": "kind"},
)
TIP_OFFS = Noun(
    name="tip-offs",
    title="群众举报",
    model=TipOff,
    action=Action.VIEW_TIP_OFF,
    argument="tip",
    parts=(
        NUMBER,
        Part("number"),
        Part("about"),
        Part("content"),
        Part("channel"),
        Part("received_on"),
        Part("due_on"),
        Part("state"),
        Part("finding"),
    ),
    joined=lambda rows: rows.select_related("cooperative"),
    filter=TipOffFilter,
)
NOUNS = (CASES, SURVEY, DAYS, RELATIONS, TIP_OFFS)
