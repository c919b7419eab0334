"""Promises: the list with what is late, one of them, and closing it with proof."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.kept_lists import kept_as
from accounts.models import Attachment
from accounts.operations.attachments import attach_each
from accounts.policy import Action, may
from common import clock
from common.htmx import wants_partial
from common.workflow import TransitionRefused
from registry.views.choosing import choose_society
from registry.views.pages import cut
from registry.views.societies import society_of
from training.choices import PromiseState
from training.forms.field import PhotosForm
from training.forms.promises import PromiseFilter, PromiseForm
from training.kept_lists import PROMISES
from training.models import Promise
from training.operations.promises import (
    cancel_promise,
    confirm_promise,
    keep_promise,
    make_promise,
    may_work,
    return_promise,
)

LIST = "training:promise-list"
PROOF = "proof"


@require_safe
@requires(Action.VIEW_PROMISE)
@kept_as(PROMISES)
def promise_list(request: SignedInRequest) -> HttpResponse:
    """List the promises in reach, the earliest due first."""
    reach = Promise.objects.permitted(request.user, Action.VIEW_PROMISE)
    form = PromiseFilter(request.GET, user=request.user)
    found = form.narrow(reach)
    context = {
        "form": form,
        "chosen": form.chosen,
        "number": found.count(),
        "page": cut(request, found.for_list(), "pk", descending=True),
        "overdue": reach.overdue(clock.today()).count(),
        "to_confirm": reach.filter(state=PromiseState.TO_CONFIRM).count(),
    }
    name = "_results" if wants_partial(request) else "list"
    return render(request, f"training/promises/{name}.html", context)


@require_safe
@requires(Action.VIEW_PROMISE)
def promise_detail(request: SignedInRequest, promise: int) -> HttpResponse:
    """Show a promise, its proof, and what may be done with it now."""
    return _page(request, _found(request, promise, Action.VIEW_PROMISE))


@require_safe
@requires(Action.WORK_PROMISE)
def promise_choose(request: SignedInRequest) -> HttpResponse:
    """Find the society that a promise is noted for."""
    return choose_society(
        request,
        Action.WORK_PROMISE,
        lead="按名称或统一社会信用代码查找要整改的合作社。",
        crumb=("整改事项", reverse(LIST)),
        create=("登记整改事项", "training:promise-create"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.WORK_PROMISE)
def promise_create(request: SignedInRequest, uscc: str) -> HttpResponse:
    """Note a promise of or for a society outside a visit."""
    society = society_of(request, uscc, Action.WORK_PROMISE)
    form = PromiseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = make_promise(society, form.cleaned_data, by=request.user)
        except TransitionRefused as refusal:
            form.add_error("due_on", str(refusal))
        else:
            messages.success(request, "整改事项已登记。")
            return redirect("training:promise-detail", promise=made.pk)
    status = 422 if form.errors else 200
    context = {"form": form, "society": society}
    return render(request, "training/promises/form.html", context, status=status)


@require_POST
@requires(Action.WORK_PROMISE)
def promise_keep(request: SignedInRequest, promise: int) -> HttpResponse:
    """Say how a promise was kept, with proof."""
    found = _found(request, promise, Action.WORK_PROMISE)
    form = PhotosForm(files=request.FILES)
    sentences: list[str] = []
    if form.is_valid() and form.cleaned_data["photos"]:
        uploads = form.cleaned_data["photos"]
        _, sentences = attach_each(found, uploads, purpose=PROOF, by=request.user)
    else:
        sentences = [str(each) for each in form.errors.get("photos", [])]
    outcome = request.POST.get("outcome", "")
    try:
        keep_promise(found, outcome, by=request.user)
    except TransitionRefused as refusal:
        return _page(request, found, outcome=outcome, faults=[*sentences, str(refusal)], status=422)
    for sentence in sentences:
        messages.error(request, f"附件没有收下：{sentence}")
    messages.success(request, "已报办结，等待复核。" if found.grave else "已办结。")
    return redirect("training:promise-detail", promise=found.pk)


@require_POST
@requires(Action.CONFIRM_PROMISE)
def promise_decide(request: SignedInRequest, promise: int) -> HttpResponse:
    """Confirm, give back or call off."""
    found = _found(request, promise, Action.CONFIRM_PROMISE)
    reason = request.POST.get("reason", "")
    match request.POST.get("decision"):
        case "confirm":
            confirm_promise(found, by=request.user)
        case "return":
            return_promise(found, reason, by=request.user)
        case "cancel":
            cancel_promise(found, reason, by=request.user)
        case _:
            raise TransitionRefused("没有选择复核结果，请返回重选。")
    messages.success(request, "已处理。")
    return redirect("training:promise-detail", promise=found.pk)


def _found(request: SignedInRequest, promise: int, action: Action) -> Promise:
    reach = Promise.objects.permitted(request.user, action)
    rows = reach.for_list().select_related("closed_by", "confirmed_by", "made_by")
    return get_object_or_404(rows, pk=promise)


def _page(
    request: SignedInRequest, promise: Promise, *, status: int = 200, **more: Any
) -> HttpResponse:
    user = request.user
    context = {
        "promise": promise,
        "files": Attachment.objects.of(promise).select_related("added_by"),
        "may_work": may_work(promise, user),
        "may_confirm": may(user, Action.CONFIRM_PROMISE),
        "own": promise.closed_by_id == user.pk,
        "photos_form": PhotosForm(),
        "return_hidden": [("decision", "return")],
        "cancel_hidden": [("decision", "cancel")],
        **more,
    }
    return render(request, "training/promises/detail.html", context, status=status)
