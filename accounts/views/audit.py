"""The audit trail: list, one event, and the check of the chain."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import requires
from accounts.forms.audit import AuditFilter
from accounts.http import SignedInRequest
from accounts.kept_lists import kept_as
from accounts.lists import AUDIT
from accounts.models import AuditEvent
from accounts.operations import audit
from accounts.policy import Action, may
from common import clock
from common.htmx import wants_partial

PAGE_SIZE = 50
LONGEST_NUMBER = 18


@require_safe
@requires(Action.VIEW_AUDIT)
@kept_as(AUDIT)
def audit_list(request: SignedInRequest) -> HttpResponse:
    """List events, newest first; the filter is the address."""
    chosen = AuditFilter(request.GET)
    trail = chosen.narrow(AuditEvent.objects.permitted(request.user, Action.VIEW_AUDIT))
    rows, newer, older = trail.page(
        before=_number(request.GET.get("before")),
        after=_number(request.GET.get("after")),
        size=PAGE_SIZE,
    )
    context: dict[str, Any] = {
        "form": chosen,
        "events": rows,
        "may_export": may(request.user, Action.EXPORT_AUDIT),
    }
    if rows and newer:
        context["previous_url"] = _address(request.GET, after=rows[0].sequence)
    if rows and older:
        context["next_url"] = _address(request.GET, before=rows[-1].sequence)
    name = "_table" if wants_partial(request) else "list"
    return render(request, f"accounts/audit/{name}.html", context)


@require_safe
@requires(Action.VIEW_AUDIT)
def audit_detail(request: SignedInRequest, sequence: int) -> HttpResponse:
    """Show one event with everything that was noted."""
    trail = AuditEvent.objects.permitted(request.user, Action.VIEW_AUDIT)
    event = get_object_or_404(trail, pk=sequence)
    context = {"event": event, "fits": event.hash == event.computed_hash()}
    return render(request, "accounts/audit/detail.html", context)


@require_POST
@requires(Action.VIEW_AUDIT)
def audit_verify(request: SignedInRequest) -> HttpResponse:
    """Walk the chain and say whether every link fits."""
    broken, length = audit.verify(by=request.user)
    if broken is None:
        messages.success(request, f"校验通过：共 {length} 条操作记录，首尾相连，未被改动。")
    else:
        messages.error(
            request,
            f"校验不通过：从序号 {broken} 起与前一条不符，记录可能被改动或删除。"
            "请保留现场并立即报告单位负责人。",
        )
    return redirect("accounts:audit-list")


@require_POST
@requires(Action.EXPORT_AUDIT)
def audit_export(request: SignedInRequest) -> StreamingHttpResponse:
    """Send the whole chain as lines of JSON, for keeping elsewhere; the export itself is noted."""
    answer = StreamingHttpResponse(
        audit.export(by=request.user), content_type="application/x-ndjson"
    )
    filename = f"操作记录{clock.today():%Y%m%d}.jsonl"
    answer["Content-Disposition"] = content_disposition_header(True, filename) or ""
    return answer


def _number(text: str | None) -> int | None:
    usable = text and text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
    return int(text) if text and usable else None


def _address(query: QueryDict, **place: int) -> str:
    kept = query.copy()
    for name in ("before", "after"):
        kept.pop(name, None)
    kept.update({name: str(value) for name, value in place.items()})
    return f"?{kept.urlencode()}"
