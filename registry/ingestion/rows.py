"""From raw cells to read values: every fault of a row in one pass."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from registry.ingestion.cells import BadCell, Cell, Noted, Setting, as_text
from registry.ingestion.columns import BY_FIELD, COLUMNS, FACT_FIELDS, Column, field_of, letter_of
from registry.ingestion.layout import Layout
from registry.ingestion.names import kind_of
from registry.ingestion.reasons import Finding, Level, finding
from registry.ingestion.townships import Place, Resolver

SLOT: Final = {name: slot for slot, name in enumerate((*FACT_FIELDS, "township"))}
_FACTS: Final = len(FACT_FIELDS)
_LAW_IN_FORCE: Final = "2007-07-01"
_REMEMBERED: Final = 20_000
_SHOWN_VALUE: Final = 120
_NOTE: Final = re.compile(
    r"^(?:合\s*计|小\s*计|总\s*计|累\s*计|本页|填表|填报|制表|审核|复核|报送|统计|打印|说明|注[:：]|备注[:：]|"
    r"单位[:：]|单位负责人|联系电话[:：]|第\s*\d+\s*页|共\s*\d+)"
)

# Marks that the scan of a workbook leaves on cells.
FORMULA: Final = "formula"
FORMULA_NO_VALUE: Final = "formula-no-value"
MERGED: Final = "merged"


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
    """A data row as read. `values` follow FACT_FIELDS; `unread` holds texts that gave no value."""

    values: list[str]
    issues: list[Issue] = field(default_factory=list)
    unread: dict[int, str] = field(default_factory=dict)
    place: Place = Place("", "")

    @property
    def outcome(self) -> str:
        """Return "rejected", "doubtful" or ""."""
        levels = {issue.finding.level for issue in self.issues}
        if Level.MUST in levels:
            return "rejected"
        return "doubtful" if Level.CHECK in levels else ""

    @property
    def division(self) -> str:
        """Return where the society was first registered, as its code or old number tells."""
        uscc = self.values[SLOT["uscc"]]
        return uscc[2:8] if uscc else self.values[SLOT["registration_no"]][:6]

    @property
    def kind(self) -> str:
        """Return cooperative, union or branch."""
        return kind_of(self.values[SLOT["name"]], self.values[SLOT["entity_type"]])


class RowChecker:
    """Reads and checks the data rows of one sheet."""

    def __init__(
        self, layout: Layout, setting: Setting, resolver: Resolver, jurisdiction: str
    ) -> None:
        self._layout = layout
        self._setting = setting
        self._resolver = resolver
        self._jurisdiction = jurisdiction
        self._plan = [
            (SLOT[column.field], layout.fields[column.field], column, self._memory(column))
            for column in COLUMNS
            if column.field in layout.fields
        ]
        self._uscc_at = layout.fields["uscc"]
        self._name_at = layout.fields["name"]

    @staticmethod
    def _memory(column: Column) -> dict[Cell, str | Noted] | None:
        return {} if column.repeats else None

    def is_note(self, cells: Sequence[Cell]) -> bool:
        """Tell a total, a signature line or a repeated header from a society."""
        code = cells[self._uscc_at] if self._uscc_at < len(cells) else ""
        if isinstance(code, str) and field_of(code) == "uscc":
            return True
        if code != "" and not (isinstance(code, str) and _NOTE.match(code.strip())):
            return False
        first = next((cell for cell in cells if cell != ""), "")
        return isinstance(first, str) and _NOTE.match(first.strip()) is not None

    def check(
        self,
        cells: Sequence[Cell],
        marks: dict[int, str] | None = None,
        expected_width: int = 0,
    ) -> CheckedRow:
        """Read all cells of a data row, then check them against each other."""
        row = CheckedRow([""] * (_FACTS + 1))
        values, width = row.values, len(cells)
        for slot, index, column, memory in self._plan:
            cell = cells[index] if index < width else ""
            if marks is not None and index in marks:
                self._read_marked(row, slot, column, cell, marks[index])
                continue
            if cell == "":
                continue
            if memory is None or cell.__class__ is not str:
                value = self._read(column, cell)
            else:
                remembered = memory.get(cell)
                value = self._learn(column, cell, memory) if remembered is None else remembered
            if value.__class__ is str:
                values[slot] = value  # type: ignore[assignment]
            else:
                self._note(row, slot, column, cell, value)  # type: ignore[arg-type]
        if expected_width and width != expected_width:
            row.issues.append(_row_issue("FIELD_COUNT", found=width, expected=expected_width))
        self._settle_identity(row)
        self._cross_check(row)
        return row

    def _read(self, column: Column, cell: Cell) -> str | Noted:
        try:
            return column.read(cell, self._setting)
        except BadCell as bad:
            return Noted("", (bad.finding,))

    def _learn(self, column: Column, cell: Cell, memory: dict[Cell, str | Noted]) -> str | Noted:
        value = self._read(column, cell)
        if len(memory) < _REMEMBERED:
            memory[cell] = value
        return value

    def _read_marked(
        self, row: CheckedRow, slot: int, column: Column, cell: Cell, mark: str
    ) -> None:
        if mark == FORMULA and not column.identity:
            value = self._read(column, cell) if cell != "" else ""
            read = value if isinstance(value, Noted) else Noted(value, ())
            found: tuple[Finding, ...] = (*read.findings, finding("FORMULA_VALUE"))
            self._note(row, slot, column, cell, Noted(read.value, found))
            return
        if mark == FORMULA:
            bad = finding("FORMULA_NOT_ALLOWED", field=column.label)
        elif mark == FORMULA_NO_VALUE:
            bad = finding("FORMULA_NO_VALUE")
        elif mark.startswith(MERGED):
            self._read_merged(row, slot, column, cell, mark)
            return
        else:
            bad = finding("CELL_ERROR", error=mark)
            cell = mark
        self._note(row, slot, column, cell, Noted("", (bad,)))

    def _read_merged(
        self, row: CheckedRow, slot: int, column: Column, cell: Cell, mark: str
    ) -> None:
        """A cell under a vertical merge; the mark carries the text of the merged cell."""
        if cell != "":
            value = self._read(column, cell)
            read = value if isinstance(value, Noted) else Noted(value, ())
            self._note(row, slot, column, cell, read)
            return
        above = mark.removeprefix(MERGED)
        if not column.fill_down:
            self._note(row, slot, column, above, Noted("", (finding("MERGED_CELL"),)))
            return
        value = self._read(column, above)
        read = value if isinstance(value, Noted) else Noted(value, ())
        filled = finding("MERGED_FILLED", value=above[:_SHOWN_VALUE])
        self._note(row, slot, column, above, Noted(read.value, (*read.findings, filled)))

    def _note(self, row: CheckedRow, slot: int, column: Column, cell: Cell, read: Noted) -> None:
        row.values[slot] = read.value
        letter = letter_of(self._layout.fields[column.field])
        shown = show(as_text(cell))
        for found in read.findings:
            row.issues.append(Issue(found, column.field, letter, shown))
        if not read.value and read.findings:
            row.unread[slot] = shown

    # --- cross-checks ---

    def _settle_identity(self, row: CheckedRow) -> None:
        """Put codes and numbers that stand in each other's column where they belong."""
        values, codes = row.values, {issue.finding.code for issue in row.issues}
        uscc, number = values[SLOT["uscc"]], values[SLOT["registration_no"]]
        if "USCC_IN_NUMBER_COLUMN" in codes:
            uscc = values[SLOT["uscc"]] = uscc or number
            values[SLOT["registration_no"]] = number = ""
        if "OLD_REGISTRATION_NO" in codes:
            values[SLOT["uscc"]], values[SLOT["registration_no"]] = "", number or uscc
            return
        if not uscc and not number and SLOT["uscc"] not in row.unread:
            row.issues.append(self._issue("USCC_MISSING", "uscc"))

    def _cross_check(self, row: CheckedRow) -> None:
        values = row.values
        if not values[SLOT["name"]] and SLOT["name"] not in row.unread:
            row.issues.append(self._issue("NAME_MISSING", "name"))
        division = row.division
        if division and not division.startswith(self._jurisdiction):
            details = {"division": division, "jurisdiction": self._jurisdiction}
            row.issues.append(self._issue("OTHER_DIVISION", "uscc", **details))
        self._check_dates(row)
        if values[SLOT["member_count"]]:
            self._check_members(row)
        self._locate(row, division)

    def _locate(self, row: CheckedRow, division: str) -> None:
        township = row.values[SLOT["township"]]
        row.place = self._resolver.resolve(row.values[SLOT["domicile"]], division, township)
        if township and row.place.basis and not self._resolver.knows(township):
            row.issues.append(self._issue("UNKNOWN_TOWNSHIP", "township", value=township))

    def _check_dates(self, row: CheckedRow) -> None:
        values, today = row.values, self._setting.today
        established = values[SLOT["established_on"]]
        approved = values[SLOT["approved_on"]]
        for name, day in (("established_on", established), ("approved_on", approved)):
            if day > today:
                row.issues.append(self._issue("DATE_IN_FUTURE", name, value=day))
        if established and established < _LAW_IN_FORCE:
            row.issues.append(self._issue("BEFORE_LAW", "established_on", value=established))
        if approved and established and approved < established:
            details = {
                "later": BY_FIELD["approved_on"].label,
                "later_value": approved,
                "earlier": BY_FIELD["established_on"].label,
                "earlier_value": established,
            }
            row.issues.append(self._issue("DATE_ORDER", "approved_on", **details))

    def _check_members(self, row: CheckedRow) -> None:
        values = row.values
        total = int(values[SLOT["member_count"]])
        parts = 0
        for name in ("farmer_member_count", "unit_member_count"):
            if not values[SLOT[name]]:
                continue
            part = int(values[SLOT[name]])
            parts += part
            if part > total:
                details = {"part": BY_FIELD[name].label, "part_value": part, "total": total}
                row.issues.append(self._issue("MEMBERS_EXCEED_TOTAL", name, **details))
                return
        if parts > total:
            row.issues.append(self._issue("MEMBER_SUM", "member_count", parts=parts, total=total))

    def _issue(self, code: str, name: str, **details: object) -> Issue:
        index = self._layout.fields.get(name)
        letter = "" if index is None else letter_of(index)
        return Issue(finding(code, **details), name, letter, show(str(details.get("value", ""))))


