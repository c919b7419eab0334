"""Samples of rosters, annual reports and certificates."""

from typing import Any

from registry.choices import EDITABLE_REPORTS
from registry.models import (
    AgentInvitation,
    AnnualReport,
    Cooperative,
    GovernanceFact,
    Member,
    RosterCertificate,
    RosterConfirmation,
    RosterUpload,
)
from tongchuan_coop.samples.first import first, known, speaker

LIKELY: dict[str, Any] = {
    "section": "basic",
    "year": 2020,
    "number": 1,
}


def rows() -> dict[str, Any]:
    """Return a value for each argument that this part's addresses take."""
    agent = speaker()
    society = agent.cooperative if agent else Cooperative.objects.order_by("pk").first()
    member = Member.objects.select_related("cooperative").order_by("pk").first()
    sent = AnnualReport.objects.filter(latest__isnull=False)
    report = sent.filter(cooperative=society).order_by("pk").first() or sent.order_by("pk").first()
    begun = AnnualReport.objects.filter(cooperative=society, state__in=EDITABLE_REPORTS).first()
    opened = (
        AnnualReport.objects.filter(published_at__isnull=False)
        .select_related("cooperative")
        .order_by("pk")
        .first()
    )
    roster = RosterUpload.objects.order_by("pk").first()
    found: dict[str, Any] = {
        "member": member and member.pk,
        "registry:member-edit:uscc": member and member.cooperative.code,
        "upload": roster and roster.pk,
        "invitation": first(AgentInvitation),
        "certificate": first(RosterCertificate),
        "confirmation": first(RosterConfirmation),
        "fact": first(GovernanceFact),
        "year": report and report.year,
        "reports:section:year": begun and begun.year,
        "reports:read:year": begun and begun.year,
        "reports:workbook:year": begun and begun.year,
        "reports:public:year": opened and opened.year,
        "reports:public:uscc": opened and opened.cooperative.code,
        "number": report and report.latest and report.latest.number,
    }
    return known(found)
