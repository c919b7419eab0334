"""A clean copy of a workbook: only the parts that are read, under names of our own.

The reading library never sees the delivered file. It sees a small archive that holds the sheets,
the strings and the styles, each unpacked, proven well-formed and scanned on the way.
"""

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.sax.saxutils import quoteattr

from registry.ingestion.archive import Archive
from registry.ingestion.package import MAIN, Package, SheetPart
from registry.ingestion.plainxml import NotPlain, checked, rewritten
from registry.ingestion.reasons import Refused
from registry.ingestion.report import Limits
from registry.ingestion.sheetxml import SheetScan, SheetScanner

_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES: Final = (
    f'{_DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


@dataclass(frozen=True, slots=True)
class CleanCopy:
    """Where the copy lies, and what was found in each sheet it holds (in the same order)."""

    path: Path
    sheets: list[SheetPart]
    scans: list[SheetScan]


def write_clean_copy(
    archive: Archive, package: Package, sheets: list[SheetPart], path: Path, limits: Limits
) -> CleanCopy:
    """Write a copy of some sheets. Parts that are not plain XML are found on the way and rewritten.

    Without sheets nothing is written.
    """
    odd: set[str] = set()
    while sheets:
        copy = CleanCopy(path, sheets, [SheetScan(sheet.name, limits) for sheet in sheets])
        try:
            _write(archive, package, copy, odd)
        except _Odd as found:
            if found.part in odd:
                raise Refused("FILE_DAMAGED", part=found.part) from found
            odd.add(found.part)
        else:
            return copy
    return CleanCopy(path, [], [])


class _Odd(Exception):
    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


def _write(archive: Archive, package: Package, clean: CleanCopy, odd: set[str]) -> None:
    sheets = clean.sheets
    with zipfile.ZipFile(clean.path, "w", zipfile.ZIP_STORED) as copy:
        copy.writestr("[Content_Types].xml", _TYPES)
        copy.writestr("_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")]))
        for number, (sheet, scan) in enumerate(zip(sheets, clean.scans, strict=True), 1):
            pieces = _plain(archive, sheet.path, "worksheet", odd)
            scanned = _guarded(SheetScanner(scan).pass_through(pieces), sheet.path)
            _copy(copy, f"xl/worksheets/sheet{number}.xml", scanned)
        links = [("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)]
        if package.strings:
            pieces = _plain(archive, package.strings, "sst", odd)
            _copy(copy, "xl/sharedStrings.xml", _uncounted(_guarded(pieces, package.strings)))
            links.append(("sharedStrings", "sharedStrings.xml"))
        if package.styles and _styles_are_sound(archive, package.styles):
            _copy(copy, "xl/styles.xml", archive.stream(package.styles))
            links.append(("styles", "styles.xml"))
        copy.writestr("xl/_rels/workbook.xml.rels", _relations(links))
        copy.writestr("xl/workbook.xml", _workbook(sheets, date1904=package.date1904))


def _plain(archive: Archive, part: str, root: str, odd: set[str]) -> Iterator[bytes]:
    if part in odd:
        return rewritten(archive.stream(part), part)
    return checked(archive.stream(part), part, root)


def _guarded(pieces: Iterable[bytes], part: str) -> Iterator[bytes]:
    try:
        yield from pieces
    except NotPlain as error:
        raise _Odd(part) from error


def _uncounted(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Leave out how many texts the table claims to have: the reader would make room for them."""
    head = b""
    for piece in pieces:
        head += piece
        if (start := head.find(b"<sst")) >= 0 and (end := head.find(b">", start)) >= 0:
            close = b"/>" if head[end - 1 : end] == b"/" else b">"
            yield b'<sst xmlns="%b"%b' % (MAIN.encode(), close) + head[end + 1 :]
            break
    yield from pieces


def _copy(copy: zipfile.ZipFile, name: str, pieces: Iterable[bytes]) -> None:
    with copy.open(name, "w", force_zip64=True) as target:
        for piece in pieces:
            target.write(piece)


def _styles_are_sound(archive: Archive, part: str) -> bool:
    """Styles only tell dates from numbers; broken ones are left out rather than refused."""
    try:
        for _ in checked(archive.stream(part), part, "styleSheet"):
            pass
    except Refused as refusal:
        if refusal.finding.code == "XML_DTD":
            raise
        return False
    except NotPlain:
        return True
    return True


def _relations(links: Iterable[tuple[str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(links, 1)
    )
    return f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _workbook(sheets: list[SheetPart], *, date1904: bool) -> str:
    settings = '<workbookPr date1904="1"/>' if date1904 else ""
    lines = "".join(
        f'<sheet name={quoteattr(f"{number}")} sheetId="{number}" r:id="rId{number}"/>'
        for number in range(1, len(sheets) + 1)
    )
    return (
        f'{_DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}">{settings}'
        f"<sheets>{lines}</sheets></workbook>"
    )
