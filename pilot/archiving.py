"""What goes into an archive, piece by piece; writing the zip, and checking one against itself.

Every piece but the index and the list of digests stands in both. The list of digests has the form
that `sha256sum -c` reads, so an archive can be checked without the portal.
"""

import hashlib
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from common import spreadsheet
from common.spreadsheet import CODE, NUMBER, Column, Note, Table

INDEX, DIGESTS = "目录.xlsx", "校验清单.txt"
BLOCK = 1024 * 1024
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_COLUMNS = (
    Column("序号", NUMBER, 8),
    Column("类别", width=14),
    Column("方案条目", CODE, 10),
    Column("任务", width=40),
    Column("单位", width=20),
    Column("包内文件", width=60),
    Column("说明", width=40),
    Column("字节数", NUMBER, 12),
    Column("SHA-256", CODE, 66),
)


@dataclass(frozen=True)
class Piece:
    """One file of an archive: where it stands in it, what it is about, and its bytes.

    `content` is the bytes themselves or where they lie.
    """

    name: str
    kind: str
    content: bytes | Path
    source: str = ""
    task: str = ""
    unit: str = ""
    note: str = ""


@dataclass(frozen=True)
class Written:
    """A piece that is in the zip."""

    piece: Piece
    size: int
    sha256: str


def fit_for_a_name(text: str) -> str:
    """Return a text that every system takes for the name of a file or folder."""
    return _UNFIT.sub("-", text).strip(" .")[:80] or "未命名"


def workbook_of(table: Table, notes: Iterable[Note]) -> bytes:
    """Return a table as the bytes of a workbook."""
    stream = io.BytesIO()
    spreadsheet.write_xlsx(stream, table, list(notes), total="行数")
    return stream.getvalue()


def write_archive(stream: IO[bytes], pieces: Iterable[Piece], notes: Iterable[Note]) -> int:
    """Write a zip of all pieces, an index of them and their digests; return how many files.

    Pieces with a name that is taken get a number.
    """
    written: list[Written] = []
    taken = {INDEX, DIGESTS}
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as zipped:
        for piece in pieces:
            name = _free(piece.name, taken)
            size, digest = _put(zipped, name, piece.content)
            written.append(Written(_renamed(piece, name), size, digest))
        index = workbook_of(Table("目录", _COLUMNS, _lines(written)), notes)
        _, of_index = _put(zipped, INDEX, index)
        sums = [f"{each.sha256}  {each.piece.name}" for each in written]
        _put(zipped, DIGESTS, "\n".join([*sums, f"{of_index}  {INDEX}", ""]).encode())
    return len(written) + 2


def faults_of(path: Path, sha256: str) -> list[str]:
    """Check a zip against its own list of digests and the digest of the whole; "" faults is whole.

    Returns sentences: what is missing, altered, or stands in it without being listed.
    """
    if not path.is_file():
        return ["归档文件不在服务器上。"]
    faults = [] if _digest_of(path) == sha256 else ["整个文件的校验值与登记的不符。"]
    try:
        with zipfile.ZipFile(path) as zipped:
            return faults + _inner_faults(zipped)
    except (zipfile.BadZipFile, OSError, UnicodeDecodeError):
        return [*faults, "压缩包已损坏，不能打开。"]


def _inner_faults(zipped: zipfile.ZipFile) -> list[str]:
    names = set(zipped.namelist())
    if DIGESTS not in names:
        return [f"缺少{DIGESTS}。"]
    listed = dict(
        line.split("  ", 1)[::-1]
        for line in zipped.read(DIGESTS).decode().splitlines()
        if "  " in line
    )
    faults = [f"缺少文件：{name}" for name in sorted(listed.keys() - names)]
    faults += [f"清单里没有的文件：{name}" for name in sorted(names - listed.keys() - {DIGESTS})]
    for name in sorted(listed.keys() & names):
        try:
            with cast("zipfile.ZipExtFile", zipped.open(name)) as inner:
                digest = hashlib.file_digest(inner, "sha256").hexdigest()
        except zipfile.BadZipFile:
            digest = ""
        if digest != listed[name]:
            faults.append(f"内容被改动：{name}")
    return faults


def _put(zipped: zipfile.ZipFile, name: str, content: bytes | Path) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    source = io.BytesIO(content) if isinstance(content, bytes) else content.open("rb")
    with source, zipped.open(name, "w", force_zip64=True) as inner:
        while block := source.read(BLOCK):
            digest.update(block)
            size += len(block)
            inner.write(block)
    return size, digest.hexdigest()


def _lines(written: Iterable[Written]) -> Iterator[list[object]]:
    for place, each in enumerate(written, start=1):
        piece = each.piece
        yield [
            place,
            piece.kind,
            piece.source,
            piece.task,
            piece.unit,
            piece.name,
            piece.note,
            each.size,
            each.sha256,
        ]


def _free(name: str, taken: set[str]) -> str:
    stem, dot, ending = name.rpartition(".")
    found, number = name, 2
    while found in taken:
        found = f"{stem}（{number}）{dot}{ending}" if dot else f"{name}（{number}）"
        number += 1
    taken.add(found)
    return found


def _renamed(piece: Piece, name: str) -> Piece:
    return Piece(name, piece.kind, piece.content, piece.source, piece.task, piece.unit, piece.note)


def _digest_of(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
