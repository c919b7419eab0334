"""Helped filing: sending the chair a code, and submitting with the chair's confirmation."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.policy import Action
from common.workflow import TransitionRefused
from registry.models import AnnualReport, ReportVersion
from registry.operations.report_confirmations import (
    confirm_by_code,
    confirm_by_photo,
    confirm_by_signature,
    hand_over,
    take_back,
)
from registry.views.report_form import report_of


@require_POST
@requires(Action.FILL_REPORT)
def report_hand_over(request: SignedInRequest, uscc: str, year: int) -> HttpResponse:
    """Send the chair a confirmation code."""
    report = report_of(request, uscc, year, Action.FILL_REPORT)
    try:
        number = hand_over(report, version=_version(request), by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, f"确认码已发给合作社的 {number} 位账号使用人。请理事长读过后报给您。"
        )
    return redirect("reports:read", uscc, year)


@require_POST
@requires(Action.FILL_REPORT)
def report_take_back(request: SignedInRequest, uscc: str, year: int) -> HttpResponse:
    """Go on filling in."""
    report = report_of(request, uscc, year, Action.FILL_REPORT)
    try:
        take_back(report, version=_version(request), by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("reports:report", uscc, year)


@require_POST
@requires(Action.SUBMIT_REPORT)
def report_confirm(request: SignedInRequest, uscc: str, year: int) -> HttpResponse:
    """Submit with the chair's confirmation: by code, by signature, by a photo of the signed paper."""
    report = report_of(request, uscc, year, Action.SUBMIT_REPORT)
    try:
        version = _way(request, report)()
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("reports:read", uscc, year)
    messages.success(request, f"报告已提交，回执编号 {version.paper_number}。")
    return redirect("reports:report", uscc, year)


def _way(request: SignedInRequest, report: AnnualReport) -> Callable[[], ReportVersion]:
    sent, by = request.POST, request.user
    late_reason, signer = sent.get("late_reason", "")[:500], sent.get("signer", "")
    match sent.get("way", ""):
        case "code":
            return lambda: confirm_by_code(
                report, sent.get("code", "")[:20], by=by, late_reason=late_reason
            )
        case "signature":
            return lambda: confirm_by_signature(
                report, sent.get("drawing", ""), signer, by=by, late_reason=late_reason
            )
        case "photo" if "photo" in request.FILES:
            return lambda: confirm_by_photo(
                report, request.FILES["photo"], signer, by=by, late_reason=late_reason
            )
        case "photo":
            raise TransitionRefused("请选择签字盖章后的纸质件照片。")
        case _:
            raise TransitionRefused("请选择一种确认方式。")


def _version(request: SignedInRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
