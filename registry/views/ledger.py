"""The ledger of clean-up as a workbook and on paper, and its charts."""

from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.operations import audit
from accounts.policy import Action
from registry.cleanup.figures import ageing_of, funnel_of, pace_of
from registry.cleanup.ledger import COLUMNS, rows_of, table_of
from registry.forms.cleanup_filter import CaseFilter
from registry.models import CleanupCase
from registry.views.workbooks import notes_for, send_workbook

MOST_PRINTED = 1_000


@require_safe
@requires(Action.EXPORT_CLEANUP)
def cleanup_ledger(request: SignedInRequest) -> HttpResponse:
    """Show the ledger as it goes to paper: the rows that the list shows, complete."""
    form = CaseFilter(request.GET, user=request.user)
    cases = form.narrow(CleanupCase.objects.permitted(request.user, Action.EXPORT_CLEANUP))
    shown = [column for column in COLUMNS if column.printed]
    number = cases.count()
    context = {
        "headings": [column.heading for column in shown],
        "rows": [
            {"case": case, "cells": [column.value(case) for column in shown]}
            for case in rows_of(cases)[:MOST_PRINTED]
        ],
        "number": number,
        "left_out": max(number - MOST_PRINTED, 0),
        "conditions": form.in_words(),
        "query": urlencode({k: str(v) for k, v in request.GET.items() if v}),
    }
    return render(request, "registry/cleanup/ledger.html", context)


@require_GET
@requires(Action.EXPORT_CLEANUP)
def cleanup_export(request: SignedInRequest) -> HttpResponseBase:
    """Send the ledger as a workbook, noted in the trail."""
    form = CaseFilter(request.GET, user=request.user)
    cases = form.narrow(CleanupCase.objects.permitted(request.user, Action.EXPORT_CLEANUP))
    conditions = form.in_words()
    with transaction.atomic():
        audit.record(
            Action.EXPORT_CLEANUP, by=request.user, conditions=conditions, number=cases.count()
        )
    notes = notes_for("清理整顿台账", conditions, by=request.user, action=Action.EXPORT_CLEANUP)
    return send_workbook(table_of(cases), notes, total="件数")


@require_safe
@requires(Action.VIEW_CLEANUP)
def cleanup_charts(request: SignedInRequest) -> HttpResponse:
    """Show how far cases came, how old the open ones are, how long steps take."""
    cases = CleanupCase.objects.permitted(request.user, Action.VIEW_CLEANUP)
    charts = [funnel_of(cases), ageing_of(cases), pace_of(cases)]
    return render(request, "registry/cleanup/charts.html", {"charts": charts})
