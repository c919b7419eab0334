"""Reading the words of a document: a Word file or a plain text, for search.

The file is opened with the same care as a delivery and by the same child.
"""

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.parsers import expat

from registry.ingestion.archive import Archive
from registry.ingestion.container import TEXT, XLSX, identify
from registry.ingestion.display import storable
from registry.ingestion.reasons import Refused
from registry.ingestion.report import PARSED, ParseReport, ParseSpec

SOURCE: Final = "prose"
RESULT: Final = "prose.txt"
LONGEST: Final = 100_000  # characters; a hundred pages
_BODY: Final = "word/document.xml"
_WORDS: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SEPARATOR: Final = "\n"
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ENCODINGS: Final = ("utf-8", "gb18030")
_BREAKS: Final = {"p": "\n", "br": "\n", "cr": "\n", "tab": "\t", "tc": "\t"}


def read_prose(spec: ParseSpec) -> ParseReport:
    """Write `prose.txt`: the words of a docx or txt, a paragraph a line. Never raises Refused."""
    try:
        words = _words(spec)
    except Refused as refusal:
        return ParseReport.refused(refusal.finding)
    lines = (" ".join(line.split()) for line in words[:LONGEST].splitlines())
    kept = storable("\n".join(line for line in lines if line))
    (Path(spec.out_dir) / RESULT).write_text(kept, encoding="utf-8")
    return ParseReport(PARSED)


def _words(spec: ParseSpec) -> str:
    path = Path(spec.path)
    container = identify(path, spec.filename, spec.limits)
    if container.kind == XLSX:
        with Archive(path, spec.limits) as archive:
            if _BODY not in archive:
                raise Refused("UNSUPPORTED_FORMAT", found="压缩包或表格，不是 Word 文档")
            return _Body().read(archive.stream(_BODY))
    if container.kind != TEXT:
        raise Refused("UNSUPPORTED_FORMAT", found="旧版 Word（doc）或 Excel（xls）文件")
    return _decoded(path.read_bytes())


def _decoded(content: bytes) -> str:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("FILE_DAMAGED", part="文字编码")


class _Body:
    """Collects the words of a document's body until there are enough; deleted words are left out."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._in_text = False

    def read(self, pieces: Iterator[bytes]) -> str:
        """Return the words. Raises Refused where the document is not well-formed."""
        parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
        parser.StartDoctypeDeclHandler = _refuse_declaration
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        try:
            for piece in pieces:
                parser.Parse(piece, False)
                if self._length > LONGEST:
                    return "".join(self._pieces)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise Refused("FILE_DAMAGED", part=_BODY) from error
        return "".join(self._pieces)

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        space, _, local = name.partition(_SEPARATOR)
        self._in_text = space == _WORDS and local == "t"
        if space == _WORDS and local in {"br", "cr", "tab"}:
            self._add(_BREAKS[local])

    def _end(self, name: str) -> None:
        space, _, local = name.partition(_SEPARATOR)
        self._in_text = False
        if space == _WORDS and local in {"p", "tc"}:
            self._add(_BREAKS[local])

    def _text(self, text: str) -> None:
        if self._in_text:
            self._add(text)

    def _add(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)


def _refuse_declaration(*_: object) -> None:
    raise Refused("XML_DTD")
