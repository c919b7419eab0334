"""The rows of a delivery: lists by outcome, one row with its cells, decisions on doubtful ones."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.policy import Action, may
from common.htmx import wants_partial
from common.workflow import TransitionRefused
from registry.choices import JobState, RowKind, RowOutcome
from registry.forms.deliveries import RowDecisionForm
from registry.models import FeedDelivery, FeedRow
from registry.operations.deliveries import decide_row
from registry.remarks import DOUBT_WORDS
from registry.row_lines import cells_of, lines_of
from registry.stages import TILES, overtaken
from registry.views.delivery_lists import HINTED, outcome_tabs
from registry.views.delivery_page import hinted_rows, outcomes_by_sheet
from registry.views.pages import cut

_DECIDABLE = {JobState.STAGED, JobState.HELD, JobState.COMMITTED}
_LEADS = {
    "new": "名录里还没有的合作社，入库后加入名录。",
    "changed": "名录里已有的合作社，下列登记事项有改动，入库后以新值为准。",
    "unchanged": "与名录一致，入库不改动任何内容。",
    "doubtful": "需要人来判断的行。接收的随文件入库，不接收的不入库；都要写明理由。",
    "rejected": "有必须改的问题，退回报送单位。下载问题清单，改好后可以原样送回。",
    "duplicate": "与前面的行完全相同，只计一次。",
    HINTED: "照常接收，但有自动整理过或值得留意的内容。",
}
_BY_URGENCY = ("rejected", "doubtful", "changed", "new", "unchanged", "duplicate")


@require_safe
@requires(Action.VIEW_DELIVERY)
def delivery_rows(request: SignedInRequest, delivery: int) -> HttpResponse:
    """List the rows of one outcome, in the order of the file."""
    subject = _delivery(request, delivery)
    outcome = request.GET.get("outcome") or _most_urgent(subject)
    doubts: list[dict[str, Any]] = []
    rows = _of_outcome(subject, outcome)
    if outcome == RowOutcome.DOUBTFUL:
        doubt = request.GET.get("doubt", "")
        doubts = _doubts(rows, doubt)
        if doubt.isidentifier():  # as all codes are; PostgreSQL refuses to look for some others
            rows = rows.filter(doubt=doubt)
    sheet = request.GET.get("sheet", "")
    if sheet in {row["name"] for row in subject.report.get("sheets", [])}:
        rows = rows.filter(sheet=sheet)
    page = cut(
        request,
        rows.select_related("registration__township", "statement", "cooperative", "decided_by"),
        "ordinal",
    )
    context = {
        "delivery": subject,
        "job": subject.job,
        "outcome": outcome,
        "title": "有提示的行" if outcome == HINTED else f"{RowOutcome(outcome).label}的行",
        "lead": _LEADS[outcome],
        "tabs": outcome_tabs(subject, outcome),
        "doubts": doubts,
        "sheets": _sheets(subject, outcome, sheet),
        "page": page,
        "lines": lines_of(subject, page.rows),
        "number": rows.count(),
        "may_decide": _may_decide(request, subject),
        "overtaken": overtaken(subject.job) if outcome == RowOutcome.DOUBTFUL else "",
        "here": request.get_full_path(),
    }
    partial = wants_partial(request)
    name = "_rows" if partial else "rows"
    return render(request, f"registry/deliveries/{name}.html", context)


@require_safe
@requires(Action.VIEW_DELIVERY)
def feed_row(request: SignedInRequest, delivery: int, ordinal: int) -> HttpResponse:
    """Show one row: every cell as the file has it, what was read, what came of it."""
    subject = _delivery(request, delivery)
    rows = subject.rows.select_related(
        "registration__township", "statement", "cooperative", "decided_by"
    )
    row = get_object_or_404(rows, ordinal=ordinal)
    line = lines_of(subject, [row])[0]
    around = set(
        subject.rows.filter(ordinal__in=(ordinal - 1, ordinal + 1)).values_list(
            "ordinal", flat=True
        )
    )
    context = {
        "delivery": subject,
        "job": subject.job,
        "row": row,
        "line": line,
        "cells": cells_of(subject, row, line.remarks),
        "may_decide": _may_decide(request, subject) and row.outcome == RowOutcome.DOUBTFUL,
        "previous": ordinal - 1 if ordinal - 1 in around else None,
        "next": ordinal + 1 if ordinal + 1 in around else None,
        "overtaken": overtaken(subject.job) if row.outcome == RowOutcome.DOUBTFUL else "",
        "tone": TILES[RowOutcome(row.outcome)][0] if row.outcome else "idle",
        "here": request.get_full_path(),
    }
    return render(request, "registry/deliveries/row.html", context)


@require_POST
@requires(Action.DECIDE_DELIVERY)
def delivery_rows_decide(request: SignedInRequest, delivery: int) -> HttpResponse:
    """Accept or decline doubtful rows, each by itself, for one stated reason."""
    subject = _delivery(request, delivery, Action.DECIDE_DELIVERY)
    form = RowDecisionForm(request.POST, subject)
    if not form.is_valid():
        for faults in form.errors.values():
            messages.error(request, str(faults[0]))
        return _back(request, subject)
    facts = form.cleaned_data
    done = 0
    for row in subject.rows.filter(ordinal__in=facts["rows"]).order_by("ordinal"):
        try:
            decide_row(row, facts["decision"], reason=facts["reason"], by=request.user)
        except TransitionRefused as refusal:
            messages.error(request, f"第{row.number}行没有决定：{refusal}")
            break
        done += 1
    if done:
        word = dict(form.fields["decision"].choices)[facts["decision"]]  # type: ignore[attr-defined]
        messages.success(request, f"{done} 行已决定：{word}。")
    return _back(request, subject)


def _delivery(
    request: SignedInRequest, pk: int, action: Action = Action.VIEW_DELIVERY
) -> FeedDelivery:
    reach = FeedDelivery.objects.permitted(request.user, action)
    return get_object_or_404(reach.select_related("job", "former__job"), pk=pk)


def _most_urgent(delivery: FeedDelivery) -> str:
    counts = delivery.job.counts
    return next((key for key in _BY_URGENCY if counts.get(key)), RowOutcome.NEW.value)


def _of_outcome(delivery: FeedDelivery, outcome: str) -> QuerySet[FeedRow]:
    if outcome == HINTED:
        return hinted_rows(delivery)  # type: ignore[no-any-return]
    if not outcome or outcome not in RowOutcome.values:
        raise Http404
    return delivery.rows.filter(kind=RowKind.DATA, outcome=outcome)


def _doubts(rows: QuerySet[FeedRow], chosen: str) -> list[dict[str, Any]]:
    """Return the kinds of doubt among the rows, most frequent first."""
    found = rows.values_list("doubt").annotate(number=Count("pk")).order_by("-number", "doubt")
    kinds = [
        {
            "code": code,
            "label": DOUBT_WORDS.get(code, code),
            "number": number,
            "active": code == chosen,
        }
        for code, number in found
    ]
    return kinds if len(kinds) > 1 else []


def _sheets(delivery: FeedDelivery, outcome: str, chosen: str) -> list[dict[str, Any]]:
    """Return the sheets of a workbook with the number of rows of this outcome in each."""
    if outcome == HINTED:
        return []
    return [
        {"name": sheet["name"], "number": cell["number"], "active": sheet["name"] == chosen}
        for sheet in outcomes_by_sheet(delivery)
        for cell in sheet["cells"]
        if cell["key"] == outcome and cell["number"]
    ]


def _may_decide(request: SignedInRequest, delivery: FeedDelivery) -> bool:
    job = delivery.job
    may_at_all = may(request.user, Action.DECIDE_DELIVERY) and job.state in _DECIDABLE
    return may_at_all and not overtaken(job)


def _back(request: SignedInRequest, delivery: FeedDelivery) -> HttpResponse:
    wanted = request.POST.get("next", "")
    if wanted and url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}):
        return redirect(wanted)
    return redirect("registry:delivery-detail", delivery.pk)
