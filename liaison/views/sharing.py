"""Sharing lists between departments: grants, their approval, and what a department was granted."""

import tempfile

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.policy import Action, may
from common import clock, spreadsheet
from common.keyset import Key, in_order, page_of
from common.workflow import TransitionRefused
from liaison.choices import FetchForm, GrantState, SharedList
from liaison.forms.sharing import GrantDecisionForm, ProposalForm
from liaison.lists import KINDS, KINDS_BY_CODE, kind_of, rows_of
from liaison.models import ShareGrant
from liaison.models.grant import GrantQuerySet, told_of
from liaison.nouns import GRANTS
from liaison.operations.sharing import (
    approve_grant,
    decline_grant,
    end_grant,
    note_fetch,
    propose_grant,
    sign_receipt,
    write_shared_xlsx,
)
from liaison.workflows import GRANT

PAGE_SIZE = 50
FETCHES_SHOWN = 100


@require_safe
@requires(Action.VIEW_SHARE)
def grant_list(request: SignedInRequest) -> HttpResponse:
    """List the grants in reach; a receiving department sees its own."""
    grants = list(in_order(_reach(request).for_list(), GRANTS.order))
    context = {
        "grants": grants,
        "kinds": KINDS,
        "receives": may(request.user, Action.FETCH_SHARE),
        "today": clock.today(),
    }
    return render(request, "liaison/sharing/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.PROPOSE_SHARE)
def grant_create(request: SignedInRequest, shared: str) -> HttpResponse:
    """Propose to share a list."""
    if shared not in SharedList.values:
        raise Http404
    kind = KINDS_BY_CODE[SharedList(shared)]
    form = ProposalForm(request.POST or None, kind)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            grant = propose_grant(
                kind.code,
                asked["fields_chosen"],
                asked["receiver"],
                purpose=asked["purpose"],
                valid_until=asked["valid_until"],
                by=request.user,
            )
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已提出，待另一人批准后生效。")
            return redirect("liaison:grant-detail", grant=grant.pk)
    status = 422 if form.errors else 200
    context = {"form": form, "kind": kind}
    return render(request, "liaison/sharing/create.html", context, status=status)


@require_safe
@requires(Action.VIEW_SHARE)
def grant_detail(request: SignedInRequest, grant: int) -> HttpResponse:
    """Show a grant, who took the list when, and what can be done."""
    subject = get_object_or_404(_reach(request).for_list(), pk=grant)
    fetches = subject.fetches.select_related("by__unit", "received_by").order_by("-at", "-pk")
    steps = GRANT.leaving(subject.state) if may(request.user, Action.APPROVE_SHARE) else ()
    context = {
        "grant": subject,
        "fields": kind_of(subject).chosen(subject.fields),
        "basis": kind_of(subject).basis,
        "fetches": fetches[:FETCHES_SHOWN],
        "unsigned": fetches.filter(received_at__isnull=True).count(),
        "steps": steps,
        "own_proposal": subject.proposed_by_id == request.user.pk,
        "may_fetch": subject.is_in_force and may(request.user, Action.FETCH_SHARE),
        "receives": may(request.user, Action.FETCH_SHARE),
    }
    return render(request, "liaison/sharing/detail.html", context)


@require_POST
@requires(Action.APPROVE_SHARE)
def grant_decide(request: SignedInRequest, grant: int) -> HttpResponse:
    """Approve, decline or end a grant."""
    subject = get_object_or_404(
        ShareGrant.objects.permitted(request.user, Action.APPROVE_SHARE), pk=grant
    )
    here = redirect("liaison:grant-detail", grant=subject.pk)
    form = GrantDecisionForm(request.POST)
    if not form.is_valid() or form.cleaned_data["version"] != subject.version:
        messages.warning(request, "这份共享刚有变化，请看过现在的内容再操作。")
        return here
    target, reason = form.cleaned_data["target"], form.cleaned_data["reason"]
    try:
        if target == GrantState.APPROVED:
            approve_grant(subject, by=request.user)
        elif target == GrantState.DECLINED:
            decline_grant(subject, reason=reason, by=request.user)
        else:
            end_grant(subject, reason=reason, by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"已保存：{subject.get_state_display()}。")
    return here


@require_GET
@requires(Action.FETCH_SHARE)
def shared_rows(request: SignedInRequest, grant: int) -> HttpResponse:
    """Show a department what it was granted, and write down that it looked."""
    subject = _granted(request, grant)
    try:
        fetch = note_fetch(subject, FetchForm.PAGE, by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("liaison:grant-detail", grant=subject.pk)
    fields = kind_of(subject).chosen(subject.fields)
    page = page_of(
        rows_of(subject),
        (Key("id"),),
        size=PAGE_SIZE,
        before=request.GET.get("before", ""),
        after=request.GET.get("after", ""),
    )
    context = {
        "grant": subject,
        "fields": fields,
        "rows": [[(field, field.text(row)) for field in fields] for row in page.rows],
        "number": fetch.rows,
        "previous_url": f"?before={page.before}" if page.before else "",
        "next_url": f"?after={page.after}" if page.after else "",
    }
    return render(request, "liaison/sharing/rows.html", context)


@require_GET
@requires(Action.FETCH_SHARE)
def shared_file(request: SignedInRequest, grant: int) -> HttpResponseBase:
    """Send a department what it was granted as a workbook, and write it down."""
    subject = _granted(request, grant)
    try:
        fetch = note_fetch(subject, FetchForm.XLSX, by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("liaison:grant-detail", grant=subject.pk)
    stream = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    try:
        write_shared_xlsx(fetch, stream)
    except BaseException:
        stream.close()
        raise
    stream.seek(0)
    name = f"{kind_of(subject).code.label}_{fetch.at.astimezone(clock.SHANGHAI):%Y%m%d_%H%M}.xlsx"
    return FileResponse(
        stream, as_attachment=True, filename=name, content_type=spreadsheet.XLSX_TYPE
    )


@require_POST
@requires(Action.FETCH_SHARE)
def grant_receipt(request: SignedInRequest, grant: int) -> HttpResponse:
    """Sign for what was taken."""
    subject = _granted(request, grant)
    if sign_receipt(subject, by=request.user):
        messages.success(request, "已签收，签收时间和签收人已记录。")
    else:
        messages.info(request, "没有待签收的取用记录。")
    return redirect("liaison:grant-detail", grant=subject.pk)


def _reach(request: SignedInRequest) -> GrantQuerySet:
    """Return the grants that a person may know of; a receiver is not told of what was not granted."""
    grants: GrantQuerySet = ShareGrant.objects.permitted(request.user, Action.VIEW_SHARE)
    told: GrantQuerySet = told_of(grants, request.user)
    return told


def _granted(request: SignedInRequest, key: int) -> ShareGrant:
    reach = ShareGrant.objects.permitted(request.user, Action.FETCH_SHARE).answered()
    found: ShareGrant = get_object_or_404(reach.select_related("receiver"), pk=key)
    return found
