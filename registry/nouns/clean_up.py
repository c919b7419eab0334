"""Surveys and their records, clean-up cases with steps and tasks, batch days, relations, tip-offs."""

from accounts.nouns import NUMBER, Noun, Part
from accounts.policy import Action
from common import spreadsheet
from common.keyset import OLDEST_FIRST, Key
from registry import kept_lists
from registry.forms.cleanup_filter import CaseFilter
from registry.forms.surveys import SurveyFilter
from registry.forms.tip_offs import TipOffFilter
from registry.models import (
    BatchDay,
    BatchEntry,
    CaseStep,
    CleanupCase,
    RectificationTask,
    Relation,
    SurveyCampaign,
    SurveyRecord,
    TipOff,
)
from registry.nouns.society import of_society, society

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
    listed=kept_lists.CLEANUP,
)
STEPS = Noun(
    name="cleanup-steps",
    title="清理步骤",
    model=CaseStep,
    action=Action.VIEW_CLEANUP,
    argument="step",
    parts=(
        NUMBER,
        Part("case", "case.number", label="案号"),
        *society("case.cooperative"),
        Part("position"),
        Part("title", "template.title", label="步骤"),
        Part("whose", "template.whose", label="办理单位"),
        Part("basis", "template.basis", label="依据"),
        Part("state"),
        Part("started_on"),
        Part("due_on"),
        Part("done_on"),
        Part("note", needs=Action.VIEW_INTERNAL),
    ),
    joined=lambda rows: rows.select_related("case__cooperative__township", "template__department"),
    conditions={
        "case": "case",
        "state": "state",
        "department": "department__code",
        **of_society("case__cooperative"),
    },
)
TASKS = Noun(
    name="rectification-tasks",
    title="规范改造任务",
    model=RectificationTask,
    action=Action.VIEW_CLEANUP,
    argument="task",
    parts=(
        NUMBER,
        Part("case", "case.number", label="案号"),
        *society("case.cooperative"),
        Part("title"),
        Part("due_on"),
        Part("state"),
        Part("outcome"),
    ),
    joined=lambda rows: rows.select_related("case__cooperative__township"),
    conditions={
        "case": "case",
        "state": "state",
        **of_society("case__cooperative"),
    },
)
CAMPAIGNS = Noun(
    name="surveys",
    title="摸底排查",
    model=SurveyCampaign,
    action=Action.VIEW_SURVEY,
    argument="campaign",
    parts=(
        NUMBER,
        Part("title"),
        Part("state"),
        Part("opens_on"),
        Part("due_on"),
        Part("note"),
    ),
    conditions={"state": "state"},
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
    order=OLDEST_FIRST,
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
    order=(Key("held_on", descending=True), Key("pk", descending=True)),
)
ENTRIES = Noun(
    name="batch-entries",
    title="批量注销名单",
    model=BatchEntry,
    action=Action.VIEW_CLEANUP,
    argument="place",
    parts=(
        NUMBER,
        Part("day", "day.title", label="批量注销日"),
        Part("held_on", "day.held_on", label="日期", kind=spreadsheet.DAY),
        Part("case", "case.number", label="案号"),
        *society("case.cooperative"),
        Part("slot"),
        Part("carried_from", "carried_from.day.held_on", label="转自", kind=spreadsheet.DAY),
    ),
    joined=lambda rows: rows.select_related(
        "day", "case__cooperative__township", "carried_from__day"
    ),
    conditions={
        "day": "day",
        **of_society("case__cooperative"),
    },
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
    listed=kept_lists.TIP_OFFS,
)
NOUNS = (CASES, STEPS, TASKS, CAMPAIGNS, SURVEY, DAYS, ENTRIES, RELATIONS, TIP_OFFS)
