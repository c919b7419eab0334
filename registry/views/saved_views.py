"""Kept views of the register's list: naming the present conditions, beginning with one, deleting."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.choices import SavedPage
from accounts.decorators import requires
from accounts.forms.saved_views import ChosenViewForm, SaveViewForm
from accounts.http import SignedInRequest
from accounts.models import DefaultView, SavedView
from accounts.operations.saved_views import begin_with, delete_view, kept_query, save_view
from accounts.policy import Action
from common.workflow import TransitionRefused
from registry.filters import CooperativeFilter
from registry.models import Cooperative

PAGE = SavedPage.REGISTER
KEPT = frozenset({*CooperativeFilter.base_filters, "sort", "col"})
_GONE = "没有办理：这个常用查询已被删除，或不再与您共享。"


@require_safe
@requires(Action.SAVE_VIEW)
def view_list(request: SignedInRequest) -> HttpResponse:
    """List one's own views and the shared ones, with their conditions in words."""
    user = request.user
    reach = Cooperative.objects.permitted(user, Action.VIEW_COOPERATIVE)
    default = DefaultView.objects.filter(user=user, page=PAGE).values_list("view", flat=True)
    chosen = default.first()
    views = SavedView.objects.permitted(user, Action.SAVE_VIEW).of_page(PAGE)
    lines: list[dict[str, Any]] = [
        {
            "view": view,
            "own": view.owner_id == user.pk,
            "default": view.pk == chosen,
            "words": CooperativeFilter(QueryDict(view.query), reach, user=user).in_words(),
        }
        for view in views
    ]
    return render(request, "registry/cooperatives/views.html", {"lines": lines})


@require_POST
@requires(Action.SAVE_VIEW)
def view_save(request: SignedInRequest) -> HttpResponse:
    """Keep the conditions that the list has now, and go back to them."""
    form = SaveViewForm(request.POST)
    query = kept_query(QueryDict(request.POST.get("query", "")[:4000]), KEPT)
    address = f"{reverse('registry:cooperative-list')}?{query or 'all=1'}"
    if not form.is_valid():
        messages.error(request, "没有保存：请填写 30 字以内的名称，并选择谁能看到。")
        return redirect(address)
    facts = form.cleaned_data
    try:
        view = save_view(
            facts["name"].strip(), page=PAGE, query=query, share=facts["share"], by=request.user
        )
    except TransitionRefused as refusal:
        messages.error(request, f"没有保存：{refusal}")
    else:
        messages.success(request, f"已保存常用查询“{view}”。")
    return redirect(address)


@require_POST
@requires(Action.SAVE_VIEW)
def view_begin(request: SignedInRequest) -> HttpResponse:
    """Open the list with a view from now on, or with everything when none is named."""
    if not request.POST.get("view"):
        begin_with(None, page=PAGE, by=request.user)
        messages.success(request, "打开名录时不再使用常用查询。")
        return redirect("registry:view-list")
    view = _chosen(request)
    if view is None:
        messages.error(request, _GONE)
    else:
        begin_with(view, page=PAGE, by=request.user)
        messages.success(request, f"以后打开名录先用“{view}”。")
    return redirect("registry:view-list")


@require_POST
@requires(Action.SAVE_VIEW)
def view_delete(request: SignedInRequest) -> HttpResponse:
    """Delete one's own view."""
    view = _chosen(request)
    if view is None or view.owner_id != request.user.pk:
        messages.error(request, _GONE)
    else:
        delete_view(view, by=request.user)
        messages.success(request, f"已删除常用查询“{view}”。")
    return redirect("registry:view-list")


def views_for_menu(request: SignedInRequest) -> list[SavedView]:
    """Return what the menu of the list offers."""
    return list(SavedView.objects.permitted(request.user, Action.SAVE_VIEW).of_page(PAGE))


def _chosen(request: SignedInRequest) -> SavedView | None:
    form = ChosenViewForm(request.POST)
    if not form.is_valid():
        return None
    reach = SavedView.objects.permitted(request.user, Action.SAVE_VIEW)
    return reach.of_page(PAGE).filter(pk=form.cleaned_data["view"]).first()
