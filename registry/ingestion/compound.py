"""OLE compound files: which streams they hold, and one stream's bytes."""

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from registry.ingestion.reasons import Refused

_FREE: Final = 0xFFFFFFFA  # this and above are not sectors
_IN_HEADER: Final = 109
_ENTRY: Final = 128
_STREAM, _ROOT = 2, 5
_DAMAGED: Final = "文件目录"


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    start: int
    size: int


class CompoundFile:
    """A compound file read whole; uploads are small."""

    def __init__(self, path: Path) -> None:
        self._data = path.read_bytes()
        try:
            self._open()
        except (struct.error, UnicodeDecodeError, IndexError) as error:
            raise Refused("FILE_DAMAGED", part=_DAMAGED) from error

    def _open(self) -> None:
        shift, mini_shift = struct.unpack_from("<2H", self._data, 30)
        if shift not in {9, 12} or mini_shift != 6:
            raise Refused("FILE_DAMAGED", part=_DAMAGED)
        self._sector, self._mini = 1 << shift, 1 << mini_shift
        directory, self._cutoff = struct.unpack_from("<L4xL", self._data, 48)
        mini_start, _, more, count = struct.unpack_from("<4L", self._data, 60)
        self._next = self._table(more, count)
        self._mini_next = _longs(self._chain(mini_start)) if mini_start < _FREE else ()
        self._entries = self._directory(self._chain(directory))
        root = next((each for each in self._entries if each.kind == _ROOT), None)
        self._mini_stream = b"" if root is None or not root.size else self._chain(root.start)

    @property
    def names(self) -> frozenset[str]:
        """Return the names of all storages and streams."""
        return frozenset(each.name for each in self._entries)

    def stream(self, name: str) -> bytes:
        """Return a stream's bytes. Raises KeyError when there is none of this name."""
        entry = next(
            (each for each in self._entries if each.name == name and each.kind == _STREAM), None
        )
        if entry is None:
            raise KeyError(name)
        try:
            data = self._contents(entry)
        except (struct.error, IndexError) as error:
            raise Refused("FILE_DAMAGED", part=name) from error
        if len(data) < entry.size:
            raise Refused("FILE_DAMAGED", part=name)
        return data[: entry.size]

    def _contents(self, entry: _Entry) -> bytes:
        if entry.size >= self._cutoff:
            return self._chain(entry.start)
        pieces, at, steps = [], entry.start, 0
        while at < _FREE:
            pieces.append(self._mini_stream[at * self._mini : (at + 1) * self._mini])
            at = self._mini_next[at]
            steps += 1
            if steps > len(self._mini_next):
                raise Refused("FILE_DAMAGED", part=_DAMAGED)
        return b"".join(pieces)

    def _table(self, more: int, count: int) -> tuple[int, ...]:
        """Read the sector allocation table through its own list of sectors."""
        sectors = list(struct.unpack_from(f"<{_IN_HEADER}L", self._data, 76))
        per_sector = self._sector // 4
        for _ in range(min(count, len(self._data) // self._sector)):
            if more >= _FREE:
                break
            *listed, more = struct.unpack_from(f"<{per_sector}L", self._at(more))
            sectors += listed
        return _longs(b"".join(self._at(each) for each in sectors if each < _FREE))

    def _at(self, sector: int) -> bytes:
        start = (sector + 1) * self._sector
        piece = self._data[start : start + self._sector]
        if len(piece) < self._sector and start >= len(self._data):
            raise Refused("FILE_DAMAGED", part=_DAMAGED)
        return piece.ljust(self._sector, b"\x00")

    def _chain(self, sector: int) -> bytes:
        pieces = []
        while sector < _FREE:
            pieces.append(self._at(sector))
            if len(pieces) > len(self._next):
                raise Refused("FILE_DAMAGED", part=_DAMAGED)
            sector = self._next[sector]
        return b"".join(pieces)

    def _directory(self, data: bytes) -> list[_Entry]:
        entries = []
        for at in range(0, len(data) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", data, at + 64)
            start, size = struct.unpack_from("<2L", data, at + 116)
            if kind and 2 <= length <= 64:
                name = data[at : at + length - 2].decode("utf-16-le")
                entries.append(_Entry(name, kind, start, size))
        return entries


def _longs(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}L", data[: len(data) // 4 * 4])
