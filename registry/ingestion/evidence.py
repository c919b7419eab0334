"""A data row as it is kept: texts that say all that its cells said.

From these texts the list of problems is written that goes back to the sender, so they must read
the same when they come back: a lost formula result must not turn into an empty cell.
"""

from collections.abc import Mapping

from registry.ingestion.layout import Layout
from registry.ingestion.marks import (
    FORMULA,
    FORMULA_EMPTY,
    FORMULA_NO_VALUE,
    JOINED,
    MERGED,
    MISCOUNTED,
    NO_RESULT,
)
from registry.ingestion.rows import CheckedRow


def kept_texts(
    raw: list[str], marks: Mapping[int, str] | None, row: CheckedRow, layout: Layout, limit: int
) -> list[str]:
    """Return a row's texts completed by what its marks and its reading tell; at most `limit`."""
    if marks:
        raw = _with_marks(raw, marks, layout)
    for issue in row.issues:
        if issue.finding.code == "DATE_FROM_NUMBER":
            raw[layout.fields[issue.field]] = row.value(issue.field)
        elif issue.finding.code == "FIELD_COUNT":
            raw = _marked_miscounted(raw, layout.fields["uscc"])
    return at_most(raw, limit)


def at_most(raw: list[str], limit: int) -> list[str]:
    """Return a row's texts, those beyond `limit` only counted."""
    return raw if len(raw) <= limit else [*raw[:limit], f"…（共 {len(raw)} 格）"]


def _marked_miscounted(raw: list[str], at: int) -> list[str]:
    """In a workbook the row will have as many cells as any other: only this tells that it moved."""
    texts = raw + [""] * (at + 1 - len(raw))
    texts[at] = f"{MISCOUNTED} {texts[at]}".strip()
    return texts


def _with_marks(raw: list[str], marks: Mapping[int, str], layout: Layout) -> list[str]:
    texts = raw + [""] * (max(marks) + 1 - len(raw))
    for index, mark in marks.items():
        name = layout.columns[index].field if index < layout.width else None
        if not texts[index] and (name is not None or not mark.startswith(MERGED)):
            fill_down = name is not None and layout.table.by_field[name].fill_down
            texts[index] = _text_of(mark, fill_down=fill_down)
    return texts


def _text_of(mark: str, *, fill_down: bool) -> str:
    if mark.startswith(MERGED):
        return mark.removeprefix(MERGED) if fill_down else JOINED
    if mark in {FORMULA_NO_VALUE, FORMULA_EMPTY}:
        return NO_RESULT
    return "" if mark == FORMULA else mark
