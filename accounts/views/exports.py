"""One's exports: asking for one, watching it being made, taking the file."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from accounts.choices import ExportForm
from accounts.decorators import requires
from accounts.exporting import exporter_of
from accounts.forms.exports import AskForm, FetchForm
from accounts.http import SignedInRequest
from accounts.models import ExportJob
from accounts.models.export_job import KEPT_FOR
from accounts.operations.exports import ask_export, note_fetch, prepared
from accounts.policy import Action
from accounts.tasks import wake_export
from common import spreadsheet
from common.htmx import wants_partial
from common.workflow import TransitionRefused

PAGE_SIZE = 30
NO_LIST = "请先打开要导出的列表，再点“导出”。"
NOT_FOUND = "没有找到这个导出文件，或已过保留期。请重新导出。"
_OWN = {"list", "csrfmiddlewaretoken", "before", "after", "page"}


@require_safe
@requires(Action.EXPORT_LIST)
def export_list(request: SignedInRequest) -> HttpResponse:
    """List one's exports, the latest first; those being made move by themselves."""
    own = ExportJob.objects.permitted(request.user, Action.EXPORT_LIST).order_by("-pk")
    context = {
        "page": Paginator(own, PAGE_SIZE).get_page(request.GET.get("page")),
        "working": own.unfinished().exists(),
        "days": KEPT_FOR.days,
    }
    name = "_table" if wants_partial(request) else "list"
    return render(request, f"accounts/exports/{name}.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.EXPORT_LIST)
def export_ask(request: SignedInRequest) -> HttpResponse:
    """Show what would be exported, and take the order; the address holds the list's conditions."""
    exporter = exporter_of(request.GET.get("list", ""))
    if exporter is None:
        messages.error(request, NO_LIST)
        return redirect("accounts:export-list")
    conditions = request.GET.copy()
    for name in _OWN:
        conditions.pop(name, None)
    query = conditions.urlencode()
    form = AskForm(request.POST or None, exporter=exporter, by=request.user)
    context = {"form": form, "exporter": exporter}
    try:
        found = prepared(exporter, query, request.user, personal=False)
        context |= {"conditions": found.conditions, "number": found.rows.count()}
        if form.is_bound and form.is_valid():
            job = ask_export(exporter, query=query, by=request.user, **form.cleaned_data)
            transaction.on_commit(lambda: wake_export(job.pk))
            messages.success(request, f"已开始导出“{job.title}”，完成后可在本页下载。")
            return redirect("accounts:export-list")
    except TransitionRefused as refusal:
        context["refusal"] = str(refusal)
    status = 422 if form.errors or "refusal" in context else 200
    return render(request, "accounts/exports/ask.html", context, status=status)


@require_GET
@requires(Action.EXPORT_LIST)
def export_file(request: SignedInRequest) -> HttpResponseBase:
    """Hand out the file of an export of one's own."""
    form = FetchForm(request.GET, by=request.user)
    if not form.is_valid():
        messages.error(request, NOT_FOUND)
        return redirect("accounts:export-list")
    job = form.cleaned_data["export"]
    try:
        note_fetch(job, by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("accounts:export-list")
    kind = spreadsheet.XLSX_TYPE if job.form == ExportForm.XLSX else spreadsheet.CSV_TYPE
    return FileResponse(
        job.path.open("rb"), as_attachment=True, filename=job.filename, content_type=kind
    )
