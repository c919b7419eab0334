"""Handing a file in: the form, the blank template, the help page."""

import io
from dataclasses import asdict
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.policy import Action
from registry import feed_guide
from registry.choices import FeedSource
from registry.forms.deliveries import DeliveryForm, last_ended_quarter
from registry.models import FeedDelivery
from registry.operations.deliveries import Receipt, receive_delivery
from registry.operations.feed_template import write_template
from registry.operations.kept_uploads import KeptUpload, forget_upload, keep_upload, open_upload
from registry.operations.resending import can_resend, resend_delivery
from registry.tasks import wake

KEPT = "kept_upload"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORM_AROUND_FILE = 1 << 20  # bytes that the other fields and the boundaries may take
_WRONG_FIELD = "没有在“数据文件”一栏收到文件。请在本页选择文件后重新提交。"
_TOO_LARGE = "文件超过上限 {limit} MB，没有接收。请拆分后分次报送，或另存为 csv 文件。"


@csrf_exempt  # checked below, after the size: the check itself would read the whole body
@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.SUBMIT_DELIVERY)
def delivery_create(request: SignedInRequest) -> HttpResponse:
    """Take a file in; the answer comes before anything in it has been read."""
    if request.method == "POST" and _is_too_large(request):
        return _refuse_size(request)
    return _create(request)


@csrf_protect
def _create(request: SignedInRequest) -> HttpResponse:
    again = _again(request)
    if request.method != "POST":
        return _page(
            request, DeliveryForm(by=request.user, initial=_initial(request, again)), again
        )
    kept = _kept(request)
    form = DeliveryForm(request.POST, request.FILES, by=request.user, has_file=bool(again or kept))
    if request.FILES and "file" not in request.FILES:
        form.add_error("file", _WRONG_FIELD)
        return _page(request, form, again, status=400)
    if not form.is_valid():
        _keep_for_later(request, form)
        return _page(request, form, again, status=_status(form))
    receipt = _receive(request, form.cleaned_data, again, kept)
    if receipt.delivery is not None:
        return _received(request, receipt.delivery)
    if receipt.duplicate_of is not None:
        _forget(request)
        return _page(request, form, again, receipt=receipt, status=409)
    if receipt.refused_reason == "STORAGE_FULL":
        form.add_error("file", receipt.message)
        return _page(request, form, again, status=507)
    field = "quarter" if receipt.refused_reason == "QUARTER_UNKNOWN" else "file"
    form.add_error(field, receipt.message)
    _keep_for_later(request, form)
    return _page(request, form, again, status=422)


def _receive(
    request: SignedInRequest,
    facts: dict[str, Any],
    again: FeedDelivery | None,
    kept: KeptUpload | None,
) -> Receipt:
    """Hand in the file just sent, else the one that waits, else the one of a former delivery."""
    choices = {key: facts[key] for key in ("source", "quarter", "scope")}
    sent, by = facts["file"], request.user
    if sent is not None:
        return receive_delivery(
            sent.file, filename=sent.name, sender=facts.get("sender"), by=by, **choices
        )
    waiting = open_upload(kept.token, by=by) if kept and again is None else None
    if waiting is not None and kept is not None:
        with waiting:
            return receive_delivery(
                waiting, filename=kept.name, sender=facts.get("sender"), by=by, **choices
            )
    if again is None:
        return Receipt(refused_reason="FILE_GONE", message="之前选择的文件已过期，请重新选择。")
    return resend_delivery(again, sender=facts.get("sender"), by=by, **choices)


def _received(request: SignedInRequest, delivery: FeedDelivery) -> HttpResponse:
    _forget(request)
    transaction.on_commit(lambda: wake(delivery.job.pk))
    return redirect("registry:delivery-detail", delivery.pk)


def _again(request: SignedInRequest) -> FeedDelivery | None:
    """Return the former delivery whose bytes are to be used again, if the address names one."""
    wanted = request.GET.get("again", "")
    if not (wanted.isascii() and wanted.isdigit()):
        return None
    mine = FeedDelivery.objects.permitted(request.user, Action.SUBMIT_DELIVERY)
    delivery = get_object_or_404(mine.select_related("job", "sender"), pk=wanted)
    return delivery if can_resend(delivery, request.user) and delivery.path.exists() else None


