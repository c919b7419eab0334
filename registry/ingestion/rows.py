"""From raw cells to read values: every fault of a row in one pass."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from registry.ingestion.cells import BadCell, Cell, Noted, Setting, as_text
from registry.ingestion.checks import Contradiction, Surroundings, division_of
from registry.ingestion.codes import COOPERATIVE_PREFIX
from registry.ingestion.columns import Column, letter_of, numbers_columns
from registry.ingestion.display import show
from registry.ingestion.layout import Layout
from registry.ingestion.marks import FORMULA, FORMULA_EMPTY, FORMULA_NO_VALUE, MERGED, say_nothing
from registry.ingestion.names import kind_of
from registry.ingestion.notes import LONGEST_COUNT, begins_note, is_remark, is_total, names_society
from registry.ingestion.reasons import Finding, Level, finding
from registry.ingestion.townships import NOWHERE, OUTSIDE, Place, Resolver

_REMEMBERED: Final = 20_000


@dataclass(frozen=True, slots=True)
class Issue:
    """A finding about one cell (or, without column, about the row)."""

    finding: Finding
    field: str
    column: str
    value: str

    def as_dict(self) -> dict[str, str]:
        """Return the shape that is stored and shown."""
        return {
            "code": self.finding.code,
            "level": self.finding.level.value,
            "field": self.field,
            "column": self.column,
            "value": self.value,
            "message": self.finding.message,
            "remedy": self.finding.remedy,
        }


@dataclass(slots=True)
class CheckedRow:
    """A data row as read. `values` follow `slots`; `unread` holds texts that gave no value."""

    slots: dict[str, int]
    values: list[str]
    issues: list[Issue] = field(default_factory=list)
    unread: dict[int, str] = field(default_factory=dict)
    place: Place = NOWHERE

    def value(self, name: str) -> str:
        """Return the canonical text of a field."""
        return self.values[self.slots[name]]

    @property
    def outcome(self) -> str:
        """Return "rejected", "doubtful" or ""."""
        levels = {issue.finding.level for issue in self.issues}
        if Level.MUST in levels:
            return "rejected"
        return "doubtful" if Level.CHECK in levels else ""

    @property
    def division(self) -> str:
        """Return where the society was first registered."""
        return division_of(self.value)

    @property
    def kind(self) -> str:
        """Return cooperative, union or branch."""
        return kind_of(self.value("name"), self.value("entity_type"))


@dataclass(frozen=True, slots=True)
class _Slot:
    """Where a column stands in the sheet and in the read row."""

    slot: int
    index: int
    column: Column
    remembered: dict[Cell, str | Noted]


class RowChecker:
    """Reads and checks the data rows of one sheet."""

    def __init__(
        self, layout: Layout, setting: Setting, resolver: Resolver, around: Surroundings
    ) -> None:
        self._table = layout.table
        self._fields = layout.fields
        self._setting = setting
        self._resolver = resolver
        self._around = around
        self._place_of = layout.table.slots
        self._width = len(self._place_of)
        self._slots = [
            _Slot(self._place_of[each.field], layout.fields[each.field], each, {})
            for each in layout.table.columns
            if each.field in layout.fields
        ]
        self._read_columns = frozenset(each.index for each in self._slots)
        self._plan = [
            (each.slot, each.index, each.column, each.remembered if each.column.repeats else None)
            for each in self._slots
        ]

    def is_note(self, cells: Sequence[Cell], marks: dict[int, str] | None = None) -> bool:
        """Tell a total, a signature line, a repeated header or numbered columns from a society."""
        at = self._fields["uscc"]
        code = cells[at] if at < len(cells) else ""
        if isinstance(code, str) and code.startswith(COOPERATIVE_PREFIX) and code[LONGEST_COUNT:]:
            return False
        at_name = self._fields["name"]
        name = cells[at_name] if at_name < len(cells) else ""
        if self._repeats_header(cells, code) or is_total(cells, code, name):
            return True
        if names_society(name) or (code != "" and not begins_note(code)):
            return False
        filled = [index for index, cell in enumerate(cells) if cell != ""]
        if say_nothing(marks) and not self._read_columns.intersection(filled):
            return True  # a running number or a remark, and nothing of a society
        first = cells[filled[0]] if filled else ""
        alone = len(filled) == 1 and filled[0] != at and (filled[0] != at_name or is_remark(name))
        return isinstance(first, str) and (alone or begins_note(first))

    def _repeats_header(self, cells: Sequence[Cell], code: Cell) -> bool:
        heading = isinstance(code, str) and self._table.field_of(code) == "uscc"
        return heading or numbers_columns(cells)

    def check(
        self, cells: Sequence[Cell], marks: dict[int, str] | None = None, expected_width: int = 0
    ) -> CheckedRow:
        """Read all cells of a data row, then check them against each other.

        `expected_width` is given for a row with too few or too many cells: nothing in it is read,
        because nobody can say which cell belongs to which column.
        """
        row = CheckedRow(self._place_of, [""] * self._width)
        if expected_width:
            return _misaligned(row, cells, expected_width)
        if marks:
            self._read_marked(row, cells, marks)
        else:
            self._read_cells(row, cells)
        self._settle_identity(row)
        for check in self._table.checks:
            for found in check(row.value, self._around):
                row.issues.append(self._issue(row, found))
        if self._table.is_register:
            self._locate(row)
        else:
            self._require(row)
        return row

    def _read_cells(self, row: CheckedRow, cells: Sequence[Cell]) -> None:
        """The way of nearly all rows; it is short because it runs millions of times."""
        values, width, setting = row.values, len(cells), self._setting
        for slot, index, column, remembered in self._plan:
            cell = cells[index] if index < width else ""
            if cell == "":
                continue
            value = None if remembered is None else remembered.get(cell)
            if value is None or cell.__class__ is bool:
                try:
                    value = column.read(cell, setting)
                except BadCell as bad:
                    value = Noted("", (bad.finding,))
                if remembered is not None and len(remembered) < _REMEMBERED:
                    remembered[cell] = value
            if isinstance(value, str):
                values[slot] = value
            else:
                self._note(row, column, cell, value)

    def _read_marked(self, row: CheckedRow, cells: Sequence[Cell], marks: dict[int, str]) -> None:
        width = len(cells)
        for each in self._slots:
            cell = cells[each.index] if each.index < width else ""
            mark = marks.get(each.index)
            if mark is not None:
                self._read_marked_cell(row, each.column, cell, mark)
            elif cell != "":
                self._note(row, each.column, cell, self._read(each.column, cell))

    def _read_marked_cell(self, row: CheckedRow, column: Column, cell: Cell, mark: str) -> None:
        if mark.startswith(MERGED):
            self._read_merged(row, column, cell, mark.removeprefix(MERGED))
        elif mark == FORMULA and cell == "":
            return  # it yields an empty text, and so there is nothing to read
        elif mark == FORMULA and not column.identity:
            read = self._read(column, cell)
            self._note(row, column, cell, _with(read, "FORMULA_VALUE"))
        elif mark == FORMULA:
            self._note(row, column, cell, _nothing("FORMULA_NOT_ALLOWED", field=column.label))
        elif mark in {FORMULA_NO_VALUE, FORMULA_EMPTY}:
            self._note(row, column, cell, _nothing("FORMULA_NO_VALUE"))
        else:
            self._note(row, column, mark, _nothing("CELL_ERROR", error=mark))

    def _read_merged(self, row: CheckedRow, column: Column, cell: Cell, above: str) -> None:
        """A cell under a vertical merge whose text stands in a row above."""
        if cell != "":
            self._note(row, column, cell, self._read(column, cell))
        elif column.fill_down:
            read = self._read(column, above)
            self._note(row, column, above, _with(read, "MERGED_FILLED", value=show(above)))
        else:
            self._note(row, column, above, _nothing("MERGED_CELL"))

    def _read(self, column: Column, cell: Cell) -> Noted:
        try:
            value = column.read(cell, self._setting) if cell != "" else ""
        except BadCell as bad:
            return Noted("", (bad.finding,))
        return value if isinstance(value, Noted) else Noted(value, ())

    def _note(self, row: CheckedRow, column: Column, cell: Cell, read: Noted) -> None:
        slot = self._place_of[column.field]
        row.values[slot] = read.value
        if not read.findings:
            return
        letter = letter_of(self._fields[column.field])
        shown = show(as_text(cell))
        row.issues += [Issue(found, column.field, letter, shown) for found in read.findings]
        if not read.value:
            row.unread[slot] = shown

    def _settle_identity(self, row: CheckedRow) -> None:
        """Put codes and numbers that stand in each other's column where they belong."""
        codes = {issue.finding.code for issue in row.issues} if row.issues else ()
        uscc, number = row.value("uscc"), row.value("registration_no")
        if "USCC_IN_NUMBER_COLUMN" in codes:
            uscc, number = uscc or number, ""
        if "OLD_REGISTRATION_NO" in codes:
            uscc, number = "", number or uscc
        slots = self._place_of
        row.values[slots["uscc"]], row.values[slots["registration_no"]] = uscc, number
        named = bool(row.value("name")) or slots["name"] in row.unread
        if not (uscc or number or slots["uscc"] in row.unread):
            # The register needs the code; what is stated about a society may wait for it.
            code = "CODE_MISSING" if named and not self._table.is_register else "USCC_MISSING"
            row.issues.append(self._issue(row, Contradiction(code, "uscc", {})))
        if not named and self._table.is_register:
            row.issues.append(self._issue(row, Contradiction("NAME_MISSING", "name", {})))

    def _require(self, row: CheckedRow) -> None:
        for each in self._table.columns:
            blank = each.needed and not row.value(each.field)
            if blank and self._place_of[each.field] not in row.unread:
                missing = Contradiction("VALUE_MISSING", each.field, {"field": each.label})
                row.issues.append(self._issue(row, missing))

    def _locate(self, row: CheckedRow) -> None:
        township = row.value("township")
        row.place = self._resolver.resolve(row.value("domicile"), row.division, township)
        if township and row.place.basis != OUTSIDE and not self._resolver.knows(township):
            details: dict[str, object] = {"value": township}
            unknown = Contradiction("UNKNOWN_TOWNSHIP", "township", details)
            row.issues.append(self._issue(row, unknown))

    def _issue(self, row: CheckedRow, found: Contradiction) -> Issue:
        index = self._fields.get(found.field)
        letter = "" if index is None else letter_of(index)
        return Issue(
            finding(found.code, **found.details), found.field, letter, show(row.value(found.field))
        )


def _misaligned(row: CheckedRow, cells: Sequence[Cell], expected: int) -> CheckedRow:
    found = finding("FIELD_COUNT", found=len(cells), expected=expected)
    row.issues.append(Issue(found, "", "", ""))
    row.unread[0] = " | ".join(map(as_text, cells))
    return row


def _nothing(code: str, **details: object) -> Noted:
    return Noted("", (finding(code, **details),))


def _with(read: Noted, code: str, **details: object) -> Noted:
    return Noted(read.value, (*read.findings, finding(code, **details)))
