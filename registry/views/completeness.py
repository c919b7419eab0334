"""The board of who has reported what, nil returns, and reminders."""

from collections import Counter

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.models import OrganisationUnit
from accounts.policy import Action, Reach, may, reach_of
from common import clock
from common.workflow import TransitionRefused
from registry import completeness
from registry.completeness import NOT_DUE, OVERDUE, OWED, WORDS
from registry.forms.completeness import NilReturnForm, ReminderForm
from registry.models import FeedReminder
from registry.operations.punctuality import (
    draft_reminder,
    file_nil_return,
    owed_cells,
    remind_sender,
)

REMINDERS_SHOWN = 20


@require_safe
@requires(Action.VIEW_DELIVERY)
def completeness_board(request: SignedInRequest) -> HttpResponse:
    """Show sender × quarter for every source in reach; a state in the address lists its cells."""
    lines = completeness.lines_for(request.user)
    counted = Counter(cell.state for line in lines for cell in line.cells)
    asked = request.GET.get("state", "")
    state = asked if asked in WORDS else ""
    context = {
        "lines": lines,
        "quarters": completeness.last_quarters(clock.today()),
        "tiles": [
            {"label": word, "tone": tone, "number": counted[key], "key": key}
            for key, (word, tone) in WORDS.items()
            if counted[key] and key != completeness.NOT_YET
        ],
        "state": state,
        "state_word": WORDS[state][0] if state else "",
        "listed": completeness.owing(lines, state) if state else [],
        "own": _own(request),
        "can_remind": may(request.user, Action.REMIND_SENDER),
        "overdue": OVERDUE,
        "not_due": NOT_DUE,
    }
    return render(request, "registry/completeness/board.html", context)


@require_POST
@requires(Action.SUBMIT_DELIVERY)
def nil_return(request: SignedInRequest) -> HttpResponse:
    """Sign that there is nothing to report."""
    form = NilReturnForm(request.POST)
    if not form.is_valid():
        messages.error(request, "没有签报：来源或季度有误，请从报送进度表里点“零报告”。")
        return redirect("registry:completeness")
    try:
        nil = file_nil_return(
            form.cleaned_data["source"], form.cleaned_data["quarter"], by=request.user
        )
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{nil}已签报。以后如有内容要补，仍可报送文件。")
    return redirect("registry:completeness")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.REMIND_SENDER)
def feed_reminder(request: SignedInRequest, sender: str) -> HttpResponse:
    """Show the drafted reminder with the exact list and former ones; send it."""
    if sender not in OWED.values():
        raise Http404
    unit = get_object_or_404(OrganisationUnit, code=sender)
    cells = owed_cells(unit, completeness.lines_for(request.user))
    form = ReminderForm(request.POST or None, initial={"text": draft_reminder(unit, cells)})
    if request.method == "POST" and form.is_valid():
        try:
            reminder = remind_sender(unit, text=form.cleaned_data["text"], by=request.user)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            number = len(reminder.items)
            messages.success(
                request, f"已催报{unit.name}，列出 {number} 项。送达和阅读情况见下方。"
            )
            return redirect("registry:feed-reminder", sender=sender)
    reminders = (
        FeedReminder.objects.permitted(request.user, Action.REMIND_SENDER)
        .filter(sender=unit)
        .select_related("notice", "sent_by")
        .prefetch_related("notice__receipts__person", "notice__receipts__messages")
    )
    context = {
        "unit": unit,
        "cells": cells,
        "form": form,
        "reminders": reminders.order_by("-day")[:REMINDERS_SHOWN],
    }
    status = 422 if form.errors else 200
    return render(request, "registry/completeness/remind.html", context, status=status)


def _own(request: SignedInRequest) -> list[str]:
    """Return the units for which this person may sign: the own one, or all of them."""
    reach = reach_of(request.user, Action.SUBMIT_DELIVERY)
    if reach == Reach.DISTRICT:
        return list(OWED.values())
    return [request.user.unit.code] if reach == Reach.OWN and request.user.unit else []
