"""One's own notices: the list, one of them, reading and confirming."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import requires
from accounts.forms.notices import NoticeFilter
from accounts.http import SignedInRequest
from accounts.kept_lists import kept_as
from accounts.lists import NOTICES
from accounts.models import Notice, NoticeReceipt
from accounts.notice_words import what_to_do
from accounts.operations import notices
from accounts.policy import Action
from common.htmx import wants_partial

PAGE_SIZE = 30


@require_safe
@requires(Action.VIEW_NOTICE)
@kept_as(NOTICES)
def notice_list(request: SignedInRequest) -> HttpResponse:
    """List what one was told, the latest first; the filter is the address."""
    own = NoticeReceipt.objects.of(request.user)
    chosen = NoticeFilter(request.GET)
    found = chosen.narrow(own).select_related("notice", "notice__sent_by")
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {"form": chosen, "page": page}
    if wants_partial(request):
        return render(request, "accounts/notices/_table.html", context)
    context["can_clear"] = own.unread().filter(notice__formal=False).exists()
    return render(request, "accounts/notices/list.html", context)


@require_safe
@requires(Action.VIEW_NOTICE)
def notice_detail(request: SignedInRequest, notice: int) -> HttpResponse:
    """Show one notice; opening it is what counts as reading."""
    found = _own(request, notice)
    if request.method == "GET":
        notices.mark_read(found, by=request.user)
    context = {
        "notice": found,
        "receipt": found.receipts.get(person=request.user),
        "what_to_do": what_to_do(found),
    }
    return render(request, "accounts/notices/detail.html", context)


@require_POST
@requires(Action.VIEW_NOTICE)
def notice_confirm(request: SignedInRequest, notice: int) -> HttpResponse:
    """Confirm that a formal notice was received."""
    found = _own(request, notice)
    notices.confirm_notice(found, by=request.user)
    messages.success(request, "已确认收到，确认时间已记入送达记录。")
    return redirect("accounts:notice-detail", notice=found.pk)


@require_POST
@requires(Action.VIEW_NOTICE)
def notices_read(request: SignedInRequest) -> HttpResponse:
    """Mark everything that is not formal as read."""
    number = notices.mark_all_read(by=request.user)
    messages.success(request, f"已把 {number} 条通知标为已读；正式通知须逐条打开。")
    return redirect("accounts:notice-list")


def _own(request: SignedInRequest, key: int) -> Notice:
    """Find a notice that went to this person; those of others are not found."""
    mine = Notice.objects.permitted(request.user, Action.VIEW_NOTICE)
    return get_object_or_404(mine.select_related("sent_by"), pk=key)
