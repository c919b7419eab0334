"""What a file is, judged by its bytes and never by its name.

Only the kinds that office work needs are let in. A file that is none of them, carries a program
or is plainly cut short is refused with a sentence for the person who sent it.
"""

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO

_HEAD, _TAIL = 4096, 4096
_MOST_ENTRIES = 2000
_MOST_UNPACKED = 200 << 20
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}

WRONG_KIND = "只收照片（JPG、PNG、WEBP）、PDF、Word（docx）和 Excel（xlsx、xls）文件。"
_HEIC = (
    "这是苹果手机的 HEIC 照片，多数电脑打不开，没有收下。请在手机“设置 → 相机 → 格式”中选“兼容性最佳”"
    "后重拍，或把照片另存为 JPG 后再上传。"
)
_OLD_WORD = "这是旧版 Word（doc）文件，没有收下。请用 WPS 或 Word 另存为 docx 或 PDF 后再上传。"
_MACROS = "文件里含有宏（自动运行的程序），为安全起见没有收下。请另存为不含宏的文件后再上传。"
_LOCKED = "文件设了打开密码，没有收下。请取消密码后再上传。"
_BROKEN = "文件不完整或已损坏，没有收下。请在电脑上确认能打开后重新上传。"
_EMPTY = "文件是空的，没有收下。请重新选择文件。"


class FileRefused(Exception):
    """A file that is not let in; the text is the sentence for whoever sent it."""


@dataclass(frozen=True)
class FileKind:
    """A kind of file that is let in: its code, its ending and how browsers name it."""

    code: str
    ending: str
    content_type: str

    @property
    def is_image(self) -> bool:
        return self.content_type.startswith("image/")


_OFFICE = "application/vnd.openxmlformats-officedocument"
JPEG = FileKind("jpeg", ".jpg", "image/jpeg")
PNG = FileKind("png", ".png", "image/png")
WEBP = FileKind("webp", ".webp", "image/webp")
PDF = FileKind("pdf", ".pdf", "application/pdf")
DOCX = FileKind("docx", ".docx", f"{_OFFICE}.wordprocessingml.document")
XLSX = FileKind("xlsx", ".xlsx", f"{_OFFICE}.spreadsheetml.sheet")
XLS = FileKind("xls", ".xls", "application/vnd.ms-excel")

_OFFICE_PARTS: Mapping[str, FileKind] = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}


def judge(stream: BinaryIO) -> FileKind:
    """Return what a file is. Reads from the start and leaves the stream anywhere.

    Raises FileRefused with a sentence for what is not let in.
    """
    stream.seek(0)
    head = stream.read(_HEAD)
    if not head:
        raise FileRefused(_EMPTY)
    if picture := _picture(head):
        return picture
    if head.startswith(b"%PDF-"):
        return _pdf(stream)
    if head.startswith(b"PK\x03\x04"):
        return _office(stream)
    if head.startswith(_OLE):
        return _old_office(stream)
    raise FileRefused(WRONG_KIND)


def _picture(head: bytes) -> FileKind | None:
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        raise FileRefused(_HEIC)
    return None


def _pdf(stream: BinaryIO) -> FileKind:
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _TAIL))
    if b"%%EOF" not in stream.read():
        raise FileRefused(_BROKEN)
    return PDF


def _office(stream: BinaryIO) -> FileKind:
    """Look into the list of contents only: nothing is unpacked."""
    try:
        with zipfile.ZipFile(stream) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError):
        raise FileRefused(_BROKEN) from None
    names = {entry.filename for entry in entries}
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > _MOST_ENTRIES or unpacked > _MOST_UNPACKED:
        raise FileRefused("文件解开后过大，没有收下。请拆分或删去多余内容后再上传。")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise FileRefused(_MACROS)
    for part, kind in _OFFICE_PARTS.items():
        if part in names and "[Content_Types].xml" in names:
            return kind
    raise FileRefused(WRONG_KIND)


def _old_office(stream: BinaryIO) -> FileKind:
    """Tell an old workbook by the names in its directory, which are written in UTF-16."""
    stream.seek(0)
    content = stream.read()
    if _utf16("EncryptedPackage") in content:
        raise FileRefused(_LOCKED)
    if _utf16("WordDocument") in content:
        raise FileRefused(_OLD_WORD)
    if _utf16("_VBA_PROJECT") in content:
        raise FileRefused(_MACROS)
    if _utf16("Workbook") in content or _utf16("Book") in content:
        return XLS
    raise FileRefused(WRONG_KIND)


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")
