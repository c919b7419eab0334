"""A zip archive read with suspicion: its directory is checked before any part is unpacked.

Nothing is ever extracted by name, and every part is unpacked against its declared size and CRC,
because parsers disagree about archives that lie.
"""

import stat
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, Self

from registry.ingestion.reasons import Refused
from registry.ingestion.report import Limits

LOCAL: Final = b"PK\x03\x04"
_CENTRAL: Final = b"PK\x01\x02"
_END: Final = b"PK\x05\x06"
_END64: Final = b"PK\x06\x06"
_LOCATOR64: Final = b"PK\x06\x07"
_END_SIZE: Final = 22
_LONGEST_COMMENT: Final = 65_535
_STORED, _DEFLATED = 0, 8
_ENCRYPTED: Final = 0x1 | 0x40
_UTF8: Final = 0x800
_FULL16, _FULL32 = 0xFFFF, 0xFFFFFFFF
_RATIO_FROM: Final = 1024 * 1024
CHUNK: Final = 256 * 1024


@dataclass(frozen=True, slots=True)
class Part:
    """One entry of the central directory."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    unpacked: int
    offset: int
    mode: int

    @property
    def is_folder(self) -> bool:
        """Folders carry no content."""
        return self.name.endswith("/")


class Archive:
    """The checked directory of a zip file, and its parts as streams."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self._file: BinaryIO = path.open("rb")
        try:
            self._size = path.stat().st_size
            parts = list(self._directory(limits))
            self._check(parts, limits)
        except struct.error as error:
            self._file.close()
            raise Refused("FILE_DAMAGED", part="压缩目录") from error
        except BaseException:
            self._file.close()
            raise
        self.parts = {part.name.lower(): part for part in parts}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __contains__(self, name: str) -> bool:
        return name.lower() in self.parts

    def stream(self, name: str) -> Iterator[bytes]:
        """Unpack one part piece by piece. Raises Refused when it is not what the directory says."""
        part = self.parts[name.lower()]
        size, crc = 0, 0
        for piece in self._unpacked(part):
            size += len(piece)
            if size > part.unpacked:
                raise Refused("AMBIGUOUS_ARCHIVE", detail=f"部件 {part.name} 比登记的大")
            crc = zlib.crc32(piece, crc)
            yield piece
        if size != part.unpacked or crc != part.crc:
            raise Refused("FILE_DAMAGED", part=part.name)

    def read(self, name: str, at_most: int = 8 * 1024 * 1024) -> bytes:
        """Return a small part whole. Raises Refused when it is larger than `at_most`."""
        if self.parts[name.lower()].unpacked > at_most:
            raise Refused("UNPACKED_TOO_LARGE", detail=f"部件 {name} 过大")
        return b"".join(self.stream(name))

    # --- directory ---

    def _directory(self, limits: Limits) -> Iterator[Part]:
        start, count, end = self._locate_directory()
        if count > limits.entries:
            raise Refused("TOO_MANY_PARTS", count=count, limit=limits.entries)
        self._file.seek(start)
        data = self._file.read(end - start)
        at = 0
        for _ in range(count):
            if data[at : at + 4] != _CENTRAL:
                raise Refused("FILE_DAMAGED", part="压缩目录")
            part, at = _part(data, at)
            yield part
        if at != len(data):
            raise Refused("AMBIGUOUS_ARCHIVE", detail="目录与条目数不符")

    def _locate_directory(self) -> tuple[int, int, int]:
        """Return start, number of entries and end of the central directory."""
        length = min(self._size, _END_SIZE + _LONGEST_COMMENT)
        self._file.seek(self._size - length)
        tail = self._file.read(length)
        at = tail.rfind(_END)
        if at < 0:
            raise Refused("FILE_DAMAGED", part="缺少压缩目录，可能没有传完")
        disk, first, here, count, size, start, comment = struct.unpack_from("<4H2LH", tail, at + 4)
        if at + _END_SIZE + comment != len(tail) or disk or first or here != count:
            raise Refused("AMBIGUOUS_ARCHIVE", detail="目录结尾不规范")
        end = self._size - length + at
        if tail[at - 20 : at - 16] == _LOCATOR64:
            start, count, size, end = self._locate64(tail[at - 16 : at])
        if start + size != end:
            raise Refused("AMBIGUOUS_ARCHIVE", detail="压缩目录前后有多余内容")
        return start, count, end

    def _locate64(self, locator: bytes) -> tuple[int, int, int, int]:
        _, at, _ = struct.unpack("<LQL", locator)
        if at > self._size:
            raise Refused("FILE_DAMAGED", part="压缩目录")
        self._file.seek(at)
        record = self._file.read(56)
        if record[:4] != _END64:
            raise Refused("AMBIGUOUS_ARCHIVE", detail="64 位目录不规范")
        _, count, size, start = struct.unpack_from("<4Q", record, 24)
        return start, count, size, at

    def _check(self, parts: list[Part], limits: Limits) -> None:
        if not parts:
            raise Refused("FILE_DAMAGED", part="压缩目录是空的")
        names = [part.name.lower() for part in parts]
        if len(set(names)) < len(names):
            twice = next(name for name in names if names.count(name) > 1)
            raise Refused("AMBIGUOUS_ARCHIVE", detail=f"有两个 {twice}")
        for part in parts:
            _check_part(part, limits)
        total = sum(part.unpacked for part in parts)
        if total > limits.unpacked_bytes:
            raise Refused("UNPACKED_TOO_LARGE", detail=f"共 {total // 2**20} MB")
        self._check_layout(parts)

    def _check_layout(self, parts: list[Part]) -> None:
        """No bytes before the first entry, no entries that overlap, no names that differ."""
        end = 0
        for part in sorted(parts, key=lambda each: each.offset):
            if (end == 0 and part.offset != 0) or part.offset < end:
                raise Refused("AMBIGUOUS_ARCHIVE", detail="条目之前有别的内容，或条目重叠")
            end = self._data_start(part) + part.packed

    def _data_start(self, part: Part) -> int:
        if part.offset > self._size:
            raise Refused("FILE_DAMAGED", part=part.name)
        self._file.seek(part.offset)
        header = self._file.read(30)
        if header[:4] != LOCAL:
            raise Refused("FILE_DAMAGED", part=part.name)
        flags, method, name_length, extra = struct.unpack_from("<2H16x2H", header, 6)
        name = _decode(self._file.read(name_length), flags)
        if name != part.name or method != part.method:
            raise Refused("AMBIGUOUS_ARCHIVE", detail=f"{part.name} 前后登记不一致")
        return part.offset + 30 + int(name_length) + int(extra)

    def _unpacked(self, part: Part) -> Iterator[bytes]:
        self._file.seek(self._data_start(part))
        left = part.packed
        inflate = zlib.decompressobj(-15) if part.method == _DEFLATED else None
        position = self._file.tell()
        while left:
            self._file.seek(position)
            packed = self._file.read(min(CHUNK, left))
            if not packed:
                raise Refused("FILE_DAMAGED", part=part.name)
            left -= len(packed)
            position += len(packed)
            if inflate is None:
                yield packed
            else:
                yield from _inflate(inflate, packed, part.name)
        if inflate is not None and (not inflate.eof or inflate.unused_data):
            raise Refused("FILE_DAMAGED", part=part.name)


