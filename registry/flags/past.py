"""The register as it was on a day, under the name of the register itself.

A common table expression named like the table takes its place for one statement, on both
databases. So every rule asks its question of past facts without knowing it.
"""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import IntegerField, Value
from django.db.models.functions import Cast

from registry.models import CARRIED, Cooperative, CooperativeVersion

if TYPE_CHECKING:
    from django.db.models import QuerySet

COLUMNS = ("id", *CARRIED, "merged_into_id")


@dataclass(frozen=True)
class Register:
    """Where rules read societies: as they stand, or as they were true on a past day."""

    day: dt.date | None = None

    def expressions(self) -> tuple[list[str], list[Any]]:
        """Return the common table expressions, and their parameters, to put before a statement."""
        if self.day is None:
            return [], []
        held = CooperativeVersion.objects.known().true_on(self.day).order_by()
        # What has been merged into another since was never a society of its own.
        held = held.filter(cooperative__merged_into__isnull=True).annotate(
            standing=Cast(Value(None), IntegerField())
        )
        found = held.values_list("cooperative_id", *CARRIED, "standing")
        select, parameters = found.query.sql_with_params()
        quote = connection.ops.quote_name
        columns = ", ".join(quote(name) for name in COLUMNS)
        table = quote(Cooperative._meta.db_table)
        if connection.vendor == "sqlite":  # where the name alone would mean this very expression
            select = select.replace(f" JOIN {table} ", f" JOIN main.{table} ")
        return [f"{table} ({columns}) AS ({select})"], list(parameters)

    def values(self, rows: "QuerySet[Any, Any]") -> list[tuple[Any, ...]]:
        """Return what a `values_list` query finds in this register."""
        select, parameters = rows.query.sql_with_params()
        names, held = self.expressions()
        start = f"WITH {', '.join(names)} " if names else ""
        with connection.cursor() as cursor:
            cursor.execute(f"{start}{select}", [*held, *parameters])
            return list(cursor.fetchall())

    def count(self, rows: "QuerySet[Any, Any]") -> int:
        """Return how many rows a query of societies finds in this register."""
        select, parameters = rows.order_by().values_list("pk").query.sql_with_params()
        names, held = self.expressions()
        start = f"WITH {', '.join(names)} " if names else ""
        with connection.cursor() as cursor:
            cursor.execute(f"{start}SELECT COUNT(*) FROM ({select}) AS found", [*held, *parameters])
            return int(cursor.fetchone()[0])


PRESENT = Register()
