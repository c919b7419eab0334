"""The common end of a button: do it, say what happened, go back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from common.conflict import EditConflict
from common.workflow import TransitionRefused

STALE = "没有保存：您打开页面之后，其他人已处理过这条记录。请看现在的内容后再操作。"


def perform(request: HttpRequest, act: Callable[[], Any], *, done: str, back: str) -> HttpResponse:
    """Do one thing and go back to a page; a refusal is told there in its own words."""
    try:
        act()
    except EditConflict:
        messages.warning(request, STALE)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(back)


def incomplete(request: HttpRequest, form: Any, *, back: str) -> HttpResponse:
    """Say what is missing in a small form of a page, and go back to it."""
    for name, problems in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        for problem in problems:
            messages.error(request, f"没有保存。{label}：{problem}" if label else str(problem))
    return redirect(back)


def save_form(
    request: HttpRequest,
    form: Any,
    act: Callable[[Any], Any],
    *,
    done: str,
    page: dict[str, Any],
) -> HttpResponse:
    """Save a form and go to `page["back"]`, or show it again with what was typed.

    An `act` that makes a row with a page of its own returns that page's address, to go there.

    `page` also has title, and may have crumbs, lead and button. A stale version shows both texts
    (409); a refusal stands above the form (422).
    """
    if request.method != "POST":
        return _form_page(request, form, page)
    if not form.is_valid():
        return _form_page(request, form, page, status=422)
    try:
        went = act(form)
    except EditConflict as conflict:
        upon, differing = form.upon(conflict.fresh)
        return _form_page(request, upon, {**page, "clashes": differing}, status=409)
    except TransitionRefused as refusal:
        form.add_error(None, str(refusal))
        return _form_page(request, form, page, status=422)
    messages.success(request, done)
    return redirect(went if isinstance(went, str) else page["back"])


def _form_page(
    request: HttpRequest, form: Any, page: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    context = {"crumbs": [], "lead": "", "button": "保存", "clashes": None, **page, "form": form}
    return render(request, "demonstration/form.html", context, status=status)
