"""What other registers, reports, rosters and visits say of a society, made in one line each."""

import datetime as dt
from decimal import Decimal
from itertools import count
from typing import Any

from accounts.choices import Role
from accounts.models import User
from common import clock
from registry.choices import Confirmation, MemberKind, OperatingState, ReportState, Seen
from registry.models import (
    AbnormalListing,
    AnnualReport,
    Cooperative,
    Member,
    MemberAccount,
    ReportPublication,
    ReportVersion,
    SiteFinding,
    SpotCheck,
    TaxStanding,
)
from registry.statement_choices import AbnormalReason, PublicationState, TaxpayerState

KNOWN = clock.start_of(dt.date(2021, 7, 10))
SURNAMES = "李王张刘陈杨赵黄周吴"
_keys = count(1)


def report(of: Cooperative, year: int, income: int | None = 500_000, **figures: Any) -> None:
    """An accepted annual report; `income` None with `no_activity=True` is “no business”."""
    facts = {"purchased_for_members": 0, "sold_for_members": 0} | figures
    row = AnnualReport.objects.create(cooperative=of, year=year, state=ReportState.ACCEPTED)
    row.standing = row.latest = ReportVersion.objects.create(
        report=row,
        number=1,
        sha256="0" * 64,
        society_name=of.name,
        society_code=of.code,
        submitted_at=clock.start_of(dt.date(year + 1, 5, 6)),
        due_on=dt.date(year + 1, 6, 30),
        typed_by_name="李四",
        confirmation=Confirmation.ACCOUNT,
        confirmed_by_name="李四",
        operating_income=None if income is None else Decimal(income),
        **facts,
    )
    row.save()


def publication(of: Cooperative, year: int, state: str = PublicationState.PUBLISHED) -> None:
    day = dt.date(year + 1, 6, 1) if state == PublicationState.PUBLISHED else None
    ReportPublication.objects.create(
        cooperative=of, quarter="2021Q2", known_from=KNOWN,
        report_year=year, state=state, published_on=day,
    )  # fmt: skip


def listing(of: Cooperative, reason: str = AbnormalReason.UNREACHABLE, **facts: Any) -> None:
    stated = {"listed_on": dt.date(2020, 7, 8)} | facts
    AbnormalListing.objects.create(
        cooperative=of, quarter="2021Q2", known_from=KNOWN, reason=reason, **stated
    )


def check(of: Cooperative, *results: str, on: dt.date = dt.date(2020, 9, 1)) -> None:
    SpotCheck.objects.create(
        cooperative=of, quarter="2021Q2", known_from=KNOWN,
        checked_on=on, result=results[0], results=f",{','.join(results)},",
    )  # fmt: skip


def roster(
    of: Cooperative,
    contributions: list[int | None],
    *,
    households: list[str] | None = None,
    villages: list[str] | None = None,
    names: list[str] | None = None,
) -> list[Member]:
    """Members of different surnames, households and villages, unless said otherwise."""
    size = len(contributions)
    return Member.objects.bulk_create(
        Member(
            cooperative=of,
            name=(names or [f"{SURNAMES[n % 10]}大{n}" for n in range(size)])[n],
            kind=MemberKind.FARMER,
            contribution=contributions[n],
            household=(households or [f"户{n}" for n in range(size)])[n],
            village=(villages or [f"村{n % 3}" for n in range(size)])[n],
            joined_on=dt.date(2016, 1, 1),
        )
        for n in range(size)
    )


def trade(members: list[Member], amounts: list[int | None], year: int = 2020) -> None:
    MemberAccount.objects.bulk_create(
        MemberAccount(member=member, year=year, transactions=amount)
        for member, amount in zip(members, amounts, strict=True)
    )


def tax(of: Cooperative, *zero: bool | None, **facts: Any) -> None:
    """Standings of the quarters up to 2021Q2, the newest last; True is a nil declaration."""
    ends = [
        dt.date(year, month, day)
        for year in (2019, 2020, 2021)
        for month, day in ((3, 31), (6, 30), (9, 30), (12, 31))
    ][:10]
    stated = {"registered": True, "state": TaxpayerState.NORMAL} | facts
    for end, nil in zip(ends[-len(zero) :], zero, strict=True):
        TaxStanding.objects.create(
            cooperative=of, quarter="2021Q2", known_from=KNOWN, as_of=end,
            zero_declared=nil, **stated,
        )  # fmt: skip


def visit(of: Cooperative, on: dt.date, *, found: bool, **facts: Any) -> None:
    seen = {
        "at_address": Seen.YES if found else Seen.NO,
        "operating": OperatingState.YES if found else OperatingState.NO,
    } | facts
    by, _ = User.objects.get_or_create(
        username="visitor", defaults={"full_name": "走访人", "role": Role.COUNSELLOR}
    )
    SiteFinding.objects.create(
        visit_key=f"visit-{next(_keys)}", cooperative=of, seen_on=on, seen_by=by, **seen
    )


def healthy_records(of: Cooperative, *, but: str = "") -> None:
    """Let every register speak well of a society, but for one of which nothing is made."""
    if but != "reports":
        report(of, 2019)
        report(of, 2020)
    if but != "publications":
        publication(of, 2019)
        publication(of, 2020)
    if but != "roster":
        members = roster(of, [10_000] * 6)
        if but != "trade":
            trade(members, [1_000] * 6)
    if but != "tax":
        tax(of, False, False, False, False)
    if but != "visits":
        visit(of, dt.date(2021, 5, 5), found=True)
