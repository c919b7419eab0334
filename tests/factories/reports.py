"""Members, roster files and annual reports."""

import datetime as dt
from decimal import Decimal

import factory

from registry.choices import ContributionForm, MemberKind, RosterUploadState
from registry.models import Member, RosterUpload
from registry.operations.report_submissions import submit_report
from registry.operations.reports import start_report


class MemberFactory(factory.django.DjangoModelFactory[Member]):
    """A farmer who is a member since 2016."""

    class Meta:
        model = Member

    name = factory.Sequence(lambda n: f"王农{n}")
    kind = MemberKind.FARMER
    contribution = Decimal(10_000)
    contribution_form = ContributionForm.CASH
    joined_on = dt.date(2016, 3, 1)


class RosterUploadFactory(factory.django.DjangoModelFactory[RosterUpload]):
    """A roster file that waits for a decision."""

    class Meta:
        model = RosterUpload

    filename = "成员名册.xlsx"
    sha256 = "0" * 64
    state = RosterUploadState.CHECKED


WHOLE_REPORT: dict[str, str] = {
    "phone": "0818-2100000",
    "address": "罗江镇新桥村1组",
    "contact_person": "李四",
    "main_business": "蔬菜种植、销售",
    "product_type": "planting",
    "main_product": "蔬菜",
    "credit_cooperation": "no",
    "members_total": "10",
    "farmers": "9",
    "other_persons": "1",
    "units": "0",
    "joined": "0",
    "left": "0",
    "employees": "3",
    "women": "2",
    "driven_households": "20",
    "assembly": "held",
    "assemblies_held": "1",
    "assembly_on": "2021-01-15",
    "attendance": "8",
    "council_meetings": "4",
    "supervisor_meetings": "2",
    "additional_votes": "0",
    "disclosures": "2",
    "accounts_kept": "10",
    "accounts_opened": "yes",
    "activity": "active",
    "operating_income": "120万",
    "purchased_for_members": "300000",
    "sold_for_members": "900000",
    "base_area": "120.5",
    "tax_paid": "0",
    "subsidies": "50000",
    "loans": "0",
    "total_assets": "2000000",
    "fixed_assets": "800000",
    "equity": "1500000",
    "surplus": "100000",
    "reserve_taken": "10000",
    "distributable_surplus": "90000",
    "returned_by_volume": "54000",
    "returned_by_contribution": "36000",
    "insured": "no",
    "certificates": "绿色食品，脆李，至2023年5月",
    "trademark": "春风",
    "title": "none",
    "party_members": "1",
}
WHOLE_ANSWERS = {"email": "spared", "licences": "spared", "sites": "spared", "branches": "spared"}


def a_report(society, *, by, year: int = 2020, **changes: str):
    """Return a report with every question answered; `changes` set single answers."""
    report = start_report(society, year, by=by)
    report.draft = {**WHOLE_REPORT, **changes}
    report.answers = dict(WHOLE_ANSWERS)
    report.origins = {}
    report.save()
    return report


def a_submitted_report(society, *, by, year: int = 2020, **changes: str):
    """Return a submitted report with its receipt."""
    report = a_report(society, by=by, year=year, **changes)
    submit_report(report, by=by, late_reason="疫情期间无法召集")
    report.refresh_from_db()
    return report
