"""Archives: the list with the one that is being built, asking for one, checking, downloading."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.policy import Action
from common.keyset import in_order
from common.workflow import TransitionRefused
from demonstration.views.acts import perform
from pilot import tasks
from pilot.models import Archive, Programme
from pilot.nouns import ARCHIVES
from pilot.operations import archives as operations
from pilot.programmes import chosen_programme, programme_tabs

LIST = "pilot:archive-list"


@require_safe
@requires(Action.VIEW_ARCHIVE)
def archive_list(request: SignedInRequest) -> HttpResponse:
    """List the archives of a programme, the newest first; it says while one is being built."""
    programme = chosen_programme(request)
    reach = Archive.objects.permitted(request.user, Action.VIEW_ARCHIVE)
    own = reach.filter(programme=programme)
    rows = list(in_order(own.select_related("programme", "requested_by"), ARCHIVES.order))
    context = {
        "archives": rows,
        "working": any(row.is_working for row in rows),
        "programme": programme,
        "programme_tabs": programme_tabs(request, programme),
    }
    return render(request, "pilot/archive/list.html", context)


@require_POST
@requires(Action.BUILD_ARCHIVE)
def archive_request(request: SignedInRequest) -> HttpResponse:
    """Ask for an archive of the chosen programme."""
    programme = chosen_programme(request)
    if programme is None:
        messages.error(request, "还没有设立试点，没有可以归档的内容。")
        return redirect(LIST)
    back = _list_of(programme)
    try:
        made = operations.request_archive(programme, by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(back)
    tasks.wake(made.pk)
    messages.success(request, "已开始在后台生成归档，可以离开本页，稍后回来下载。")
    return redirect(back)


@require_POST
@requires(Action.BUILD_ARCHIVE)
def archive_check(request: SignedInRequest, archive: int) -> HttpResponse:
    """Check an archive against its digests."""
    found = _archive(request, archive, Action.BUILD_ARCHIVE)
    return perform(
        request,
        lambda: operations.check_archive(found, by=request.user),
        done="核验完毕，结果见列表。",
        back=_list_of(found.programme),
    )


@require_safe
@requires(Action.VIEW_ARCHIVE)
def archive_file(request: SignedInRequest, archive: int) -> FileResponse | HttpResponse:
    """Hand out the zip; who took it is noted."""
    found = _archive(request, archive, Action.VIEW_ARCHIVE)
    try:
        path = operations.fetch_archive(found, by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(_list_of(found.programme))
    made = found.finished_at
    name = f"{found}_{made:%Y%m%d}.zip" if made else f"{found}.zip"
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=name, content_type="application/zip"
    )


def _list_of(programme: Programme) -> str:
    return f"{reverse(LIST)}?{programme.query}"


def _archive(request: SignedInRequest, key: int, action: Action) -> Archive:
    reach = Archive.objects.permitted(request.user, action)
    return get_object_or_404(reach.select_related("programme"), pk=key)
