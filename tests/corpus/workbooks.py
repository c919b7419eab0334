"""A maker of xlsx files in which every byte is ours, so that any of them can be wrong."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="1">'
    '<numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts>'
    '<cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/>'
    '<xf numFmtId="9"/><xf numFmtId="22"/></cellXfs></styleSheet>'
)
_ESCAPE = re.compile(r"_x(?=[0-9A-Fa-f]{4}_)")
DATE, MONTH, PERCENT, MOMENT = 1, 2, 3, 4
Parts = dict[str, bytes]


@dataclass(frozen=True)
class Styled:
    """A number shown in some format, such as a date."""

    number: float
    style: int


@dataclass(frozen=True)
class Xml:
    """A cell written by hand; {r} stands for its reference."""

    text: str


def letters(index: int) -> str:
    """Return the letters of a column counted from 0."""
    found, index = "", index + 1
    while index:
        index, rest = divmod(index - 1, 26)
        found = chr(65 + rest) + found
    return found


def cell(value: Any, reference: str) -> str:
    """Write one cell, its text in place."""
    match value:
        case "" | None:
            return ""
        case Xml():
            return value.text.replace("{r}", reference)
        case Styled():
            return f'<c r="{reference}" s="{value.style}"><v>{value.number!r}</v></c>'
        case bool():
            return f'<c r="{reference}" t="b"><v>{int(value)}</v></c>'
        case int() | float():
            return f'<c r="{reference}"><v>{value!r}</v></c>'
        case dt.date():
            serial = (value - dt.date(1899, 12, 30)).days
            return f'<c r="{reference}" s="{DATE}"><v>{serial}</v></c>'
        case _:
            text = escape(_ESCAPE.sub("_x005F_x", str(value)))
            return (
                f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
            )


def row(number: int, values: Sequence[Any], attributes: str = "") -> str:
    """Write one row."""
    cells = "".join(cell(value, f"{letters(at)}{number}") for at, value in enumerate(values))
    return f'<row r="{number}"{attributes}>{cells}</row>'


def rows(table: Sequence[Sequence[Any]], start: int = 1) -> str:
    """Write rows one below the other."""
    return "".join(row(number, values) for number, values in enumerate(table, start))


def sheet(data: str, *, before: str = "", after: str = "", namespace: str = MAIN) -> bytes:
    """Write a whole sheet around its rows."""
    return (
        f'{HEAD}<worksheet xmlns="{namespace}">{before}<sheetData>{data}</sheetData>{after}</worksheet>'
    ).encode()


@dataclass
class Book:
    """A workbook about to be written. Every member can be replaced by something wrong."""

    sheets: dict[str, bytes]
    states: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    strings: bytes | None = None
    styles: bytes | None = STYLES.encode()
    settings: str = ""
    main_type: str = SHEET_TYPE
    extra: Mapping[str, bytes] = field(default_factory=dict)
    alter: Callable[[Parts], None] = lambda _parts: None

    def parts(self) -> Parts:
        """Return the parts by name."""
        paths = [f"worksheets/sheet{number}.xml" for number in range(1, len(self.sheets) + 1)]
        links = [
            (self.kinds.get(name, "worksheet"), path)
            for name, path in zip(self.sheets, paths, strict=True)
        ]
        found: Parts = {
            "[Content_Types].xml": _types(self.main_type).encode(),
            "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]).encode(),
            "xl/workbook.xml": self._workbook().encode(),
        }
        for path, data in zip(paths, self.sheets.values(), strict=True):
            found[f"xl/{path}"] = data
        if self.strings is not None:
            found["xl/sharedStrings.xml"] = self.strings
            links.append(("sharedStrings", "sharedStrings.xml"))
        if self.styles is not None:
            found["xl/styles.xml"] = self.styles
            links.append(("styles", "styles.xml"))
        found["xl/_rels/workbook.xml.rels"] = _relations(links).encode()
        found.update(self.extra)
        self.alter(found)
        return found

    def write(self) -> bytes:
        """Return the file."""
        return pack(self.parts())

    def _workbook(self) -> str:
        lines = "".join(
            f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"'
            f"{self.states.get(name, '')}/>"
            for number, name in enumerate(self.sheets, 1)
        )
        return (
            f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{self.settings}'
            f"<sheets>{lines}</sheets></workbook>"
        )


def book(table: Sequence[Sequence[Any]], **members: Any) -> Book:
    """Return a workbook of one sheet."""
    return Book({"登记信息": sheet(rows(table))}, **members)


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Zip parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(
                zipfile.ZipInfo(name, (2021, 7, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED
            )
    return stream.getvalue()


def strings(texts: Sequence[str]) -> bytes:
    """Write a table of shared strings; texts are XML already."""
    items = "".join(f"<si>{text}</si>" for text in texts)
    return f'{HEAD}<sst xmlns="{MAIN}">{items}</sst>'.encode()


def _types(main_type: str) -> str:
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{main_type}"/></Types>'
    )


def _relations(links: Sequence[tuple[str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(links, 1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>'
