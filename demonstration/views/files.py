"""Adding files to applications, monitoring cases, plans and lines of the innovation record."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.decorators import requires
from accounts.forms.attachments import AttachmentsField
from accounts.http import SignedInRequest
from accounts.operations.attachments import attach_file
from accounts.policy import Action
from demonstration.models import (
    CultivationPlan,
    InnovationEntry,
    MonitoringCase,
    RatingApplication,
)
from demonstration.views.acts import incomplete, perform


class FilesForm(forms.Form):
    """Several files for one row."""

    files = AttachmentsField(label="证明材料")  # type: ignore[assignment]  # Form.files are the raw ones


@require_POST
@requires(Action.APPLY_TITLE)
def application_attach(request: SignedInRequest, application: int) -> HttpResponse:
    """Add evidence to an application."""
    reach = RatingApplication.objects.permitted(request.user, Action.APPLY_TITLE)
    owner = get_object_or_404(reach, pk=application)
    return _attach(
        request, owner, "申报证明", reverse("demonstration:application-detail", args=[owner.pk])
    )


@require_POST
@requires(Action.ATTACH_MONITORING)
def case_attach(request: SignedInRequest, monitoring: int) -> HttpResponse:
    """Add proof to a monitoring case."""
    reach = MonitoringCase.objects.permitted(request.user, Action.ATTACH_MONITORING)
    owner = get_object_or_404(reach, pk=monitoring)
    return _attach(
        request, owner, "监测凭证", reverse("demonstration:case-detail", args=[owner.pk])
    )


@require_POST
@requires(Action.EDIT_PLAN)
def plan_attach(request: SignedInRequest, plan: int) -> HttpResponse:
    """Add evidence to a plan."""
    reach = CultivationPlan.objects.permitted(request.user, Action.EDIT_PLAN)
    owner = get_object_or_404(reach, pk=plan)
    return _attach(
        request, owner, "培育佐证", reverse("demonstration:plan-detail", args=[owner.pk])
    )


@require_POST
@requires(Action.EDIT_INNOVATION)
def innovation_attach(request: SignedInRequest, innovation: int) -> HttpResponse:
    """Add the scan of a document to a line of the innovation record."""
    reach = InnovationEntry.objects.permitted(request.user, Action.EDIT_INNOVATION)
    owner = get_object_or_404(reach, pk=innovation)
    return _attach(
        request, owner, "创新登记材料", reverse("demonstration:innovation-detail", args=[owner.pk])
    )


def _attach(request: SignedInRequest, owner: Any, purpose: str, back: str) -> HttpResponse:
    form = FilesForm(request.POST, request.FILES)
    if not form.is_valid():
        return incomplete(request, form, back=back)

    def act() -> None:
        for upload in form.cleaned_data["files"]:
            attach_file(owner, upload, purpose=purpose, by=request.user)

    return perform(request, act, done="已上传。", back=back)
