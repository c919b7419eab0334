"""Entering what a society does and has, and how sure it is."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from accounts.models import User
from accounts.operations import audit
from accounts.policy import Action
from common import clock
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from demonstration.choices import (
    KINDS_OF_STRENGTH,
    WITH_VALIDITY,
    Strength,
    StrengthKind,
    Verification,
)
from demonstration.models import SocietyStrength, Undertaking
from demonstration.surety import check_surety
from registry.models import Cooperative


def kind_of(what: Strength) -> StrengthKind:
    """Return the kind that an entry belongs to."""
    return next(kind for kind, entries in KINDS_OF_STRENGTH.items() if what in entries)


@transaction.atomic
def save_undertaking(
    cooperative: Cooperative, facts: dict[str, Any], *, version: int, by: User
) -> Undertaking:
    """Save industry, chain stage, base and so on. `version` 0 for the first. Raises EditConflict."""
    _check_reach(cooperative, by)
    check_surety(facts["verification"], by, Action.EDIT_STRENGTH)
    entered = {**facts, "entered_by": by, "entered_at": clock.now()}
    row, made = Undertaking.objects.get_or_create(cooperative=cooperative, defaults=entered)
    if not made:
        changed = Undertaking.objects.filter(pk=row.pk, version=version).update(
            **entered, version=F("version") + 1
        )
        row.refresh_from_db()
        if not changed:
            raise EditConflict(row)
    audit.record("strength-saved", cooperative, by=by)
    return row


@transaction.atomic
def add_strength(cooperative: Cooperative, facts: dict[str, Any], *, by: User) -> SocietyStrength:
    """Add a service, facility, channel, business, certificate or brand.

    A certificate needs its number and validity. Raises TransitionRefused.
    """
    _check_reach(cooperative, by)
    check_surety(facts["verification"], by, Action.EDIT_STRENGTH)
    what = Strength(facts["what"])
    if what in WITH_VALIDITY and not (facts["number"] and facts["valid_until"]):
        raise TransitionRefused("产品认证须填写证书编号和有效期。")
    row, made = SocietyStrength.objects.get_or_create(
        cooperative=cooperative,
        what=what,
        number=facts["number"],
        withdrawn_on=None,
        defaults={
            **{k: v for k, v in facts.items() if k not in {"what", "number"}},
            "kind": kind_of(what),
            "entered_by": by,
            "entered_at": clock.now(),
        },
    )
    if not made:
        raise TransitionRefused(f"“{row.get_what_display()}”已经登记过，没有重复登记。")
    audit.record("strength-saved", cooperative, by=by, changes={"项目": row.get_what_display()})
    return row


@transaction.atomic
def verify_strength(
    strength: SocietyStrength, verification: Verification, *, version: int, by: User
) -> None:
    """Say how sure an entry is. Raises EditConflict, TransitionRefused."""
    _check_reach(strength.cooperative, by)
    check_surety(verification, by, Action.EDIT_STRENGTH)
    changed = SocietyStrength.objects.filter(pk=strength.pk, version=version).update(
        verification=verification, version=F("version") + 1
    )
    if not changed:
        raise EditConflict(SocietyStrength.objects.get(pk=strength.pk))
    audit.record(
        "strength-verified",
        strength.cooperative,
        by=by,
        changes={strength.get_what_display(): verification},
    )


@transaction.atomic
def withdraw_strength(strength: SocietyStrength, *, reason: str, version: int, by: User) -> None:
    """Say that a society no longer does or has this; the row stays. Raises EditConflict."""
    _check_reach(strength.cooperative, by)
    if not reason.strip():
        raise TransitionRefused("请写明原因。")
    changed = SocietyStrength.objects.filter(
        pk=strength.pk, version=version, withdrawn_on__isnull=True
    ).update(withdrawn_on=clock.today(), version=F("version") + 1)
    if not changed:
        raise EditConflict(SocietyStrength.objects.get(pk=strength.pk))
    audit.record(
        "strength-withdrawn",
        strength.cooperative,
        by=by,
        reason=reason,
        changes={"项目": strength.get_what_display()},
    )


def _check_reach(cooperative: Cooperative, by: User) -> None:
    reach = Cooperative.objects.permitted(by, Action.EDIT_STRENGTH)
    if not reach.filter(pk=cooperative.pk).exists():
        raise PermissionDenied(Action.EDIT_STRENGTH)
