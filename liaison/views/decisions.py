"""Decisions: the list, one decision with its record, and each step of it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.kept_lists import kept_as
from accounts.models import Attachment
from accounts.policy import Action, Reach, may, reach_of
from common import clock
from common.htmx import wants_partial
from common.template_tags import moment
from liaison.forms.decisions import DecisionFilter, ExtendForm, ProgressForm
from liaison.kept_lists import DECISIONS
from liaison.meeting_choices import DecisionState
from liaison.meeting_flows import DECISION
from liaison.models import Decision, Minutes
from liaison.operations import decisions as operations
from liaison.views.attaching import attach
from liaison.views.steps import buttons, step
from registry.views.pages import cut

LIST = "liaison:decision-list"
EVIDENCE = "办结佐证"


@require_safe
@requires(Action.VIEW_DECISION)
@kept_as(DECISIONS)
def decision_list(request: SignedInRequest) -> HttpResponse:
    """List what was decided, undone first by default."""
    form = DecisionFilter(request.GET)
    reach = Decision.objects.permitted(request.user, Action.VIEW_DECISION).issued()
    found = form.narrow(reach)
    context = {
        "form": form,
        "chosen": form.chosen,
        "page": cut(request, found.for_list(), "pk", descending=True),
        "number": found.count(),
        "today": clock.today(),
    }
    name = "_results" if wants_partial(request) else "list"
    return render(request, f"liaison/decisions/{name}.html", context)


@require_safe
@requires(Action.VIEW_DECISION)
def decision_detail(request: SignedInRequest, decision: int) -> HttpResponse:
    """Show one decision: who, by when, and the record of what was done."""
    found = _decision(request, decision, Action.VIEW_DECISION)
    works = found.is_undone and may(request.user, Action.WORK_DECISION)
    lines = found.progress.select_related("by", "unit").order_by("-at", "-pk")
    leads = reach_of(request.user, Action.WORK_DECISION) == Reach.DISTRICT
    minutes = Minutes.objects.permitted(request.user, Action.VIEW_MEETING)
    context = {
        "decision": found,
        "opens_minutes": minutes.filter(meeting=found.meeting_id).exists(),
        "events": [
            {
                "when": moment(line.at),
                "who": f"{line.unit.short_name if line.unit else ''} {line.by}".strip(),
                "what": f"{line.get_kind_display()}：{line.text}",
            }
            for line in lines
        ],
        "attachments": Attachment.objects.of(found).select_related("added_by"),
        "works": works,
        "reports_done": found.state == DecisionState.OPEN
        and (leads or request.user.unit_id == found.lead_id),
        "progress_form": ProgressForm(initial={"version": found.version}),
        "extend_form": ExtendForm(initial={"version": found.version}),
        "buttons": buttons(DECISION, found, request.user),
        "confirms": may(request.user, Action.CONFIRM_DECISION),
    }
    return render(request, "liaison/decisions/detail.html", context)


@require_POST
@requires(Action.WORK_DECISION)
def decision_report(request: SignedInRequest, decision: int) -> HttpResponse:
    """Report progress, with evidence, or that the decision is done."""
    found = _decision(request, decision, Action.WORK_DECISION)

    def act(asked: dict[str, Any]) -> None:
        attach(request, found, asked["evidence"], purpose=EVIDENCE)
        if asked["finished"]:
            operations.report_done(found, asked["text"], by=request.user)
        else:
            operations.report_progress(found, asked["text"], by=request.user)

    return step(
        request,
        found,
        act,
        done="已保存。",
        back=_here(found),
        form=ProgressForm(request.POST, request.FILES),
    )


@require_POST
@requires(Action.CONFIRM_DECISION)
def decision_decide(request: SignedInRequest, decision: int) -> HttpResponse:
    """Confirm, send back or drop."""
    found = _decision(request, decision, Action.CONFIRM_DECISION)

    def act(asked: dict[str, Any]) -> None:
        target, reason = asked["target"], asked["reason"]
        if target == DecisionState.DONE:
            operations.confirm_done(found, note=reason, by=request.user)
        elif target == DecisionState.DROPPED:
            operations.drop_decision(found, reason=reason, by=request.user)
        else:
            operations.return_decision(found, reason=reason, by=request.user)

    return step(request, found, act, done="已保存。", back=_here(found))


@require_POST
@requires(Action.CONFIRM_DECISION)
def decision_extend(request: SignedInRequest, decision: int) -> HttpResponse:
    """Give another day."""
    found = _decision(request, decision, Action.CONFIRM_DECISION)
    return step(
        request,
        found,
        lambda asked: operations.extend_decision(
            found,
            asked["due_on"],
            reason=asked["reason"],
            version=asked["version"],
            by=request.user,
        ),
        done="期限已调整。",
        back=_here(found),
        form=ExtendForm(request.POST),
    )


def _decision(request: SignedInRequest, key: int, action: Action) -> Decision:
    reach = Decision.objects.permitted(request.user, action).issued()
    found: Decision = get_object_or_404(
        reach.select_related("lead", "meeting__body", "topic__minutes").prefetch_related("helpers"),
        pk=key,
    )
    return found


def _here(decision: Decision) -> str:
    return reverse("liaison:decision-detail", args=[decision.pk])
