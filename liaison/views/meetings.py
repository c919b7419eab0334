"""Meetings: the list, one meeting with agenda and units, and each step of it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.kept_lists import kept_as
from accounts.policy import Action, Reach, may, reach_of
from common import clock
from common.htmx import wants_partial
from common.keyset import in_order
from demonstration.views.acts import incomplete, perform, save_form
from liaison.forms.meetings import (
    ArrangementForm,
    AttendanceForm,
    CorrectionForm,
    HeldFactsForm,
    HeldForm,
    InviteForm,
    MeetingFilter,
    ReplyForm,
)
from liaison.kept_lists import MEETINGS
from liaison.meeting_choices import MeetingState, MinutesState, ReplyKind
from liaison.meeting_flows import MEETING
from liaison.models import CoordinationBody, Meeting, MeetingUnit, UnitContact
from liaison.operations import meetings as operations
from liaison.operations.attendance import correct_attendance, correct_meeting
from liaison.views.steps import buttons, step, steps_of

LIST = "liaison:meeting-list"
BAR = [
    (MeetingState.PLANNED.value, "准备议题"),
    (MeetingState.CALLED.value, "通知单位"),
    (MeetingState.HELD.value, "召开"),
]


@require_safe
@requires(Action.VIEW_MEETING)
@kept_as(MEETINGS)
def meeting_list(request: SignedInRequest) -> HttpResponse:
    """List the meetings in reach, the latest quarter first."""
    form = MeetingFilter(request.GET, user=request.user)
    found = form.narrow(Meeting.objects.permitted(request.user, Action.VIEW_MEETING))
    context = {
        "form": form,
        "chosen": form.chosen,
        "meetings": list(in_order(found.for_list(request.user), MEETINGS.order)),
        "bodies": CoordinationBody.objects.active().filter(meets_quarterly=True).exists(),
    }
    name = "_results" if wants_partial(request) else "list"
    return render(request, f"liaison/meetings/{name}.html", context)


@require_POST
@requires(Action.MANAGE_MEETING)
def meetings_plan(request: SignedInRequest) -> HttpResponse:
    """Make the meetings of this quarter and the next now, without waiting for the night."""
    return perform(
        request,
        lambda: operations.plan_meetings(by=request.user),
        done="本季度和下季度的例会已排好。",
        back=reverse(LIST),
    )


@require_safe
@requires(Action.VIEW_MEETING)
def meeting_detail(request: SignedInRequest, meeting: int) -> HttpResponse:
    """Show one meeting: arrangement, agenda, units, and what can be done next."""
    found = _meeting(request, meeting, Action.VIEW_MEETING)
    parts = list(found.units.select_related("unit").order_by("unit__position"))
    manages = may(request.user, Action.MANAGE_MEETING)
    whole = reach_of(request.user, Action.VIEW_MEETING) == Reach.DISTRICT
    own = next((part for part in parts if part.unit_id == request.user.unit_id), None)
    replies = own is not None and found.state == MeetingState.CALLED
    minutes = getattr(found, "minutes", None)
    open_to_units = minutes is not None and minutes.state != MinutesState.DRAFT
    context = {
        "meeting": found,
        "steps": steps_of(BAR, found.state),
        "agenda": found.agenda.select_related("unit").order_by("position", "pk"),
        "parts": parts,
        "contacts": _contacts(found, parts, request.user),
        "minutes": minutes if whole or open_to_units else None,
        "manages": manages,
        "buttons": buttons(MEETING, found, request.user),
        "own": own,
        "reply_form": ReplyForm(initial=_reply(own))
        if own and replies and may(request.user, Action.REPLY_MEETING)
        else None,
        "attendance": AttendanceForm(None, parts, found.version)
        if manages and found.state == MeetingState.CALLED
        else None,
        "correction": CorrectionForm(None, parts, found.version)
        if manages and minutes is not None and not minutes.is_issued
        else None,
        "invite_form": InviteForm(),
        "held_form": HeldForm(initial={"version": found.version, "held_on": clock.today()}),
    }
    return render(request, "liaison/meetings/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.MANAGE_MEETING)
def meeting_arrange(request: SignedInRequest, meeting: int) -> HttpResponse:
    """Set time, place, chair; once the meeting was held, put them right with a reason."""
    found = _meeting(request, meeting, Action.MANAGE_MEETING)
    if found.state == MeetingState.HELD:
        return save_form(
            request,
            HeldFactsForm(request.POST or None, instance=found),
            lambda form: correct_meeting(
                found,
                form.facts(),
                reason=form.cleaned_data["reason"],
                version=form.seen,
                by=request.user,
            ),
            done="会议情况已更正，理由已写入操作记录。",
            page=page_of_meeting(found, "更正会议情况"),
        )
    form = ArrangementForm(request.POST or None, instance=found)
    return save_form(
        request,
        form,
        lambda form: operations.arrange_meeting(
            found, form.facts(), version=form.seen, by=request.user
        ),
        done="会议安排已保存。",
        page=page_of_meeting(found, "会议安排"),
    )


@require_POST
@requires(Action.MANAGE_MEETING)
def meeting_call(request: SignedInRequest, meeting: int) -> HttpResponse:
    """Send the notice."""
    found = _meeting(request, meeting, Action.MANAGE_MEETING)
    return step(
        request,
        found,
        lambda _: operations.call_meeting(found, by=request.user),
        done="会议通知已发给各成员单位。",
        back=here(found),
    )


@require_POST
@requires(Action.REPLY_MEETING)
def meeting_reply(request: SignedInRequest, meeting: int) -> HttpResponse:
    """Answer the notice for one's own unit."""
    found = _meeting(request, meeting, Action.REPLY_MEETING)
    own = get_object_or_404(MeetingUnit, meeting=found, unit=request.user.unit_id)
    return step(
        request,
        own,
        lambda asked: operations.reply_to_notice(
            own,
            ReplyKind(asked["reply"]),
            person=asked["person"],
            post=asked["post"],
            note=asked["note"],
            version=asked["version"],
            by=request.user,
        ),
        done="已回复。",
        back=here(found),
        form=ReplyForm(request.POST),
    )


