"""A roster as a workbook: for looking at, and to be filled in and sent back."""

from typing import IO
from urllib.parse import quote

from django.db import transaction

from accounts.models import User
from accounts.operations import audit
from common import clock, spreadsheet
from common.template_tags import day, masked_phone, moment
from registry.choices import MemberKind
from registry.models import Cooperative, Member, MemberAccount
from registry.roster.columns import ACCOUNT_FIELDS, COLUMNS, MONEY_FIELDS

_KINDS = dict.fromkeys(MONEY_FIELDS, spreadsheet.MONEY)
_KINDS |= {"identity_number": spreadsheet.CODE, "additional_votes": spreadsheet.NUMBER}
_HINT = (
    "可在“成员名册”表里增改后上传。证件号码已隐去中间数字，上传时保持原样或留空的不会改动；"
    "新增成员请填完整号码。成员类型："
)


@transaction.atomic
def write_roster(society: Cooperative, stream: IO[bytes], *, by: User) -> str:
    """Write a society's current roster, numbers covered; return the quoted file name."""
    now = clock.now()
    members = list(society.members.current().order_by("pk"))
    year = now.year - 1
    accounts = {
        account.member_id: account
        for account in MemberAccount.objects.filter(member__in=members, year=year)
    }
    table = spreadsheet.Table(
        title="成员名册",
        columns=[
            spreadsheet.Column(c.heading, _KINDS.get(c.field, "text"), c.width) for c in COLUMNS
        ],
        rows=([_value(m, accounts.get(m.pk), c.field) for c in COLUMNS] for m in members),
    )
    notes = (
        ("名称", f"{society.name}成员名册"),
        ("截至", day(now)),
        ("成员账户", f"三项金额为{year}年"),
        ("导出时间", moment(now)),
        ("导出人", f"{by}（{by.unit or by.get_role_display()}）"),
        ("填写说明", _HINT + "、".join(kind.label for kind in MemberKind) + "。"),
    )
    spreadsheet.write_xlsx(stream, table, notes, total="成员数")
    audit.record("roster-exported", society, by=by, number=len(members))
    return quote(f"成员名册_{society.name}_{now:%Y%m%d}.xlsx")


def _value(member: Member, account: MemberAccount | None, field: str) -> object:
    if field in ACCOUNT_FIELDS:
        return getattr(account, field) if account else None
    match field:
        case "kind" | "contribution_form" | "post":
            return getattr(member, f"get_{field}_display")() if getattr(member, field) else ""
        case "identity_number":
            return masked_phone(member.identity_number) if member.identity_number else ""
        case "joined_on" | "left_on":
            found = getattr(member, field)
            return found.isoformat() if found else ""
        case _:
            return getattr(member, field)
