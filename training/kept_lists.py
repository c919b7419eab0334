"""The lists of this part whose state can be kept under a name."""

from accounts.choices import SavedPage
from accounts.kept_lists import Heading, KeptList
from accounts.policy import Action
from common.keyset import OLDEST_FIRST
from registry.kept_lists import SOCIETY
from training.forms.counsellors import CounsellorFilter
from training.forms.events import EventFilter, GuidanceFilter
from training.forms.promises import PromiseFilter
from training.forms.visits import VisitFilter

VISITS = KeptList(
    SavedPage.VISITS,
    "training:visit-list",
    Action.VIEW_VISIT,
    frozenset(VisitFilter.base_fields),
    lambda data, user: VisitFilter(data),
    (
        Heading("name", "合作社", parts=SOCIETY),
        Heading("visited_on", "走访日期", sorts=True),
        Heading("counsellor", "辅导员"),
        Heading("purpose", "目的", sorts=True, parts=("purpose", "method")),
        Heading("operating", "所见", sorts=True, parts=("at_address", "operating")),
        Heading("state", "状态", sorts=True),
        Heading("reviewed_at", "审阅", sorts=True),
    ),
)
PROMISES = KeptList(
    SavedPage.PROMISES,
    "training:promise-list",
    Action.VIEW_PROMISE,
    frozenset(PromiseFilter.base_fields),
    lambda data, user: PromiseFilter(data, user=user),
    (
        Heading("text", "事项", parts=("text", "grave")),
        Heading("society", "合作社", parts=SOCIETY),
        Heading("owner", "由谁办", sorts=True),
        Heading("due_on", "期限", sorts=True),
        Heading("state", "状态", sorts=True),
    ),
)
COUNSELLORS = KeptList(
    SavedPage.COUNSELLORS,
    "training:counsellor-list",
    Action.VIEW_COUNSELLOR,
    frozenset(CounsellorFilter.base_fields),
    lambda data, user: CounsellorFilter(data, user=user),
    (
        Heading("name", "姓名"),
        Heading("township", "乡镇街道", parts=("unit",)),
        Heading("specialty", "专长", sorts=True),
        Heading("appointed_on", "聘期", sorts=True, parts=("appointed_on", "until")),
        Heading("societies", "联系", number=True),
        Heading("pairs", "结对", number=True),
        Heading("grave", "重点疑似", number=True, parts=("grave_flags",)),
    ),
    order=OLDEST_FIRST,
)
EVENTS = KeptList(
    SavedPage.EVENTS,
    "training:event-list",
    Action.VIEW_EVENT,
    frozenset(EventFilter.base_fields),
    lambda data, user: EventFilter(data),
    (
        Heading("title", "名称"),
        Heading("held_on", "日期", sorts=True),
        Heading("unit", "举办"),
        Heading("audience", "对象", sorts=True),
        Heading("topics", "内容"),
        Heading("hours", "学时", sorts=True, number=True),
        Heading("present", "到会", number=True),
        Heading("state", "状态", sorts=True),
    ),
)
GUIDANCE = KeptList(
    SavedPage.GUIDANCE,
    "training:guidance-list",
    Action.VIEW_GUIDANCE,
    frozenset(GuidanceFilter.base_fields),
    lambda data, user: GuidanceFilter(data),
    (
        Heading("about", "对象"),
        Heading("kind", "类别", sorts=True),
        Heading("on", "日期", sorts=True),
        Heading("unit", "乡镇街道"),
        Heading("advice", "内容"),
        Heading("outcome", "结果"),
    ),
)
