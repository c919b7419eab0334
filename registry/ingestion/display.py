"""Cells as they are kept and shown: nothing that a database or a page cannot hold gets through."""

from collections.abc import Sequence
from typing import Any, Final

from registry.ingestion.cells import Cell, as_text

_BROKEN: Final = "\ufffd"  # printable, unlike the others
_SHOWN_VALUE: Final = 120
_LONGEST_NAME: Final = 60
_KEPT_CONTROLS: Final = "\t\n\r"
_PICTURES: Final = {
    **dict.fromkeys((*range(128, 160), 65533, 65534, 65535), 9254),
    **{code: 0x2400 + code for code in range(0x20) if chr(code) not in _KEPT_CONTROLS},
    0x7F: 0x2421,
}


def picture(text: str) -> str:
    """Show control characters as their pictures (␀ for NUL) and broken ones as ␦."""
    if text.isprintable() and _BROKEN not in text:
        return text
    pictured = text.translate(_PICTURES)
    return "".join("␦" if "\ud800" <= each <= "\udfff" else each for each in pictured)


def show(text: str) -> str:
    """Return a cell's text for a message: pictured, and cut when long."""
    return _cut(picture(text), _SHOWN_VALUE)


def sheet_name(name: str) -> str:
    """Return a sheet's name as it is kept; Excel allows 31 characters, a file may claim more."""
    shown = " ".join(picture(name).split())
    return shown if len(shown) <= _LONGEST_NAME else f"{shown[: _LONGEST_NAME - 1]}…"


def storable(document: Any) -> Any:
    """Return a document of JSON with every text pictured, so that any database takes it."""
    if isinstance(document, str):
        return picture(document)
    if isinstance(document, dict):
        return {key: storable(value) for key, value in document.items()}
    if isinstance(document, list):
        return [storable(each) for each in document]
    return document


def raw_texts(cells: Sequence[Cell], limit: int) -> list[str]:
    """Return a row's cells as texts, trailing empties trimmed, long ones cut at `limit`."""
    texts = [cell if isinstance(cell, str) else as_text(cell) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    whole = "".join(texts)
    short = len(whole) <= limit or max(map(len, texts)) <= limit
    if short and whole.isprintable() and _BROKEN not in whole:
        return texts
    return [_cut(picture(text), limit) for text in texts]


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[:limit]}…（共 {len(text)} 字）"
