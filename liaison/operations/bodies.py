"""Setting up the bodies of the plan, their rules, and who sits in them."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from accounts.models import OrganisationUnit, User
from accounts.operations import audit
from accounts.policy import Action, Reach, may, reach_of
from common import clock
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from liaison.meeting_choices import BodyKind, SeatDuty
from liaison.models import BodySeat, CoordinationBody

UPWARD = "区委、区政府"
_DISTRICT = (
    (BodyKind.JOINT_MEETING, "通川区农民合作社质量提升联席会议", "通农合联纪"),
    (BodyKind.LEADING_GROUP, "通川区农民合作社质量提升工作领导小组", "通农合领纪"),
)


@transaction.atomic
def establish_bodies(*, by: User, since: dt.date | None = None) -> int:
    """Set up the bodies that the plan names and that are not there yet; return how many.

    The joint meeting has the ten departments as members (S-105), the leading group those and the
    district government, each township's group its own unit (S-094). Doing it again adds nothing.
    """
    if reach_of(by, Action.MANAGE_BODY) != Reach.DISTRICT:
        raise PermissionDenied(Action.MANAGE_BODY)
    on = since or clock.today()
    members = list(OrganisationUnit.objects.departments().filter(in_joint_meeting=True))
    if not members:
        raise TransitionRefused("还没有联席会议成员单位。请系统管理员先在“机构”里标明。")
    made = 0
    for kind, name, label in _DISTRICT:
        if not CoordinationBody.objects.filter(kind=kind).exists():
            facts = {"copy_up": UPWARD, "number_label": label, "silence_agrees": False}
            _establish(kind, name, members[0], members, on, by=by, **facts)
            made += 1
    known = CoordinationBody.objects.filter(kind=BodyKind.TOWNSHIP_GROUP).values("office")
    for unit in OrganisationUnit.objects.reporting().exclude(pk__in=known):
        name = f"{unit.name}农民合作社质量提升工作领导小组"
        facts = {"number_label": f"{unit.short_name}农合纪", "meets_quarterly": False}
        _establish(BodyKind.TOWNSHIP_GROUP, name, unit, [unit], on, by=by, **facts)
        made += 1
    return made


def _establish(
    kind: BodyKind,
    name: str,
    office: OrganisationUnit,
    members: list[OrganisationUnit],
    on: dt.date,
    *,
    by: User,
    **facts: Any,
) -> None:
    body = CoordinationBody.objects.create(kind=kind, name=name, office=office, **facts)
    BodySeat.objects.bulk_create(
        BodySeat(
            body=body,
            unit=unit,
            duty=SeatDuty.HEAD if unit.pk == office.pk else SeatDuty.MEMBER,
            since=on,
            entered_by=by,
        )
        for unit in members
    )
    audit.record("body-established", body, by=by, number=len(members))


@transaction.atomic
def edit_body(
    body: CoordinationBody, facts: dict[str, Any], *, version: int, by: User
) -> CoordinationBody:
    """Change name and rules of a body. Raises EditConflict, PermissionDenied."""
    held = _held(body, by)
    if held.version != version:
        raise EditConflict(held)
    changed = {name: str(value) for name, value in facts.items() if getattr(held, name) != value}
    CoordinationBody.objects.filter(pk=held.pk).update(**facts, version=F("version") + 1)
    held.refresh_from_db()
    audit.record("body-changed", held, by=by, columns=list(changed))
    return held


@transaction.atomic
def save_seat(
    body: CoordinationBody,
    seat: BodySeat | None,
    facts: dict[str, Any],
    *,
    version: int,
    by: User,
) -> BodySeat:
    """Add a member or change one: unit, person, post, duty, office_phone, since, until.

    `version` is the seat's, ignored for a new one; adding the same again changes nothing. Raises
    EditConflict, PermissionDenied.
    """
    held = _held(body, by)
    if seat is None:
        if standing := held.seats.filter(**facts).first():
            return standing
        saved = BodySeat.objects.create(body=held, entered_by=by, **facts)
    else:
        changed = BodySeat.objects.filter(pk=seat.pk, body=held, version=version).update(
            **facts, version=F("version") + 1
        )
        if not changed:
            raise EditConflict(BodySeat.objects.get(pk=seat.pk))
        saved = BodySeat.objects.get(pk=seat.pk)
    audit.record("seat-saved", held, by=by, person=saved.person, unit=saved.unit.short_name)
    return saved


@transaction.atomic
def end_seat(seat: BodySeat, *, reason: str, version: int, by: User) -> None:
    """Let a member leave today; the row stays on record. Raises EditConflict, TransitionRefused."""
    held = _held(seat.body, by)
    if not reason.strip():
        raise TransitionRefused("请写明离任原因。")
    today = clock.today()
    ended = BodySeat.objects.filter(
        pk=seat.pk, body=held, version=version, until__isnull=True, since__lte=today
    ).update(until=today, version=F("version") + 1)
    if not ended:
        raise EditConflict(BodySeat.objects.get(pk=seat.pk))
    audit.record("seat-ended", held, by=by, reason=reason, person=seat.person)


def _held(body: CoordinationBody, by: User) -> CoordinationBody:
    """Lock a body that one may manage: the bureau all, a township the one it hosts."""
    reach = CoordinationBody.objects.permitted(by, Action.MANAGE_BODY)
    held = reach.select_for_update(of=("self",)).filter(pk=body.pk).first()
    if held is None or not may_manage(held, by):
        raise PermissionDenied(Action.MANAGE_BODY)
    return held


def may_manage(body: CoordinationBody, user: User) -> bool:
    """Tell whether a person may change a body and its members."""
    if not may(user, Action.MANAGE_BODY):
        return False
    whole = reach_of(user, Action.MANAGE_BODY) == Reach.DISTRICT
    return whole or body.office_id == user.unit_id
