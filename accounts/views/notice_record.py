"""Formal notices: sending one by hand, and the record that proves where each has arrived."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import requires
from accounts.forms.notices import LetterForm, RecordFilter
from accounts.http import SignedInRequest
from accounts.kept_lists import kept_as
from accounts.lists import LETTERS
from accounts.models import Notice
from accounts.operations.notices import resend_failed, send_letter
from accounts.policy import Action
from common.htmx import wants_partial

PAGE_SIZE = 30
PEOPLE_A_PAGE = 100


@require_safe
@requires(Action.VIEW_NOTICE_RECORD)
@kept_as(LETTERS)
def record_list(request: SignedInRequest) -> HttpResponse:
    """List formal notices with how far each has come."""
    chosen = RecordFilter(request.GET)
    formal = Notice.objects.permitted(request.user, Action.VIEW_NOTICE_RECORD).formal()
    found = chosen.narrow(formal.with_counts()).select_related("sent_by")
    page = Paginator(found.order_by("-sent_at", "-pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    name = "_record" if wants_partial(request) else "record"
    return render(request, f"accounts/notices/{name}.html", {"form": chosen, "page": page})


@require_safe
@requires(Action.VIEW_NOTICE_RECORD)
def record_detail(request: SignedInRequest, notice: int) -> HttpResponse:
    """Show for each person when a formal notice was delivered, read and confirmed, and by which way."""
    found = _formal(request, notice, Action.VIEW_NOTICE_RECORD)
    receipts = (
        found.receipts.select_related("person__unit")
        .prefetch_related("messages")
        .order_by("confirmed_at", "read_at", "person__unit__position", "person_id")
    )
    page = Paginator(receipts, PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    context = {"notice": found, "page": page}
    return render(request, "accounts/notices/record_detail.html", context)


@require_POST
@requires(Action.SEND_NOTICE)
def record_resend(request: SignedInRequest, notice: int) -> HttpResponse:
    """Try the failed messages of a notice again."""
    found = _formal(request, notice, Action.SEND_NOTICE)
    number = resend_failed(found, by=request.user)
    if number:
        messages.success(request, f"{number} 条失败的消息将重新发送。")
    else:
        messages.info(request, "没有发送失败的消息，不必重发。")
    return redirect("accounts:notice-record-detail", notice=found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.SEND_NOTICE)
def letter_create(request: SignedInRequest) -> HttpResponse:
    """Write a formal notice and send it to everybody of the chosen roles and units."""
    form = LetterForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        sent = send_letter(form.people(), title=facts["title"], text=facts["text"], by=request.user)
        messages.success(request, "正式通知已发出，送达和确认情况见下表。")
        return redirect("accounts:notice-record-detail", notice=sent.pk)
    status = 422 if form.errors else 200
    return render(request, "accounts/notices/letter.html", {"form": form}, status=status)


def _formal(request: SignedInRequest, key: int, action: Action) -> Notice:
    formal = Notice.objects.permitted(request.user, action).formal().with_counts()
    return get_object_or_404(formal.select_related("sent_by"), pk=key)
