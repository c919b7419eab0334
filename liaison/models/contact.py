"""Whom to call in a department or a township, now and formerly."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from accounts.models import OrganisationUnit, User
from accounts.policy import Reach, reach_of
from common import clock
from common.template_tags import masked_phone
from liaison.contact_choices import ContactPlace


class ContactQuerySet(models.QuerySet["UnitContact"]):
    """Reads of contacts."""

    def permitted(self, user: Any, action: str) -> Self:
        """Contacts of the units in reach: the whole register, or one's own unit's."""
        return self.filter(unit__in=units_in_reach(user, action).values("pk"))

    def current(self, day: dt.date | None = None) -> Self:
        """Those whom one would call on a day."""
        on = day or clock.today()
        return self.filter(since__lte=on).filter(Q(until__isnull=True) | Q(until__gte=on))

    def former(self) -> Self:
        return self.filter(until__lt=clock.today())

    def for_list(self) -> Self:
        """Everything that a list shows, with `unit_position`, the official order of units."""
        return self.select_related("unit").annotate(unit_position=F("unit__position"))

    def first_of(self, units: Iterable[int]) -> dict[int, "UnitContact"]:
        """Return the one to call first today in each of the units, by the unit's key: one query."""
        first = self.current().filter(place=ContactPlace.FIRST, unit__in=list(units))
        return {contact.unit_id: contact for contact in first}

    def in_order(self) -> Self:
        """In the official order of units, the first contact before the substitute."""
        return self.order_by("unit__position", "unit", "place", F("since").desc(), "pk")


def units_in_reach(user: Any, action: str) -> Any:
    """Return the departments and townships whose contacts one reaches for an action."""
    units = listed_units()
    match reach_of(user, action):
        case Reach.DISTRICT:
            return units
        case Reach.TOWNSHIP | Reach.OWN if user.unit_id:
            return units.filter(pk=user.unit_id)
        case _:
            return units.none()


def listed_units() -> Any:
    """Return the units that must have a contact: reporting units and departments in use."""
    units = OrganisationUnit.objects
    return (units.reporting() | units.departments()).order_by("position")


def without_contact(units: Any) -> Any:
    """Return those of the units that nobody can be called in today."""
    first = UnitContact.objects.current().filter(place=ContactPlace.FIRST)
    return units.exclude(pk__in=first.values("unit"))


class UnitContact(models.Model):
    """联络员：哪个单位、谁、什么职务、办公电话、手机号，起止日期（S-094、S-106）。换人另起一行。"""

    unit = models.ForeignKey(
        OrganisationUnit, models.PROTECT, related_name="contacts", verbose_name="单位"
    )
    place = models.CharField(
        "身份", max_length=12, choices=ContactPlace, default=ContactPlace.FIRST
    )
    person = models.CharField("姓名", max_length=30)
    post = models.CharField("职务", max_length=60, blank=True)
    office_phone = models.CharField("办公电话", max_length=30, blank=True)
    mobile = models.CharField("手机号", max_length=20, blank=True)
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)
    ended_because = models.CharField("结束原因", max_length=300, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    version = models.PositiveIntegerField("版本", default=1)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = "联络员"
        verbose_name_plural = "联络员名册"
        constraints = (
            models.UniqueConstraint(
                fields=["unit", "place"],
                condition=Q(until__isnull=True),
                name="a_unit_has_one_contact_in_a_place",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="a_contact_ends_after_it_begins",
            ),
        )
        indexes = (models.Index(fields=["unit", "place", "since"], name="contact_of_unit"),)

    def __str__(self) -> str:
        return f"{self.unit.short_name}{self.person}"

    @property
    def is_current(self) -> bool:
        return self.until is None

    @property
    def masked_mobile(self) -> str:
        """The mobile number as lists, exports and programs show it, "" for none."""
        return masked_phone(self.mobile) if self.mobile else ""
