"""Readers of words from a closed list: what the intake knows, and what people have decided since.

Each list has a key; `Setting.words` holds under it the words that somebody has given a meaning.
A word that is in neither is left unread, and its row waits until its meaning is decided.
"""

import re
from collections.abc import Mapping
from typing import Final

from registry.ingestion.cells import (
    HALF_WIDTH,
    BadCell,
    Cell,
    Noted,
    Reader,
    Setting,
    as_text,
    bare_text,
)
from registry.ingestion.reasons import finding

_PUNCTUATION: Final = re.compile(r"[\s,，、()（）\[\]【】《》〈〉;；/·.。:：“”\"\-]+")
_BETWEEN: Final = re.compile(r"[,，、;；\n/]+")


def plain_word(written: str) -> str:
    """Return a word without spaces, width and punctuation: the form in which words are compared."""
    return _PUNCTUATION.sub("", written.translate(HALF_WIDTH)).casefold()


def table_of_words(words: Mapping[str, str]) -> dict[str, str]:
    """Turn code → words parted by spaces into plain word → code."""
    return {plain_word(word): code for code, line in words.items() for word in line.split()}


def meaning_of(written: str, key: str, known: Mapping[str, str], setting: Setting) -> str:
    """Return the code that a written word means, or ""."""
    word = plain_word(written)
    return known.get(word) or setting.words.get(key, {}).get(word, "")


LISTS: Final[dict[str, Mapping[str, str]]] = {}  # key of a list → plain word → code


def strange_words(key: str, written: str, setting: Setting, *, several: bool) -> list[str]:
    """Return the words of a cell that have no meaning yet."""
    known = LISTS[key]
    if meaning_of(written, key, known, setting):
        return []
    parts = [part.strip() for part in _BETWEEN.split(written)] if several else [written.strip()]
    strange = [p for p in parts if p and not meaning_of(p, key, known, setting)]
    return [written.strip()] if len(strange) == len(parts) else strange


def choice(key: str, label: str, words: Mapping[str, str]) -> Reader:
    """Make a reader of one word of a list."""
    known = LISTS[key] = table_of_words(words)

    def read(cell: Cell, setting: Setting) -> str | Noted:
        if isinstance(cell, bool):
            raise BadCell("BOOLEAN_IN_TEXT", value=as_text(cell))
        shown = bare_text(cell, setting)
        if not shown:
            return ""
        code = meaning_of(shown, key, known, setting)
        return code or Noted("", (finding("UNKNOWN_WORD", field=label, value=shown),))

    return read


def choices(key: str, label: str, words: Mapping[str, str]) -> Reader:
    """Make a reader of one or several words of a list; the value is `,code,code,` in their order."""
    known = LISTS[key] = table_of_words(words)

    def read(cell: Cell, setting: Setting) -> str | Noted:
        if isinstance(cell, bool):
            raise BadCell("BOOLEAN_IN_TEXT", value=as_text(cell))
        shown = bare_text(cell, setting)
        if not shown:
            return ""
        whole = meaning_of(shown, key, known, setting)
        if whole:
            return f",{whole},"
        parts = [part for part in _BETWEEN.split(shown) if part.strip()]
        codes = [meaning_of(part, key, known, setting) for part in parts]
        strange = [part for part, code in zip(parts, codes, strict=True) if not code]
        if strange or not parts:
            unknown = shown if len(strange) == len(parts) else strange[0].strip()
            return Noted("", (finding("UNKNOWN_WORD", field=label, value=unknown),))
        return f",{','.join(dict.fromkeys(codes))},"

    return read
