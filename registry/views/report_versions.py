"""Submissions as they were: to read, to print, to compare; their receipts."""

from urllib.parse import quote

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.policy import Action, may
from common import clock
from registry.models import AnnualReport, ReportVersion
from registry.operations.report_papers import receipt_pdf, report_pdf
from registry.operations.report_submissions import content_of, receipt_of
from registry.reporting.lines import said_of
from registry.reporting.sheet import statutory_rows
from registry.reporting.versions import differences
from registry.views.report_form import report_of

PDF = "application/pdf"


@require_safe
@requires(Action.VIEW_REPORT)
def report_version(request: SignedInRequest, uscc: str, year: int, number: int) -> HttpResponse:
    """Show one submission as it was, with the society and chair of that time."""
    report, version = _version(request, uscc, year, number)
    before = report.versions.filter(number__lt=number).order_by("-number").first()
    context = {
        "report": report,
        "society": report.cooperative,
        "version": version,
        "sections": said_of(version.content, year, clock.today()),
        "before": before,
        "differences": differences(before, version) if before else [],
        "receipt": receipt_of(version),
    }
    return render(request, "registry/reports/version.html", context)


@require_safe
@requires(Action.VIEW_REPORT)
def report_version_pdf(request: SignedInRequest, uscc: str, year: int, number: int) -> HttpResponse:
    """Send one submission as an A4 document."""
    _, version = _version(request, uscc, year, number)
    name = f"{version.society_name}{year}年度报告第{number}版.pdf"
    return _download(report_pdf(version), name)


@require_safe
@requires(Action.VIEW_REPORT)
def report_receipt_pdf(request: SignedInRequest, uscc: str, year: int, number: int) -> HttpResponse:
    """Send the receipt of one submission."""
    _, version = _version(request, uscc, year, number)
    return _download(receipt_pdf(version), f"{version.society_name}{year}年度报告回执.pdf")


@require_safe
@requires(Action.VIEW_REPORT)
def report_statutory(request: SignedInRequest, uscc: str, year: int) -> HttpResponse:
    """Show the report in the field order of the national publicity system, to be copied over there."""
    report = report_of(request, uscc, year, Action.VIEW_REPORT)
    content = report.latest.content if report.latest else content_of(report)
    context = {
        "report": report,
        "society": report.cooperative,
        "version": report.latest,
        "rows": statutory_rows(
            content, year, clock.today(), whole=may(request.user, Action.FILL_REPORT)
        ),
    }
    return render(request, "registry/reports/statutory.html", context)


def _version(
    request: SignedInRequest, uscc: str, year: int, number: int
) -> tuple[AnnualReport, ReportVersion]:
    report = report_of(request, uscc, year, Action.VIEW_REPORT)
    versions = report.versions.select_related("corrects__report", "typed_by", "report")
    return report, get_object_or_404(versions, number=number)


def _download(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=PDF)
    answer.headers["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(name)}"
    return answer
