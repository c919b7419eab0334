"""The lists of this part whose state can be kept under a name."""

from typing import Any

from django.http import QueryDict

from accounts.choices import SavedPage
from accounts.kept_lists import Heading, KeptList
from accounts.policy import Action
from common import clock
from common.keyset import OLDEST_FIRST
from registry.filters import CooperativeFilter
from registry.forms.cleanup_filter import CaseFilter
from registry.forms.contradictions import ContradictionFilter
from registry.forms.deliveries import DeliveryFilter
from registry.forms.flags import FlagFilter
from registry.forms.reports import ReportFilter
from registry.forms.tip_offs import TipOffFilter
from registry.models import Cooperative, FeedDelivery

# The parts of a noun that name its society (registry/nouns/society.py).
SOCIETY = ("cooperative_code", "cooperative_name", "township")


def _of_register(data: QueryDict, user: Any) -> Any:
    reach = Cooperative.objects.permitted(user, Action.VIEW_COOPERATIVE)
    return CooperativeFilter(data, reach, user=user).form


def _of_deliveries(data: QueryDict, user: Any) -> DeliveryFilter:
    reach = FeedDelivery.objects.permitted(user, Action.VIEW_DELIVERY)
    return DeliveryFilter(data, list(reach.order_by().values_list("quarter", flat=True).distinct()))


# The register draws its own table; its columns are those of its sheet.
REGISTER = KeptList(
    SavedPage.REGISTER,
    "registry:cooperative-list",
    Action.VIEW_COOPERATIVE,
    frozenset(CooperativeFilter.base_filters),
    _of_register,
    own_names=frozenset({"sort", "col"}),
)
FLAGS = KeptList(
    SavedPage.FLAGS,
    "registry:flag-list",
    Action.VIEW_FLAG,
    frozenset(FlagFilter.base_fields),
    lambda data, user: FlagFilter(data, user=user),
    (
        Heading("name", "合作社", parts=SOCIETY),
        Heading("rule", "疑似问题", sorts=True, parts=("rule", "found"), told=("title",)),
        Heading("label", "指向", parts=("labels",)),
        Heading("state", "状态", sorts=True, parts=("state", "severity")),
        Heading("evidence", "依据", parts=("reasons",)),
        Heading("opened_at", "发现日期", sorts=True, parts=("opened_at", "cleared_at")),
    ),
)
CONTRADICTIONS = KeptList(
    SavedPage.CONTRADICTIONS,
    "registry:contradiction-list",
    Action.VIEW_CONTRADICTION,
    frozenset(ContradictionFilter.base_fields),
    lambda data, user: ContradictionFilter(data, user=user, today=clock.today()),
    (
        Heading("name", "合作社", parts=SOCIETY),
        Heading("kind", "矛盾", sorts=True),
        Heading("evidence", "各方说法", parts=("said",)),
        Heading("due_on", "核实人与期限", sorts=True, parts=("assignee", "due_on")),
        Heading("state", "状态", sorts=True, parts=("state", "opened_at")),
    ),
)
CLEANUP = KeptList(
    SavedPage.CLEANUP,
    "registry:cleanup-list",
    Action.VIEW_CLEANUP,
    frozenset(CaseFilter.base_fields),
    lambda data, user: CaseFilter(data, user=user),
    (
        Heading("name", "合作社", parts=("number", *SOCIETY)),
        Heading("route", "途径", sorts=True),
        Heading("state", "状态", sorts=True),
        Heading("owner", "责任部门和责任人", parts=("department", "owner")),
        Heading("opened_on", "立案", sorts=True),
        Heading("due_on", "办结期限", sorts=True, parts=("due_on", "closed_on")),
    ),
)
TIP_OFFS = KeptList(
    SavedPage.TIP_OFFS,
    "registry:tip-off-list",
    Action.VIEW_TIP_OFF,
    frozenset(TipOffFilter.base_fields),
    lambda data, user: TipOffFilter(data),
    (
        Heading("number", "编号"),
        Heading("about", "被举报的合作社"),
        Heading("channel", "来源", sorts=True),
        Heading("state", "状态", sorts=True),
        Heading("received_on", "收到", sorts=True),
        Heading("due_on", "核查期限", sorts=True),
    ),
)
DELIVERIES = KeptList(
    SavedPage.DELIVERIES,
    "registry:delivery-list",
    Action.VIEW_DELIVERY,
    frozenset(DeliveryFilter.base_fields),
    _of_deliveries,
    (
        Heading("quarter", "报送", sorts=True, parts=("quarter", "source", "number", "filename")),
        Heading("state", "状态"),
        Heading("scope", "范围", sorts=True),
        Heading("rows", "行数", number=True, parts=("physical",), told=("counts",)),
        Heading("sums", "其中", parts=("new", "changed", "doubtful", "rejected"), told=("counts",)),
        Heading("sender", "报送单位"),
        Heading("received_at", "接收", sorts=True, parts=("received_at", "received_by")),
    ),
)
REPORTS = KeptList(
    SavedPage.REPORTS,
    "reports:list",
    Action.VIEW_REPORT,
    frozenset(ReportFilter.base_fields),
    lambda data, user: ReportFilter(data, user=user),
    (
        Heading("name_key", "合作社", sorts=True),
        Heading("township", "乡镇街道"),
        Heading("standing", "报送情况"),
        Heading("submitted", "提交时间"),
        Heading("counsellor", "辅导员"),
    ),
    order=OLDEST_FIRST,
)
