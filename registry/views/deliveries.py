"""Deliveries: the list with the board of quarters, one file's page, and what is done with it."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.kept_lists import kept_as
from accounts.policy import Action
from common.htmx import wants_partial
from common.workflow import TransitionRefused
from registry import completeness, stages
from registry.forms.deliveries import DeliveryFilter, HoldForm, ReasonForm
from registry.kept_lists import DELIVERIES
from registry.models import FeedDelivery, IngestJob
from registry.operations.deliveries import (
    cancel_delivery,
    commit_delivery,
    decide_hold,
    undo_delivery,
)
from registry.tasks import wake
from registry.views import delivery_page
from registry.views.pages import cut


@require_safe
@requires(Action.VIEW_DELIVERY)
@kept_as(DELIVERIES)
def delivery_list(request: SignedInRequest) -> HttpResponse:
    """List the deliveries in reach, newest first, under the board of the last quarters."""
    reach = FeedDelivery.objects.permitted(request.user, Action.VIEW_DELIVERY)
    quarters = list(reach.order_by("-quarter").values_list("quarter", flat=True).distinct())
    form = DeliveryFilter(request.GET, quarters)
    chosen = form.chosen()
    rows = form.narrow(reach)
    page = cut(request, rows.select_related("job", "sender", "received_by"), "pk", descending=True)
    context = {
        "form": form,
        "chosen": len(chosen),
        "page": page,
        "deliveries": [(delivery, stages.tone(delivery.job)) for delivery in page.rows],
        "any": bool(quarters),
        "number": rows.count(),
    }
    if wants_partial(request):
        return render(request, "registry/deliveries/_list.html", context)
    context |= {"board": completeness.lines_for(request.user), "due_days": settings.FEED_DUE_DAYS}
    return render(request, "registry/deliveries/list.html", context)


@require_safe
@requires(Action.VIEW_DELIVERY)
def delivery_detail(request: SignedInRequest, delivery: int) -> HttpResponse:
    """Show where a file stands and what may be done with it."""
    return _page(request, _job(request, delivery))


@require_safe
@requires(Action.VIEW_DELIVERY)
def delivery_progress(request: SignedInRequest, delivery: int) -> HttpResponse:
    """Answer the page's question whether anything moved: 204, or the page's body anew."""
    job = _job(request, delivery)
    if delivery_page.mark(job) == request.GET.get("seen"):
        return HttpResponse(status=204)
    return render(request, "registry/deliveries/_body.html", delivery_page.body(job, request.user))


@require_POST
@requires(Action.DECIDE_DELIVERY)
def delivery_decide(request: SignedInRequest, delivery: int) -> HttpResponse:
    """Decide what a held file waits for."""
    job = _job(request, delivery, Action.DECIDE_DELIVERY)
    form = HoldForm(request.POST)
    return _ask(
        request,
        job,
        form,
        lambda facts: decide_hold(job, facts["choice"], reason=facts["reason"], by=request.user),
    )


@require_POST
@requires(Action.DECIDE_DELIVERY)
def delivery_commit(request: SignedInRequest, delivery: int) -> HttpResponse:
    """Ask for the rows to be taken into the register."""
    job = _job(request, delivery, Action.DECIDE_DELIVERY)
    return _ask(
        request,
        job,
        ReasonForm(request.POST),
        lambda facts: commit_delivery(job, reason=facts["reason"], by=request.user),
    )


@require_POST
@requires(Action.UNDO_DELIVERY)
def delivery_undo(request: SignedInRequest, delivery: int) -> HttpResponse:
    """Ask for the former values to be put back."""
    job = _job(request, delivery, Action.UNDO_DELIVERY)
    return _ask(
        request,
        job,
        ReasonForm(request.POST),
        lambda facts: undo_delivery(job, reason=facts["reason"], by=request.user),
    )


@require_POST
@requires(Action.DECIDE_DELIVERY)
def delivery_cancel(request: SignedInRequest, delivery: int) -> HttpResponse:
    """Put a file aside for good."""
    job = _job(request, delivery, Action.DECIDE_DELIVERY)
    return _ask(
        request,
        job,
        ReasonForm(request.POST),
        lambda facts: cancel_delivery(job, reason=facts["reason"], by=request.user),
    )


def _job(
    request: SignedInRequest, delivery: int, action: Action = Action.VIEW_DELIVERY
) -> IngestJob:
    """Return the job of a delivery in reach, or answer 404."""
    reach = IngestJob.objects.permitted(request.user, action)
    return get_object_or_404(
        reach.select_related(
            "delivery__former", "delivery__sender", "delivery__received_by", "requested_by"
        ),
        delivery=delivery,
    )


def _ask(
    request: SignedInRequest,
    job: IngestJob,
    form: ReasonForm,
    step: Callable[[dict[str, Any]], None],
) -> HttpResponse:
    """Do a step that was asked for on a page of a certain version, or say why not."""
    if not form.is_valid():
        faults = "".join(
            str(fault) for fault in dict.fromkeys(each[0] for each in form.errors.values())
        )
        return _page(request, job, refusal=faults, status=422)
    facts = form.cleaned_data
    if facts["version"] is not None:
        job.version = facts["version"]  # what the person saw; an older one is refused
    try:
        step(facts)
    except TransitionRefused as refusal:
        return _page(request, _job(request, job.delivery_id), refusal=str(refusal), status=409)
    job.refresh_from_db()
    if job.is_working:
        transaction.on_commit(lambda: wake(job.pk))
    else:
        messages.success(request, f"{job.delivery}：{job.get_state_display()}。")
    return _back(job)


def _back(job: IngestJob) -> HttpResponseRedirect:
    return redirect("registry:delivery-detail", job.delivery_id)


def _page(
    request: SignedInRequest, job: IngestJob, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {**delivery_page.body(job, request.user), **more}
    return render(request, "registry/deliveries/detail.html", context, status=status)
