"""Reading a report before signing it, submitting it, taking it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.policy import Action
from common import clock
from common.workflow import TransitionRefused
from registry.choices import EDITABLE_REPORTS, ReportState
from registry.models import AnnualReport
from registry.operations.report_submissions import content_of, recall_report, submit_report
from registry.reporting.articles import TRUTH
from registry.reporting.lines import said_of
from registry.reporting.owed import season_of
from registry.reporting.reading import read_report
from registry.views.report_form import report_of

UNREAD = "请先勾选“我已通读全文”，再提交。"


@require_safe
@requires(Action.SUBMIT_REPORT)
def report_read(request: SignedInRequest, uscc: str, year: int) -> HttpResponse:
    """Show the whole report as one readable page, and what signing means."""
    report = report_of(request, uscc, year, Action.SUBMIT_REPORT)
    if report.state not in {*EDITABLE_REPORTS, ReportState.AWAITING}:
        return redirect("reports:report", uscc, year)
    return _page(request, report)


@require_POST
@requires(Action.SUBMIT_REPORT)
def report_submit(request: SignedInRequest, uscc: str, year: int) -> HttpResponse:
    """Submit; a second press or a reload after a lost answer shows the same receipt."""
    received_at = clock.now()
    report = report_of(request, uscc, year, Action.SUBMIT_REPORT)
    if not request.POST.get("read") and report.state in {*EDITABLE_REPORTS, ReportState.AWAITING}:
        return _page(request, report, refusal=UNREAD)
    try:
        version = submit_report(
            report,
            by=request.user,
            late_reason=request.POST.get("late_reason", "")[:500],
            received_at=received_at,
        )
    except TransitionRefused as refusal:
        fresh = report_of(request, uscc, year, Action.SUBMIT_REPORT)
        return _page(request, fresh, refusal=str(refusal))
    messages.success(request, f"报告已提交，回执编号 {version.paper_number}。")
    return redirect("reports:report", uscc, year)


@require_POST
@requires(Action.SUBMIT_REPORT)
def report_recall(request: SignedInRequest, uscc: str, year: int) -> HttpResponse:
    """Take a submission back before the first look."""
    report = report_of(request, uscc, year, Action.SUBMIT_REPORT)
    text = request.POST.get("version", "")
    version = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
    try:
        recall_report(report, version=version, by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "已撤回，可以修改后重新提交。原回执已作废。")
    return redirect("reports:report", uscc, year)


def _page(request: SignedInRequest, report: AnnualReport, refusal: str = "") -> HttpResponse:
    reading = read_report(report)
    season = season_of(report.year)
    context = {
        "report": report,
        "society": report.cooperative,
        "reading": reading,
        "sections": said_of(content_of(report), report.year, clock.today(), whole=True),
        "season": season,
        "late": season.is_late(clock.now()) and not report.is_correction,
        "refusal": refusal,
        "late_reason": request.POST.get("late_reason", ""),
        "truth": TRUTH,
        "own": request.user.acts_for_societies,
    }
    status = 422 if refusal else 200
    return render(request, "registry/reports/read.html", context, status=status)
