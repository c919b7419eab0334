"""Where the table begins in a sheet and which column is which."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from registry.ingestion import amounts
from registry.ingestion.cells import Cell
from registry.ingestion.columns import (
    BY_FIELD,
    REQUIRED,
    field_of,
    foreign_table,
    is_silent,
    letter_of,
    plain,
    suggestion,
)
from registry.ingestion.display import picture
from registry.ingestion.reasons import Finding, Refused, finding
from registry.ingestion.report import ColumnReport

SEARCHED_ROWS: Final = 20
_LONGEST_HEADING: Final = 200
_ENOUGH: Final = 2  # known headings that make a row a header row
# What tells the registration table from others that also list names and codes.
_REGISTRATION_ONLY: Final = frozenset(
    {"total_contribution", "business_scope", "domicile", "entity_type", "member_count"}
)
_UNITS: Final = frozenset(
    {"万元", "元", "千元", "亿元", "万", "人", "户", "个", "名", "人民币万元"}
)
_MOJIBAKE: Final = re.compile(r"[缁鍚绉浼佷笟绀句俊鐢唬鐮锟斤拷]{2,}|[ÃÂäåæçèéï][\u0080-\u00ff]")

Row = tuple[int, Sequence[Cell]]


@dataclass(slots=True)
class Layout:
    """A table found in a sheet: its header rows, its columns, what stands above it."""

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


def find_layout(rows: Sequence[Row]) -> Layout | Finding:
    """Find the table in a sheet's first rows, or say why there is none.

    Raises Refused where a table was found but cannot be read without guessing.
    """
    best: tuple[int, int] | None = None
    for position, (_, cells) in enumerate(rows[:SEARCHED_ROWS]):
        known = _fields(_headings(cells))
        if len(known) >= _ENOUGH and set(REQUIRED) <= known:
            return _layout_at(rows, position)
        two_level = _two_level(rows, position)
        if two_level and set(REQUIRED) <= _fields(two_level):
            return _layout_at(rows, position)
        if len(known) >= _ENOUGH and (best is None or len(known) > best[0]):
            best = len(known), position
    return _no_layout(rows, None if best is None else best[1])


def _no_layout(rows: Sequence[Row], position: int | None) -> Finding:
    if position is not None:
        headings = _headings(rows[position][1])
        foreign = foreign_table(headings)
        return finding("WRONG_SOURCE", found=foreign) if foreign else _missing(headings)
    if _is_transposed(rows):
        return finding("TRANSPOSED")
    for _, cells in rows[:SEARCHED_ROWS]:
        for cell in cells:
            if isinstance(cell, str) and _MOJIBAKE.search(cell):
                return finding("MOJIBAKE", sample=cell[:12])
    return finding("HEADER_NOT_FOUND", rows=SEARCHED_ROWS)


def _missing(headings: Sequence[str]) -> Finding:
    known = _fields(headings)
    missing = [BY_FIELD[name].label for name in REQUIRED if name not in known]
    near = [
        f"“{heading}”是不是“{meant}”？"
        for heading in headings
        if heading and field_of(heading) is None and (meant := suggestion(heading)) in missing
    ]
    return finding("MISSING_COLUMN", columns="、".join(missing), suggestion="".join(near))


def _is_transposed(rows: Sequence[Row]) -> bool:
    down = {field_of(cells[0]) for _, cells in rows if cells and isinstance(cells[0], str)}
    return set(REQUIRED) <= down


def _layout_at(rows: Sequence[Row], position: int) -> Layout | Finding:
    number, cells = rows[position]
    headings, header_rows = _headings(cells), [number]
    joined = _two_level(rows, position)
    if joined:
        headings, header_rows = joined, [number, rows[position + 1][0]]
    foreign = foreign_table(headings)
    if foreign and len(_fields(headings) & _REGISTRATION_ONLY) < _ENOUGH:
        return finding("WRONG_SOURCE", found=foreign)
    fields = _assign(headings)
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
        header_rows,
        columns,
        fields,
        [line for line, texts in above if any(text != "" for text in texts)],
        title,
        _capital_unit(headings, fields, title),
    )


def _capital_unit(headings: Sequence[str], fields: dict[str, int], title: str) -> str:
    if "total_contribution" not in fields:
        return ""
    stated = amounts.unit_in(headings[fields["total_contribution"]])
    return stated or amounts.unit_above(title)


def _assign(headings: Sequence[str]) -> dict[str, int]:
    """Give each field its column. Two spellings of one field: the table's earlier one wins."""
    found: dict[str, list[int]] = {}
    for index, heading in enumerate(headings):
        name = field_of(heading)
        if name is not None:
            found.setdefault(name, []).append(index)
    if all(len(found.get(name, ())) > 1 for name in REQUIRED):
        letters = "、".join(letter_of(found[name][1]) for name in REQUIRED)
        raise Refused("SIDE_BY_SIDE", sheet="", letters=letters)
    return {name: _choose(name, indexes, headings) for name, indexes in found.items()}


def _choose(name: str, indexes: list[int], headings: Sequence[str]) -> int:
    if len(indexes) == 1:
        return indexes[0]
    spellings = [plain(headings[index]) for index in indexes]
    if len(set(spellings)) < len(spellings) or BY_FIELD[name].required:
        letters = "、".join(letter_of(index) for index in indexes)
        heading = headings[indexes[0]].strip()
        raise Refused("DUPLICATE_COLUMN", heading=heading, letters=letters)
    order = [plain(heading) for heading in BY_FIELD[name].headings]
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


def _fields(headings: Sequence[str]) -> set[str]:
    return {name for heading in headings if (name := field_of(heading)) is not None}


def _two_level(rows: Sequence[Row], position: int) -> list[str]:
    """Join a merged heading with the row below it: 成员 over 农民成员 is 成员/农民成员.

    Returns an empty list where the row below is not a second header row.
    """
    if position + 1 >= len(rows):
        return []
    top, below = _headings(rows[position][1]), rows[position + 1][1]
    sub = _headings(below)
    if not any(sub) or any(cell != "" and not isinstance(cell, str) for cell in below):
        return []
    joined, group = [], ""
    for index in range(max(len(top), len(sub))):
        over = top[index] if index < len(top) else ""
        under = sub[index] if index < len(sub) else ""
        group = over or group
        if field_of(over) in REQUIRED and under and plain(under) != plain(over):
            return []
        joined.append(_join(over, under, group))
    if all(plain(text) in _UNITS for text in sub if text):
        return joined
    # Joined, the two rows must say more than either alone; a title over a header does not.
    known = _fields(joined)
    return joined if known > _fields(top) and not known <= _fields(sub) else []


def _join(over: str, under: str, group: str) -> str:
    if not under or plain(under) == plain(over):
        return over
    path = f"{group}/{under}" if group else under
    if field_of(path):
        return path
    if field_of(under):
        return under
    return f"{over}（{under}）" if field_of(over) else path
