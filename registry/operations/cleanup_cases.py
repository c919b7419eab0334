"""Clean-up cases: opening one, asking for the society's will, moving it on, closing it by proof."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from accounts.choices import LEADING_UNIT
from accounts.models import OrganisationUnit, User
from accounts.operations import audit
from accounts.operations.attachments import attach_each
from accounts.operations.numbering import next_number
from accounts.operations.transitions import advance
from accounts.policy import Action, reach_of
from common import clock, locks
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from registry.cleanup.bars import barred_route
from registry.cleanup.choices import (
    OPEN_CASES,
    CaseFile,
    CaseState,
    Route,
    StepState,
)
from registry.cleanup.workflows import CASE
from registry.models import CleanupCase, Cooperative, Flag
from registry.operations.cleanup_steps import hand_on, lay_steps
from registry.operations.work_notices import tell_owner

USUAL_DAYS = 90
_CLOSING = (CaseState.CLEARED, CaseState.SETTLED, CaseState.DECLINED, CaseState.WITHDRAWN)


@dataclass(frozen=True)
class Charge:
    """Who answers for a case and by when (S-103); what is not said is the usual."""

    owner: User | None = None
    department: OrganisationUnit | None = None
    due_on: dt.date | None = None


def usual_end() -> dt.date:
    """Return the day by which a case opened today is usually closed."""
    return clock.today() + dt.timedelta(days=USUAL_DAYS)


@transaction.atomic
def open_case(
    cooperative: Cooperative,
    *,
    route: str,
    because: str,
    by: User,
    charge: Charge | None = None,
    flag: Flag | None = None,
    confidential: bool = False,
) -> CleanupCase:
    """Open a clean-up case for a society, with the steps of its route as required today.

    Without a `charge`: who opens it, the bureau, ninety days. `flag` is the confirmed suspicion it
    comes from. A confidential case is not shown to the society. Raises TransitionRefused when the route is
    barred or another case of the society is open, PermissionDenied out of reach.
    """
    reach = Cooperative.objects.permitted(by, Action.OPEN_CLEANUP)
    society = reach.select_for_update(of=("self",)).filter(pk=cooperative.pk).first()
    if society is None:
        raise PermissionDenied(Action.OPEN_CLEANUP)
    if not because.strip():
        raise TransitionRefused("请写明立案理由。")
    if refusal := barred_route(route, society):
        raise TransitionRefused(refusal)
    locks.hold("cleanup-cases")
    if other := CleanupCase.objects.open().filter(cooperative=society).first():
        raise TransitionRefused(f"这家合作社已有案件 {other.number} 在办，不能重复立案。")
    today, charge = clock.today(), charge or Charge()
    case = CleanupCase.objects.create(
        number=f"清{today.year}-{next_number(f'cleanup-{today.year}'):04}",
        cooperative=society,
        route=Route(route),
        because=because.strip(),
        confidential=confidential,
        flag=flag,
        owner=charge.owner or by,
        department=charge.department or OrganisationUnit.objects.get(code=LEADING_UNIT),
        opened_by=by,
        opened_on=today,
        due_on=charge.due_on or usual_end(),
    )
    lay_steps([case])
    audit.record(Action.OPEN_CLEANUP, case, by=by, reason=case.because, route=case.route)
    tell_owner(case, by=by)
    return case


@transaction.atomic
def record_willingness(
    case: CleanupCase,
    *,
    signed_on: dt.date,
    signer: str,
    uploads: Iterable[Any],
    by: User,
    version: int,
) -> CleanupCase:
    """Keep the society's signed will with its paper, and begin to work on the case.

    Raises TransitionRefused when no file was taken (with the sentences of those refused),
    EditConflict when somebody was quicker.
    """
    fresh = held_case(case, by, Action.WORK_CLEANUP, version)
    if fresh.state != CaseState.OPENED:
        raise TransitionRefused(f"案件现为“{fresh.get_state_display()}”，不能登记意愿书。")
    if signed_on > clock.today():
        raise TransitionRefused("签署日期不能晚于今天。")
    attached, refused = attach_each(
        fresh, uploads, purpose=CaseFile.WILLINGNESS, by=by, note="自愿办理意愿书"
    )
    if not attached:
        raise TransitionRefused("".join(refused) or "请上传签名的意愿书照片或扫描件。")
    CleanupCase.objects.filter(pk=fresh.pk).update(
        willing_on=signed_on, willing_by=signer.strip(), version=F("version") + 1
    )
    audit.record("willingness-recorded", fresh, by=by, signer=signer.strip())
    fresh.refresh_from_db()
    move_case(fresh, CaseState.UNDER_WAY, by=by)
    return fresh


@transaction.atomic
def move_case(case: CleanupCase, target: str, *, by: User, reason: str = "") -> CleanupCase:
    """Move a case on through the one door; beginning it hands the first step its turn."""
    locks.hold("cleanup-cases")
    closed = clock.today() if target in _CLOSING else None
    changes: dict[str, Any] = {"closed_on": closed}
    if target in {CaseState.DECLINED, CaseState.OPENED}:  # a will that was taken back is gone
        changes |= {"willing_on": None, "willing_by": ""}
    advance(CASE, case, target, by=by, reason=reason, **changes)
    if target == CaseState.UNDER_WAY:
        hand_on(case)
    return case


@transaction.atomic
def change_route(
    case: CleanupCase, route: str, *, reason: str, by: User, version: int
) -> CleanupCase:
    """Take another route: finished steps stay, the rest is laid anew, the will is asked again."""
    locks.hold("cleanup-cases")
    fresh = held_case(case, by, Action.DECIDE_CLEANUP, version)
    if fresh.state not in {CaseState.OPENED, CaseState.UNDER_WAY}:
        raise TransitionRefused(f"案件现为“{fresh.get_state_display()}”，不能改变途径。")
    if not reason.strip():
        raise TransitionRefused("改变途径须填写理由。")
    if refusal := barred_route(route, fresh.cooperative):
        raise TransitionRefused(refusal)
    before = fresh.route
    fresh.steps.exclude(state=StepState.DONE).delete()
    CleanupCase.objects.filter(pk=fresh.pk).update(route=Route(route), version=F("version") + 1)
    fresh.refresh_from_db()
    last = fresh.steps.order_by("-position").values_list("position", flat=True).first()
    lay_steps([fresh], after=last or 0)
    audit.record(
        Action.DECIDE_CLEANUP, fresh, by=by, reason=reason, changes={"途径": [before, fresh.route]}
    )
    if fresh.state == CaseState.UNDER_WAY:
        move_case(fresh, CaseState.OPENED, by=by, reason=reason)
    return fresh


@transaction.atomic
def edit_case(
    case: CleanupCase, facts: dict[str, Any], *, reason: str, by: User, version: int
) -> CleanupCase:
    """Set who answers for a case, its day, its cost and waiver. Raises EditConflict."""
    before = case.owner_id
    saved = _save(held_case(case, by, Action.DECIDE_CLEANUP, version), facts, reason, by)
    if saved.owner_id != before:
        tell_owner(saved, by=by)
    return saved


@transaction.atomic
def check_conditions(
    case: CleanupCase, facts: dict[str, bool | None], *, by: User, version: int
) -> CleanupCase:
    """Note which conditions of simplified deregistration were checked; None is not checked yet."""
    return _save(held_case(case, by, Action.WORK_CLEANUP, version), facts, "", by)


def _save(fresh: CleanupCase, facts: dict[str, Any], reason: str, by: User) -> CleanupCase:
    changes = {
        label_of_case(name): [_word(getattr(fresh, name)), _word(value)]
        for name, value in facts.items()
        if getattr(fresh, name) != value
    }
    if not changes:
        return fresh
    CleanupCase.objects.filter(pk=fresh.pk).update(**facts, version=F("version") + 1)
    audit.record("case-changed", fresh, by=by, reason=reason, changes=changes)
    fresh.refresh_from_db()
    return fresh


def label_of_case(name: str) -> str:
    """Return what a column of a case is called."""
    field: Any = CleanupCase._meta.get_field(name)
    return str(field.verbose_name)


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else str(value)


def held_case(case: CleanupCase, by: User, action: Action, version: int) -> CleanupCase:
    """Return a case, locked, within someone's reach. Raises PermissionDenied or EditConflict."""
    reach = CleanupCase.objects.permitted(by, action)
    fresh = reach.select_for_update(of=("self",)).filter(pk=case.pk).first()
    if fresh is None:
        raise PermissionDenied(action)
    if fresh.version != version:
        raise EditConflict(fresh)
    return fresh


def confirm_cleared(*, by: User) -> int:
    """Close every open case whose society is gone by the regulator's data; return how many."""
    if not reach_of(by, Action.DECIDE_CLEANUP):
        raise PermissionDenied(Action.DECIDE_CLEANUP)
    gone = Cooperative.objects.gone_by_regulator().values("pk")
    ended = CleanupCase.objects.filter(state__in=OPEN_CASES, cooperative__in=gone)
    number = 0
    for case in ended.order_by("pk"):  # as many as closed since yesterday, not as the register
        if case.is_exit:
            move_case(case, CaseState.CLEARED, by=by)
            number += 1
    return number
