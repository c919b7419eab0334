"""Attachments on their way out: a photo to be looked at, a document to be saved; and removal."""

import logging
import uuid
from pathlib import Path

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import requires
from accounts.forms.attachments import RemovalForm
from accounts.http import SignedInRequest
from accounts.models import Attachment
from accounts.operations.attachments import AttachmentRefused, remove_attachment
from accounts.policy import Action

log = logging.getLogger("portal.attachments")


@require_safe
@requires(Action.VIEW_ATTACHMENT)
def attachment_file(request: SignedInRequest, attachment: uuid.UUID) -> HttpResponseBase:
    """Show a photo; let any other file be saved, never opened in our name."""
    found = _within_reach(request, attachment)
    return _answer(request, found, found.path)


@require_safe
@requires(Action.VIEW_ATTACHMENT)
def attachment_small(request: SignedInRequest, attachment: uuid.UUID) -> HttpResponseBase:
    """Show the small picture of a photo."""
    found = _within_reach(request, attachment)
    if not found.is_photo:
        raise Http404
    return _answer(request, found, found.small_path)


@require_POST
@requires(Action.REMOVE_ATTACHMENT)
def attachment_remove(request: SignedInRequest, attachment: uuid.UUID) -> HttpResponse:
    """Take an attachment away and go back to the page it was on."""
    found = _within_reach(request, attachment, change=True)
    form = RemovalForm(request.POST)
    if not form.is_valid():
        messages.error(request, "没有移除：须填写理由。")
        return redirect(_page_before(request))
    found.version = form.cleaned_data["version"]
    try:
        remove_attachment(found, reason=form.cleaned_data["reason"], by=request.user)
    except AttachmentRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"已移除附件“{found}”。")
    return redirect(_page_before(request))


def _within_reach(request: SignedInRequest, key: uuid.UUID, *, change: bool = False) -> Attachment:
    found = Attachment.objects.within_reach(request.user, key, change=change)
    if found is None:
        raise Http404
    return found


def _answer(request: SignedInRequest, found: Attachment, path: Path) -> HttpResponseBase:
    try:
        stream = path.open("rb")
    except FileNotFoundError:
        log.error("attachment %s: its file %s is missing", found.pk, path.name)
        context = {"attachment": found}
        return render(request, "accounts/attachments/missing.html", context, status=404)
    answer = FileResponse(
        stream,
        as_attachment=not found.is_photo,
        filename=found.filename,
        content_type=found.content_type,
    )
    # A file from outside must never run in our name, whatever it claims to be.
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def _page_before(request: SignedInRequest) -> str:
    wanted = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if own else "/"
