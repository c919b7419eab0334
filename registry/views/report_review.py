"""Looking at a submitted report: pass on, accept, publish, or send back with reasons beside fields."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.policy import Action, may
from common import clock
from common.workflow import TransitionRefused
from registry.choices import ReportState
from registry.models import AnnualReport
from registry.operations.report_reviews import (
    ReturnReason,
    accept_report,
    check_report,
    publish_report,
    return_report,
)
from registry.reporting.lines import said_of
from registry.reporting.reading import read_report
from registry.reporting.sections import FIELDS
from registry.reporting.versions import differences
from registry.views.report_form import report_of

STANDARD_REASONS = (
    "数字前后不一致，请核对。",
    "与登记信息不一致，请核对或说明。",
    "与上年相差很大，请核对单位或说明原因。",
    "没有填写完整，请补充。",
    "请附一句说明。",
)
DECIDABLE = {ReportState.SUBMITTED, ReportState.CHECKED, ReportState.ACCEPTED}


@require_safe
@requires(Action.CHECK_REPORT)
def report_review(request: SignedInRequest, uscc: str, year: int) -> HttpResponse:
    """Show a submission with everything that deserves a look, and the decisions that are open."""
    report = report_of(request, uscc, year, Action.CHECK_REPORT)
    if report.latest is None or report.state not in DECIDABLE:
        return redirect("reports:report", uscc, year)
    return _page(request, report)


@require_POST
@requires(Action.CHECK_REPORT)
def report_decide(request: SignedInRequest, uscc: str, year: int) -> HttpResponse:
    """Take one decision about the submission that was on the screen."""
    report = report_of(request, uscc, year, Action.CHECK_REPORT)
    seen, decision = request.POST.get("seen", ""), request.POST.get("decision", "")
    report.state = request.POST.get("state", "")
    try:
        told = _decide(request, report, decision, seen)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
        if decision == "return" and seen:
            fresh = report_of(request, uscc, year, Action.CHECK_REPORT)
            if (
                fresh.latest is not None
                and fresh.latest.sha256 == seen
                and fresh.state in DECIDABLE
            ):
                return _page(request, fresh, status=422)
        return redirect("reports:review", uscc, year)
    messages.success(request, told)
    return redirect("reports:report", uscc, year)


def _decide(request: SignedInRequest, report: AnnualReport, decision: str, seen: str) -> str:
    by = request.user
    match decision:
        case "check":
            check_report(report, sha256=seen, by=by)
            return "初核通过，已交区农业农村局审核。"
        case "accept":
            reason = request.POST.get("reason", "")[:500]
            accept_report(report, sha256=seen, by=by, reason=reason)
            return "审核通过，报告的数字开始计入统计。"
        case "publish":
            publish_report(report, sha256=seen, by=by)
            return "已公开可公示的项目。"
        case "return":
            return_report(report, _reasons(request), sha256=seen, by=by)
            return "已退回，填报人会看到各处原因。"
        case _:
            raise TransitionRefused("请选择一种处理方式。")


def _reasons(request: SignedInRequest) -> list[ReturnReason]:
    told = [
        ReturnReason(key, request.POST.get(f"why-{key}", "").strip()[:300])
        for key in FIELDS
        if request.POST.get(f"why-{key}", "").strip()
    ]
    general = request.POST.get("why", "").strip()[:500]
    return [*told, ReturnReason("", general)] if general else told


def _page(request: SignedInRequest, report: AnnualReport, status: int = 200) -> HttpResponse:
    latest = report.latest
    assert latest is not None  # noqa: S101 looked at by the callers
    reading = read_report(report)
    looks: dict[str, list[str]] = {}
    for finding in reading.findings:
        looks.setdefault(finding.key, []).append(finding.text)
    may_decide = {
        ReportState.SUBMITTED: True,
        ReportState.CHECKED: may(request.user, Action.REVIEW_REPORT),
        ReportState.ACCEPTED: may(request.user, Action.REVIEW_REPORT),
    }
    context = {
        "report": report,
        "society": report.cooperative,
        "latest": latest,
        "sections": said_of(latest.content, report.year, clock.today()),
        "last": reading.last,
        "looks": looks,
        "differences": differences(latest.corrects, latest) if latest.corrects else [],
        "standard": STANDARD_REASONS,
        "typed": request.POST,
        "may_decide": may_decide.get(ReportState(report.state), False),
    }
    return render(request, "registry/reports/review.html", context, status=status)
