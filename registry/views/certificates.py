"""Roster certificates: a society's own with the request, and the bureau's queue and log."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.models import IssuedPaper
from accounts.policy import Action, may
from common.workflow import TransitionRefused
from registry.choices import CertificateState
from registry.models import RosterCertificate
from registry.operations.certificates import (
    issue_certificate,
    refuse_certificate,
    request_certificate,
    withdraw_certificate,
)
from registry.views.pages import cut
from registry.views.rosters import roster_facts
from registry.views.societies import society_of

TONES = {
    CertificateState.REQUESTED: "info",
    CertificateState.ISSUED: "ok",
    CertificateState.REFUSED: "bad",
    CertificateState.SUPERSEDED: "idle",
    CertificateState.WITHDRAWN: "warn",
}


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.VIEW_CERTIFICATE)
def society_certificates(request: SignedInRequest, uscc: str) -> HttpResponse:
    """Show a society's certificates and take a request."""
    society = society_of(request, uscc, Action.VIEW_CERTIFICATE)
    may_request = may(request.user, Action.REQUEST_CERTIFICATE)
    refusal = ""
    if request.method == "POST" and may_request:
        try:
            request_certificate(society, request.POST.get("purpose", ""), by=request.user)
        except TransitionRefused as refused:
            refusal = str(refused)
        else:
            messages.success(request, "申请已提交，核发后可在这里下载。")
            return redirect("registry:certificates", society.code)
    certificates = list(society.certificates.select_related("decided_by").order_by("-pk")[:50])
    context = {
        "society": society,
        "rows": _rows(certificates),
        "may_request": may_request,
        "refusal": refusal,
        "purpose": request.POST.get("purpose", ""),
    }
    status = 422 if refusal else 200
    return render(request, "registry/certificates/society.html", context, status=status)


@require_safe
@requires(Action.ISSUE_CERTIFICATE)
def certificate_list(request: SignedInRequest) -> HttpResponse:
    """List requests and everything issued, the log of certificates."""
    reach = RosterCertificate.objects.permitted(request.user, Action.ISSUE_CERTIFICATE)
    state = request.GET.get("state", CertificateState.REQUESTED.value)
    known = state in CertificateState.values
    found = reach.filter(state=state) if known else reach
    rows = found.select_related("cooperative__township", "decided_by")
    page = cut(request, rows, "pk", descending=True)
    tabs = [
        {
            "label": word,
            "url": f"?state={value}",
            "active": state == value,
            "count": reach.filter(state=value).count(),
        }
        for value, word in CertificateState.choices
    ]
    context = {
        "page": page,
        "rows": _rows(page.rows),
        "tabs": tabs,
        "number": found.count(),
        "conditions": urlencode({"state": state if known else ""}),
    }
    return render(request, "registry/certificates/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.ISSUE_CERTIFICATE)
def certificate_detail(request: SignedInRequest, certificate: int) -> HttpResponse:
    """Show a request with the checks of the roster, and issue or refuse it."""
    found = _certificate(request, certificate)
    if request.method == "POST":
        return _decide(request, found)
    society = found.cooperative
    context = {
        "certificate": found,
        "society": society,
        "tone": TONES[CertificateState(found.state)],
        "paper": IssuedPaper.objects.of(found).first(),
        "members": society.members.current().order_by("pk")[:200],
        **roster_facts(society, society.members.current()),
    }
    return render(request, "registry/certificates/detail.html", context)


@require_POST
@requires(Action.ISSUE_CERTIFICATE)
def certificate_withdraw(request: SignedInRequest, certificate: int) -> HttpResponse:
    """Take an issued certificate back."""
    found = _certificate(request, certificate)
    return _step(request, found, "withdraw")


def _decide(request: SignedInRequest, found: RosterCertificate) -> HttpResponse:
    return _step(request, found, request.POST.get("decision", ""))


def _step(request: SignedInRequest, found: RosterCertificate, decision: str) -> HttpResponse:
    text, by = request.POST.get("version", ""), request.user
    version = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
    reason = request.POST.get("reason", "")[:500]
    try:
        match decision:
            case "issue":
                done = issue_certificate(found, version=version, reason=reason, by=by)
                messages.success(request, f"已核发，编号 {done.paper_number}。")
            case "refuse":
                refuse_certificate(found, reason, version=version, by=by)
                messages.success(request, "已回复不予核发。")
            case "withdraw":
                withdraw_certificate(found, reason, version=version, by=by)
                messages.success(request, "证明已撤销，查验时会显示已撤销。")
            case _:
                messages.error(request, "请选择核发或不予核发。")
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("registry:certificate", found.pk)


def _certificate(request: SignedInRequest, key: int) -> RosterCertificate:
    reach = RosterCertificate.objects.permitted(request.user, Action.ISSUE_CERTIFICATE)
    found: RosterCertificate = get_object_or_404(
        reach.select_related("cooperative__township", "requested_by", "decided_by"), pk=key
    )
    return found


def _rows(certificates: list[RosterCertificate]) -> list[dict[str, Any]]:
    """Return certificates with their papers: one query for all."""
    keys = [str(certificate.pk) for certificate in certificates]
    kind = RosterCertificate._meta.label_lower
    papers = {
        paper.owner_key: paper
        for paper in IssuedPaper.objects.filter(owner_kind=kind, owner_key__in=keys)
    }
    return [
        {
            "certificate": each,
            "tone": TONES[CertificateState(each.state)],
            "paper": papers.get(str(each.pk)),
        }
        for each in certificates
    ]
