"""What a file really is. The signature decides; name and declared type are only hints."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from registry.ingestion.reasons import Refused
from registry.ingestion.report import Limits

XLSX = "xlsx"
XLS = "xls"
TEXT = "text"

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD: Final = 64 * 1024
_BOMS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_SIGNATURES: Final = (
    (b"%PDF", "PDF 文档"),
    (b"\x89PNG", "图片（PNG）"),
    (b"\xff\xd8\xff", "图片（JPEG）"),
    (b"GIF8", "图片（GIF）"),
    (b"BM\x00", "图片（BMP）"),
    (b"II*\x00", "图片（TIFF）"),
    (b"MM\x00*", "图片（TIFF）"),
    (b"MZ", "可执行程序"),
    (b"\x7fELF", "可执行程序"),
    (b"Rar!", "压缩包（RAR），请先解压"),
    (b"7z\xbc\xaf", "压缩包（7z），请先解压"),
    (b"\x1f\x8b", "压缩包（gzip），请先解压"),
    (b"{\\rtf", "Word 文档（RTF）"),
    (b"SQLite format 3", "数据库文件"),
)
_OLD_EXCEL: Final = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08")
_MARKUP: Final = (
    ((b"urn:schemas-microsoft-com:office:spreadsheet",), "Excel 2003 XML 表格"),
    ((b"urn:oasis:names:tc:opendocument",), "ODF 表格（.fods）"),
    ((b"<html", b"<table", b"<!doctype html", b"<meta", b"<body"), "网页表格，只是改了扩展名"),
)
_WHITE: Final = b" \t\r\n\x0c"
_CONTROL: Final = bytes(set(range(0x20)) - {0x09, 0x0A, 0x0D}) + b"\x7f"
_MOST_CONTROL: Final = 0.02


@dataclass(frozen=True, slots=True)
class Container:
    """A file whose kind is known."""

    kind: str
    path: Path
    filename: str


def identify(path: Path, filename: str, limits: Limits) -> Container:
    """Tell xlsx, xls and text tables apart. Raises Refused for everything else, naming it."""
    size = path.stat().st_size
    if size == 0:
        raise Refused("FILE_EMPTY")
    if size > limits.upload_bytes:
        raise Refused(
            "FILE_TOO_LARGE", size=_megabytes(size), limit=_megabytes(limits.upload_bytes)
        )
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(b"PK"):
        return Container(XLSX, path, filename)
    _refuse_prefixed_archive(path, size)
    if head.startswith(_OLE):
        if filename.strip().lower().endswith(".et"):
            raise Refused("UNSUPPORTED_FORMAT", found="WPS 表格（.et）")
        return Container(XLS, path, filename)
    _refuse_binary(head)
    _refuse_markup(head)
    _refuse_noise(head)
    return Container(TEXT, path, filename)


def _megabytes(size: int) -> str:
    return f"{size / 2**20:.1f} MB"


def _refuse_prefixed_archive(path: Path, size: int) -> None:
    """A picture or page with an archive behind it opens as both; refuse it as neither."""
    with path.open("rb") as file:
        file.seek(max(0, size - 22))
        tail = file.read()
    if tail.startswith(b"PK\x05\x06"):
        raise Refused("AMBIGUOUS_ARCHIVE", detail="压缩内容之前还有别的内容")


def _refuse_binary(head: bytes) -> None:
    for signature, found in _SIGNATURES:
        if head.startswith(signature):
            raise Refused("NOT_A_SPREADSHEET", found=found)
    if head.startswith(_OLD_EXCEL):
        raise Refused("UNSUPPORTED_FORMAT", found="很旧的 Excel 格式")


def _refuse_markup(head: bytes) -> None:
    """Older systems save web pages and XML under the name .xls."""
    text = head.lower()
    for bom in _BOMS:
        text = text.removeprefix(bom)
    if b"\x00" in text[:8]:
        text = text.replace(b"\x00", b"")
    text = text.lstrip(_WHITE)
    if text.startswith(b"mime-version:") or b"content-type: multipart/related" in text[:2048]:
        raise Refused("UNSUPPORTED_FORMAT", found="网页存档")
    if not text.startswith(b"<"):
        if text.startswith(b"id;p"):
            raise Refused("UNSUPPORTED_FORMAT", found="SYLK 格式")
        return
    for marks, found in _MARKUP:
        if any(mark in text for mark in marks):
            raise Refused("UNSUPPORTED_FORMAT", found=found)
    raise Refused("NOT_A_SPREADSHEET", found="XML 或网页文本")


def _refuse_noise(head: bytes) -> None:
    if head.startswith(_BOMS[1:]):
        return
    control = len(head) - len(head.translate(None, _CONTROL))
    if control > max(2, _MOST_CONTROL * len(head)):
        raise Refused("NOT_A_SPREADSHEET", found="无法识别的二进制内容")
