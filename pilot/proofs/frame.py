"""What a proof is: rows of the whole district, what of them is exported, and its page."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from accounts.policy import Action
from common.spreadsheet import CODE, TEXT, Column, Table
from pilot.models import Programme

SOCIETY = ("合作社", "cooperative.name", TEXT, 34)
CODE_OF = ("统一社会信用代码", "cooperative.uscc", CODE, 22)
TOWNSHIP = ("乡镇街道", "cooperative.township.short_name", TEXT, 14)
_CHUNK = 1_000
# Heading, path from the row, kind, width. A path ends in a field, a property or a choice's word.
Shown = tuple[str, str, str, int]


@dataclass(frozen=True)
class Proof:
    """One list: its rows in the whole district, what of them is exported, and its page.

    `action` is the right that the page asks for, `query` what narrows the page to these rows.
    """

    key: str
    label: str
    rows: Callable[[], QuerySet[Any]]
    shown: Sequence[Shown]
    page: str
    action: Action
    related: Sequence[str] = field(default=("cooperative__township",))
    query: str = ""
    way: str = ""  # from a row to its pilot; "" for what belongs to the district

    def of(self, programme: Programme | None) -> QuerySet[Any]:
        """Return the rows, of one pilot where they belong to one."""
        rows = self.rows()
        return rows.filter(**{self.way: programme.pk}) if self.way and programme else rows

    def table(self, programme: Programme | None = None) -> Table:
        """Return the list as a table whose rows come from a running query."""
        return Table(
            title=self.label,
            columns=[Column(heading, kind, width) for heading, _, kind, width in self.shown],
            rows=self._rows(programme),
        )

    def _rows(self, programme: Programme | None) -> Iterator[list[Any]]:
        rows = self.of(programme).select_related(*self.related).order_by("pk")
        for row in rows.iterator(chunk_size=_CHUNK):
            yield [worth(row, path) for _, path, _, _ in self.shown]


def worth(row: Any, path: str) -> Any:
    """Follow a path of names from a row; choices give their word, moments their day.

    Nothing on the way gives None.
    """
    *way, last = path.split(".")
    for name in way:
        row = getattr(row, name)
        if row is None:
            return None
    word = getattr(row, f"get_{last}_display", None)
    value = word() if word else getattr(row, last)
    if isinstance(value, dt.datetime):
        return value.date()
    if value is None or isinstance(value, str | int | dt.date):
        return value
    return str(value)
