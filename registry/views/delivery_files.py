"""Files that leave with a delivery: the original as it came, and the list of problems."""

import tempfile

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.operations import audit
from accounts.policy import Action
from registry import stages
from registry.models import FeedDelivery
from registry.operations.error_workbook import write_error_workbook
from registry.views.delivery_page import hinted_rows, problems
from registry.views.uploads import XLSX

_IN_MEMORY = 5 << 20


@require_safe
@requires(Action.VIEW_DELIVERY)
def delivery_original(request: SignedInRequest, delivery: int) -> HttpResponseBase:
    """Give the file back byte for byte, never shown by a browser; who took it is recorded."""
    subject = _delivery(request, delivery)
    try:
        stream = subject.path.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    _record(request, "original-downloaded", subject)
    answer = FileResponse(
        stream,
        as_attachment=True,
        filename=subject.filename,
        content_type="application/octet-stream",
    )
    return _shut(answer)


@require_safe
@requires(Action.VIEW_DELIVERY)
def delivery_problems(request: SignedInRequest, delivery: int) -> HttpResponseBase:
    """Give the list of problems, made from the kept rows."""
    subject = _delivery(request, delivery)
    job = subject.job
    if not stages.equation(job) or not problems(job, hinted_rows(subject).count()):
        messages.info(request, "这份文件没有需要改正的行，不必下载问题清单。")
        return redirect("registry:delivery-detail", subject.pk)
    book = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115, closed by the answer
    write_error_workbook(subject, book, by=request.user)  # type: ignore[arg-type]
    book.seek(0)
    _record(request, "problems-downloaded", subject)
    name = f"问题清单-{subject.period.label}-第{subject.number}份.xlsx"
    return _shut(FileResponse(book, as_attachment=True, filename=name, content_type=XLSX))


def _delivery(request: SignedInRequest, pk: int) -> FeedDelivery:
    reach = FeedDelivery.objects.permitted(request.user, Action.VIEW_DELIVERY)
    return get_object_or_404(reach.select_related("job"), pk=pk)


def _record(request: SignedInRequest, deed: str, delivery: FeedDelivery) -> None:
    if request.method == "HEAD":
        return
    with transaction.atomic():
        audit.record(deed, delivery, by=request.user, filename=delivery.filename)


def _shut(answer: FileResponse) -> FileResponse:
    """A file from outside must never run in our name, whatever it claims to be."""
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