@require_POST
@requires(Action.MANAGE_MEETING)
def meeting_invite(request: SignedInRequest, meeting: int) -> HttpResponse:
    """Call one more unit."""
    found = _meeting(request, meeting, Action.MANAGE_MEETING)
    form = InviteForm(request.POST)
    if not form.is_valid():
        return incomplete(request, form, back=here(found))
    unit = form.cleaned_data["unit"]
    return perform(
        request,
        lambda: operations.invite_unit(found, unit, by=request.user),
        done=f"已通知{unit.short_name}。",
        back=here(found),
    )


@require_POST
@requires(Action.MANAGE_MEETING)
def meeting_attendance(request: SignedInRequest, meeting: int) -> HttpResponse:
    """Write down who came; once the meeting was held, put it right with a reason."""
    found = _meeting(request, meeting, Action.MANAGE_MEETING)
    parts = found.units.select_related("unit")
    if found.state == MeetingState.HELD:
        return _corrected(request, found, CorrectionForm(request.POST, parts, found.version))
    form = AttendanceForm(request.POST, parts, found.version)
    return step(
        request,
        found,
        lambda asked: operations.record_attendance(
            found, form.rows(), version=asked["version"], by=request.user
        ),
        done="到会情况已保存。",
        back=here(found),
        form=form,
    )


def _corrected(request: SignedInRequest, found: Meeting, form: CorrectionForm) -> HttpResponse:
    return step(
        request,
        found,
        lambda asked: correct_attendance(
            found,
            form.rows(),
            joined=form.joins(),
            reason=asked["reason"],
            version=asked["version"],
            by=request.user,
        ),
        done="到会情况已更正，理由已写入操作记录。",
        back=here(found),
        form=form,
    )


@require_POST
@requires(Action.MANAGE_MEETING)
def meeting_hold(request: SignedInRequest, meeting: int) -> HttpResponse:
    """Record that the meeting was held; its minutes begin."""
    found = _meeting(request, meeting, Action.MANAGE_MEETING)
    return step(
        request,
        found,
        lambda asked: operations.hold_meeting(found, asked["held_on"], by=request.user),
        done="已登记召开，纪要草稿已按议题建好。",
        back=here(found),
        form=HeldForm(request.POST),
    )


@require_POST
@requires(Action.MANAGE_MEETING)
def meeting_cancel(request: SignedInRequest, meeting: int) -> HttpResponse:
    """Call a meeting off."""
    found = _meeting(request, meeting, Action.MANAGE_MEETING)
    return step(
        request,
        found,
        lambda asked: operations.cancel_meeting(found, reason=asked["reason"], by=request.user),
        done="会议已取消；本季度的例会仍须另行安排。",
        back=here(found),
    )


def _meeting(request: SignedInRequest, key: int, action: Action) -> Meeting:
    reach = Meeting.objects.permitted(request.user, action)
    found: Meeting = get_object_or_404(reach.select_related("body__office", "minutes"), pk=key)
    return found


def _contacts(meeting: Meeting, parts: list[MeetingUnit], user: Any) -> dict[int, UnitContact]:
    """Return whom to call in the units of a meeting ahead, by the unit's key, for who may know."""
    if not parts or not meeting.is_ahead or not may(user, Action.VIEW_CONTACT):
        return {}
    reach = UnitContact.objects.permitted(user, Action.VIEW_CONTACT)
    return reach.first_of(part.unit_id for part in parts)


def _reply(own: MeetingUnit | None) -> dict[str, Any]:
    if own is None:
        return {}
    answered = own.reply != ReplyKind.WAITING
    return {
        "reply": own.reply if answered else ReplyKind.COMING.value,
        "person": own.person,
        "post": own.post,
        "note": own.reply_note,
        "version": own.version,
    }


def here(meeting: Meeting) -> str:
    """Return the address of a meeting."""
    return reverse("liaison:meeting-detail", args=[meeting.pk])


def page_of_meeting(meeting: Meeting, heading: str) -> dict[str, Any]:
    """Return what a form page about a meeting shows around the form."""
    return {
        "title": heading,
        "lead": str(meeting),
        "back": here(meeting),
        "crumbs": [("会议与纪要", reverse(LIST)), (str(meeting), here(meeting))],
    }
