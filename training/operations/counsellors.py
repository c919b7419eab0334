"""Appointing counsellors, and noting where they have an interest."""

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
from registry.models import ConflictOfInterest, Cooperative
from training.models import Counsellor, CounsellorAssignment

ALREADY = "此人已登记为辅导员，请在其页面修改聘期。"
ASSIGNED = "此人正在联系或结对这家合作社，请先改由其他辅导员负责，再登记利害关系。"


@transaction.atomic
def appoint_counsellor(user: User, facts: dict[str, Any], *, by: User) -> Counsellor:
    """Appoint a person as counsellor. `facts` are the columns of Counsellor beside the account."""
    if Counsellor.objects.filter(user=user).exists():
        raise TransitionRefused(ALREADY)
    appointed = Counsellor.objects.create(user=user, **facts)
    audit.record(Action.APPOINT_COUNSELLOR, appointed, by=by)
    return appointed


@transaction.atomic
def edit_counsellor(
    counsellor: Counsellor, facts: dict[str, Any], *, version: int, reason: str, by: User
) -> Counsellor:
    """Change specialty or term. Raises EditConflict when somebody saved in between."""
    reach = Counsellor.objects.permitted(by, Action.APPOINT_COUNSELLOR)
    fresh = reach.select_for_update(of=("self",)).filter(pk=counsellor.pk).first()
    if fresh is None:
        raise PermissionDenied(Action.APPOINT_COUNSELLOR)
    saved = Counsellor.objects.filter(pk=fresh.pk, version=version).update(
        **facts, version=F("version") + 1
    )
    if not saved:
        raise EditConflict(fresh)
    audit.record("counsellor-changed", fresh, by=by, reason=reason)
    fresh.refresh_from_db()
    return fresh


@transaction.atomic
def declare_interest(
    person: User, cooperative: Cooperative, *, kind: str, note: str, by: User
) -> ConflictOfInterest:
    """Note that a person has an interest in a society: it keeps them off guiding and rating it.

    Saying it again changes nothing. Refused while the person still looks after the society.
    """
    open_ones = ConflictOfInterest.objects.filter(until__isnull=True)
    standing = open_ones.filter(person=person, cooperative=cooperative).first()
    if standing is not None:
        return standing
    held = CounsellorAssignment.objects.open().filter(counsellor=person, cooperative=cooperative)
    if held.exists():
        raise TransitionRefused(ASSIGNED)
    interest = ConflictOfInterest.objects.create(
        person=person, cooperative=cooperative, kind=kind, note=note, since=clock.today()
    )
    audit.record(Action.DECLARE_INTEREST, interest, by=by, reason=note)
    return interest


@transaction.atomic
def end_interest(interest: ConflictOfInterest, *, reason: str, by: User) -> None:
    """Note that an interest is over from today; ending it twice changes nothing."""
    ended = ConflictOfInterest.objects.filter(pk=interest.pk, until__isnull=True).update(
        until=clock.today(), version=F("version") + 1
    )
    if ended:
        audit.record("interest-ended", interest, by=by, reason=reason)
