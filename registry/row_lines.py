"""A row of a file as a page shows it: what it is about, what it changes, what is wrong with it."""

from dataclasses import dataclass
from typing import Any

from registry.differences import Difference, changes_of, in_words
from registry.ingestion.columns import letter_of
from registry.ingestion.tables import IDENTITY
from registry.layouts import SheetMap, texts_of
from registry.masking import masked, masked_cell
from registry.models import FeedDelivery, FeedRow, StatementRow
from registry.remarks import Remark, remarks_of
from registry.statement_changes import statement_changes
from registry.statement_wording import in_words as in_statement_words
from registry.statement_wording import summary


@dataclass(frozen=True)
class Line:
    """One row of a list, ready to be shown."""

    row: FeedRow
    name: str
    code: str
    differences: list[Difference]
    remarks: list[Remark]
    told: list[tuple[str, str]]


def lines_of(delivery: FeedDelivery, rows: list[FeedRow]) -> list[Line]:
    """Return rows with names, changes and remarks; a fixed number of queries."""
    sheets, remarks = SheetMap(delivery), remarks_of(delivery, rows)
    changes = {**changes_of(rows), **statement_changes(rows)}
    return [
        Line(
            row,
            masked(_read(row, sheets, "name")),
            _read(row, sheets, "uscc") or _read(row, sheets, "registration_no"),
            changes.get(row.pk, []),
            remarks[row.pk],
            summary(row.statement) if hasattr(row, "statement") else [],
        )
        for row in rows
    ]


def _read(row: FeedRow, sheets: SheetMap, field: str) -> str:
    read = row.read
    return sheets.text(row, field) if read is None else str(getattr(read, field))


def cells_of(delivery: FeedDelivery, row: FeedRow, remarks: list[Remark]) -> list[dict[str, Any]]:
    """Return the cells of a row with letter, heading, covered text and what is wrong with each."""
    sheets = SheetMap(delivery)
    columns = {column["index"]: column for column in sheets.columns(row.sheet)}
    by_letter: dict[str, list[Remark]] = {}
    for remark in remarks:
        by_letter.setdefault(remark.column, []).append(remark)
    texts = texts_of(row)
    width = max(len(texts), len(columns))
    found = []
    for index in range(width):
        column = columns.get(index, {})
        letter = column.get("letter") or letter_of(index)
        text = texts[index] if index < len(texts) else ""
        found.append(
            {
                "letter": letter,
                "heading": column.get("heading", ""),
                "field": sheets.label(row.sheet, index),
                "value": _value(row, column.get("field")),
                "text": masked_cell(text, column.get("field")),
                "remarks": by_letter.get(letter, []),
            }
        )
    return found


def _value(row: FeedRow, field: str | None) -> str:
    """Return what was read from a cell, in words; "" where nothing was."""
    if hasattr(row, "statement") and field:
        return _stated(row.statement, field)
    if not hasattr(row, "registration") or not field:
        return ""
    if field == "township":
        return str(row.registration.township or "")
    return in_words(field, getattr(row.registration, field))


def _stated(read: StatementRow, field: str) -> str:
    if field in IDENTITY:
        return str(getattr(read, field))
    return in_statement_words(read.source, field, read.said[field]) if field in read.said else ""
