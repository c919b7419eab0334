"""Keeping the register of contacts: a new person is a new row, and the former one stays."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from accounts.models import OrganisationUnit, User
from accounts.operations import audit
from accounts.policy import Action
from common import clock
from common.conflict import EditConflict
from common.template_tags import day as in_words
from common.workflow import TransitionRefused
from liaison.models import UnitContact
from liaison.models.contact import units_in_reach

IN_THE_FUTURE = "起始日期不能晚于今天。"
NOT_LATER = "现任从{day}起登记。换人的起始日期要晚于这一天；登记有误的，请点“更正”。"
ENDED = "这一条已经结束，不能再改。"


@transaction.atomic
def appoint_contact(unit: OrganisationUnit, facts: dict[str, Any], *, by: User) -> UnitContact:
    """Name a unit's contact; the one in the same place before ends the day before.

    `facts`: place, person, post, office_phone, mobile, since. Saying the same again changes
    nothing. Raises TransitionRefused, PermissionDenied.
    """
    held = _locked(unit, by)
    since: dt.date = facts["since"]
    if since > clock.today():
        raise TransitionRefused(IN_THE_FUTURE)
    standing = UnitContact.objects.filter(unit=held, until__isnull=True)
    former = standing.filter(place=facts["place"]).first()
    if former is not None:
        if all(getattr(former, name) == value for name, value in facts.items()):
            return former
        if since <= former.since:
            raise TransitionRefused(NOT_LATER.format(day=in_words(former.since)))
        UnitContact.objects.filter(pk=former.pk).update(
            until=since - dt.timedelta(days=1), ended_because="换人", version=F("version") + 1
        )
    contact = UnitContact.objects.create(unit=held, entered_by=by, **facts)
    audit.record(
        "contact-appointed",
        contact,
        by=by,
        unit=held.short_name,
        person=contact.person,
        former=former.person if former else "",
    )
    return contact


@transaction.atomic
def correct_contact(
    contact: UnitContact, facts: dict[str, Any], *, version: int, by: User
) -> UnitContact:
    """Set right what was entered: person, post, office_phone, mobile (left as it is when absent).

    Raises EditConflict, TransitionRefused, PermissionDenied.
    """
    _locked(contact.unit, by)
    if not contact.is_current:
        raise TransitionRefused(ENDED)
    done = UnitContact.objects.filter(pk=contact.pk, version=version, until__isnull=True).update(
        **facts, version=F("version") + 1
    )
    contact.refresh_from_db()
    if not done:
        raise EditConflict(contact)
    audit.record("contact-changed", contact, by=by, person=contact.person, columns=list(facts))
    return contact


@transaction.atomic
def end_contact(contact: UnitContact, *, reason: str, version: int, by: User) -> None:
    """Let a contact end today without another; the row stays. Raises EditConflict."""
    _locked(contact.unit, by)
    if not reason.strip():
        raise TransitionRefused("请写明原因。")
    done = UnitContact.objects.filter(
        pk=contact.pk, version=version, until__isnull=True, since__lte=clock.today()
    ).update(until=clock.today(), ended_because=reason.strip()[:300], version=F("version") + 1)
    contact.refresh_from_db()
    if not done:
        raise EditConflict(contact)
    audit.record("contact-ended", contact, by=by, reason=reason, person=contact.person)


@transaction.atomic
def unmask_mobile(contact: UnitContact, reason: str, *, by: User) -> str:
    """Return the whole mobile number for a stated reason, which the trail keeps."""
    if len(reason.strip()) < 2:
        raise TransitionRefused("请写明查看手机号的理由。")
    reach = UnitContact.objects.permitted(by, Action.UNMASK_MOBILE)
    held = reach.filter(pk=contact.pk).first()
    if held is None:
        raise PermissionDenied(Action.UNMASK_MOBILE)
    audit.record(Action.UNMASK_MOBILE, held, by=by, reason=reason, person=held.person)
    return held.mobile


def _locked(unit: OrganisationUnit, by: User) -> OrganisationUnit:
    """Lock a unit whose contacts one may keep, so that two do not name a contact at once."""
    reach = units_in_reach(by, Action.MANAGE_CONTACT)
    held: OrganisationUnit | None = reach.select_for_update(of=("self",)).filter(pk=unit.pk).first()
    if held is None:
        raise PermissionDenied(Action.MANAGE_CONTACT)
    return held
