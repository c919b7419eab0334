"""Which column of a sheet holds which fact, as the reader of the file found it."""

from typing import Any

from registry.ingestion.marks import MISCOUNTED
from registry.ingestion.sources import TABLES
from registry.ingestion.tables import REGISTRATION, Table
from registry.models import FeedDelivery, FeedRow


def table_of_sheet(sheet: dict[str, Any]) -> Table:
    """Return the table that a sheet was read as, by its kept report."""
    return TABLES[sheet.get("source") or REGISTRATION.source]


def texts_of(row: FeedRow) -> list[str]:
    """Return the cells of a row as they stood in the file, without the mark of a miscounted row."""
    return [
        str(text).removeprefix(MISCOUNTED).lstrip() if MISCOUNTED in text else text
        for text in row.raw
    ]


class SheetMap:
    """The columns of each sheet of a delivery, by its kept report."""

    def __init__(self, delivery: FeedDelivery) -> None:
        used = [sheet for sheet in delivery.report.get("sheets", []) if sheet["used"]]
        self._columns: dict[str, list[dict[str, Any]]] = {s["name"]: s["columns"] for s in used}
        self._tables = {s["name"]: table_of_sheet(s) for s in used}
        self._by_field = {
            name: {column["field"]: column for column in columns if column["field"]}
            for name, columns in self._columns.items()
        }

    def columns(self, sheet: str) -> list[dict[str, Any]]:
        """Return the columns of a sheet: index, letter, heading, field."""
        return self._columns.get(sheet, [])

    def label(self, sheet: str, index: int) -> str:
        """Return what a column is read as, or ""."""
        for column in self.columns(sheet):
            if column["index"] == index and column["field"]:
                return self._tables[sheet].by_field[column["field"]].label
        return ""

    def letter(self, sheet: str, field: str) -> str:
        """Return the letters of the column that holds a fact, or ""."""
        column = self._by_field.get(sheet, {}).get(field)
        return str(column["letter"]) if column else ""

    def text(self, row: FeedRow, field: str) -> str:
        """Return what stands in a row's cell for a fact, as the file has it."""
        column = self._by_field.get(row.sheet, {}).get(field)
        index = column["index"] if column else -1
        texts = texts_of(row)
        return str(texts[index]) if 0 <= index < len(texts) else ""
