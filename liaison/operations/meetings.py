"""Making meetings ahead, arranging, calling, holding and cancelling them."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from accounts.choices import NoticeEvent
from accounts.models import User
from accounts.operations import audit
from accounts.operations.notices import notify
from accounts.operations.transitions import advance
from accounts.policy import Action, may
from common import clock
from common.conflict import EditConflict
from common.quarter import Quarter
from common.template_tags import day as in_words
from common.template_tags import moment
from common.workflow import TransitionRefused
from liaison.meeting_choices import AgendaKind, MeetingState, Presence, ReplyKind
from liaison.meeting_flows import MEETING
from liaison.models import AgendaItem, CoordinationBody, Meeting, MeetingUnit, Minutes, MinutesTopic
from liaison.people import people_of

OVER = "会议已召开或已取消，不能再改。"
# Several items of these kinds become one paragraph of the minutes.
_SHARED = {
    AgendaKind.UNDONE_DECISION: "上次议定事项办理情况",
    AgendaKind.CONTRADICTION: "部门数据不一致的处理",
    AgendaKind.MONITORING_CASE: "示范社监测",
    AgendaKind.HELP_REQUEST: "乡镇街道请求协调的事项",
}
NOT_TOLD = "会议通知发出之后才能回复，召开之后不再更改。"


@transaction.atomic
def plan_meetings(day: dt.date | None = None, *, by: User | None) -> int:
    """Make the meetings of this quarter and the next for every body that meets each quarter.

    Runs every night (`by` is None) and by button; what stands already is left alone. Returns how
    many were made. Three queries, and one insert for each body that lacks a meeting.
    """
    if by is not None and not may(by, Action.MANAGE_MEETING):
        raise PermissionDenied(Action.MANAGE_MEETING)
    now = Quarter.of(day or clock.today())
    quarters = (now, now.next())
    standing = set(
        Meeting.objects.standing()
        .filter(quarter__in=[str(each) for each in quarters])
        .values_list("body", "quarter")
    )
    made = 0
    for body in CoordinationBody.objects.active().filter(meets_quarterly=True).order_by("pk"):
        for quarter in quarters:
            if (body.pk, str(quarter)) not in standing:
                made += _plan(body, quarter, by)
    return made


def _plan(body: CoordinationBody, quarter: Quarter, by: User | None) -> int:
    try:
        with transaction.atomic():
            meeting = Meeting.objects.create(
                body=body, quarter=str(quarter), last_day=quarter.last_day, created_by=by
            )
    except IntegrityError:  # somebody pressed the button at the same time
        return 0
    audit.record("meeting-planned", meeting, by=by, quarter=str(quarter))
    return 1


@transaction.atomic
def arrange_meeting(meeting: Meeting, facts: dict[str, Any], *, version: int, by: User) -> Meeting:
    """Set starts_at, place, chair, recorder, reply_by; units already called are told of a change.

    Raises EditConflict, TransitionRefused, PermissionDenied.
    """
    held = held_meeting(meeting, by)
    if held.version != version:
        raise EditConflict(held)
    if not held.is_ahead:
        raise TransitionRefused(OVER)
    _check_times(held, facts.get("starts_at"), facts.get("reply_by"))
    moved = held.starts_at != facts.get("starts_at") or held.place != facts.get("place")
    Meeting.objects.filter(pk=held.pk).update(**facts, version=F("version") + 1)
    held.refresh_from_db()
    audit.record("meeting-arranged", held, by=by, columns=list(facts))
    if moved and held.state == MeetingState.CALLED:
        _tell(held, f"{held}时间或地点有变", by=by)
    return held


def _check_times(meeting: Meeting, starts_at: dt.datetime | None, reply_by: dt.date | None) -> None:
    """Raise TransitionRefused for a meeting before its quarter, or replies asked for after it."""
    if starts_at is None:
        return
    on, first = timezone.localdate(starts_at), Quarter.parse(meeting.quarter).first_day
    if on < first:
        raise TransitionRefused(f"开会时间不能早于{in_words(first)}，即本次例会所属季度的第一天。")
    if reply_by and reply_by > on:
        raise TransitionRefused("回复期限不能晚于开会日期。")


@transaction.atomic
def call_meeting(meeting: Meeting, *, by: User) -> None:
    """Send the notice to every member unit; each is asked to reply."""
    advance(MEETING, meeting, MeetingState.CALLED, by=by)
    units = dict.fromkeys(
        meeting.body.seats.current().order_by("unit__position").values_list("unit", flat=True)
    )
    known = set(meeting.units.values_list("unit", flat=True))
    MeetingUnit.objects.bulk_create(
        MeetingUnit(meeting=meeting, unit_id=unit) for unit in units if unit not in known
    )
    _tell(meeting, f"会议通知：{meeting}", by=by)


@transaction.atomic
def reply_to_notice(
    part: MeetingUnit,
    reply: ReplyKind,
    *,
    person: str,
    post: str,
    note: str,
    version: int,
    by: User,
) -> None:
    """Answer the notice for a unit: who comes, or why nobody does. Raises EditConflict."""
    held = _part(part, by, Action.REPLY_MEETING)
    if held.meeting.state != MeetingState.CALLED:
        raise TransitionRefused(NOT_TOLD)
    if held.version != version:
        raise EditConflict(held)
    if reply == ReplyKind.COMING and not person.strip():
        raise TransitionRefused("请填写参会人姓名。")
    if reply == ReplyKind.LEAVE and not note.strip():
        raise TransitionRefused("请写明请假原因。")
    MeetingUnit.objects.filter(pk=held.pk).update(
        reply=reply,
        reply_note=note.strip()[:200],
        person=person.strip()[:60],
        post=post.strip()[:60],
        replied_by=by,
        replied_at=clock.now(),
        version=F("version") + 1,
    )
    audit.record(
        "notice-replied", held.meeting, by=by, unit=held.unit.short_name, decision=reply.value
    )


@transaction.atomic
def record_attendance(
    meeting: Meeting, rows: dict[int, dict[str, str]], *, version: int, by: User
) -> None:
    """Write down how each unit took part: {key of MeetingUnit: presence, person, post}.

    Raises EditConflict when somebody recorded meanwhile, TransitionRefused, PermissionDenied.
    """
    held = held_meeting(meeting, by)
    if held.version != version:
        raise EditConflict(held)
    if held.state != MeetingState.CALLED:
        raise TransitionRefused("会议通知发出之后、登记已召开之前才能登记到会情况。")
    parts = list(held.units.filter(pk__in=rows))
    for part in parts:
        row = rows[part.pk]
        part.presence = Presence(row["presence"])
        part.person, part.post = row["person"].strip()[:60], row["post"].strip()[:60]
    MeetingUnit.objects.bulk_update(parts, ["presence", "person", "post"])
    Meeting.objects.filter(pk=held.pk).update(version=F("version") + 1)
    meeting.refresh_from_db()
    audit.record("attendance-recorded", meeting, by=by, number=len(parts))


@transaction.atomic
def invite_unit(meeting: Meeting, unit: Any, *, by: User) -> None:
    """Call a unit that is no member, to sit in. Calling it twice changes nothing."""
    held = held_meeting(meeting, by)
    if held.state != MeetingState.CALLED:
        raise TransitionRefused("发出会议通知之后、召开之前才能增加参会单位。")
    part, made = MeetingUnit.objects.get_or_create(meeting=held, unit=unit)
    if made:
        audit.record("unit-invited", held, by=by, unit=unit.short_name)
        _tell(held, f"会议通知：{held}", by=by, units=[part.unit_id])


@transaction.atomic
def hold_meeting(meeting: Meeting, held_on: dt.date, *, by: User) -> Minutes:
    """Record that a meeting was held, and begin its minutes with the agenda as paragraphs."""
    check_day(meeting, held_on)
    advance(MEETING, meeting, MeetingState.HELD, by=by, held_on=held_on)
    minutes = Minutes.objects.create(meeting=meeting)
    items = meeting.agenda.order_by("position", "pk")
    MinutesTopic.objects.bulk_create(
        MinutesTopic(minutes=minutes, position=place, title=title, text="\n".join(lines))
        for place, (title, lines) in enumerate(_paragraphs(items), start=1)
    )
    return minutes


def check_day(meeting: Meeting, held_on: dt.date) -> None:
    """Raise TransitionRefused for a day on which a meeting cannot have been held."""
    if held_on > clock.today():
        raise TransitionRefused("召开日期不能晚于今天。")
    first = Quarter.parse(meeting.quarter).first_day
    if held_on < first:
        raise TransitionRefused(f"召开日期不能早于{in_words(first)}，即本次例会所属季度的第一天。")


def _paragraphs(items: Iterable[AgendaItem]) -> list[tuple[str, list[str]]]:
    """Return the paragraphs that an agenda begins: what is many of a kind shares one."""
    found: list[tuple[str, list[str]]] = []
    shared: dict[str, list[str]] = {}
    for item in items:
        heading = _SHARED.get(AgendaKind(item.kind))
        if heading is None:
            found.append((item.title, []))
        elif heading in shared:
            shared[heading].append(f"{item.title}。")
        else:
            shared[heading] = [f"{item.title}。"]
            found.append((heading, shared[heading]))
    return found


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, reason: str, by: User) -> None:
    """Call a meeting off; units that were told of it are told of that too."""
    told = meeting.state == MeetingState.CALLED
    advance(
        MEETING,
        meeting,
        MeetingState.CANCELLED,
        by=by,
        reason=reason,
        cancelled_because=reason.strip()[:300],
    )
    if told:
        notify(
            people_of(meeting.units.values_list("unit", flat=True), Action.REPLY_MEETING),
            event=NoticeEvent.MEETING_CALLED,
            title=f"会议取消：{meeting}",
            text=f"{meeting.body}：原定的会议不再召开，不必回复。原因：{reason.strip()}",
            url=f"/liaison/meetings/{meeting.pk}/",
            by=by,
        )


def held_meeting(meeting: Meeting, by: User) -> Meeting:
    """Lock a meeting that one may run. Raises PermissionDenied."""
    reach = Meeting.objects.permitted(by, Action.MANAGE_MEETING)
    held = reach.select_for_update(of=("self",)).filter(pk=meeting.pk).first()
    if held is None:
        raise PermissionDenied(Action.MANAGE_MEETING)
    return held


def _part(part: MeetingUnit, by: User, action: Action) -> MeetingUnit:
    reach = MeetingUnit.objects.permitted(by, action).select_related("meeting", "unit")
    held = reach.select_for_update(of=("self",)).filter(pk=part.pk).first()
    if held is None:
        raise PermissionDenied(action)
    return held


def _tell(meeting: Meeting, title: str, *, by: User, units: list[int] | None = None) -> None:
    called = units or list(meeting.units.values_list("unit", flat=True))
    where = f"时间：{moment(meeting.starts_at)}；地点：{meeting.place}。" if meeting.place else ""
    notify(
        people_of(called, Action.REPLY_MEETING),
        event=NoticeEvent.MEETING_CALLED,
        title=title,
        text=f"{meeting.body}：{where}请回复参会人员；不能参加的请写明原因。",
        url=f"/liaison/meetings/{meeting.pk}/",
        by=by,
    )
