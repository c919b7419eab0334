"""What the facts of a society are called, and how their values are written."""

from typing import Any

from accounts.models import OrganisationUnit
from registry.choices import TownshipBasis
from registry.differences import in_words
from registry.models import Cooperative


def label_of(field: str) -> str:
    """Return what people call a fact of a society."""
    return str(Cooperative._meta.get_field(field).verbose_name)  # type: ignore[union-attr]


def value_in_words(field: str, value: Any) -> str:
    """Write the value of a fact; telephone numbers are covered."""
    if field == "township":
        return unit_in_words(value)
    return in_words(field, value)


def unit_in_words(unit: OrganisationUnit | None) -> str:
    """Name a township, or say that none was found."""
    return unit.short_name if unit else str(TownshipBasis.UNRESOLVED.label)
