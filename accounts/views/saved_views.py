"""Kept views of lists: naming the present conditions, beginning with one, deleting."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import requires
from accounts.forms.saved_views import ChosenViewForm, SaveViewForm
from accounts.http import SignedInRequest
from accounts.kept_lists import KeptList, list_of, lists_of
from accounts.models import DefaultView, SavedView
from accounts.operations.saved_views import begin_with, delete_view, save_view
from accounts.policy import Action
from common.workflow import TransitionRefused

_GONE = "没有办理：这个常用查询已被删除，或不再与您共享。"
_NO_LIST = "没有办理：没有这个列表，或您没有查看它的权限。请从列表页点“常用查询”。"


@require_safe
@requires(Action.SAVE_VIEW)
def view_list(request: SignedInRequest) -> HttpResponse:
    """List one's own views and the shared ones list by list, with their conditions in words."""
    lists = lists_of(request.user)
    asked = request.GET.get("page", "")
    shown = [each for each in lists if each.page == asked] or lists
    groups = [group for each in shown if (group := _group(request, each))["lines"]]
    context = {"groups": groups, "one": shown[0] if len(shown) == 1 else None}
    return render(request, "accounts/saved_views/list.html", context)


@require_POST
@requires(Action.SAVE_VIEW)
def view_save(request: SignedInRequest) -> HttpResponse:
    """Keep the conditions that a list has now, and go back to them."""
    listed = list_of(request.POST.get("page", ""), request.user)
    if listed is None:
        messages.error(request, _NO_LIST)
        return redirect("accounts:view-list")
    form = SaveViewForm(request.POST, by=request.user, action=listed.action)
    query = listed.kept(QueryDict(request.POST.get("query", "")[:4000]))
    if not form.is_valid():
        messages.error(request, "没有保存：请填写 30 字以内的名称，并选择谁能看到。")
        return redirect(listed.open_at(query))
    facts = form.cleaned_data
    try:
        view = save_view(
            facts["name"].strip(),
            page=listed.page,
            query=query,
            by=request.user,
            **form.shared_with(),
        )
    except TransitionRefused as refusal:
        messages.error(request, f"没有保存：{refusal}")
    else:
        messages.success(request, f"已保存常用查询“{view}”，能看到的是：{view.found_by}。")
    return redirect(listed.open_at(query))


@require_POST
@requires(Action.SAVE_VIEW)
def view_begin(request: SignedInRequest) -> HttpResponse:
    """Open a list with a view from now on, or with everything when none is named."""
    view = _chosen(request)
    if view is not None:
        begin_with(view, page=view.page, by=request.user)
        messages.success(request, f"以后打开{view.get_page_display()}先用“{view}”。")
        return _back(view.page)
    listed = list_of(request.POST.get("page", ""), request.user)
    if request.POST.get("view") or listed is None:
        messages.error(request, _GONE)
        return redirect("accounts:view-list")
    begin_with(None, page=listed.page, by=request.user)
    messages.success(request, f"打开{listed.page.label}时不再使用常用查询。")
    return _back(listed.page)


@require_POST
@requires(Action.SAVE_VIEW)
def view_delete(request: SignedInRequest) -> HttpResponse:
    """Delete one's own view."""
    view = _chosen(request)
    if view is None or view.owner_id != request.user.pk:
        messages.error(request, _GONE)
        return redirect("accounts:view-list")
    delete_view(view, by=request.user)
    messages.success(request, f"已删除常用查询“{view}”。")
    return _back(view.page)


def _group(request: SignedInRequest, listed: KeptList) -> dict[str, Any]:
    user = request.user
    default = DefaultView.objects.filter(user=user, page=listed.page).values_list("view", flat=True)
    chosen = default.first()
    views = SavedView.objects.permitted(user, Action.SAVE_VIEW).of_page(listed.page)
    lines = [
        {
            "view": view,
            "url": listed.open_at(view.query),
            "own": view.owner_id == user.pk,
            "default": view.pk == chosen,
            "words": listed.in_words(view.query, user),
        }
        for view in views
    ]
    return {"list": listed, "lines": lines}


def _back(page: str) -> HttpResponse:
    return redirect(f"{reverse('accounts:view-list')}?page={page}")


def _chosen(request: SignedInRequest) -> SavedView | None:
    form = ChosenViewForm(request.POST)
    if not form.is_valid():
        return None
    reach = SavedView.objects.permitted(request.user, Action.SAVE_VIEW)
    return reach.filter(pk=form.cleaned_data["view"]).first()
