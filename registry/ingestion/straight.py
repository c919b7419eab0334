"""A plain sheet read in one pass: its cells come straight from the bytes that are being proven.

Nearly all rows of a sheet have one form and differ in their texts alone. So each form is looked
at once, with all the suspicion it deserves, and remembered; of the other rows only the form is
looked up, and their texts are decoded by the XML parser, many at a time. Whatever is not plain
(formulas, errors, dates kept as numbers, merged or hidden rows, rich text, strays) is left to the
scan and the reading library, which know how to tell it.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

from registry.ingestion.archive import Archive
from registry.ingestion.cells import Cell
from registry.ingestion.layout import SEARCHED_ROWS
from registry.ingestion.plainxml import NotPlain, checked
from registry.ingestion.sheetxml import COLUMN_HIDDEN, SheetScan

Rows = Iterator[tuple[int, Sequence[Cell]]]
TEXT: Final = re.compile(rb">([^<]+)")  # what stands between two tags
MARK: Final = b">~"  # stands in a form where a row has a text
_ROW: Final = re.compile(rb'<row r="([1-9]\d{0,7})"([^<>&]*?)(/?)>')
_ATTRIBUTES: Final = re.compile(rb'(?: [A-Za-z][\w:]*="[^"<>&]*")*')
_NAMES: Final = re.compile(rb" ([\w:]+)=")
_CELL: Final = re.compile(
    rb'<c r="([A-Z]{1,3})#"(?: s="(\d{1,6})")?(?: t="(n|s|str|b|inlineStr)")?'
    rb'(?:/>|></c>|>(?:<v>(~)</v>|(<is>)<t( xml:space="preserve")?(?:/>|>(~)?</t>)</is>)</c>)'
)
_MERGED: Final = re.compile(rb"<mergeCell\b([^<>]*)>")
_RANGE: Final = re.compile(rb' ref="\$?[A-Z]{1,3}\$?(\d+)(?::\$?[A-Z]{1,3}\$?(\d+))?"')
_NOT_PLAIN: Final = (b"<f", b"hidden=", b't="e"')
_LONGEST_FRAME: Final = 4 * 1024 * 1024
_OVERLAP: Final = 16
_MOST_FORMS: Final = 5_000
_MOST_NUMBERS: Final = 20_000
_FIRST_COLUMNS: Final = tuple(range(16_384))
_NUMBER: Final = re.compile(r"-?\d{1,15}(?:\.\d{1,20})?(?:E[+-]?\d{1,3})?")
_INDEX: Final = re.compile(r"\d{1,9}")
_BOOLEANS: Final = {"0": False, "1": True}
_SEPARATOR: Final = "\ue000"  # for private use: never part of a text, or the sheet is not plain
_BETWEEN: Final = _SEPARATOR.encode()
_CHARACTERS: Final = 1 << 20
_EDGE: Final = re.compile(rf"\s{_SEPARATOR}|{_SEPARATOR}\s")


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the rows of a sheet that promises to be plain."""

    length: int  # of the bytes before the rows
    rows: int
    hidden_columns: int


@dataclass(frozen=True, slots=True)
class _Form:
    """How the rows of one form are read.

    `columns` are those of its texts; `others` name the texts that are no plain texts themselves,
    by place and column; `trimmed` those that the reading library would strip of their edges.
    """

    width: int
    values: int
    columns: tuple[int, ...]
    others: tuple[tuple[int, int, bytes], ...]
    trimmed: tuple[int, ...]


def plain_frame(archive: Archive, part: str) -> Frame | None:
    """Prove all of a sheet but its rows, and count these; None for a sheet that is not plain."""
    pieces = archive.stream(part)
    try:
        head, begun = _head(pieces)
        rows, tail = _pass_rows(itertools.chain([begun], pieces))
        for piece in pieces:
            tail += piece
            if len(tail) > _LONGEST_FRAME:
                return None
        if b"<sheetData" in tail or _merges_rows(tail):
            return None
        for _ in checked([head + tail], part, "worksheet"):
            pass
    except NotPlain:
        return None
    return Frame(len(head), rows, len(COLUMN_HIDDEN.findall(head)))


