"""Putting right who came to a meeting and how it was held, until its minutes are issued."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F

from accounts.choices import NoticeEvent
from accounts.models import OrganisationUnit, User
from accounts.operations import audit
from accounts.operations.notices import notify
from accounts.policy import Action
from common.conflict import EditConflict
from common.row_words import changes_by
from common.template_tags import day
from common.workflow import TransitionRefused
from liaison.meeting_choices import MeetingState, MinutesState, Presence
from liaison.models import Meeting, MeetingUnit, Minutes
from liaison.operations.consents import ask_who_came
from liaison.operations.meetings import check_day, held_meeting
from liaison.people import office_of

NOT_HELD = "登记已召开之后才能更正。"
ISSUED = (
    "纪要已印发，会议和到会情况以印发的为准，不能再更正。确有差错的，请在下一次会议的纪要中说明。"
)
NO_REASON = "请写明更正的理由。"
UNKNOWN = "还有单位没有登记到会情况。"
NOBODY = "没有出席单位，不能这样更正。"
SAME = "没有改动，没有保存。"
_SETTLED = (MinutesState.AGREED, MinutesState.SIGNED)


@transaction.atomic
def correct_attendance(
    meeting: Meeting,
    rows: Mapping[int, Mapping[str, str]],
    *,
    joined: Mapping[str, Any] | None = None,
    reason: str,
    version: int,
    by: User,
) -> None:
    """Put right how units took part: {key of MeetingUnit: presence, person, post}, with a reason.

    `joined` (unit, presence, person, post) is a unit that came without being called. While the
    minutes go round, units that turn out to have been there are asked, and those that were not
    there and have not answered are let go. Raises EditConflict, TransitionRefused,
    PermissionDenied.
    """
    held, minutes = _open(meeting, reason, version, by)
    changes = _put_right(held, rows) | _join(held, joined)
    _check(held)
    if not changes:
        raise TransitionRefused(SAME)
    Meeting.objects.filter(pk=held.pk).update(version=F("version") + 1)
    audit.record("attendance-corrected", held, by=by, reason=reason.strip(), changes=changes)
    ask_who_came(minutes, by=by)
    _close(meeting, minutes, "到会情况", changes, reason, by=by)


@transaction.atomic
def correct_meeting(
    meeting: Meeting, facts: dict[str, Any], *, reason: str, version: int, by: User
) -> None:
    """Put right held_on, place, chair and recorder of a meeting that was held, with a reason.

    Raises EditConflict, TransitionRefused, PermissionDenied.
    """
    held, minutes = _open(meeting, reason, version, by)
    check_day(held, facts["held_on"])
    if minutes.circulated_on and facts["held_on"] > minutes.circulated_on:
        raise TransitionRefused(f"召开日期不能晚于送会签的日期（{day(minutes.circulated_on)}）。")
    if held.decisions.filter(due_on__lt=facts["held_on"]).exists():
        raise TransitionRefused("有议定事项的完成时限早于这个召开日期，请先修改议定事项。")
    changes = changes_by(held, facts)
    if not changes:
        raise TransitionRefused(SAME)
    Meeting.objects.filter(pk=held.pk).update(**facts, version=F("version") + 1)
    audit.record("meeting-corrected", held, by=by, reason=reason.strip(), changes=changes)
    _close(meeting, minutes, "会议情况", changes, reason, by=by)


def _open(meeting: Meeting, reason: str, version: int, by: User) -> tuple[Meeting, Minutes]:
    """Lock a meeting that was held and its minutes, while both may still be put right."""
    held = held_meeting(meeting, by)
    if held.version != version:
        raise EditConflict(held)
    minutes = Minutes.objects.select_for_update(of=("self",)).filter(meeting=held).first()
    if minutes is None or held.state != MeetingState.HELD:
        raise TransitionRefused(NOT_HELD)
    if minutes.is_issued:
        raise TransitionRefused(ISSUED)
    if not reason.strip():
        raise TransitionRefused(NO_REASON)
    return held, minutes


def _close(
    meeting: Meeting,
    minutes: Minutes,
    what: str,
    changes: dict[str, list[str]],
    reason: str,
    *,
    by: User,
) -> None:
    """Let nobody sign or issue what was seen before, and tell who signs of what changed after."""
    Minutes.objects.filter(pk=minutes.pk).update(version=F("version") + 1)
    meeting.refresh_from_db()
    if minutes.state not in _SETTLED:
        return
    told = "；".join(
        f"{name}：{' → '.join(word or '空' for word in change)}" for name, change in changes.items()
    )
    notify(
        [person for person in office_of(Action.SIGN_MINUTES) if person.pk != by.pk],
        event=NoticeEvent.OTHER_NOTICE,
        title=f"{minutes.get_state_display()}的纪要更正了{what}",
        text=f"{minutes}：{told}。理由：{reason.strip()}",
        url=f"/liaison/meetings/{minutes.meeting_id}/minutes/",
        by=by,
    )


def _put_right(held: Meeting, rows: Mapping[int, Mapping[str, str]]) -> dict[str, list[str]]:
    """Save what differs; return in words what it was and what it is, by unit."""
    changes, changed = {}, []
    for part in held.units.select_related("unit").order_by("unit__position", "pk"):
        row = rows.get(part.pk)
        if row is None:
            continue
        before = _told(part)
        part.presence = Presence(row["presence"])
        part.person, part.post = row["person"].strip()[:60], row["post"].strip()[:60]
        if before != (after := _told(part)):
            changes[part.unit.short_name] = [before, after]
            changed.append(part)
    MeetingUnit.objects.bulk_update(changed, ["presence", "person", "post"])
    return changes


def _join(held: Meeting, joined: Mapping[str, Any] | None) -> dict[str, list[str]]:
    """Enter a unit that came without being called; one that is on the list stays as it is."""
    if joined is None:
        return {}
    unit: OrganisationUnit = joined["unit"]
    part, made = MeetingUnit.objects.get_or_create(
        meeting=held,
        unit=unit,
        defaults={
            "presence": Presence(joined["presence"]),
            "person": joined["person"].strip()[:60],
            "post": joined["post"].strip()[:60],
        },
    )
    return {unit.short_name: ["", _told(part)]} if made else {}


def _told(part: MeetingUnit) -> str:
    return " ".join(each for each in (part.get_presence_display(), part.person, part.post) if each)


def _check(held: Meeting) -> None:
    if held.units.filter(presence=Presence.UNKNOWN).exists():
        raise TransitionRefused(UNKNOWN)
    if not held.units.present().exists():
        raise TransitionRefused(NOBODY)
