"""Whether the totals that a sheet states at its end agree with its rows."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from registry.ingestion.cells import BadCell, Cell, Setting
from registry.ingestion.layout import Layout
from registry.ingestion.notes import total_label
from registry.ingestion.rows import CheckedRow

_TOTAL: Final = ("合计", "总计")
_CENT: Final = Decimal("0.01")


class Totals:
    """Sums of one sheet, as its rows go by."""

    def __init__(self, layout: Layout, setting: Setting) -> None:
        table = layout.table
        self._by_field = table.by_field
        self._columns = {
            name: layout.fields[name] for name in table.summed if name in layout.fields
        }
        self._slots = [(name, table.slots[name]) for name in self._columns]
        self._setting = setting
        self._sums = dict.fromkeys(self._columns, 0)
        self._uncertain: set[str] = set()
        self._above: list[Sequence[Cell]] = []  # totals that stand before the rows they sum
        self._begun = False

    def add(self, row: CheckedRow) -> None:
        """Count a data row, in hundredths."""
        self._begun = True
        for name, slot in self._slots:
            value = row.values[slot]
            if value:
                self._sums[name] += int(value.replace(".", "")) * (1 if "." in value else 100)
            elif slot in row.unread:
                self._uncertain.add(name)

    def differences(self, cells: Sequence[Cell]) -> list[str]:
        """Return a sentence for each stated total that is not the sum of the rows above.

        A total that stands above all rows is compared at the end, by `late_differences`.
        """
        if not total_label(cells).startswith(_TOTAL):
            return []
        if not self._begun:
            self._above.append(cells)
            return []
        return self._compare(cells)

    def late_differences(self) -> list[str]:
        """Return the sentences on totals above the rows, once all rows have been counted."""
        return [sentence for cells in self._above for sentence in self._compare(cells)]

    def _compare(self, cells: Sequence[Cell]) -> list[str]:
        sentences = []
        for name, index in self._columns.items():
            stated = self._stated(name, cells[index] if index < len(cells) else "")
            total = self._sums[name] * _CENT
            if stated is not None and name not in self._uncertain and stated != total:
                label = self._by_field[name].label
                sentences.append(
                    f"合计行写的{label}是 {stated.normalize():f}，各行相加是 {total.normalize():f}。"
                )
        return sentences

    def _stated(self, name: str, cell: Cell) -> Decimal | None:
        try:
            value = self._by_field[name].read(cell, self._setting) if cell != "" else ""
        except BadCell:
            return None
        return Decimal(value) if isinstance(value, str) and value else None
