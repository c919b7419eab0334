"""The lists of this part whose state can be kept under a name."""

from accounts.choices import SavedPage
from accounts.kept_lists import Heading, KeptList
from accounts.policy import Action
from common.keyset import Key
from demonstration.forms.innovations import InnovationFilter
from demonstration.forms.monitoring import CaseFilter
from demonstration.forms.plans import PlanFilter, StrengthFilter
from demonstration.forms.standings import StandingFilter
from demonstration.forms.titles import TitleFilter
from registry.kept_lists import SOCIETY

TITLES = KeptList(
    SavedPage.TITLES,
    "demonstration:title-list",
    Action.VIEW_TITLE,
    frozenset(TitleFilter.base_fields),
    lambda data, user: TitleFilter(data, user=user),
    (
        Heading("name", "合作社", parts=SOCIETY),
        Heading("level", "称号", sorts=True, parts=("level", "honour")),
        Heading("batch", "批次与文号", sorts=True, parts=("batch", "document_number")),
        Heading("recognised_on", "认定日期", sorts=True),
        Heading("monitor_by", "下次监测", sorts=True),
        Heading("state", "状态", sorts=True),
    ),
)
STANDINGS = KeptList(
    SavedPage.NEARLY,
    "demonstration:nearly-list",
    Action.VIEW_STANDING,
    frozenset(StandingFilter.base_fields),
    lambda data, user: StandingFilter(data, user=user),
    (
        Heading("name", "合作社", parts=SOCIETY),
        Heading("missing", "还差", sorts=True),
        Heading("gaps", "差在哪里"),
        Heading("plan", "培育方案"),
    ),
    order=(Key("missing"), Key("id")),
)
MONITORING = KeptList(
    SavedPage.MONITORING,
    "demonstration:monitoring",
    Action.VIEW_MONITORING,
    frozenset(CaseFilter.base_fields),
    lambda data, user: CaseFilter(data),
    (
        Heading("name", "合作社", parts=SOCIETY),
        Heading("title", "称号", parts=("level", "honour")),
        Heading("cause", "起因", sorts=True),
        Heading("opened_on", "立案", sorts=True),
        Heading("reply_due", "答复期限", sorts=True),
        Heading("state", "状态", sorts=True),
    ),
)
PLANS = KeptList(
    SavedPage.PLANS,
    "demonstration:plan-list",
    Action.VIEW_PLAN,
    frozenset(PlanFilter.base_fields),
    lambda data, user: PlanFilter(data, user=user),
    (
        Heading("name", "合作社", parts=SOCIETY),
        Heading("target", "培育目标", sorts=True),
        Heading("responsible", "责任人"),
        Heading("due_on", "期限", sorts=True),
        Heading("progress", "措施完成", parts=("measures_done", "measures_total")),
        Heading("state", "状态", sorts=True),
    ),
)
STRENGTHS = KeptList(
    SavedPage.STRENGTHS,
    "demonstration:strength-list",
    Action.VIEW_STRENGTH,
    frozenset(StrengthFilter.base_fields),
    lambda data, user: StrengthFilter(data, user=user),
    (
        Heading("society", "合作社", parts=SOCIETY),
        Heading("what", "项目", sorts=True, parts=("what", "kind")),
        Heading("name", "名称与编号", parts=("name", "number")),
        Heading("valid_until", "有效期", sorts=True),
        Heading("verification", "核实程度", sorts=True),
    ),
)
INNOVATIONS = KeptList(
    SavedPage.INNOVATIONS,
    "demonstration:innovation-list",
    Action.VIEW_INNOVATION,
    frozenset(InnovationFilter.base_fields),
    lambda data, user: InnovationFilter(data, user=user),
    (
        Heading("society", "合作社", parts=SOCIETY),
        Heading("what", "项目", sorts=True, parts=("what", "kind")),
        Heading("year", "年度", sorts=True),
        Heading(
            "figures",
            "情况",
            parts=(
                "name",
                "households",
                "people",
                "amount",
                "outsiders",
                "dividends_total",
                "dividend_years",
                "document",
            ),
        ),
        Heading("verification", "核实程度", sorts=True),
    ),
)
