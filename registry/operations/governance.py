"""Verifying what a society declared of its governance: somebody looked, and says what was found."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from accounts.models import User
from accounts.operations import audit
from accounts.policy import Action
from common import clock
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from registry.models import GovernanceFact

NO_NOTE = "请写一句看到了什么，例如“抽查 5 户账户，三项齐全”。"


@transaction.atomic
def verify_fact(
    fact: GovernanceFact, *, holds: bool, note: str, version: int, by: User
) -> GovernanceFact:
    """Record that somebody looked; from now on this goes before what was declared."""
    reach = GovernanceFact.objects.permitted(by, Action.VERIFY_GOVERNANCE)
    fresh = reach.filter(pk=fact.pk).first()
    if fresh is None:
        raise PermissionDenied(Action.VERIFY_GOVERNANCE)
    if len(note.strip()) < 2:
        raise TransitionRefused(NO_NOTE)
    saved = GovernanceFact.objects.filter(pk=fact.pk, version=version).update(
        verified=holds,
        verified_by=by,
        verified_on=clock.today(),
        note=note.strip()[:300],
        version=F("version") + 1,
    )
    if not saved:
        raise EditConflict(fresh)
    audit.record(
        "governance-verified",
        fresh.cooperative,
        by=by,
        reason=note.strip()[:300],
        year=fresh.year,
        kind=str(fresh.get_kind_display()),
        decision="属实" if holds else "不属实",
    )
    fresh.refresh_from_db()
    return fresh
