"""Rosters as rules see them: who was a member on a day, and how much one of them holds."""

import datetime as dt
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    F,
    IntegerField,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Round

from registry.choices import MemberKind
from registry.models import Member

PERSONS = (MemberKind.FARMER, MemberKind.NON_FARMER)


def members_on(day: dt.date) -> "QuerySet[Any, Any]":
    """Return everybody who was a member on a day."""
    return Member.objects.on(day).order_by()


def persons_on(day: dt.date) -> "QuerySet[Any, Any]":
    """Return the natural persons among the members of a day."""
    return members_on(day).filter(kind__in=PERSONS)


def cents(amount: Combinable) -> Combinable:
    """Return an amount in whole cents, the same on both databases."""
    return Cast(Round(amount * Value(100)), BigIntegerField())


def alike(usable: Q, *keys: str) -> Combinable:
    """Count who of a society has the same values, oneself included; 0 where a value is unusable."""
    count = Window(Count("pk"), partition_by=[F("cooperative"), *(F(key) for key in keys)])
    return Case(When(usable, then=count), default=Value(0), output_field=IntegerField())


def all_of_society() -> Combinable:
    """Count everybody of the same society in the query."""
    return Window(Count("pk"), partition_by=[F("cooperative")])


def largest_group(members: "QuerySet[Any, Any]", *keys: str) -> Combinable:
    """Return how many of a society's members the largest group with the same values has."""
    groups = members.values(*keys).annotate(figure=Count("pk")).order_by("-figure")
    return Coalesce(Subquery(groups.values("figure")[:1], output_field=IntegerField()), 0)
