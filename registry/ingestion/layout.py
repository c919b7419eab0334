"""Where the table begins in a sheet and which column is which."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from registry.ingestion import amounts
from registry.ingestion.cells import Cell
from registry.ingestion.columns import Column, is_silent, letter_of, plain
from registry.ingestion.display import picture
from registry.ingestion.reasons import Finding, Refused, finding
from registry.ingestion.report import ColumnReport
from registry.ingestion.sources import foreign_table
from registry.ingestion.tables import Table

SEARCHED_ROWS: Final = 20
_LONGEST_HEADING: Final = 200
_ENOUGH: Final = 2  # known headings that make a row a header row
_UNITS: Final = frozenset(
    {"万元", "元", "千元", "亿元", "万", "人", "户", "个", "名", "人民币万元", "年月日", "年/月/日"}
)
_WHOLE: Final = frozenset({"合计", "总计", "小计", "共计", "总数", "总额"})
_OF_MEMBERS: Final = frozenset(
    f"{who}{what}"
    for who in ("成员", "社员")
    for what in ("", "情况", "构成", "结构", "人数", "总数")
)
_MOJIBAKE: Final = re.compile(
    r"[缁鍚绉浼佷笟绀句俊鐢唬鐮锟斤拷]{2,}|[ÃÂäåæçèéï][\u0080-\u00ff]|\?{3,}"
)

Row = tuple[int, Sequence[Cell]]


@dataclass(slots=True)
class Layout:
    """A table found in a sheet: its header rows, its columns, what stands above it."""

    table: Table
    header_rows: list[int]
    columns: list[ColumnReport]
    fields: dict[str, int]
    above: list[int] = field(default_factory=list)
    title: str = ""
    capital_unit: str = ""

    @property
    def width(self) -> int:
        """Return how many columns the header has."""
        return len(self.columns)

    @property
    def unknown(self) -> list[str]:
        """Return the headings that are kept but not read."""
        return [
            column.heading
            for column in self.columns
            if column.field is None and column.heading and not is_silent(column.heading)
        ]


def find_layout(rows: Sequence[Row], table: Table) -> Layout | Finding:
    """Find a table of this kind in a sheet's first rows, or say why there is none.

    Raises Refused where a table was found but cannot be read without guessing.
    """
    best: tuple[int, int] | None = None
    for position, (_, cells) in enumerate(rows[:SEARCHED_ROWS]):
        known = _fields(_headings(cells), table)
        if len(known) >= _ENOUGH and set(table.required) <= known:
            return _layout_at(rows, position, table)
        two_level = _two_level(rows, position, table)
        if two_level and set(table.required) <= _fields(two_level, table):
            return _layout_at(rows, position, table)
        if len(known) >= _ENOUGH and (best is None or len(known) > best[0]):
            best = len(known), position
    return _no_layout(rows, None if best is None else best[1], table)


def settle_layout(name: str, rows: Sequence[Row], tables: Sequence[Table]) -> Layout | Finding:
    """Find the table that a sheet of this name is, among several kinds.

    The sheet's own name counts most, then how many of a kind's own columns are there. Raises
    Refused as `find_layout` does, unless the sheet can be read as another kind.
    """
    if len(tables) == 1:
        return find_layout(rows, tables[0])
    found: list[tuple[tuple[bool, int, int], Layout]] = []
    faults: list[tuple[bool, Finding]] = []
    for table in tables:
        named = table.label in plain(name)
        try:
            layout = find_layout(rows, table)
        except Refused as refusal:
            if named:
                raise
            layout = refusal.finding
        if isinstance(layout, Layout):
            own = len(table.telling & layout.fields.keys())
            found.append(((named, own, len(layout.fields)), layout))
        else:
            faults.append((named, layout))
    if found:
        return max(found, key=lambda each: each[0])[1]
    return next((fault for named, fault in faults if named), faults[0][1])


def _no_layout(rows: Sequence[Row], position: int | None, table: Table) -> Finding:
    if position is not None:
        headings = _headings(rows[position][1])
        foreign = foreign_table(headings, table)
        if foreign:
            return finding("WRONG_SOURCE", found=foreign, wanted=table.label)
        return _missing(headings, table)
    if _is_transposed(rows, table):
        return finding("TRANSPOSED")
    for _, cells in rows[:SEARCHED_ROWS]:
        for cell in cells:
            if isinstance(cell, str) and _MOJIBAKE.search(cell):
                return finding("MOJIBAKE", sample=cell[:12])
    return finding("HEADER_NOT_FOUND", rows=SEARCHED_ROWS, wanted=table.label)


def _missing(headings: Sequence[str], table: Table) -> Finding:
    known = _fields(headings, table)
    missing = [table.by_field[name].label for name in table.required if name not in known]
    near = [
        f"“{heading}”是不是“{meant}”？"
        for heading in headings
        if heading
        and table.field_of(heading) is None
        and (meant := table.suggestion(heading)) in missing
    ]
    return finding("MISSING_COLUMN", columns="、".join(missing), suggestion="".join(near))


def _is_transposed(rows: Sequence[Row], table: Table) -> bool:
    down = {table.field_of(cells[0]) for _, cells in rows if cells and isinstance(cells[0], str)}
    return set(table.required) <= down


def _layout_at(rows: Sequence[Row], position: int, table: Table) -> Layout | Finding:
    number, cells = rows[position]
    headings, header_rows = _headings(cells), [number]
    joined = _two_level(rows, position, table)
    if joined:
        headings, header_rows = joined, [number, rows[position + 1][0]]
    if table.is_register and len(_fields(headings, table) & table.telling) < _ENOUGH:
        foreign = foreign_table(headings, table)
        if foreign:
            return finding("WRONG_SOURCE", found=foreign, wanted=table.label)
    fields = _assign(headings, table)
    columns = [
        ColumnReport(index, letter_of(index), heading, _field_at(fields, index))
        for index, heading in enumerate(headings)
    ]
    above = rows[:position]
    title = " ".join(
        cell[:_LONGEST_HEADING]
        for _, line in above
        for cell in line
        if isinstance(cell, str) and cell
    )
    return Layout(
        table,
        header_rows,
        columns,
        fields,
        [line for line, texts in above if any(text != "" for text in texts)],
        title,
        _unit_of_money(headings, fields.get(table.money), title),
    )


def _unit_of_money(headings: Sequence[str], index: int | None, title: str) -> str:
    if index is None:
        return ""
    stated = amounts.unit_in(headings[index])
    return stated or amounts.unit_above(title)


def _assign(headings: Sequence[str], table: Table) -> dict[str, int]:
    """Give each field its column. Two spellings of one field: the table's earlier one wins."""
    found: dict[str, list[int]] = {}
    for index, heading in enumerate(headings):
        name = table.field_of(heading)
        if name is not None:
            found.setdefault(name, []).append(index)
    if all(len(found.get(name, ())) > 1 for name in table.required):
        letters = "、".join(letter_of(found[name][1]) for name in table.required)
        raise Refused("SIDE_BY_SIDE", sheet="", letters=letters)
    return {
        name: _choose(table.by_field[name], indexes, headings) for name, indexes in found.items()
    }


