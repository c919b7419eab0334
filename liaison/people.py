"""Who in a unit hears of a meeting, of minutes and of tasks."""

from collections.abc import Iterable
from typing import Any

from accounts.models import User
from accounts.policy import Action, Reach, roles_with


def people_of(units: Iterable[int], action: Action) -> list[User]:
    """Return the people of units who have a right at all, in a fixed order."""
    return list(_people(units, action).order_by("pk"))


def units_with_people(units: Iterable[int], action: Action) -> set[int]:
    """Return the keys of those units that have somebody with a right: one query."""
    return {key for key in _people(units, action).values_list("unit", flat=True) if key}


def _people(units: Iterable[int], action: Action) -> Any:
    roles = [
        role
        for reach in (Reach.OWN, Reach.TOWNSHIP, Reach.DISTRICT)
        for role in roles_with(action, reach)
    ]
    return User.objects.filter(unit__in=list(units), role__in=roles, is_active=True)


def office_of(action: Action) -> list[User]:
    """Return the people who have a right for the whole district, in a fixed order."""
    return list(User.objects.filter(role__in=roles_with(action), is_active=True).order_by("pk"))
