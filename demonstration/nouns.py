"""Titles, rounds, applications, monitoring, plans, strengths, innovations and criteria, for programs."""



from accounts.nouns import Noun, Part
from accounts.policy import Action
from common import spreadsheet
from demonstration.forms.innovations import InnovationFilter
from demonstration.forms.monitoring import CaseFilter
from demonstration.forms.plans import PlanFilter, StrengthFilter
from demonstration.forms.titles import TitleFilter
from demonstration.models import (
    CriteriaSet,
    CultivationPlan,
    DemonstrationTitle,
    InnovationEntry,
    MonitoringCase,
    RatingApplication,
    RatingRound,
    SocietyStrength,
)
from registry.nouns.society import NUMBER, society

TITLES = Noun(
    name="titles",
    title="示范社名册",
    model=DemonstrationTitle,
    action=Action.VIEW_TITLE,
    argument="title",
    parts=(
        NUMBER,
        *society(),
        Part("level"),
        Part("honour"),
        Part("batch"),
        Part("document_number"),
        Part("recognised_on"),
        Part("monitor_by"),
        Part("state"),
        Part("ended_on"),
        Part("ended_because"),
    ),
    joined=lambda rows: rows.select_related("cooperative__township"),
    filter=TitleFilter,
    make_filter=lambda data, user: TitleFilter(data, user=user),
)


ROUNDS = Noun(
    name="rounds",
    title="评定批次",
    model=RatingRound,
    action=Action.VIEW_ROUND,
    argument="round",
    parts=(
        NUMBER,
        Part("title"),
        Part("level", "criteria.level"),
        Part("honour", "criteria.honour"),
        Part("quota"),
        Part("apply_from"),
        Part("apply_until"),
        Part("state"),
        Part("handed_in", label="已申报", kind=spreadsheet.NUMBER),
        Part("recognised", label="已认定", kind=spreadsheet.NUMBER),
    ),
    joined=lambda rows: rows.select_related("criteria"),
    counted=lambda rows, user: rows.with_numbers(user),
    conditions={"state": "state", "level": "criteria__level"},
)
APPLICATIONS = Noun(
    name="applications",
    title="示范社申报",
    model=RatingApplication,
    action=Action.VIEW_APPLICATION,
    argument="application",
    parts=(
        NUMBER,
        Part("round", "round.title", label="批次"),
        *society(),
        Part("state"),
        Part("statement"),
        Part("submitted_at"),
        Part("recommendation"),
        Part("total"),
        Part("place"),
        Part("closed_because"),
    ),
    joined=lambda rows: rows.for_list(),
    conditions={
        "state": "state",
        "round": "round",
        "cooperative": "cooperative__uscc",
        "township": "cooperative__township__code",
    },
)
MONITORING = Noun(
    name="monitoring-cases",
    title="示范社监测",
    model=MonitoringCase,
    action=Action.VIEW_MONITORING,
    argument="monitoring",
    parts=(
        NUMBER,
        *society("title.cooperative"),
        Part("level", "title.level"),
        Part("honour", "title.honour"),
        Part("cause"),
        Part("state"),
        Part("details"),
        Part("opened_on"),
        Part("told_on"),
        Part("reply_due"),
        Part("replied_on"),
        Part("decision"),
        Part("meeting"),
        Part("document_number"),
        Part("closed_on"),
    ),
    joined=lambda rows: rows.for_list(),
    filter=CaseFilter,
)
PLANS = Noun(
    name="plans",
    title="一社一案",
    model=CultivationPlan,
    action=Action.VIEW_PLAN,
    argument="plan",
    parts=(
        NUMBER,
        *society(),
        Part("target"),
        Part("state"),
        Part("opened_on"),
        Part("due_on"),
        Part("situation"),
        Part("responsible", "responsible.full_name", label="责任人"),
        Part("measures_total", label="措施", kind=spreadsheet.NUMBER),
        Part("measures_done", label="已完成", kind=spreadsheet.NUMBER),
    ),
    joined=lambda rows: rows.with_progress().select_related("cooperative__township", "responsible"),
    filter=PlanFilter,
    make_filter=lambda data, user: PlanFilter(data, user=user),
)
STRENGTHS = Noun(
    name="strengths",
    title="服务与设施",
    model=SocietyStrength,
    action=Action.VIEW_STRENGTH,
    argument="strength",
    parts=(
        NUMBER,
        *society(),
        Part("kind"),
        Part("what"),
        Part("name"),
        Part("number"),
        Part("since"),
        Part("valid_until"),
        Part("verification"),
    ),
    joined=lambda rows: rows.select_related("cooperative__township"),
    filter=StrengthFilter,
    make_filter=lambda data, user: StrengthFilter(data, user=user),
)
INNOVATIONS = Noun(
    name="innovations",
    title="创新登记",
    model=InnovationEntry,
    action=Action.VIEW_INNOVATION,
    argument="innovation",
    parts=(
        NUMBER,
        *society(),
        Part("kind"),
        Part("what"),
        Part("year"),
        Part("name"),
        Part("partner_code", kind=spreadsheet.CODE),
        Part("households"),
        Part("people"),
        Part("amount"),
        Part("outsiders"),
        Part("fixed_return"),
        Part("dividends_total", label="已分红（元）", kind=spreadsheet.MONEY),
        Part("dividend_years", label="分红年数", kind=spreadsheet.NUMBER),
        Part("document"),
        Part("note"),
        Part("verification"),
        Part("entered_by", "entered_by.full_name", label="登记人"),
        Part("entered_at"),
    ),
    joined=lambda rows: rows.standing().for_list(),
    filter=InnovationFilter,
    make_filter=lambda data, user: InnovationFilter(data, user=user),
)
CRITERIA = Noun(
    name="criteria",
    title="评定标准",
    model=CriteriaSet,
    action=Action.VIEW_CRITERIA,
    argument="criteria",
    parts=(
        NUMBER,
        Part("title"),
        Part("level"),
        Part("honour"),
        Part("region"),
        Part("document"),
        Part("state"),
        Part("effective_from"),
        Part("effective_until"),
    ),
    conditions={"level": "level", "honour": "honour", "state": "state"},
)
NOUNS = (TITLES, ROUNDS, APPLICATIONS, MONITORING, PLANS, STRENGTHS, INNOVATIONS, CRITERIA)