def _choose(column: Column, indexes: list[int], headings: Sequence[str]) -> int:
    if len(indexes) == 1:
        return indexes[0]
    spellings = [plain(headings[index]) for index in indexes]
    if len(set(spellings)) < len(spellings) or column.required:
        letters = "、".join(letter_of(index) for index in indexes)
        heading = headings[indexes[0]].strip()
        raise Refused("DUPLICATE_COLUMN", heading=heading, letters=letters)
    order = [plain(heading) for heading in column.headings]
    rank = {spelling: place for place, spelling in enumerate(order)}
    return min(indexes, key=lambda index: rank.get(plain(headings[index]), len(order)))


def _field_at(fields: dict[str, int], index: int) -> str | None:
    return next((name for name, at in fields.items() if at == index), None)


def _headings(cells: Sequence[Cell]) -> list[str]:
    texts = [_heading(cell) if isinstance(cell, str) else "" for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _heading(cell: str) -> str:
    text = " ".join(cell[: 2 * _LONGEST_HEADING].split())
    return picture(text if len(text) <= _LONGEST_HEADING else f"{text[:_LONGEST_HEADING]}…")


def _fields(headings: Sequence[str], table: Table) -> set[str]:
    return {name for heading in headings if (name := table.field_of(heading)) is not None}


def _two_level(rows: Sequence[Row], position: int, table: Table) -> list[str]:
    """Join a merged heading with the row below it: 成员 over 农民成员 is 成员/农民成员.

    Returns an empty list where the row below is not a second header row.
    """
    if position + 1 >= len(rows):
        return []
    top, below = _headings(rows[position][1]), rows[position + 1][1]
    sub = _headings(below)
    if not any(sub) or any(cell != "" and not isinstance(cell, str) for cell in below):
        return []
    joined, group, split = [], "", False
    for index in range(max(len(top), len(sub))):
        over = top[index] if index < len(top) else ""
        under = sub[index] if index < len(sub) else ""
        group = over or group
        if table.field_of(over) in table.required and under and plain(under) != plain(over):
            return []
        parts = bool(under) and _goes_on(top, sub, index + 1)
        split |= parts and table.field_of(over) is not None
        joined.append(_join(over, under, group, table, in_parts=parts))
    if all(plain(text) in _UNITS for text in sub if text):
        return joined
    # Joined, the two rows must say more than either alone; a title over a header does not.
    # What stands over parts alone is told no more: 出资总额 over 货币 and 实物 has no total.
    known = _fields(joined, table)
    more = split or known - _fields(top, table)
    return joined if more and not known <= _fields(sub, table) else []


def _goes_on(top: Sequence[str], sub: Sequence[str], index: int) -> bool:
    """Tell whether the heading left of a column stands over this one too."""
    return index < len(sub) and sub[index] != "" and not (index < len(top) and top[index])


def _join(over: str, under: str, group: str, table: Table, *, in_parts: bool) -> str:
    """`in_parts` says that the upper heading has several columns, of which this is but one."""
    if not under or plain(under) == plain(over):
        return over
    if table.field_of(group) and plain(under) in _WHOLE:
        return f"{group}（{under}）"
    path = f"{group}/{under}" if group else under
    if table.field_of(path):
        return path
    if plain(group) in _OF_MEMBERS and table.field_of(f"成员/{under}"):
        return f"成员/{under}"
    if table.field_of(under):
        return under
    return f"{over}（{under}）" if table.field_of(over) and not in_parts else path
