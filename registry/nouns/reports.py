"""Annual reports, members, certificates, governance facts."""

from typing import Any

from accounts.nouns import NUMBER, Noun, Part
from accounts.policy import Action
from common import spreadsheet
from common.keyset import OLDEST_FIRST
from common.template_tags import masked_phone
from registry.models import (
    AnnualReport,
    GovernanceFact,
    Member,
    RosterCertificate,
    RosterConfirmation,
)
from registry.nouns.society import of_society, society


def _masked_identity(member: Any) -> str:
    number = member.identity_number
    return str(masked_phone(number)) if number else ""


def _with_society(rows: Any) -> Any:
    return rows.select_related("cooperative__township")


REPORTS = Noun(
    name="reports",
    title="年度报告",
    model=AnnualReport,
    action=Action.VIEW_REPORT,
    argument="report",
    parts=(
        NUMBER,
        *society(),
        Part("year"),
        Part("state"),
        Part("submitted_at", "standing.submitted_at", label="提交时间"),
        Part("receipt", "standing.paper_number", label="回执编号"),
    ),
    joined=lambda rows: _with_society(rows).select_related("standing"),
    conditions={"year": "year", "state": "state", **of_society()},
)
MEMBERS = Noun(
    name="members",
    title="成员名册",
    model=Member,
    action=Action.VIEW_ROSTER,
    argument="member",
    parts=(
        NUMBER,
        Part(
            "cooperative_code", "cooperative.code", label="统一社会信用代码", kind=spreadsheet.CODE
        ),
        Part("cooperative_name", "cooperative.name", label="合作社"),
        Part("name"),
        Part("kind"),
        Part("post"),
        Part(
            "identity_number",
            label="证件号码",
            value=_masked_identity,
            bare=lambda member: member.identity_number,
        ),
        Part("household"),
        Part("contribution"),
        Part("contribution_form"),
        Part("joined_on"),
        Part("left_on"),
    ),
    joined=lambda rows: rows.select_related("cooperative"),
    conditions={"cooperative": "cooperative__uscc", "kind": "kind", "post": "post"},
    unmask=Action.UNMASK_MEMBER,
    order=OLDEST_FIRST,
)
CONFIRMATIONS = Noun(
    name="roster-confirmations",
    title="名册确认",
    model=RosterConfirmation,
    action=Action.VIEW_ROSTER,
    argument="confirmation",
    parts=(
        NUMBER,
        *society(),
        Part("total"),
        Part("farmers"),
        Part("units"),
        Part("basis"),
        Part("confirmed_on"),
        Part("ended_on"),
        Part("ended_because"),
    ),
    joined=_with_society,
    conditions=of_society(),
)
CERTIFICATES = Noun(
    name="certificates",
    title="社员名录证明",
    model=RosterCertificate,
    action=Action.VIEW_CERTIFICATE,
    argument="certificate",
    parts=(
        NUMBER,
        *society(),
        Part("purpose"),
        Part("state"),
        Part("requested_at"),
        Part("decided_at"),
        Part("paper_number"),
    ),
    joined=_with_society,
    conditions={"state": "state", **of_society()},
)
GOVERNANCE = Noun(
    name="governance-facts",
    title="治理情况",
    model=GovernanceFact,
    action=Action.VIEW_REPORT,
    argument="fact",
    parts=(
        NUMBER,
        *society(),
        Part("year"),
        Part("kind"),
        Part("applies"),
        Part("declared"),
        Part("verified"),
        Part("basis"),
        Part("verified_on"),
        Part("note"),
    ),
    joined=_with_society,
    conditions={"year": "year", "kind": "kind", "applies": "applies", **of_society()},
    order=OLDEST_FIRST,
)
NOUNS = (REPORTS, MEMBERS, CONFIRMATIONS, CERTIFICATES, GOVERNANCE)
