"""Samples of rows that the tables of the system show."""

from typing import Any

from tongchuan_coop.samples.first import known
from tongchuan_coop.tables import site

LIKELY: dict[str, Any] = {"object_id": 1}


def rows() -> dict[str, Any]:
    """Return the first row of each table whose rows have a page."""
    found = {}
    for table in site.tables():
        first = table.model._default_manager.order_by("-pk").values_list("pk", flat=True).first()
        if table.opens:
            found[f"tables:{table.label}_change:object_id"] = first
    return known(found)
