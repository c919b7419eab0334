"""The lists of this part whose state can be kept under a name."""

from accounts.choices import SavedPage
from accounts.kept_lists import Heading, KeptList
from accounts.policy import Action
from common.keyset import Key
from liaison.forms.contacts import ContactFilter
from liaison.forms.decisions import DecisionFilter
from liaison.forms.exemplars import ExemplarFilter
from liaison.forms.help_requests import HelpFilter
from liaison.forms.library import LibraryFilter
from liaison.forms.meetings import MeetingFilter
from liaison.forms.sponsorships import SponsorshipFilter
from liaison.forms.supports import SupportFilter
from liaison.forms.upward import UpwardFilter
from liaison.forms.watches import WatchFilter
from liaison.models import Sponsorship, SupportGrant
from registry.kept_lists import SOCIETY

MEETINGS = KeptList(
    SavedPage.MEETINGS,
    "liaison:meeting-list",
    Action.VIEW_MEETING,
    frozenset(MeetingFilter.base_fields),
    lambda data, user: MeetingFilter(data, user=user),
    (
        Heading("name", "会议", parts=("quarter", "body")),
        Heading("held_on", "时间", parts=("held_on", "starts_at")),
        Heading("state", "状态"),
        Heading("units", "出席单位", number=True, parts=("present",)),
        Heading("decisions", "议定事项", number=True, parts=("decided",)),
        Heading("undone", "未办结", number=True),
        Heading("minutes", "纪要"),
    ),
    order=(
        Key("last_day", descending=True),
        Key("body__kind"),
        Key("pk", descending=True),
    ),
)
DECISIONS = KeptList(
    SavedPage.DECISIONS,
    "liaison:decision-list",
    Action.VIEW_DECISION,
    frozenset(DecisionFilter.base_fields),
    lambda data, user: DecisionFilter(data),
)
HELP = KeptList(
    SavedPage.HELP,
    "liaison:help-list",
    Action.VIEW_HELP,
    frozenset(HelpFilter.base_fields),
    lambda data, user: HelpFilter(data, user=user),
)
SPONSORSHIPS = KeptList(
    SavedPage.SPONSORSHIPS,
    "liaison:sponsorship-list",
    Action.VIEW_SPONSORSHIP,
    frozenset(SponsorshipFilter.base_fields),
    lambda data, user: SponsorshipFilter(
        data, rows=Sponsorship.objects.permitted(user, Action.VIEW_SPONSORSHIP)
    ),
    (
        Heading("name", "合作社", parts=SOCIETY),
        Heading("department", "挂包部门"),
        Heading("person", "责任人", sorts=True, parts=("person", "post")),
        Heading("since", "起止", sorts=True, parts=("since", "until")),
        Heading("followed", "最近跟踪", parts=("followed_on", "follow_ups")),
        Heading("state", "状态", parts=("until", "ended_because")),
    ),
)
SUPPORTS = KeptList(
    SavedPage.SUPPORTS,
    "liaison:support-list",
    Action.VIEW_SUPPORT,
    frozenset(SupportFilter.base_fields),
    lambda data, user: SupportFilter(
        data, rows=SupportGrant.objects.permitted(user, Action.VIEW_SUPPORT).standing(), user=user
    ),
    (
        Heading("project", "资金或项目", sorts=True, parts=("project", "document_number")),
        Heading("name", "合作社", parts=SOCIETY),
        Heading("year", "年度", sorts=True),
        Heading("level", "级别", sorts=True),
        Heading("kind", "类别", sorts=True),
        Heading("amount", "金额", sorts=True, number=True),
    ),
)
WATCHES = KeptList(
    SavedPage.WATCHES,
    "liaison:watch-list",
    Action.VIEW_FUND_WATCH,
    frozenset(WatchFilter.base_fields),
    lambda data, user: WatchFilter(data),
    (
        Heading("name", "合作社", parts=SOCIETY),
        Heading("sign", "迹象", sorts=True, parts=("sign", "origin")),
        Heading("state", "状态"),
        Heading("noted_on", "发现", sorts=True),
        Heading("due_on", "核查期限", sorts=True),
        Heading("referred", "移送", parts=("referred_to", "referred_on", "referral_number")),
    ),
)
EXEMPLARS = KeptList(
    SavedPage.EXEMPLARS,
    "liaison:exemplar-list",
    Action.VIEW_EXEMPLAR,
    frozenset(ExemplarFilter.base_fields),
    lambda data, user: ExemplarFilter(data),
    (
        Heading("title", "案例", sorts=True, parts=("title", "summary")),
        Heading("kind", "类别", sorts=True),
        Heading("name", "合作社、乡镇街道", parts=("cooperative_name", "township")),
        Heading("unit", "报送单位"),
        Heading("state", "状态", parts=("state", "open_to_public")),
        Heading("published_on", "发布日期", sorts=True),
    ),
)
# In the official order of units, the first contact before the substitute.
CONTACTS = KeptList(
    SavedPage.CONTACTS,
    "liaison:contact-list",
    Action.VIEW_CONTACT,
    frozenset(ContactFilter.base_fields),
    lambda data, user: ContactFilter(data),
    (
        Heading("person", "姓名", sorts=True, parts=("person", "place")),
        Heading("unit", "单位"),
        Heading("post", "职务", sorts=True),
        Heading("office_phone", "办公电话"),
        Heading("mobile", "手机号"),
        Heading("since", "起止", sorts=True, parts=("since", "until")),
    ),
    order=(Key("unit_position"), Key("unit_id"), Key("place"), Key("id")),
)
LIBRARY = KeptList(
    SavedPage.LIBRARY,
    "liaison:library-list",
    Action.VIEW_DOCUMENT,
    frozenset(LibraryFilter.base_fields),
    lambda data, user: LibraryFilter(data),
    (
        Heading("title", "标题"),
        Heading("number", "文号", sorts=True, parts=("document_number",)),
        Heading("issued_on", "发文单位和日期", sorts=True, parts=("issuer", "issued_on")),
        Heading("kind", "类别", sorts=True),
        Heading("openness", "公开范围", sorts=True),
        Heading("state", "效力", sorts=True),
    ),
)
UPWARD = KeptList(
    SavedPage.UPWARD,
    "liaison:upward-list",
    Action.VIEW_UPWARD,
    frozenset(UpwardFilter.base_fields),
    lambda data, user: UpwardFilter(data),
    (
        Heading("subject", "事项", sorts=True, parts=("subject", "document_number")),
        Heading("happened_on", "日期", sorts=True),
        Heading("agency", "主管部门", sorts=True, parts=("agency", "level")),
        Heading("way", "方式", sorts=True),
        Heading("outcome", "上级意见或结果"),
    ),
    order=(Key("happened_on", descending=True), Key("id", descending=True)),
)
