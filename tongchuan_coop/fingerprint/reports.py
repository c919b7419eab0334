"""Rosters, annual reports and who speaks for a society, as the fingerprint sees them."""

from collections.abc import Iterator

from registry.models import (
    AnnualReport,
    CooperativeAgent,
    GovernanceFact,
    Member,
    MemberAccount,
    ReportVersion,
    RosterCertificate,
    RosterConfirmation,
)
from registry.operations.rosters import FACTS as ROSTER_FACTS
from tongchuan_coop.fingerprint.values import SOCIETY, Table, values


def tables() -> Iterator[Table]:
    """Give each table by name with its rows in natural keys."""
    yield "agents", values(CooperativeAgent.objects, *SOCIETY, "user__username", "since", "until")
    yield (
        "members",
        values(Member.objects, *SOCIETY, *ROSTER_FACTS),
    )
    yield (
        "annual-reports",
        values(
            AnnualReport.objects,
            *SOCIETY,
            "year",
            "state",
            "latest__sha256",
            "standing__sha256",
            "helped",
        ),
    )
    yield (
        "report-versions",
        values(
            ReportVersion.objects,
            "society_code",
            "report__year",
            "number",
            "sha256",
            "chair",
            "late",
            "helped",
            "confirmation",
            "paper_number",
        ),
    )
    yield (
        "roster-confirmations",
        values(
            RosterConfirmation.objects,
            *SOCIETY,
            "total",
            "farmers",
            "units",
            "basis",
            "confirmed_on",
            "ended_on",
        ),
    )
    yield (
        "roster-certificates",
        values(RosterCertificate.objects, *SOCIETY, "purpose", "state", "members", "paper_number"),
    )
    yield (
        "governance-facts",
        values(GovernanceFact.objects, *SOCIETY, "year", "kind", "applies", "declared", "verified"),
    )
    yield (
        "member-accounts",
        values(
            MemberAccount.objects,
            "member__cooperative__uscc",
            "member__name",
            "member__identity_number",
            "year",
            "contribution",
            "reserve_share",
            "transactions",
            "returned",
        ),
    )