def _head(pieces: Iterator[bytes]) -> tuple[bytes, bytes]:
    """Return what stands before the rows, and the rows begun in the same piece."""
    data = b""
    for piece in pieces:
        data += piece
        before, mark, begun = data.partition(b"<sheetData>")
        if mark:
            return before + mark, begun
        if len(data) > _LONGEST_FRAME:
            break
    raise NotPlain


def _pass_rows(pieces: Iterator[bytes]) -> tuple[int, bytes]:
    """Count the rows; return what stands behind them in the same piece."""
    rows, window = 0, b""
    for piece in pieces:
        window = window[-_OVERLAP:] + piece
        if any(mark in window for mark in _NOT_PLAIN):
            raise NotPlain
        rows += piece.count(b"<row ")
        if (at := window.find(b"</sheetData")) >= 0:
            return rows, window[at:]
    raise NotPlain


def _merges_rows(tail: bytes) -> bool:
    for merged in _MERGED.finditer(tail):
        found = _RANGE.search(merged[1])
        if found is None or (found[2] is not None and found[1] != found[2]):
            return True
    return False


class StraightReader:
    """Reads the rows of a plain sheet. Raises NotPlain where the sheet turns out not to be."""

    def __init__(
        self, scan: SheetScan, strings: Sequence[str], plain_styles: frozenset[int]
    ) -> None:
        self._scan = scan
        self._strings = strings
        self._plain_styles = plain_styles
        self._forms: dict[bytes, _Form] = {}
        self._numbers: dict[str, float] = {}

    def rows(self, archive: Archive, part: str, frame: Frame) -> Rows:
        """Yield (number, cells); the first rows without gaps, for the header is searched there."""
        last = 0
        for window in _windows(archive.stream(part), frame.length):
            for number, cells in self._read(window):
                while last + 1 < number and last <= SEARCHED_ROWS:
                    last += 1
                    yield last, []
                last = number
                yield number, cells
        self._scan.finish()

    def _read(self, window: bytes) -> Rows:
        """Read whole rows: take the texts out, decode them together, look up what is left."""
        parts = TEXT.split(window)
        texts, untrimmed = decoded(parts[1::2])
        at = 0
        for row in MARK.join(parts[0::2]).split(b"</row>"):
            for number, form in self._placed(row):
                if form is None:
                    continue
                end = at + len(form.columns)
                if untrimmed and any(texts[at + n] != texts[at + n].strip() for n in form.trimmed):
                    raise NotPlain
                yield number, self._cells(form, texts[at:end])
                at = end
        if at != len(texts):
            raise NotPlain

    def _placed(self, row: bytes) -> Iterator[tuple[int, _Form | None]]:
        """Yield the row and the blank ones before it, which have no end tag of their own."""
        at = 0
        while at < len(row):
            match = _ROW.match(row, at)
            if match is None:
                raise NotPlain
            digits, attributes, closed = match.groups()
            at = match.end()
            number = int(digits)
            self._scan.place(number)
            if closed:
                continue
            form = self._form(attributes, digits, row[at:])
            if form.values:
                self._scan.count(number, form.values, form.width)
            yield number, form
            return

    def _form(self, attributes: bytes, digits: bytes, cells: bytes) -> _Form:
        """Look a row's form up: what its cells are, apart from the row's own number."""
        key = cells.replace(digits + b'"', b'#"')
        if key.count(b'#"') != key.count(b"<c "):  # a style has the number of the row
            key = re.sub(rb'(<c r="[A-Z]{1,3})%s"' % digits, rb'\1#"', cells)
        key = attributes + b">" + key
        form = self._forms.get(key)
        if form is None:
            form = self._learn(attributes, key[len(attributes) + 1 :])
            if len(self._forms) < _MOST_FORMS:
                self._forms[key] = form
        return form

    def _learn(self, attributes: bytes, cells: bytes) -> _Form:
        names = _NAMES.findall(attributes)
        if not _ATTRIBUTES.fullmatch(attributes) or len({*names, b"r"}) <= len(names):
            raise NotPlain
        at = values = 0
        seen: set[int] = set()
        columns: list[int] = []
        others: list[tuple[int, int, bytes]] = []
        trimmed: list[int] = []
        while at < len(cells):
            match = _CELL.match(cells, at)
            if match is None or self._may_be_odd(match):
                raise NotPlain
            at = match.end()
            letters, _, kind, value, inline, preserved, text = match.groups()
            column = _column(letters)
            seen.add(column)
            values += value is not None or inline is not None
            if value is None and text is None:
                continue
            if inline is not None and not preserved:
                trimmed.append(len(columns))
            if kind not in {b"inlineStr", b"str"}:
                others.append((len(columns), column, kind or b"n"))
            columns.append(column)
        width = max(seen, default=-1) + 1
        if len(seen) != cells.count(b"<c ") or width > self._scan.limits.columns:
            raise NotPlain
        return _Form(width, values, tuple(columns), tuple(others), tuple(trimmed))

    def _may_be_odd(self, cell: re.Match[bytes]) -> bool:
        """Tell a text that is not where its type says, and a number that may be a date."""
        _, style, kind, value, inline, _, _ = cell.groups()
        if value is not None and kind in {None, b"n"}:
            return style is not None and int(style) not in self._plain_styles
        return value is not None if kind == b"inlineStr" else inline is not None

    def _cells(self, form: _Form, texts: list[str]) -> list[Cell]:
        cells: list[Cell]
        if form.columns == _FIRST_COLUMNS[: len(texts)]:
            cells = [*texts]
        else:
            cells = [""] * form.width
            for column, text in zip(form.columns, texts, strict=True):
                cells[column] = text
        for place, column, kind in form.others:
            text = texts[place]
            if kind == b"n":
                number = self._numbers.get(text)
                cells[column] = self._number(text) if number is None else number
            elif kind == b"s":
                cells[column] = self._string(text)
            elif text in _BOOLEANS:
                cells[column] = _BOOLEANS[text]
            else:
                raise NotPlain
        return cells

    def _number(self, text: str) -> float:
        if not _NUMBER.fullmatch(text):
            raise NotPlain
        number = float(text)
        if len(self._numbers) < _MOST_NUMBERS:
            self._numbers[text] = number
        return number

    def _string(self, text: str) -> str:
        if not _INDEX.fullmatch(text) or int(text) >= len(self._strings):
            raise NotPlain
        return self._strings[int(text)]


