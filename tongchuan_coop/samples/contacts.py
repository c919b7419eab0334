"""Samples of contacts: the first of all, and one that the first clerk keeps."""

from typing import Any

from accounts.models import User
from accounts.policy import Action, Reach, roles_with
from liaison.models import UnitContact
from tongchuan_coop.samples.first import known

LIKELY: dict[str, Any] = {"contact": 1}
_KEPT = ("contact-edit", "contact-end", "contact-mobile")


def rows() -> dict[str, Any]:
    """Return a value for each argument that this part's addresses take."""
    clerk = User.objects.filter(role__in=roles_with(Action.MANAGE_CONTACT, Reach.TOWNSHIP)).first()
    current = UnitContact.objects.current().in_order()
    own = current.filter(unit=clerk.unit_id if clerk else None).first()
    found = own or current.first()
    kept = {f"liaison:{name}:contact": own and own.pk for name in _KEPT}
    unit = clerk.unit_id if clerk else None
    return known({"contact": found and found.pk, "liaison:contact-create:unit": unit, **kept})
