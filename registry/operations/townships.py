"""The names of places as the parse child needs them."""

from typing import Any

from accounts.models import OrganisationUnit, UnitAlias


def township_table() -> list[dict[str, Any]]:
    """Return current units and old names: name, code ("" where villages decide), villages."""
    current = [
        {"name": unit.name, "code": unit.code, "villages": {}}
        for unit in OrganisationUnit.objects.reporting()
    ]
    old = [
        {
            "name": alias.name,
            "code": alias.unit.code if alias.unit else "",
            "villages": {village.village: village.unit.code for village in alias.villages.all()},
        }
        for alias in UnitAlias.objects.select_related("unit")
        .prefetch_related("villages__unit")
        .order_by("pk")
    ]
    return current + old
