"""Rows that sample addresses name: the first of each kind, or a likely value in an empty database.

A key is the name of an argument, or `route:argument` where one page wants a row of its own.
"""

from typing import Any

from django.db import OperationalError, connection

from accounts.models import User
from tongchuan_coop.samples import (
    accounts,
    cleanup,
    contacts,
    demonstration,
    exemplars,
    figures,
    help_requests,
    interface,
    liaison,
    library,
    manual,
    meetings,
    registry,
    reports,
    sponsorships,
    supports,
    tables,
    training,
    upward,
    watches,
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
    help_requests,
    watches,
    library,
    exemplars,
    contacts,
    upward,
    tables,
)

LIKELY: dict[str, Any] = {name: value for part in PARTS for name, value in part.LIKELY.items()}


def sample_values() -> dict[str, Any]:
    """Return a value for every argument that the portal's addresses take."""
    if not _tables_stand():
        return LIKELY
    return LIKELY | {name: value for part in PARTS for name, value in part.rows().items()}


def _tables_stand() -> bool:
    """Tell whether there is a database that has been migrated: addresses are told without one too."""
    try:
        return User._meta.db_table in connection.introspection.table_names()
    except OperationalError:
        return False
