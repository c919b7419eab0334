"""Who in a unit hears of a meeting, of minutes and of tasks."""

from collections.abc import Iterable

from accounts.models import User
from accounts.policy import Action, Reach, roles_with


def people_of(units: Iterable[int], action: Action) -> list[User]:
    """Return the people of units who have a right at all, in a fixed order."""
    roles = [
        role
        for reach in (Reach.OWN, Reach.TOWNSHIP, Reach.DISTRICT)
        for role in roles_with(action, reach)
    ]
    reach = User.objects.filter(unit__in=list(units), role__in=roles, is_active=True)
    return list(reach.order_by("pk"))
