"""Rows that sample addresses name: the first of each kind, or a likely value in an empty database.

A key is the name of an argument, or `route:argument` where one page wants a row of its own.
"""

from typing import Any

from django.db import DatabaseError

from tongchuan_coop.samples import (
    accounts,
    cleanup,
    demonstration,
    figures,
    interface,
    liaison,
    manual,
    meetings,
    registry,
    reports,
    sponsorships,
    supports,
    training,
    work_plan,
)

PARTS = (
    accounts,
    registry,
    reports,
    cleanup,
    liaison,
    training,
    manual,
    demonstration,
    interface,
    meetings,
    work_plan,
    figures,
    sponsorships,
    supports,
)

LIKELY: dict[str, Any] = {name: value for part in PARTS for name, value in part.LIKELY.items()}


def sample_values() -> dict[str, Any]:
    """Return a value for every argument that the portal's addresses take."""
    try:
        rows = {name: value for part in PARTS for name, value in part.rows().items()}
    except DatabaseError:  # the tables are not there yet
        return LIKELY
    return LIKELY | rows
