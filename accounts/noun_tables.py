"""Units, people, issued papers and the trail, for programs and exports.

Programs read the units through accounts/api/units.py: UNITS is for exports.
"""

from accounts import deeds, lists
from accounts.forms.audit import AuditFilter
from accounts.forms.papers import PaperFilter
from accounts.forms.users import PeopleFilter
from accounts.models import AuditEvent, IssuedPaper, OrganisationUnit, User
from accounts.nouns import MOMENT, NUMBER, Noun, Part
from accounts.policy import Action
from common import spreadsheet
from common.keyset import Key
from common.template_tags import masked_phone

UNITS = Noun(
    name="units",
    title="机构",
    model=OrganisationUnit,
    action=Action.VIEW_PEOPLE,
    argument="unit_code",
    parts=(
        Part("code", kind=spreadsheet.CODE),
        Part("name"),
        Part("short_name"),
        Part("kind"),
        Part("in_joint_meeting"),
        Part("heads", label="在用账号", kind=spreadsheet.NUMBER),
        Part("active"),
    ),
    joined=lambda rows: rows.with_heads(),
    order=(Key("position"), Key("pk")),
)
PEOPLE = Noun(
    name="people",
    title="用户",
    model=User,
    action=Action.VIEW_PEOPLE,
    argument="person",
    parts=(
        NUMBER,
        Part("username"),
        Part("full_name"),
        Part("role"),
        Part("unit", "unit.name", label="所属机构"),
        Part("post"),
        Part("phone", label="手机号", value=lambda person: str(masked_phone(person.phone))),
        Part("joined_at"),
        Part("last_login", label="最近登录", kind=MOMENT),
        Part("is_active"),
    ),
    joined=lambda rows: rows.people().select_related("unit"),
    filter=PeopleFilter,
    listed=lists.PEOPLE,
)
PAPERS = Noun(
    name="papers",
    title="签发文书",
    model=IssuedPaper,
    action=Action.VIEW_PAPER,
    argument="paper",
    parts=(
        Part("key", label="地址"),
        Part("number"),
        Part("title"),
        Part("kind"),
        Part("issued_at"),
        Part("issued_by", "issued_by.full_name", label="签发人"),
        Part("state"),
        Part("ended_at"),
        Part("ended_reason"),
    ),
    joined=lambda rows: rows.select_related("issued_by"),
    filter=PaperFilter,
    listed=lists.PAPERS,
    lookup="key",
    converter="uuid",
)
TRAIL = Noun(
    name="audit-events",
    title="操作记录",
    model=AuditEvent,
    action=Action.VIEW_AUDIT,
    argument="sequence",
    parts=(
        Part("sequence"),
        Part("at"),
        Part("actor", "actor_name", label="操作人"),
        Part("action", words=dict(deeds.choices())),
        Part("subject", "subject_label", label="对象"),
        Part("reason"),
        Part("hash"),
        Part("previous_hash"),
    ),
    filter=AuditFilter,
)
NOUNS = (PEOPLE, PAPERS, TRAIL)