def _initial(request: SignedInRequest, again: FeedDelivery | None) -> dict[str, Any]:
    if again is not None:
        facts = ("source", "quarter", "scope", "sender")
        return {fact: getattr(again, fact) for fact in facts}
    latest = FeedDelivery.objects.permitted(request.user, Action.SUBMIT_DELIVERY)
    former = latest.exclude(sender=None).order_by("-pk").first()
    sender = former.sender if former else request.user.unit
    return {"quarter": last_ended_quarter(), "sender": sender}


# --- the file that waits while the form is not complete ---


def _kept(request: SignedInRequest) -> KeptUpload | None:
    found = request.session.get(KEPT)
    return KeptUpload(**found) if found else None


def _keep_for_later(request: SignedInRequest, form: DeliveryForm) -> None:
    sent = request.FILES.get("file")
    if sent is None or "file" in form.errors:
        return
    _forget(request)
    sent.seek(0)
    kept = keep_upload(cast("BinaryIO", sent.file), name=sent.name or "", by=request.user)
    request.session[KEPT] = asdict(kept)


def _forget(request: SignedInRequest) -> None:
    found = request.session.pop(KEPT, None)
    if found:
        forget_upload(found["token"], by=request.user)


# --- pages ---


def _is_too_large(request: SignedInRequest) -> bool:
    announced = str(request.META.get("CONTENT_LENGTH") or "0")
    if not (announced.isascii() and announced.isdigit()):
        return False  # counts as a body of no length, as everywhere in the framework
    return int(announced) > settings.INTAKE_LIMITS["upload_bytes"] + _FORM_AROUND_FILE


def _refuse_size(request: SignedInRequest) -> HttpResponse:
    """Answer without keeping a byte; a body not too long is read off, so that browsers see it."""
    limit = settings.INTAKE_LIMITS["upload_bytes"]
    left = 4 * limit
    while left > 0 and (chunk := request.read(1 << 20)):
        left -= len(chunk)
    form = DeliveryForm(by=request.user, initial=_initial(request, None))
    text = _TOO_LARGE.format(limit=limit >> 20)
    return _page(request, form, None, refusal=text, status=413)


def _status(form: DeliveryForm) -> int:
    """400 for a request that no browser makes from this page, 422 for what a person may mend."""
    codes = {error.code for errors in form.errors.as_data().values() for error in errors}
    return 400 if codes & {"no_file", "two_files", "two_answers"} else 422


def _page(
    request: SignedInRequest,
    form: DeliveryForm,
    again: FeedDelivery | None,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    twin = more["receipt"].duplicate_of if "receipt" in more else None
    reach = FeedDelivery.objects.permitted(request.user, Action.VIEW_DELIVERY)
    limits = settings.INTAKE_LIMITS
    context = {
        "form": form,
        "again": again,
        "kept": _kept(request),
        "twin": twin if twin and reach.filter(pk=twin.pk).exists() else None,
        "megabytes": limits["upload_bytes"] >> 20,
        "limits": limits,
        "sources": FeedSource.choices,
        **more,
    }
    return render(request, "registry/deliveries/create.html", context, status=status)


@require_safe
@requires(Action.VIEW_DELIVERY)
def delivery_template(request: SignedInRequest, source: str) -> HttpResponseBase:
    """Give the blank workbook of a source that a sender may fill in."""
    del request
    chosen = _source(source)
    book = io.BytesIO()
    write_template(chosen.value, book)
    book.seek(0)
    name = f"{chosen.label}报送模板.xlsx"
    return FileResponse(book, as_attachment=True, filename=name, content_type=XLSX)


@require_safe
@requires(Action.VIEW_DELIVERY)
def delivery_guide(request: SignedInRequest) -> HttpResponse:
    """Say which columns of a source are read, what is checked, and how a fault is put right."""
    chosen = _source(request.GET.get("source") or FeedSource.REGISTRATION.value)
    here = reverse("registry:delivery-guide")
    context = {
        "source": chosen,
        "tables": [(table, feed_guide.columns(table)) for table in feed_guide.tables(chosen.value)],
        "tabs": [
            {"label": each.label, "url": f"{here}?source={each.value}", "active": each == chosen}
            for each in FeedSource
        ],
        "groups": feed_guide.groups(),
        "limits": settings.INTAKE_LIMITS,
        "megabytes": settings.INTAKE_LIMITS["upload_bytes"] >> 20,
    }
    return render(request, "registry/deliveries/guide.html", context)


def _source(name: str) -> FeedSource:
    try:
        return FeedSource(name)
    except ValueError:
        raise Http404 from None
