"""Looking into a suspicion: given to a person, asked of the society, decided with something to show."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, OuterRef, QuerySet, Subquery

from accounts.models import User
from accounts.operations import audit
from accounts.operations.attachments import attach_file
from accounts.operations.transitions import advance, advance_each
from accounts.policy import Action, Reach, may, roles_with
from common import clock
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from registry.choices import FlagState
from registry.flag_choices import ASKED_FLAGS
from registry.flags.workflows import FLAG
from registry.models import Flag, FlagAnswer
from registry.models.flag import FlagQuerySet
from registry.operations.work_notices import tell_verifier, tell_verifiers

DAYS_TO_VERIFY = 30
LONGEST_DEFERRAL = 366
PHOTO = "matter-answer"
COUNSELLOR, CLERK = "counsellor", "clerk"
WHOM = {COUNSELLOR: "各社联系的辅导员", CLERK: "各乡镇街道的经办人"}


def verifiers_of(flag: Flag) -> "QuerySet[User]":
    """Return whom a suspicion may be given to: who verifies in its township, and the district."""
    roles = [
        *roles_with(Action.VERIFY_FLAG, Reach.ASSIGNED),
        *roles_with(Action.VERIFY_FLAG, Reach.TOWNSHIP),
    ]
    near = User.objects.people().filter(
        is_active=True, role__in=roles, unit=flag.cooperative.township_id
    )
    district = roles_with(Action.VERIFY_FLAG)
    far = User.objects.people().filter(is_active=True, role__in=district)
    found: QuerySet[User] = (near | far).order_by("role", "full_name", "pk")
    return found


@transaction.atomic
def assign_flag(
    flag: Flag, to: User, due_on: dt.date, *, by: User, version: int, reason: str = ""
) -> None:
    """Give a suspicion to a person by a day; from then on the society is asked about it.

    Raises EditConflict, TransitionRefused (a sentence) or PermissionDenied.
    """
    _unchanged(flag, version)
    _in_time(due_on)
    if not verifiers_of(flag).filter(pk=to.pk).exists():
        raise TransitionRefused("这位人员不能核实这家合作社的线索，请另选核实人。")
    advance(
        FLAG,
        flag,
        FlagState.CHECKING,
        by=by,
        reason=reason,
        noted={"assignee": str(to), "due": due_on.isoformat()},
        assigned_to=to,
        assigned_at=clock.now(),
        due_on=due_on,
        deferred_until=None,
    )
    tell_verifier(flag, to, due_on, by=by)


@transaction.atomic
def assign_flags(flags: FlagQuerySet, to: str | User, due_on: dt.date, *, by: User) -> int:
    """Give many suspicions away at once; return how many went.

    `to` is a person, or COUNSELLOR (of each society), or CLERK (of each township). What has been
    taken up already, and what nobody is there for, stays as it is.
    """
    _in_time(due_on)
    person: Any = to.pk if isinstance(to, User) else of_each(to)
    able = Flag.objects.filter(pk__in=flags.values("pk"), state=FlagState.SUSPECTED)
    if not isinstance(to, User):
        able = able.annotate(whose=of_each(to)).filter(whose__isnull=False)
    label = str(to) if isinstance(to, User) else WHOM[to]
    at = clock.now()
    moved = advance_each(
        FLAG,
        able,
        FlagState.CHECKING,
        by=by,
        noted={"assignee": label, "due": due_on.isoformat()},
        assigned_to=person,
        assigned_at=at,
        due_on=due_on,
    )
    if moved:
        tell_verifiers(Flag.objects.filter(assigned_at=at, due_on=due_on), due_on, by=by)
    return moved


def of_each(whom: str) -> Subquery:
    """Return who is meant for each suspicion: a query, so that no loop runs over societies."""
    people = User.objects.people().filter(is_active=True).order_by("pk")
    if whom == COUNSELLOR:
        roles = roles_with(Action.VERIFY_FLAG, Reach.ASSIGNED)
        meant = people.filter(role__in=roles, counselled__flags=OuterRef("pk"))
    else:
        roles = roles_with(Action.VERIFY_FLAG, Reach.TOWNSHIP)
        meant = people.filter(role__in=roles, unit__cooperatives__flags=OuterRef("pk"))
    return Subquery(meant.values("pk")[:1])


@transaction.atomic
def decide_flag(flag: Flag, target: FlagState, conclusion: str, *, by: User, version: int) -> None:
    """Find a suspicion true or not true. True needs a visit in person or a document."""
    _unchanged(flag, version)
    advance(
        FLAG,
        flag,
        target,
        by=by,
        reason=conclusion,
        decided_by=by,
        decided_at=clock.now(),
        conclusion=conclusion.strip(),
    )


@transaction.atomic
def defer_flag(flag: Flag, until: dt.date, reason: str, *, by: User, version: int) -> None:
    """Put a suspicion off to a day, on which it comes back by itself."""
    _unchanged(flag, version)
    days = (until - clock.today()).days
    if not 0 < days <= LONGEST_DEFERRAL:
        raise TransitionRefused(f"暂缓的日期须在明天起{LONGEST_DEFERRAL}天以内。")
    advance(
        FLAG,
        flag,
        FlagState.DEFERRED,
        by=by,
        reason=reason,
        noted={"until": until.isoformat()},
        deferred_until=until,
        conclusion=reason.strip(),
    )


@transaction.atomic
def resume_flag(flag: Flag, *, by: User, version: int) -> None:
    """Take up a deferred suspicion before its day."""
    _unchanged(flag, version)
    due = max(flag.due_on or clock.today(), clock.today())
    advance(FLAG, flag, FlagState.CHECKING, by=by, due_on=due, deferred_until=None)


@transaction.atomic
def resume_due_flags() -> int:
    """Let the deferred suspicions whose day has come stand in the queue again; return how many."""
    today = clock.today()
    due = list(Flag.objects.due_again(today).select_for_update().values_list("pk", flat=True))
    if not due:
        return 0
    back = Flag.objects.filter(pk__in=due, state=FlagState.DEFERRED).update(
        state=FlagState.CHECKING,
        due_on=today + dt.timedelta(days=DAYS_TO_VERIFY),
        deferred_until=None,
        version=F("version") + 1,
    )
    audit.record("flags-resumed", by=None, number=back, items=due)
    return back


@transaction.atomic
def answer_matter(flag: Flag, text: str, photos: Sequence[Any] = (), *, by: User) -> FlagAnswer:
    """Keep what a society says to a matter that it is asked about, with its photos.

    Raises TransitionRefused when it is no longer asked, AttachmentRefused for a photo that cannot
    be taken (then nothing is kept), PermissionDenied out of reach.
    """
    held = Flag.objects.permitted(by, Action.ANSWER_MATTER).filter(pk=flag.pk).first()
    if held is None or not may(by, Action.ANSWER_MATTER):
        raise PermissionDenied(Action.ANSWER_MATTER)
    if held.state not in ASKED_FLAGS:
        raise TransitionRefused(
            "这一事项已经办结，不需要再答复。如有新情况，请联系乡镇街道经办人。"
        )
    if not text.strip():
        raise TransitionRefused("请写明答复内容。")
    answer = FlagAnswer.objects.create(flag=held, text=text.strip(), answered_by=by)
    audit.record(Action.ANSWER_MATTER, held, by=by)
    for photo in photos:
        attach_file(answer, photo, purpose=PHOTO, by=by)
    return answer


def _unchanged(flag: Flag, version: int) -> None:
    if flag.version != version:
        raise EditConflict(flag)


def _in_time(due_on: dt.date) -> None:
    if due_on < clock.today():
        raise TransitionRefused("核实期限不能早于今天。")
