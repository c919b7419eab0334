"""A workbook whose sheets are plain: the texts and styles they share, and what frames their rows."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from registry.ingestion.archive import Archive
from registry.ingestion.package import MAIN, Package, SheetPart, part_xml
from registry.ingestion.plainxml import NotPlain, checked
from registry.ingestion.reasons import Refused
from registry.ingestion.straight import MARK, TEXT, Frame, decoded, plain_frame

_SIMPLE: Final = b"<si><t>~</t></si>"
_ITEM: Final = re.compile(
    rb"<si>(?:<t/>|<t( xml:space=\"preserve\")?>(~)?</t>)(?:<phoneticPr [^<>&]*/>)?</si>|<si/>"
)
_LONGEST_HEAD: Final = 64 * 1024
# Formats of numbers that are no dates; of the others only those without any letter are taken.
_NUMBER_FORMATS: Final = frozenset({0, 1, 2, 3, 4, 9, 10, 11, 12, 13, 37, 38, 39, 40, 49})
_NO_LETTERS: Final = re.compile(r'General|[0#.,%?@_ ;()\-+*\\"¥￥$]*')


@dataclass(frozen=True, slots=True)
class PlainBook:
    """What reading a plain sheet needs; `frames` by part, for the sheets that promise to be so."""

    strings: list[str]
    styles: frozenset[int]
    frames: dict[str, Frame]


def plain_book(archive: Archive, package: Package, sheets: Iterable[SheetPart]) -> PlainBook | None:
    """Look at the sheets that are to be read; None where what they share is not plain."""
    strings = plain_strings(archive, package.strings) if package.strings else []
    styles = plain_styles(archive, package.styles) if package.styles else frozenset()
    if strings is None or styles is None:
        return None
    frames = {sheet.path: plain_frame(archive, sheet.path) for sheet in sheets}
    return PlainBook(strings, styles, {path: frame for path, frame in frames.items() if frame})


def plain_strings(archive: Archive, part: str) -> list[str] | None:
    """Return the shared texts, or None where one is more than a plain text."""
    strings: list[str] = []
    head = rest = b""
    try:
        for piece in archive.stream(part):
            rest += piece
            if not head:
                at = rest.find(b"<si>")
                if at < 0 and len(rest) > _LONGEST_HEAD:
                    return None
                head, rest = rest[: max(at, 0)], rest[max(at, 0) :]
            cut = rest.rfind(b"</si>") + len(b"</si>")
            if head and cut >= len(b"</si>"):
                strings += _texts(rest[:cut])
                rest = rest[cut:]
        if b"<si" in head + rest:
            return None
        for _ in checked([head + rest], part, "sst"):
            pass
    except (NotPlain, Refused):
        return None  # whoever reads it the long way says what is wrong
    return strings


def _texts(window: bytes) -> list[str]:
    parts = TEXT.split(window)
    texts, untrimmed = decoded(parts[1::2])
    form = MARK.join(parts[0::2])
    if not untrimmed and form == _SIMPLE * len(texts):
        return texts
    found, at, taken = [], 0, iter(texts)
    while at < len(form):
        match = _ITEM.match(form, at)
        if match is None:
            raise NotPlain
        at = match.end()
        text = next(taken) if match[2] else ""
        if not match[1] and text != text.strip():
            raise NotPlain
        found.append(text)
    return found


def plain_styles(archive: Archive, part: str) -> frozenset[int] | None:
    """Return the styles by which a number is certainly not a date; None for unreadable ones."""
    try:
        root = part_xml(archive, part)
        formats = {
            int(each.get("numFmtId", "")): each.get("formatCode", "")
            for each in root.iterfind(f"{{{MAIN}}}numFmts/{{{MAIN}}}numFmt")
        }
        styles = [
            int(each.get("numFmtId", "0"))
            for each in root.iterfind(f"{{{MAIN}}}cellXfs/{{{MAIN}}}xf")
        ]
    except (Refused, ValueError):
        return None
    return frozenset(
        style
        for style, code in enumerate(styles)
        if (_NO_LETTERS.fullmatch(formats[code]) if code in formats else code in _NUMBER_FORMATS)
    )
