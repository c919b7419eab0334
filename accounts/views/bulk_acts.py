"""Acts on many rows of a list: the preview, the act, and taking it back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.bulk_acts import BulkAct, act_of
from accounts.decorators import requires
from accounts.forms.bulk_acts import TakenBackForm, ticked
from accounts.http import SignedInRequest
from accounts.operations.bulk_acts import (
    Outcome,
    acts_done,
    acts_to_take_back,
    do_to_many,
    sort_rows,
    take_back,
)
from accounts.policy import Action, may
from common.workflow import TransitionRefused

ACTS_SHOWN = 3
LEFT_SHOWN = 5


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.VIEW_HOME)
def bulk_act(request: SignedInRequest, act: str) -> HttpResponse:
    """Show whom an act would reach and who is left out and why; do it."""
    asked = _act(act)
    if not may(request.user, asked.action):
        raise PermissionDenied(asked.action)
    if asked.page:
        return redirect(asked.url)
    keys = ticked(request.POST if request.method == "POST" else request.GET)
    form = asked.form(request.POST if request.method == "POST" else None, request.user)
    if request.method == "POST" and not keys:
        form.add_error(None, "请先在列表中勾选要办理的记录。")
    if request.method == "POST" and form.is_valid():
        facts = {name: value for name, value in form.cleaned_data.items() if name != "reason"}
        try:
            done = do_to_many(
                asked, keys, facts, reason=form.cleaned_data["reason"], by=request.user
            )
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            tell_outcome(request, asked.title, done)
            return redirect(asked.url)
    found = sort_rows(asked, keys, request.user)
    context = {
        "act": asked,
        "form": form,
        "ready": [(row.pk, asked.name(row), asked.note(row)) for row in found.ready],
        "left": found.left,
        "acts": acts_to_take_back(asked, request.user, ACTS_SHOWN),
    }
    status = 422 if form.errors else 200
    return render(request, "accounts/bulk_acts/act.html", context, status=status)


def tell_outcome(request: SignedInRequest, title: str, done: Outcome) -> None:
    """Say how many were done, and who was left out with the reason."""
    if done.number:
        messages.success(request, f"{title}：已办理 {done.number} 条。")
    if left := done.left_out():
        more = f"等 {len(left)} 条" if len(left) > LEFT_SHOWN else ""
        told = "；".join(left[:LEFT_SHOWN])
        messages.warning(request, f"{len(left)} 条没有办理：{told}{more}。")


@require_POST
@requires(Action.VIEW_HOME)
def bulk_take_back(request: SignedInRequest, act: str) -> HttpResponse:
    """Take back an act: one of one's own, or one that has written what others decide about."""
    asked = _act(act)
    if not may(request.user, asked.right_to_take_back):
        raise PermissionDenied(asked.right_to_take_back)
    form = TakenBackForm(request.POST)
    if not form.is_valid():
        messages.error(request, "没有撤销：请写明撤销理由。")
        return redirect(asked.url)
    event = get_object_or_404(acts_done(asked, request.user), pk=form.cleaned_data["event"])
    if event.detail.get("act") != asked.key:
        raise Http404
    try:
        if event not in acts_to_take_back(asked, request.user, 200):
            raise TransitionRefused("这次办理已经撤销过，不能再撤销。")
        done = take_back(event, reason=form.cleaned_data["reason"], by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, asked.told.format(number=done))
    return redirect(asked.url)


def _act(key: str) -> BulkAct:
    found = act_of(key)
    if found is None:
        raise Http404
    return found
