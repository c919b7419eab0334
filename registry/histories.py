"""What reports, clean-up cases and certificates add to a society's history."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from accounts.policy import Action
from common import clock
from registry.models import AnnualReport, CleanupCase, Cooperative, ReportVersion, RosterCertificate
from registry.society_history import MOST, Provider, register_provider
from registry.timeline import Entry

REPORT, CASE, PAPER = "report", "case", "paper"


def _reports(user: Any, society: Cooperative) -> Iterator[Entry]:
    reports = AnnualReport.objects.permitted(user, Action.VIEW_REPORT).filter(cooperative=society)
    versions = ReportVersion.objects.filter(report__in=reports).select_related("report")
    for version in versions.order_by("-submitted_at", "-pk")[:MOST]:
        page = reverse("reports:report", args=[society.code, version.report.year])
        late = "（逾期）" if version.late else ""
        yield Entry(
            at=version.submitted_at,
            kind=REPORT,
            title=f"第{version.number}次提交{version.report.year}年度报告{late}",
            who=version.typed_by_name,
            reason=version.reason,
            url=page,
        )
    for report in reports.filter(published_at__isnull=False):
        if report.published_at:
            yield Entry(
                at=report.published_at,
                kind=REPORT,
                title=f"{report.year}年度报告公开",
                url=reverse("reports:report", args=[society.code, report.year]),
            )


def _cases(user: Any, society: Cooperative) -> Iterator[Entry]:
    reach = CleanupCase.objects.permitted(user, Action.VIEW_CLEANUP).filter(cooperative=society)
    for case in reach.select_related("owner").order_by("-pk")[:MOST]:
        page = reverse("registry:cleanup-detail", args=[case.pk])
        named = f"清理案件{case.number}"
        yield Entry(
            at=clock.start_of(case.opened_on),
            kind=CASE,
            title=f"立案清理（{case.get_route_display()}）：{named}",
            who=str(case.owner),
            url=page,
            whole_day=True,
        )
        if case.closed_on:
            yield Entry(
                at=clock.start_of(case.closed_on),
                kind=CASE,
                title=f"结案（{case.get_state_display()}）：{named}",
                url=page,
                whole_day=True,
            )


def _certificates(user: Any, society: Cooperative) -> Iterator[Entry]:
    reach = RosterCertificate.objects.permitted(user, Action.VIEW_CERTIFICATE)
    found = reach.filter(cooperative=society).select_related("requested_by", "decided_by")
    for paper in found.order_by("-requested_at", "-pk")[:MOST]:
        yield Entry(
            at=paper.requested_at,
            kind=PAPER,
            title=f"申请社员名录证明（用途：{paper.purpose}）",
            who=str(paper.requested_by),
        )
        if paper.decided_at:
            number = f"，编号{paper.paper_number}" if paper.paper_number else ""
            yield Entry(
                at=paper.decided_at,
                kind=PAPER,
                title=f"社员名录证明{paper.get_state_display()}{number}",
                who=str(paper.decided_by or ""),
                reason=paper.reason,
            )


def register() -> None:
    """Add these kinds."""
    register_provider(Provider(REPORT, "年度报告", Action.VIEW_REPORT, _reports))
    register_provider(Provider(CASE, "清理整顿", Action.VIEW_CLEANUP, _cases))
    register_provider(Provider(PAPER, "文书", Action.VIEW_CERTIFICATE, _certificates))