def _row_issue(code: str, **details: object) -> Issue:
    return Issue(finding(code, **details), "", "", "")


# --- what may reach a database -------------------------------------------------------------------

_PICTURES: Final = {code: 0x2400 + code for code in range(0x20) if code not in {9, 10, 13}} | {
    0x7F: 0x2421,
    0xFFFD: 0x2426,
    0xFFFE: 0x2426,
    0xFFFF: 0x2426,
}


def picture(text: str) -> str:
    """Show control characters as their pictures, so that no NUL or lone surrogate gets through."""
    if text.isprintable():
        return text
    pictured = text.translate(_PICTURES)
    if pictured.isascii():
        return pictured
    return "".join(
        "␦" if "\x80" <= c <= "\x9f" or "\ud800" <= c <= "\udfff" else c for c in pictured
    )


def show(text: str) -> str:
    """Return a cell's text for a message: pictured, and cut when long."""
    text = picture(text)
    return text if len(text) <= _SHOWN_VALUE else f"{text[:_SHOWN_VALUE]}…（共 {len(text)} 字）"


def raw_texts(cells: Sequence[Cell], limit: int) -> list[str]:
    """Return a row's cells as texts, trailing empties trimmed, long ones cut at `limit`."""
    texts = [cell if cell.__class__ is str else as_text(cell) for cell in cells]
    while texts and texts[-1] == "":
        texts.pop()
    if "".join(texts).isprintable() and max(map(len, texts), default=0) <= limit:
        return texts  # type: ignore[return-value]
    return [_cut(picture(text), limit) for text in texts]  # type: ignore[arg-type]


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[:limit]}…（共 {len(text)} 字）"