def _windows(pieces: Iterator[bytes], skipped: int) -> Iterator[bytes]:
    """Cut the rows' bytes where a row ends."""
    rest = b""
    for piece in pieces:
        searched = max(0, len(rest) - _OVERLAP)
        rest += piece[skipped:]
        skipped = max(0, skipped - len(piece))
        over = rest.find(b"</sheetData", searched)
        cut = over if over >= 0 else rest.rfind(b"</row>") + len(b"</row>")
        if over >= 0 or cut >= len(b"</row>"):
            yield rest[:cut]
            rest = rest[cut:]
        if over >= 0:
            break
    for _ in pieces:  # to the end, where the checksum is compared
        pass


def decoded(texts: Sequence[bytes]) -> tuple[list[str], bool]:
    """Decode texts as the parser does, and tell whether any begins or ends with a blank."""
    if not texts:
        return [], False
    joined = _BETWEEN.join(texts)
    if b"\r" in joined or b"_x" in joined:  # line ends and escapes are the library's business
        raise NotPlain
    found: list[str] = []
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.buffer_size = _CHARACTERS
    parser.CharacterDataHandler = found.append
    try:
        parser.Parse(b"<t>" + joined + b"</t>", True)
    except expat.ExpatError as error:
        raise NotPlain from error
    text = "".join(found)
    pieces = text.split(_SEPARATOR)
    if len(pieces) != len(texts):
        raise NotPlain
    blank = text[:1].isspace() or text[-1:].isspace() or _EDGE.search(text) is not None
    return pieces, blank


def _column(letters: bytes) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return column - 1
