"""Catalogue B1: what arrives in place of a workbook, and archives that lie."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import xlwt

from tests.corpus.case import Case, good, refused, write_csv
from tests.corpus.societies import HEADER, line, table
from tests.corpus.workbooks import Book, Parts, book, pack, rows, sheet

RESEAL_TYPE = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
HTML = "<html><head><meta charset='utf-8'></head><body><table><tr><td>企业名称</td></tr></table></body></html>"
FLAT_ODF = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body>'
    "<office:spreadsheet><table:table/></office:spreadsheet></office:body></office:document>"
)
XML_2003 = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet/></Workbook>'
)
MHTML = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"


def whole() -> bytes:
    """Return a good workbook."""
    return book(table()).write()


def truncated() -> bytes:
    """Return its first half."""
    data = whole()
    return data[: len(data) // 2]


def flipped() -> bytes:
    """Return it with one byte of the sheet's packed data changed."""
    data = bytearray(whole())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found = archive.getinfo("xl/worksheets/sheet1.xml")
    data[found.header_offset + 30 + len(found.filename) + found.compress_size // 2] ^= 0x55
    return bytes(data)


def cut_sheet() -> bytes:
    """Return a whole archive with half a sheet in it."""
    data = sheet(rows(table()))
    return Book({"登记信息": data[: len(data) * 2 // 3]}).write()


def noise() -> bytes:
    """Return random bytes."""
    return random.Random(7).randbytes(4_000)


def legacy(*, formulas: bool = False) -> bytes:
    """Return an .xls workbook."""
    workbook = xlwt.Workbook(encoding="utf-8")
    page = workbook.add_sheet("登记信息")
    for at, values in enumerate(table()):
        for column, value in enumerate(values):
            page.write(at, column, value)
    if formulas:
        page.write(4, 0, xlwt.Formula('"甲"&"乙"'))
        for column, value in enumerate(line(4)[1:], 1):
            page.write(4, column, value)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def ole(*names: str) -> bytes:
    """Return a compound file that holds empty streams of these names."""
    sector = 512
    header = bytearray(sector)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<LL4xLLLLL", header, 44, 1, 1, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<109L", header, 76, 0, *[0xFFFFFFFF] * 108)
    table_sector = struct.pack("<128L", 0xFFFFFFFD, *[0xFFFFFFFE] * 2, *[0xFFFFFFFF] * 125)
    entries = b"".join(_ole_entry(name, 5 if name == "Root Entry" else 2) for name in names)
    return bytes(header) + table_sector + entries.ljust(sector * 2, b"\x00")


def _ole_entry(name: str, kind: int) -> bytes:
    entry = bytearray(128)
    encoded = name.encode("utf-16-le")
    entry[: len(encoded)] = encoded
    struct.pack_into("<HBB", entry, 64, len(encoded) + 2, kind, 1)
    struct.pack_into("<LL", entry, 116, 0xFFFFFFFE, 0)
    return bytes(entry)


def other_archive(parts: Parts) -> Callable[[], bytes]:
    """Return a maker of an archive of another kind."""
    return lambda: pack(parts)


def with_bit(offset_in_entry: int, bit: int) -> bytes:
    """Return a workbook with a flag set in every entry's headers (6 local, 8 central)."""
    data = bytearray(whole())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for found in archive.infolist():
            data[found.header_offset + offset_in_entry] |= bit
        at = archive.start_dir
    while data[at : at + 4] == b"PK\x01\x02":
        data[at + offset_in_entry + 2] |= bit
        name, extra, comment = struct.unpack_from("<3H", data, at + 28)
        at += 46 + name + extra + comment
    return bytes(data)


def declares_less() -> bytes:
    """Return a workbook whose sheet unpacks to more than its directory says, with a fitting CRC."""
    data = bytearray(whole())
    content = sheet(rows(table()))
    shown = content[:200]
    for signature, offset in ((b"PK\x03\x04", 14), (b"PK\x01\x02", 16)):
        at = data.find(b"xl/worksheets/sheet1.xml", data.find(signature))
        if signature == b"PK\x01\x02":
            at = data.rfind(b"xl/worksheets/sheet1.xml")
        start = at - (30 if signature == b"PK\x03\x04" else 46)
        assert data[start : start + 4] == signature
        struct.pack_into("<L", data, start + offset, zlib.crc32(shown))
        struct.pack_into("<L", data, start + offset + 8, len(shown))
    return bytes(data)


def bomb() -> bytes:
    """Return half a megabyte that unpacks to one cell of 500 MB."""
    head, tail = sheet(rows([HEADER])).split(b"</sheetData>")
    stream = io.BytesIO()
    good_parts = book(table()).parts()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in good_parts.items():
            if name != "xl/worksheets/sheet1.xml":
                archive.writestr(name, data)
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(head + b'<row r="2"><c r="A2" t="inlineStr"><is><t>')
            for _ in range(500):
                part.write(b"A" * 2**20)
            part.write(b"</t></is></c></row></sheetData>" + tail)
    return stream.getvalue()


def many_entries() -> bytes:
    """Return an archive of 100,000 empty entries."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(100_000):
            archive.writestr(zipfile.ZipInfo(f"e{number}", (2021, 7, 1, 0, 0, 0)), b"")
    return stream.getvalue()


def with_entry(name: str, mode: int = 0) -> Callable[[], bytes]:
    """Return a maker of a workbook with one more entry."""

    def build() -> bytes:
        stream = io.BytesIO(whole())
        with zipfile.ZipFile(stream, "a") as archive:
            info = zipfile.ZipInfo(name, (2021, 7, 1, 0, 0, 0))
            info.external_attr = mode << 16
            archive.writestr(info, b"x")
        return stream.getvalue()

    return build


def second_ending() -> bytes:
    """Return a workbook with its end-of-directory record twice."""
    data = whole()
    return data + data[-22:]


def hidden_in_comment() -> bytes:
    """Return a workbook whose archive comment holds another ending."""
    data = bytearray(whole())
    struct.pack_into("<H", data, len(data) - 2, 22)
    return bytes(data) + b"PK\x05\x06" + b"\x00" * 18


def zip64() -> bytes:
    """Return a workbook whose entries use 64-bit sizes, as some Java exporters write them."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in book(table()).parts().items():
            with archive.open(name, "w", force_zip64=True) as part:
                part.write(data)
    return stream.getvalue()


def oddly_packed() -> bytes:
    """Return a workbook packed in a way that the format does not know."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_LZMA) as archive:
        for name, data in book(table()).parts().items():
            archive.writestr(name, data)
    return stream.getvalue()


def macro() -> bytes:
    """Return a workbook with macros."""
    return book(table(), main_type=RESEAL_TYPE, extra={"xl/vbaProject.bin": b"x"}).write()


def _named(filename: str, **more: Any) -> Case:
    return Case(10, f"named-{filename!r}", whole, filename=filename, rows=[good()] * 3, **more)


CASES = [
    refused(1, "empty", "FILE_EMPTY", lambda: b""),
    refused(4, "truncated", "FILE_DAMAGED", truncated),
    refused(5, "flipped-byte", "FILE_DAMAGED", flipped),
    refused(6, "cut-sheet", "FILE_DAMAGED", cut_sheet),
    refused(7, "noise", "NOT_A_SPREADSHEET", noise),
    refused(8, "png", "NOT_A_SPREADSHEET", lambda: b"\x89PNG\r\n\x1a\n" + b"x" * 99, says="图片"),
    refused(8, "pdf", "NOT_A_SPREADSHEET", lambda: b"%PDF-1.7\n" + b"x" * 99, says="PDF"),
    refused(8, "exe", "NOT_A_SPREADSHEET", lambda: b"MZ\x90\x00" + b"x" * 99, says="程序"),
    refused(8, "rar", "NOT_A_SPREADSHEET", lambda: b"Rar!\x1a\x07\x00" + b"x" * 99, says="解压"),
    Case(9, "csv-named-xlsx", lambda: write_csv(table()), rows=[good()] * 3),
    _named("登记信息.XLSX"),
    _named("登记信息.xlsx "),
    _named("登记信息"),
    _named("登记信息.csv"),
    Case(11, "xls", legacy, filename="登记信息.xls", rows=[good()] * 3),
    Case(11, "xls-named-xlsx", legacy, rows=[good()] * 3),
    refused(12, "html", "UNSUPPORTED_FORMAT", HTML.encode, filename="登记.xls", says="网页表格"),
    refused(12, "html-gbk", "UNSUPPORTED_FORMAT", lambda: HTML.encode("gbk"), filename="登记.xls"),
    refused(13, "xml-2003", "UNSUPPORTED_FORMAT", XML_2003.encode, says="2003 XML"),
    refused(13, "mhtml", "UNSUPPORTED_FORMAT", MHTML.encode, says="网页存档"),
    refused(14, "fods", "UNSUPPORTED_FORMAT", FLAT_ODF.encode, filename="登记.xls", says="ODF"),
    refused(14, "et", "UNSUPPORTED_FORMAT", legacy, filename="登记.et", says=".et"),
    refused(
        14,
        "ods",
        "UNSUPPORTED_FORMAT",
        other_archive({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
        says=".ods",
    ),
    refused(14, "xlsb", "UNSUPPORTED_FORMAT", with_entry("xl/workbook.bin"), says=".xlsb"),
    refused(14, "excel-95", "UNSUPPORTED_FORMAT", lambda: ole("Root Entry", "Book"), says="95"),
    refused(14, "excel-4", "UNSUPPORTED_FORMAT", lambda: b"\x09\x04\x06\x00" + b"\x00" * 60),
    refused(
        14, "word-97", "NOT_A_SPREADSHEET", lambda: ole("Root Entry", "WordDocument"), says="Word"
    ),
    refused(
        15,
        "password",
        "FILE_ENCRYPTED",
        lambda: ole("Root Entry", "EncryptionInfo", "EncryptedPackage"),
        says="密码",
    ),
    refused(16, "xlsm", "MACRO_WORKBOOK", macro),
    refused(16, "xls-macros", "MACRO_WORKBOOK", lambda: ole("Root Entry", "_VBA_PROJECT_CUR")),
    refused(17, "encrypted-entries", "FILE_ENCRYPTED", lambda: with_bit(6, 1)),
    refused(17, "oddly-packed", "UNSUPPORTED_FORMAT", oddly_packed, says="压缩"),
    refused(18, "zip-bomb", "UNPACKED_TOO_LARGE", bomb, dangerous=True),
    refused(19, "declares-less", "AMBIGUOUS_ARCHIVE", declares_less),
    Case(20, "nested-zip", with_entry("xl/media/inner.zip"), rows=[good()] * 3),
    refused(
        20, "zip-of-workbooks", "NOT_A_SPREADSHEET", other_archive({"a.xlsx": b"x"}), says="解压"
    ),
    refused(21, "many-entries", "TOO_MANY_PARTS", many_entries),
    refused(22, "parent-path", "UNSAFE_PART_NAME", with_entry("../../x")),
    refused(22, "absolute-path", "UNSAFE_PART_NAME", with_entry("/etc/x")),
    refused(22, "symlink", "UNSAFE_PART_NAME", with_entry("xl/link", 0o120777)),
    refused(23, "one-name-twice", "AMBIGUOUS_ARCHIVE", with_entry("XL/worksheets/sheet1.xml")),
    refused(24, "gif-prefix", "AMBIGUOUS_ARCHIVE", lambda: b"GIF89a" + b"\x00" * 30 + whole()),
    refused(24, "html-prefix", "AMBIGUOUS_ARCHIVE", lambda: b"<html></html>" + b" " * 30 + whole()),
    refused(24, "zip-before-zip", "AMBIGUOUS_ARCHIVE", lambda: whole() + whole()),
    refused(25, "two-endings", "AMBIGUOUS_ARCHIVE", second_ending),
    refused(25, "ending-in-comment", "AMBIGUOUS_ARCHIVE", hidden_in_comment),
    Case(25, "zip64-sizes", zip64, rows=[good()] * 3),
    Case(
        27,
        "full-width-name",
        whole,
        filename="２０２１年第二季度（终稿）（最终）.xlsx",
        rows=[good()] * 3,
    ),
    refused(
        28,
        "over-the-cap",
        "FILE_TOO_LARGE",
        lambda: b"\x00" * (21 * 2**20),
        dangerous=True,
    ),
]
