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
from registry.operations.report_signing import chairs_of, sign_as_filer
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
@requires(Action.FILL_REPORT)
def report_sign(request: SignedInRequest, uscc: str, year: int) -> HttpResponse:
    """Sign as the one who filled the report in; the chair signs next."""
    report = report_of(request, uscc, year, Action.FILL_REPORT)
    if not request.POST.get("read"):
        return _page(request, report, refusal=UNREAD)
    try:
        told = sign_as_filer(report, version=_version(request), by=request.user)
    except TransitionRefused as refusal:
        fresh = report_of(request, uscc, year, Action.FILL_REPORT)
        return _page(request, fresh, refusal=str(refusal))
    rest = "已通知理事长签发。" if told else "理事长还没有账号，请当面签字确认。"
    messages.success(request, f"您已签字，{rest}")
    return redirect("reports:read", uscc, year)


@require_POST
@requires(Action.SUBMIT_REPORT)
def report_recall(request: SignedInRequest, uscc: str, year: int) -> HttpResponse:
    """Take a submission back before the first look."""
    report = report_of(request, uscc, year, Action.SUBMIT_REPORT)
    try:
        recall_report(report, version=_version(request), by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "已撤回，可以修改后重新提交。原回执已作废。")
    return redirect("reports:report", uscc, year)


def _version(request: SignedInRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


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
        "turn": _turn(request, report, two=season.two_signers),
    }
    status = 422 if refusal else 200
    return render(request, "registry/reports/read.html", context, status=status)


def _turn(request: SignedInRequest, report: AnnualReport, *, two: bool) -> str:
    """Say whose signature the page asks this person for: one alone, filer, chair, or none now."""
    user = request.user
    if not two:
        return "alone"
    if report.first_signer_id is None:
        return "filer"
    is_chair = user.pk in {each.pk for each in chairs_of(report)}
    return "chair" if is_chair and report.first_signer_id != user.pk else "wait"
