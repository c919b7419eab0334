"""Files and photos of one society: licence, charter, roster, pictures of the place."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.models import Attachment
from accounts.operations.attachments import attach_each, may_change
from accounts.policy import Action, may
from registry.forms.cooperatives import CooperativeFilesForm
from registry.models import Cooperative
from registry.views.cooperative_detail import society_in_reach


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.VIEW_COOPERATIVE)
def cooperative_attachments(request: SignedInRequest, uscc: str) -> HttpResponse:
    """List a society's files; who may set its facts right may add some."""
    society = society_in_reach(request, uscc, Action.VIEW_COOPERATIVE)
    if request.method != "POST":
        return _page(request, society, CooperativeFilesForm())
    if not may(request.user, Action.EDIT_COOPERATIVE):
        raise PermissionDenied(Action.EDIT_COOPERATIVE)
    form = CooperativeFilesForm(request.POST, request.FILES)
    if form.is_valid():
        asked = form.cleaned_data
        attached, refused = attach_each(
            society,
            asked["uploads"],
            purpose=asked["purpose"],
            note=asked["note"],
            by=request.user,
        )
        if attached:
            messages.success(request, f"已上传 {len(attached)} 个附件。")
        if not refused:
            return redirect("registry:cooperative-attachments", uscc=society.code)
        for sentence in refused:
            form.add_error("uploads", sentence)
    return _page(request, society, form)


def _page(
    request: SignedInRequest, society: Cooperative, form: CooperativeFilesForm
) -> HttpResponse:
    able = may_change(society, request.user)
    context = {
        "cooperative": society,
        "attachments": Attachment.objects.of(society).select_related("added_by"),
        "form": form if able else None,
        "may_remove": able,
    }
    status = 422 if form.errors else 200
    return render(request, "registry/cooperatives/attachments.html", context, status=status)
