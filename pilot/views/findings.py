"""Findings of a check: the list of a unit or of all, one of them with its steps."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import requires
from accounts.forms.edited import StepForm
from accounts.http import SignedInRequest
from accounts.kept_lists import kept_as
from accounts.models import Attachment, AuditEvent
from accounts.policy import Action, may
from common.htmx import wants_partial
from demonstration.views.acts import incomplete, perform
from pilot.forms.acceptances import FindingFilter
from pilot.kept_lists import FINDINGS
from pilot.models import AcceptanceFinding, TaskPart
from pilot.operations import acceptances as operations
from pilot.plan_choices import FindingState
from pilot.plan_workflows import FINDING
from pilot.programmes import asked_programme, programme_tabs
from registry.views.pages import cut_by


@require_safe
@requires(Action.VIEW_FINDING)
@kept_as(FINDINGS)
def finding_list(request: SignedInRequest) -> HttpResponse:
    """List the findings in reach, of one programme or of all, the nearest day first."""
    programme = asked_programme(request)
    reach = AcceptanceFinding.objects.permitted(request.user, Action.VIEW_FINDING)
    if programme is not None:
        reach = reach.of_programme(programme)
    form = FindingFilter(request.GET, reach=reach)
    found = form.narrow(reach)
    context = {
        "programme": programme,
        "programme_tabs": programme_tabs(request, programme, whole="全部试点"),
        "form": form,
        "chosen": form.chosen,
        "page": cut_by(request, found.for_list(), FINDINGS.order),
        "number": found.count(),
    }
    name = "_findings" if wants_partial(request) else "findings"
    return render(request, f"pilot/acceptance/{name}.html", context)


@require_safe
@requires(Action.VIEW_FINDING)
def finding_detail(request: SignedInRequest, finding: int) -> HttpResponse:
    """Show one finding: what is missing, the steps, and where to add evidence."""
    found = _finding(request, finding, Action.VIEW_FINDING)
    task = found.item.task_id if found.item else None
    part = TaskPart.objects.filter(task=task, unit=found.unit_id).first() if task else None
    context = {
        "finding": found,
        "part": part,
        "attachments": Attachment.objects.of(part).select_related("added_by") if part else [],
        "buttons": _buttons(request, found),
        "events": AuditEvent.objects.about(found),
    }
    return render(request, "pilot/acceptance/finding.html", context)


@require_POST
@requires(Action.VIEW_FINDING)
def finding_step(request: SignedInRequest, finding: int) -> HttpResponse:
    """Report as put right, confirm, or send back; the flow asks for the right."""
    found = _finding(request, finding, Action.VIEW_FINDING)
    here = reverse("pilot:finding-detail", args=[found.pk])
    form = StepForm(request.POST)
    if not form.is_valid():
        return incomplete(request, form, back=here)
    asked = form.cleaned_data
    return perform(
        request,
        lambda: operations.move_finding(
            found,
            asked["target"],
            reason=asked["reason"],
            version=asked["version"],
            by=request.user,
        ),
        done="已办理。",
        back=here,
    )


def _buttons(request: SignedInRequest, finding: AcceptanceFinding) -> list[dict[str, Any]]:
    shown = []
    for arrow in FINDING.leaving(finding.state):
        if not may(request.user, arrow.action):
            continue
        confirms = arrow.target == FindingState.CONFIRMED
        own = confirms and finding.done_by_id == request.user.pk
        shown.append(
            {
                "arrow": arrow,
                "id": f"step-{arrow.target}",
                "bar": operations.SAME_PERSON if own else "",
                "hidden": [("target", arrow.target)],
                "says": "整改情况" if arrow.target == FindingState.DONE else "理由",
            }
        )
    return shown


def _finding(request: SignedInRequest, key: int, action: Action) -> AcceptanceFinding:
    reach = AcceptanceFinding.objects.permitted(request.user, action)
    related = reach.for_list().select_related("done_by", "confirmed_by")
    return get_object_or_404(related, pk=key)
