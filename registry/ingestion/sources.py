"""All tables that the intake reads, by source; which of them a sheet is."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from registry.ingestion.columns import plain, without_brackets
from registry.ingestion.regulator_columns import (
    ABNORMAL,
    CHANGES,
    DEREGISTRATION,
    REPORT_PUBLICATION,
    SPOT_CHECK,
)
from registry.ingestion.tables import REGISTRATION, Table
from registry.ingestion.tax_columns import TAX

WORKBOOK: Final = "workbook"
# In the order of the quarterly workbook; the tax bureau sends its own file.
WORKBOOK_TABLES: Final = (
    REGISTRATION,
    CHANGES,
    DEREGISTRATION,
    ABNORMAL,
    SPOT_CHECK,
    REPORT_PUBLICATION,
)
TABLES: Final = {table.source: table for table in (*WORKBOOK_TABLES, TAX)}


def table_of(source: str) -> Table:
    """Return the table of a source. Raises KeyError for the workbook, which has several."""
    return TABLES[source]


def tables_of(source: str) -> tuple[Table, ...]:
    """Return the tables that a file of a source may hold."""
    return tuple(TABLES.values()) if source == WORKBOOK else (TABLES[source],)


@lru_cache(maxsize=4_096)
def is_known_heading(heading: str) -> bool:
    """Tell whether any table has a column of this heading."""
    return any(table.field_of(heading) for table in TABLES.values())


def foreign_table(headings: Iterable[str], own: Table) -> str:
    """Return the label of another table that one of the headings belongs to alone, or ""."""
    for heading in headings:
        if own.field_of(heading):
            continue
        label = _TOLD_BY.get(plain(heading)) or _TOLD_BY.get(without_brackets(heading))
        if label:
            return label
    return ""


def _told_by() -> dict[str, str]:
    """Return heading → label for the headings of telling columns that no other table has."""
    owners: dict[str, set[str]] = {}
    for table in TABLES.values():
        for column in table.columns:
            for heading in column.headings:
                owners.setdefault(plain(heading), set()).add(table.label)
    return {
        plain(heading): table.label
        for table in TABLES.values()
        for column in table.columns
        if column.field in table.telling
        for heading in column.headings
        if owners[plain(heading)] == {table.label}
    }


_TOLD_BY: Final = _told_by()
