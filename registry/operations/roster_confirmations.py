"""Confirming that a roster was checked against papers; any change of the roster ends it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from accounts.operations import audit
from accounts.policy import Action
from common import clock, locks
from common.workflow import TransitionRefused
from registry.models import Cooperative, RosterConfirmation
from registry.roster.marks import roster_mark

NOBODY = "名册里还没有成员，没有可以确认的内容。"
NO_BASIS = "请写明核对依据，例如：名册原件、成员身份证明、实地走访。"
CHANGED = "您打开本页之后名册有过改动，没有确认。请核对最新的名册再确认。"
NOT_CONFIRMED = "这份名册现在没有确认，不必撤销。"
CHANGED_SINCE = "名册在确认之后有改动"


@transaction.atomic
def confirm_roster(society: Cooperative, basis: str, *, mark: str, by: User) -> RosterConfirmation:
    """Confirm a roster as it was looked at (`mark`). Raises TransitionRefused.

    Confirming the same roster twice is the same confirmation.
    """
    _hold(society, by)
    if not basis.strip():
        raise TransitionRefused(NO_BASIS)
    if mark != roster_mark(society):
        raise TransitionRefused(CHANGED)
    standing = society.roster_confirmations.standing().first()
    if standing is not None and standing.mark == mark:
        return standing
    counts = society.members.current().counted()
    if not counts["total"]:
        raise TransitionRefused(NOBODY)
    made = RosterConfirmation.objects.create(
        cooperative=society,
        total=counts["total"],
        farmers=counts["farmers"],
        units=counts["units"],
        mark=mark,
        basis=basis.strip(),
        confirmed_on=clock.today(),
        confirmed_by=by,
    )
    audit.record(
        Action.CONFIRM_ROSTER,
        society,
        by=by,
        reason=made.basis,
        total=made.total,
        farmers=made.farmers,
        units=made.units,
    )
    return made


@transaction.atomic
def withdraw_confirmation(society: Cooperative, reason: str, *, by: User) -> None:
    """Take a confirmation back for a reason. Raises TransitionRefused."""
    _hold(society, by)
    if len(reason.strip()) < 2:
        raise TransitionRefused("请写明撤销的理由。")
    if not _end(society, f"撤销：{reason.strip()}"):
        raise TransitionRefused(NOT_CONFIRMED)
    audit.record("roster-confirmation-withdrawn", society, by=by, reason=reason.strip())


def lapse(society: Cooperative, *, by: User) -> None:
    """End what was confirmed of a roster that has just changed. Part of the caller's act."""
    standing = RosterConfirmation.objects.standing().filter(cooperative=society).first()
    if standing is None or standing.mark == roster_mark(society):
        return
    _end(society, CHANGED_SINCE)
    audit.record("roster-confirmation-lapsed", society, by=by, reason=CHANGED_SINCE)


def _end(society: Cooperative, because: str) -> int:
    standing = RosterConfirmation.objects.standing().filter(cooperative=society)
    return standing.update(ended_on=clock.today(), ended_because=because[:300])


def _hold(society: Cooperative, by: User) -> None:
    reach = Cooperative.objects.permitted(by, Action.CONFIRM_ROSTER)
    if not reach.filter(pk=society.pk).exists():
        raise PermissionDenied(Action.CONFIRM_ROSTER)
    locks.hold(f"roster-{society.pk}")
