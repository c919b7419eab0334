"""Who looks after whom: assigning, pairing and suggesting."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from accounts.models import User
from accounts.operations import audit
from accounts.policy import Action
from common import clock
from common.workflow import TransitionRefused
from registry.models import ConflictOfInterest, Cooperative
from training.choices import AssignmentKind
from training.models import Counsellor, CounsellorAssignment
from training.operations.assignment_notices import tell_of_change
from training.places import steps_between

NOT_SERVING = "此人目前不在聘期内或账号已停用，不能安排。请另选一位辅导员。"
INTERESTED = "此人与这家合作社有利害关系，不能安排其辅导。请另选一位辅导员。"
_NEAR = ("本乡镇街道", "相邻乡镇街道")
_GRAVE_WEIGHT = 2  # a grave suspicion costs about as much work as two quiet societies


@dataclass(frozen=True)
class Suggestion:
    """A counsellor who could take a society: how far away, and how busy."""

    counsellor: Counsellor
    steps: int

    @property
    def distance(self) -> str:
        """The distance in words; the grid behind it is schematic."""
        return _NEAR[self.steps] if self.steps < len(_NEAR) else "较远"


def suggest_counsellors(cooperative: Cooperative, *, most: int = 5) -> list[Suggestion]:
    """Return who could look after a society: nearest first, then the least loaded.

    Nobody with an interest in it is among them. One query, however many counsellors.
    """
    day = clock.today()
    kept_off = ConflictOfInterest.objects.on(day).filter(cooperative=cooperative)
    able = (
        Counsellor.objects.serving(day)
        .exclude(user__in=kept_off.values("person"))
        .with_load()
        .select_related("user__unit")
    )
    home = cooperative.township.code if cooperative.township else ""
    found = [
        Suggestion(each, steps_between(home, each.user.unit.code if each.user.unit else ""))
        for each in able
    ]
    found.sort(key=lambda one: (one.steps, _weight(one.counsellor), one.counsellor.pk))
    return found[:most]


def _weight(counsellor: Any) -> int:
    return int(counsellor.societies + _GRAVE_WEIGHT * counsellor.grave_flags)


@transaction.atomic
def assign_counsellor(
    cooperative: Cooperative, counsellor: Counsellor, *, kind: str, reason: str, by: User
) -> CounsellorAssignment:
    """Let a counsellor look after a society from today; the one before ends today, on record.

    Asking for what already holds changes nothing. Raises TransitionRefused when the person does
    not serve or has an interest.
    """
    reach = Cooperative.objects.permitted(by, Action.ASSIGN_COUNSELLOR)
    held = reach.select_for_update(of=("self",)).filter(pk=cooperative.pk).first()
    if held is None:
        raise PermissionDenied(Action.ASSIGN_COUNSELLOR)
    day = clock.today()
    if not counsellor.serves_on(day):
        raise TransitionRefused(NOT_SERVING)
    if ConflictOfInterest.objects.on(day).filter(person=counsellor.user, cooperative=held).exists():
        raise TransitionRefused(INTERESTED)
    open_ones = CounsellorAssignment.objects.open().filter(cooperative=held, kind=kind)
    standing = open_ones.select_related("counsellor").first()
    if standing and standing.counsellor_id == counsellor.user_id:
        return standing
    open_ones.update(until=day, version=F("version") + 1)
    made = CounsellorAssignment.objects.create(
        cooperative=held, counsellor=counsellor.user, kind=kind, since=day, reason=reason
    )
    if kind == AssignmentKind.GUIDANCE:
        Cooperative.objects.filter(pk=held.pk).update(counsellor=counsellor.user)
    former = str(standing.counsellor) if standing else ""
    changes = {str(AssignmentKind(kind).label): [former, str(counsellor)]}
    audit.record(Action.ASSIGN_COUNSELLOR, held, by=by, reason=reason, changes=changes)
    tell_of_change(
        [held], giver=standing.counsellor if standing else None, taker=counsellor.user, by=by
    )
    return made


@transaction.atomic
def deal_out_societies(unit_code: str, *, by: User) -> int:
    """Give every living society of a unit that nobody looks after to the least loaded one there.

    Returns how many. They are dealt out one by one to whoever has fewest, so the load stays even;
    the writes are set-based.
    """
    day = clock.today()
    waiting = list(
        Cooperative.objects.permitted(by, Action.ASSIGN_COUNSELLOR)
        .living()
        .filter(township__code=unit_code, counsellor__isnull=True)
        .select_related("township")
        .order_by("pk")
    )
    able = list(
        Counsellor.objects.serving(day)
        .filter(user__unit__code=unit_code)
        .select_related("user")
        .with_load()
        .order_by("pk")
    )
    if not waiting or not able:
        return 0
    kept_off = set(
        ConflictOfInterest.objects.on(day)
        .filter(cooperative__in=waiting)
        .values_list("person", "cooperative")
    )
    dealt = _dealt(waiting, able, kept_off)
    CounsellorAssignment.objects.bulk_create(
        CounsellorAssignment(
            cooperative=society,
            counsellor_id=user,
            kind=AssignmentKind.GUIDANCE,
            since=day,
            reason="按工作量平均安排",
        )
        for society, user in dealt
    )
    for each in able:
        mine = [society.pk for society, user in dealt if user == each.user_id]
        Cooperative.objects.filter(pk__in=mine).update(counsellor=each.user_id)
        given = [society for society, user in dealt if user == each.user_id]
        tell_of_change(given, giver=None, taker=each.user, by=by)
    unit = waiting[0].township
    audit.record("societies-dealt-out", unit, by=by, number=len(dealt))
    return len(dealt)


def _dealt(
    waiting: Iterable[Cooperative], able: list[Any], kept_off: set[tuple[int, int]]
) -> list[tuple[Cooperative, int]]:
    load = {each.user_id: each.societies for each in able}
    dealt = []
    for society in waiting:
        free = [user for user in load if (user, society.pk) not in kept_off]
        if free:
            chosen = min(free, key=lambda user: (load[user], user))
            load[chosen] += 1
            dealt.append((society, chosen))
    return dealt