def _inflate(inflate: "zlib._Decompress", packed: bytes, name: str) -> Iterator[bytes]:
    try:
        while packed:
            piece = inflate.decompress(packed, CHUNK)
            if piece:
                yield piece
            packed = inflate.unconsumed_tail
    except zlib.error as error:
        raise Refused("FILE_DAMAGED", part=name) from error


def _part(data: bytes, at: int) -> tuple[Part, int]:
    flags, method = struct.unpack_from("<2H", data, at + 8)
    crc, packed, unpacked, name_length, extra_length, comment, disk = struct.unpack_from(
        "<3L4H", data, at + 16
    )
    outside, offset = struct.unpack_from("<2L", data, at + 38)
    name = _decode(data[at + 46 : at + 46 + name_length], flags)
    extra = data[at + 46 + name_length : at + 46 + name_length + extra_length]
    if _FULL32 in {packed, unpacked, offset}:
        unpacked, packed, offset = _sizes64(extra, unpacked, packed, offset)
    if disk not in {0, _FULL16}:
        raise Refused("AMBIGUOUS_ARCHIVE", detail="分卷压缩")
    part = Part(name, flags, method, crc, packed, unpacked, offset, outside >> 16)
    return part, at + 46 + name_length + extra_length + comment


def _sizes64(extra: bytes, *sizes: int) -> tuple[int, int, int]:
    """Fill the sizes that are kept in the 64-bit field, in the order the format fixes."""
    at = 0
    while at + 4 <= len(extra):
        tag, length = struct.unpack_from("<2H", extra, at)
        if tag == 1:
            values = iter(struct.unpack_from(f"<{length // 8}Q", extra, at + 4))
            filled = [next(values, -1) if size == _FULL32 else size for size in sizes]
            if -1 not in filled:
                return filled[0], filled[1], filled[2]
        at += 4 + length
    raise Refused("AMBIGUOUS_ARCHIVE", detail="64 位长度缺失")


def _decode(name: bytes, flags: int) -> str:
    text = name.decode("utf-8" if flags & _UTF8 else "cp437", errors="replace")
    return text.replace("\\", "/")


def _check_part(part: Part, limits: Limits) -> None:
    steps = part.name.split("/")
    if part.name.startswith("/") or ".." in steps or ":" in steps[0] or "\x00" in part.name:
        raise Refused("UNSAFE_PART_NAME", name=part.name[:80])
    if stat.S_ISLNK(part.mode):
        raise Refused("UNSAFE_PART_NAME", name=part.name[:80])
    if part.flags & _ENCRYPTED:
        raise Refused("FILE_ENCRYPTED")
    if part.method not in {_STORED, _DEFLATED}:
        raise Refused("UNSUPPORTED_FORMAT", found="用少见方法压缩的工作簿")
    if part.unpacked > _RATIO_FROM and part.unpacked > limits.ratio * max(part.packed, 1):
        raise Refused("UNPACKED_TOO_LARGE", detail=f"压缩比超过 {limits.ratio}:1")
