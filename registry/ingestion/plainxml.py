"""Whole-document XML checks at the parser's own speed, and a rewriter for documents that are not plain.

The scan of a sheet (`sheetxml`) works on bytes, which is only right for plain documents: UTF-8,
no prefixes, no comments, no CDATA. `checked` lets such documents pass while the parser proves them
well-formed; anything else raises NotPlain and goes through `rewritten` first.
"""

from collections.abc import Iterable, Iterator
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from registry.ingestion.package import MAIN
from registry.ingestion.reasons import Refused

_UTF8_NAMES: Final = {"utf-8", "utf8"}
_SEPARATOR: Final = "\n"
_XML_SPACE: Final = f"http://www.w3.org/XML/1998/namespace{_SEPARATOR}space"


class NotPlain(Exception):
    """The document is valid but must be rewritten before a byte-wise scan."""


def checked(pieces: Iterable[bytes], part: str, root: str) -> Iterator[bytes]:
    """Pass a plain document through, raising Refused where it is not well-formed."""
    parser = expat.ParserCreate()
    _forbid_declarations(parser)
    parser.CommentHandler = _not_plain
    parser.ProcessingInstructionHandler = _not_plain
    parser.StartCdataSectionHandler = _not_plain
    parser.XmlDeclHandler = _check_encoding

    def start(name: str, attributes: dict[str, str]) -> None:
        prefixed = any(k.startswith("xmlns:") and v == MAIN for k, v in attributes.items())
        if name != root or attributes.get("xmlns") != MAIN or prefixed:
            raise NotPlain
        parser.StartElementHandler = None

    parser.StartElementHandler = start
    namespaces = 0
    needle = MAIN.encode()
    for piece in pieces:
        namespaces += piece.count(needle)
        if namespaces > 1:
            raise NotPlain
        _feed(parser, piece, part)
        yield piece
    _feed(parser, b"", part, final=True)


def rewritten(pieces: Iterable[bytes], part: str) -> Iterator[bytes]:
    """Write a document's spreadsheet elements anew: plain, and every row and cell with its place."""
    parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
    _forbid_declarations(parser)
    writer = _Rewriter()
    parser.StartElementHandler = writer.start
    parser.EndElementHandler = writer.end
    parser.CharacterDataHandler = writer.text
    for piece in pieces:
        _feed(parser, piece, part)
        yield writer.take()
    _feed(parser, b"", part, final=True)
    yield writer.take()


def _forbid_declarations(parser: expat.XMLParserType) -> None:
    parser.StartDoctypeDeclHandler = _refuse_dtd
    parser.EntityDeclHandler = _refuse_dtd


def _refuse_dtd(*_: object) -> None:
    raise Refused("XML_DTD")


def _not_plain(*_: object) -> None:
    raise NotPlain


def _check_encoding(_version: str, encoding: str | None, _standalone: int) -> None:
    if encoding is not None and encoding.lower() not in _UTF8_NAMES:
        raise NotPlain


def _feed(parser: expat.XMLParserType, piece: bytes, part: str, *, final: bool = False) -> None:
    try:
        parser.Parse(piece, final)
    except expat.ExpatError as error:
        raise Refused("FILE_DAMAGED", part=part) from error


class _Rewriter:
    """Collects the plain form of a document as the parser walks through it."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._foreign = 0
        self._row = 0
        self._column = 0

    def take(self) -> bytes:
        """Hand over what has been written so far."""
        piece = "".join(self._out).encode("utf-8")
        self._out.clear()
        return piece

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Open an element; elements of other vocabularies are left out with all they hold."""
        namespace, _, local = name.rpartition(_SEPARATOR)
        if self._foreign or namespace != MAIN:
            self._foreign += 1
            return
        kept = {key: value for key, value in attributes.items() if _SEPARATOR not in key}
        if attributes.get(_XML_SPACE) == "preserve":
            kept["xml:space"] = "preserve"
        if local == "row":
            kept = self._place_row(kept)
        elif local == "c":
            kept = self._place_cell(kept)
        head = f' xmlns="{MAIN}"' if local in {"worksheet", "sst", "styleSheet"} else ""
        written = "".join(f" {key}={_quoted(value)}" for key, value in kept.items())
        self._out.append(f"<{local}{head}{written}>")

    def end(self, name: str) -> None:
        """Close an element that was written."""
        if self._foreign:
            self._foreign -= 1
            return
        self._out.append(f"</{name.rpartition(_SEPARATOR)[2]}>")

    def text(self, data: str) -> None:
        """Write character data."""
        if not self._foreign:
            self._out.append(escape(data))

    def _place_row(self, attributes: dict[str, str]) -> dict[str, str]:
        number = attributes.pop("r", "")
        self._row = int(number) if number.isdecimal() and number.isascii() else self._row + 1
        self._column = 0
        return {"r": str(self._row), **attributes}

    def _place_cell(self, attributes: dict[str, str]) -> dict[str, str]:
        place = attributes.pop("r", "")
        if not place:
            place = f"{_letters(self._column)}{self._row}"
        self._column = _index(place) + 1
        return {"r": place, **attributes}


def _quoted(value: str) -> str:
    return quoteattr(value, {"\n": "&#10;", "\t": "&#9;", "\r": "&#13;", '"': "&quot;"})


def _letters(index: int) -> str:
    letters, index = "", index + 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _index(place: str) -> int:
    index = 0
    for character in place:
        if not "A" <= character <= "Z":
            break
        index = index * 26 + ord(character) - 64
    return index - 1
