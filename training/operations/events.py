"""Training events: planned, invited to, signed in, held; and the ledger of guidance."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from accounts.choices import NoticeEvent
from accounts.models import OrganisationUnit, User
from accounts.operations import audit
from accounts.operations.notices import notify
from accounts.policy import Action, Reach, reach_of
from common import clock
from common.conflict import EditConflict
from common.template_tags import day
from common.workflow import TransitionRefused
from registry.models import Cooperative
from training.choices import Audience, EventState, SignedBy
from training.models import Attendance, Counsellor, GuidanceRecord, TrainingEvent

NOT_TODAY = "签到只在培训当天开放。如确已参加，请告诉举办单位登记。"
CALLED_OFF = "这次培训已取消。"
TOO_EARLY = "培训还没有到日期，不能记为已举办。"
NOBODY = "还没有人签到，不能记为已举办。请先登记签到。"


@transaction.atomic
def plan_event(facts: dict[str, Any], *, by: User) -> TrainingEvent:
    """Plan an event. A township plans for itself; the bureau for the district or any township."""
    unit: OrganisationUnit | None = facts.get("unit")
    if reach_of(by, Action.MANAGE_EVENT) != Reach.DISTRICT:
        facts = {**facts, "unit": by.unit}
        unit = by.unit
    event = TrainingEvent.objects.create(made_by=by, **facts)
    audit.record("event-planned", event, by=by, unit=str(unit or "区级"))
    return event


@transaction.atomic
def edit_event(event: TrainingEvent, facts: dict[str, Any], *, version: int, by: User) -> None:
    """Change an event. Raises EditConflict when somebody saved in between."""
    reach = TrainingEvent.objects.permitted(by, Action.MANAGE_EVENT).filter(pk=event.pk)
    if reach_of(by, Action.MANAGE_EVENT) != Reach.DISTRICT:
        facts = {**facts, "unit": by.unit}
    if not reach.filter(version=version).update(**facts, version=F("version") + 1):
        raise EditConflict(TrainingEvent.objects.get(pk=event.pk))
    audit.record("event-changed", event, by=by)


@transaction.atomic
def invite_all(event: TrainingEvent, *, url: str, by: User) -> int:
    """Invite everybody that an event is for, and tell those who have an account; returns how many.

    Counsellors of its unit (or all), or the heads of the living societies there. Inviting again
    adds only who is new. Set-based.
    """
    _managed(event, by)
    known = set(event.attendance.values_list("name", "organisation"))
    lines = _counsellors(event) if event.audience == Audience.COUNSELLORS else _chairs(event)
    fresh = {(line.name, line.organisation): line for line in lines}
    new = [line for key, line in fresh.items() if key not in known]
    Attendance.objects.bulk_create(new, batch_size=500)
    societies = [line.cooperative_id for line in new if line.cooperative_id]
    people = User.objects.filter(is_active=True).filter(
        pk__in=[line.person_id for line in new if line.person_id]
    ) | User.objects.filter(
        is_active=True,
        cooperatives_served__cooperative__in=societies,
        cooperatives_served__until__isnull=True,
    )
    notify(
        people.distinct(),
        event=NoticeEvent.TRAINING_INVITED,
        title=f"培训通知：{event.title}",
        text=f"{day(event.held_on)}在{event.place}举办，内容：{event.topic_words}。请准时参加并签到。",
        url=url,
        by=by,
    )
    audit.record("event-invited", event, by=by, number=len(new))
    return len(new)


def _counsellors(event: TrainingEvent) -> Iterable[Attendance]:
    serving = Counsellor.objects.serving(clock.today()).select_related("user__unit")
    if event.unit_id:
        serving = serving.filter(user__unit=event.unit_id)
    for post in serving.order_by("pk"):
        unit = str(post.user.unit or "")
        yield Attendance(
            event=event, name=str(post), organisation=unit, person=post.user, invited=True
        )


def _chairs(event: TrainingEvent) -> Iterable[Attendance]:
    societies = Cooperative.objects.living().exclude(legal_representative="")
    if event.unit_id:
        societies = societies.filter(township=event.unit_id)
    for society in societies.order_by("pk").only("pk", "name", "legal_representative"):
        yield Attendance(
            event=event,
            name=society.legal_representative[:30],
            organisation=society.name[:100],
            cooperative=society,
            invited=True,
        )


@transaction.atomic
def sign_in(event: TrainingEvent, name: str, organisation: str) -> Attendance:
    """Note that somebody is here by the code on the wall; a second time changes nothing.

    Open to everybody who has the code, on the day alone. A society is found by its whole name.
    """
    if event.state == EventState.CALLED_OFF:
        raise TransitionRefused(CALLED_OFF)
    if event.held_on != clock.today():
        raise TransitionRefused(NOT_TODAY)
    return _note(event, name, organisation, SignedBy.QR)


@transaction.atomic
def note_present(event: TrainingEvent, keys: list[int], more: str, *, by: User) -> int:
    """Take over the paper sheet: who of the invited was there, and further names, one a line."""
    _managed(event, by)
    absent = event.attendance.filter(pk__in=keys, signed=SignedBy.NOT_YET)
    number = absent.update(signed=SignedBy.SHEET, signed_at=clock.now())
    for line in more.splitlines():
        name, _, organisation = line.strip().partition(" ")
        if name:
            _note(event, name[:30], organisation.strip()[:100], SignedBy.SHEET)
            number += 1
    audit.record("event-signed", event, by=by, number=number)
    return number


def _note(event: TrainingEvent, name: str, organisation: str, how: SignedBy) -> Attendance:
    society = Cooperative.objects.filter(name=organisation).first() if organisation else None
    line, made = Attendance.objects.get_or_create(
        event=event,
        name=name,
        organisation=organisation,
        defaults={"cooperative": society, "signed": how, "signed_at": clock.now()},
    )
    if not made and line.signed == SignedBy.NOT_YET:
        line.signed, line.signed_at = how, clock.now()
        line.save(update_fields=["signed", "signed_at"])
    return line


@transaction.atomic
def close_event(event: TrainingEvent, state: str, *, assessment: str, by: User) -> None:
    """Say that an event was held (with who was there) or called off."""
    _managed(event, by)
    if state == EventState.HELD:
        if event.held_on > clock.today():
            raise TransitionRefused(TOO_EARLY)
        if not event.attendance.exclude(signed=SignedBy.NOT_YET).exists():
            raise TransitionRefused(NOBODY)
    elif state != EventState.CALLED_OFF:
        raise TransitionRefused("没有选择结果，请返回重选。")
    TrainingEvent.objects.filter(pk=event.pk).update(
        state=state, assessment=assessment.strip(), version=F("version") + 1
    )
    audit.record("event-closed", event, by=by, after=state)


@transaction.atomic
def note_guidance(facts: dict[str, Any], *, by: User) -> GuidanceRecord:
    """Add a line to the ledger of guidance; a township writes its own."""
    if reach_of(by, Action.WRITE_GUIDANCE) != Reach.DISTRICT:
        facts = {**facts, "unit": by.unit}
    made = GuidanceRecord.objects.create(by=by, **facts)
    audit.record(Action.WRITE_GUIDANCE, made, by=by)
    return made


def _managed(event: TrainingEvent, by: User) -> None:
    if not TrainingEvent.objects.permitted(by, Action.MANAGE_EVENT).filter(pk=event.pk).exists():
        raise PermissionDenied(Action.MANAGE_EVENT)
