"""Training: the list, the board of the required rhythm, one event, its sheet, and the year's summary."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.client_address import client_address
from accounts.decorators import public, requires
from accounts.http import SignedInRequest
from accounts.kept_lists import kept_as
from accounts.operations.public_tries import count_try
from accounts.policy import Action
from common import clock
from common.conflict import EditConflict
from common.documents.qr import qr_svg
from common.figures import whole_number
from common.htmx import wants_partial
from common.workflow import TransitionRefused
from registry.models import Cooperative
from registry.views.pages import cut
from training import rhythm
from training.forms.events import EventFilter, EventForm, SignInForm
from training.kept_lists import EVENTS
from training.models import TrainingEvent
from training.operations.events import (
    close_event,
    edit_event,
    invite_all,
    note_present,
    plan_event,
    sign_in,
)
from training.operations.summary import write_summary

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST_SIGN_INS = 30

SPARE_LINES = 15  # empty lines of a sign-in sheet, for those who come unannounced


@require_safe
@requires(Action.VIEW_EVENT)
@kept_as(EVENTS)
def event_list(request: SignedInRequest) -> HttpResponse:
    """List the training events in reach, newest first."""
    reach = TrainingEvent.objects.permitted(request.user, Action.VIEW_EVENT)
    form = EventFilter(request.GET)
    found = form.narrow(reach)
    page = cut(request, found.counted().select_related("unit"), "pk", descending=True)
    context = {"form": form, "chosen": form.chosen, "number": found.count(), "page": page}
    name = "_results" if wants_partial(request) else "list"
    return render(request, f"training/events/{name}.html", context)


@require_safe
@requires(Action.VIEW_COVERAGE)
def event_board(request: SignedInRequest) -> HttpResponse:
    """Show where the required rhythm was kept and where not."""
    lines = rhythm.board(request.user)
    trained, whole = rhythm.trained_share(request.user)
    context = {
        "district": [line for line in lines if line.unit == "district"],
        "townships": [line for line in lines if line.unit != "district"],
        "trained": trained,
        "whole": whole,
        "untrained": whole - trained,
        "year": clock.today().year,
    }
    return render(request, "training/events/board.html", context)


@require_safe
@requires(Action.VIEW_COVERAGE)
def event_untrained(request: SignedInRequest) -> HttpResponse:
    """List the living societies of which nobody heard of law and charter yet (S-038)."""
    reach = Cooperative.objects.permitted(request.user, Action.VIEW_COVERAGE)
    waiting = rhythm.untrained(reach)
    context = {
        "page": cut(request, waiting.select_related("township"), "pk"),
        "number": waiting.count(),
    }
    return render(request, "training/events/untrained.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.MANAGE_EVENT)
def event_create(request: SignedInRequest) -> HttpResponse:
    """Plan a training event."""
    form = EventForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        made = plan_event(form.facts(), by=request.user)
        messages.success(request, "培训已安排，可以发邀请、打印签到表。")
        return redirect("training:event-detail", event=made.pk)
    return _form(request, form, "安排培训")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.MANAGE_EVENT)
def event_edit(request: SignedInRequest, event: int) -> HttpResponse:
    """Change a training event; whoever saves second sees both texts."""
    found = _found(request, event, Action.MANAGE_EVENT)
    form = EventForm(request.POST or None, instance=found, user=request.user)
    if request.method != "POST" or not form.is_valid():
        return _form(request, form, "修改培训")
    try:
        edit_event(found, form.facts(), version=form.cleaned_data["version"] or 0, by=request.user)
    except EditConflict as conflict:
        form, differing = form.upon(conflict.fresh, request.user)
        return _form(request, form, "修改培训", clashes=differing, status=409)
    messages.success(request, "培训已保存。")
    return redirect("training:event-detail", event=found.pk)


@require_safe
@requires(Action.VIEW_EVENT)
def event_detail(request: SignedInRequest, event: int) -> HttpResponse:
    """Show an event: facts, who was invited and came, the code for signing in."""
    return _detail(request, event)


@require_safe
@requires(Action.MANAGE_EVENT)
def event_sheet(request: SignedInRequest, event: int) -> HttpResponse:
    """Show the sign-in sheet, ready to be printed, with the code for phones."""
    found = _found(request, event, Action.MANAGE_EVENT)
    address = request.build_absolute_uri(reverse("training:event-sign-in", args=[found.token]))
    rows = list(found.attendance.order_by("organisation", "pk"))
    context = {
        "event": found,
        "rows": rows,
        "spare": range(len(rows) + 1, len(rows) + 1 + SPARE_LINES),
        "qr": mark_safe(qr_svg(address, label="签到二维码")),  # noqa: S308 - drawn here
    }
    return render(request, "training/events/sheet.html", context)


@require_POST
@requires(Action.MANAGE_EVENT)
def event_act(request: SignedInRequest, event: int) -> HttpResponse:
    """Invite, take over the sheet, say that it was held or called off."""
    found = _found(request, event, Action.MANAGE_EVENT)
    post = request.POST
    match post.get("act"):
        case "invite":
            url = reverse("training:event-detail", args=[found.pk])
            number = invite_all(found, url=url, by=request.user)
            messages.success(request, f"已邀请 {number} 人，有账号的已收到通知。")
        case "present":
            keys = [whole_number(key) or 0 for key in post.getlist("present")]
            number = note_present(found, keys, post.get("more", ""), by=request.user)
            messages.success(request, f"已登记 {number} 人到会。")
        case "held" | "called_off" as state:
            close_event(found, state, assessment=post.get("assessment", ""), by=request.user)
            messages.success(request, "已保存。")
        case _:
            raise TransitionRefused("没有选择要做的事，请返回重选。")
    return redirect("training:event-detail", event=found.pk)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def event_sign_in(request: SignedInRequest, token: str) -> HttpResponse:
    """Let people sign in with their phone by the code on the wall; no account is needed."""
    found = get_object_or_404(TrainingEvent, token=token)
    form = SignInForm(request.POST or None)
    context: dict[str, Any] = {"event": found, "form": form}
    status = 200
    if request.method == "POST":
        if count_try("training-sign-in", client_address(request)) > MOST_SIGN_INS:
            form.add_error(None, "签到太频繁，请稍等一分钟再试，或在纸质签到表上签字。")
        elif form.is_valid():
            try:
                asked = form.cleaned_data
                context["signed"] = sign_in(found, asked["name"], asked["organisation"])
            except TransitionRefused as refusal:
                form.add_error(None, str(refusal))
        status = 422 if form.errors else 200
    return render(request, "training/events/sign_in.html", context, status=status)


@require_safe
@requires(Action.MANAGE_EVENT)
def year_summary(request: SignedInRequest, year: int) -> HttpResponse:
    """Send the year's summary as a Word file drafted from the facts (S-073)."""
    if not 2020 <= year <= clock.today().year:
        raise TransitionRefused("这一年没有资料，请选试点开始以后的年份。")
    content = write_summary(year, by=request.user)
    answer = HttpResponse(content, content_type=DOCX)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{year}-zongjie.docx"
    return answer


def _found(request: SignedInRequest, event: int, action: Action) -> TrainingEvent:
    reach = TrainingEvent.objects.permitted(request.user, action)
    return get_object_or_404(reach.select_related("unit", "made_by"), pk=event)


def _detail(request: SignedInRequest, event: int) -> HttpResponse:
    found = _found(request, event, Action.VIEW_EVENT)
    rows = found.attendance.select_related("cooperative").order_by("signed", "organisation", "pk")
    manages = TrainingEvent.objects.permitted(request.user, Action.MANAGE_EVENT)
    context = {
        "event": found,
        "rows": rows[:500] if not request.user.acts_for_societies else [],
        "invited": found.attendance.count(),
        "present": found.attendance.exclude(signed="").count(),
        "manages": manages.filter(pk=found.pk).exists(),
    }
    return render(request, "training/events/detail.html", context)


def _form(
    request: SignedInRequest, form: EventForm, title: str, *, status: int = 200, **more: Any
) -> HttpResponse:
    code = 422 if form.errors else status
    context = {"form": form, "title": title, **more}
    return render(request, "training/events/form.html", context, status=code)
