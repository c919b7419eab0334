"""The lists of this part whose state can be kept under a name."""

from accounts.choices import SavedPage
from accounts.forms.audit import AuditFilter
from accounts.forms.notices import NoticeFilter, RecordFilter
from accounts.forms.papers import PaperFilter
from accounts.forms.users import PeopleFilter
from accounts.kept_lists import Heading, KeptList
from accounts.policy import Action
from common.keyset import Key

PEOPLE = KeptList(
    SavedPage.PEOPLE,
    "accounts:user-list",
    Action.VIEW_PEOPLE,
    frozenset(PeopleFilter.base_fields),
    lambda data, user: PeopleFilter(data),
    (
        Heading("name", "姓名", parts=("full_name",)),
        Heading("username", "用户名"),
        Heading("role", "角色"),
        Heading("unit", "所属机构"),
        Heading("post", "职务"),
        Heading("last_login", "最近登录"),
        Heading("state", "状态", parts=("is_active",)),
    ),
    order=(Key("role"), Key("unit__position", nullable=True), Key("pk")),
)
PAPERS = KeptList(
    SavedPage.PAPERS,
    "accounts:paper-list",
    Action.VIEW_PAPER,
    frozenset(PaperFilter.base_fields),
    lambda data, user: PaperFilter(data),
    (
        Heading("number", "编号"),
        Heading("title", "标题"),
        Heading("kind", "种类"),
        Heading("issued_at", "签发", parts=("issued_at", "issued_by")),
        Heading("state", "状态", parts=("state", "ended_at", "ended_reason")),
    ),
)
LETTERS = KeptList(
    SavedPage.LETTERS,
    "accounts:notice-record",
    Action.VIEW_NOTICE_RECORD,
    frozenset(RecordFilter.base_fields),
    lambda data, user: RecordFilter(data),
)
NOTICES = KeptList(
    SavedPage.NOTICES,
    "accounts:notice-list",
    Action.VIEW_NOTICE,
    frozenset(NoticeFilter.base_fields),
    lambda data, user: NoticeFilter(data),
    (
        Heading("title", "标题"),
        Heading("event", "事项"),
        Heading("delivered_at", "时间"),
        Heading("state", "状态", told=("read_at", "confirmed_at")),
    ),
)
AUDIT = KeptList(
    SavedPage.AUDIT,
    "accounts:audit-list",
    Action.VIEW_AUDIT,
    frozenset(AuditFilter.base_fields),
    lambda data, user: AuditFilter(data),
)
