"""Handing over: all that one counsellor looks after goes to another in one act."""

from django.db import transaction
from django.db.models import F
from django.urls import reverse

from accounts.models import User
from accounts.operations import audit
from accounts.policy import Action
from common import clock
from common.template_tags import day as day_words
from common.workflow import TransitionRefused
from registry.models import ConflictOfInterest, Cooperative
from training.choices import AssignmentKind
from training.models import Counsellor, CounsellorAssignment, Handover, Promise
from training.operations.assignment_notices import tell_of_change

SAME = "移交人与接收人是同一人，没有办理。"
NOT_SERVING = "接收人目前不在聘期内或账号已停用，不能接收。请另选一位辅导员。"
NOTHING = "移交人名下没有联系或结对的合作社，没有可移交的内容。"
OUT_OF_REACH = "移交人名下有您管不到的乡镇街道的合作社，请由区农业农村局办理。"


@transaction.atomic
def hand_over(
    giver: Counsellor, taker: Counsellor, *, reason: str, leaves: bool, by: User
) -> Handover:
    """Move all open assignments of `giver` to `taker`, and keep the list for the printed sheet.

    Societies in which the taker has an interest stay behind and are listed; history keeps the old
    name. With `leaves`, the giver's appointment ends today. A fixed number of statements.
    """
    day = clock.today()
    if giver.pk == taker.pk:
        raise TransitionRefused(SAME)
    if not taker.serves_on(day):
        raise TransitionRefused(NOT_SERVING)
    mine = CounsellorAssignment.objects.open().filter(counsellor=giver.user)
    moving = list(mine.select_for_update(of=("self",)).select_related("cooperative").order_by("pk"))
    if not moving:
        raise TransitionRefused(NOTHING)
    reach = Cooperative.objects.permitted(by, Action.ASSIGN_COUNSELLOR)
    within = set(reach.filter(counselling__in=moving).values_list("pk", flat=True))
    if any(each.cooperative_id not in within for each in moving):
        raise TransitionRefused(OUT_OF_REACH)
    kept_off = set(
        ConflictOfInterest.objects.on(day)
        .filter(person=taker.user)
        .values_list("cooperative", flat=True)
    )
    going = [each for each in moving if each.cooperative_id not in kept_off]
    _move(going, taker, reason)
    if leaves:
        Counsellor.objects.filter(pk=giver.pk).update(until=day, version=F("version") + 1)
    made = Handover.objects.create(
        giver=giver.user,
        taker=taker.user,
        reason=reason,
        societies=[_line(each) for each in going],
        kept_back=[_line(each) for each in moving if each.cooperative_id in kept_off],
        promises=_promises(going),
        made_by=by,
    )
    audit.record("handed-over", made, by=by, reason=reason, number=len(going))
    moved = list({each.cooperative_id: each.cooperative for each in going}.values())
    sheet = reverse("training:handover-sheet", args=[made.pk])
    tell_of_change(moved, giver=giver.user, taker=taker.user, by=by, sheet=sheet)
    return made


def _move(going: list[CounsellorAssignment], taker: Counsellor, reason: str) -> None:
    day = clock.today()
    keys = [each.pk for each in going]
    CounsellorAssignment.objects.filter(pk__in=keys).update(until=day, version=F("version") + 1)
    CounsellorAssignment.objects.bulk_create(
        CounsellorAssignment(
            cooperative_id=each.cooperative_id,
            counsellor=taker.user,
            kind=each.kind,
            since=day,
            reason=reason,
        )
        for each in going
    )
    guided = [e.cooperative_id for e in going if e.kind == AssignmentKind.GUIDANCE]
    Cooperative.objects.filter(pk__in=guided).update(counsellor=taker.user)


def _promises(going: list[CounsellorAssignment]) -> list[dict[str, str]]:
    """Return the open promises that go along: they follow their society by themselves."""
    societies = {each.cooperative_id for each in going}
    open_ones = Promise.objects.open().filter(cooperative__in=societies)
    return [
        {"name": promise.cooperative.name, "text": promise.text, "due": day_words(promise.due_on)}
        for promise in open_ones.select_related("cooperative").order_by("due_on", "pk")
    ]


def _line(assignment: CounsellorAssignment) -> dict[str, str]:
    """Keep of a society what the sheet shows: no contact number is among it."""
    society = assignment.cooperative
    return {
        "name": society.name,
        "code": society.code,
        "kind": str(AssignmentKind(assignment.kind).label),
        "since": assignment.since.isoformat(),
    }
