"""Read the rows of a long sheet in a process of its own, ahead of the one that checks them.

Getting the cells out of a sheet is a third of the work of reading it, and a second processor is
idle meanwhile. The process ahead is a fork of the reading child: it has the same limits, is
of the same group, and dies with it. What it finds out about the sheet as a whole comes last.
"""

import contextlib
import fcntl
import marshal
import os
import signal
import traceback
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any, BinaryIO, Final

from registry.ingestion.cells import Cell
from registry.ingestion.orphans import die_with_parent
from registry.ingestion.plainxml import NotPlain
from registry.ingestion.reasons import Finding, Level, Refused

Rows = Iterator[tuple[int, Sequence[Cell]]]
_AT_ONCE: Final = 200  # rows of one message
_PIPE_BYTES: Final = 1024 * 1024
_LENGTH: Final = 4
_MARSHAL: Final = 2  # without references: texts of a sheet are rarely the same object
_ROWS, _END, _NOT_PLAIN, _REFUSED = "rows", "end", "not-plain", "refused"
_MEANS, _BROKEN = "means", "broken"


def read_ahead(
    read: Callable[[], Rows], last_row: Callable[[], int], tell: Callable[[int], None]
) -> Rows:
    """Yield what `read` yields, from another process; `tell` at the end what `last_row` says there.

    Raises NotPlain and Refused as `read` would, RuntimeError for what nobody foresaw. A reader that
    ran out of what it may use, or was ended for it, is a MemoryError.
    """
    source, sink = os.pipe()
    with contextlib.suppress(OSError):
        fcntl.fcntl(sink, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
    parent = os.getpid()
    reader = os.fork()
    if not reader:
        os.close(source)
        _read_apart(sink, parent, read, last_row)
    os.close(sink)
    try:
        with os.fdopen(source, "rb") as stream:
            yield from _received(stream, tell)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(reader, signal.SIGKILL)
        os.waitpid(reader, 0)


def _received(stream: BinaryIO, tell: Callable[[int], None]) -> Rows:
    while True:
        length = int.from_bytes(stream.read(_LENGTH), "big")
        message = stream.read(length)
        if not length or len(message) < length:
            raise MemoryError("the reader ahead was ended")
        kind, told = marshal.loads(message)  # noqa: S302 (written by our own fork)
        if kind == _ROWS:
            yield from told
        elif kind == _END:
            tell(told)
            return
        else:
            _raise(kind, told)


def _raise(kind: str, told: tuple[str, str, str, str]) -> None:
    if kind == _NOT_PLAIN:
        raise NotPlain
    if kind == _REFUSED:
        code, level, message, remedy = told
        raise Refused.with_finding(Finding(code, Level(level), message, remedy))
    if kind == _MEANS:
        raise MemoryError("the reader ahead ran out of means")
    raise RuntimeError("the reader ahead failed; its own trace says why")


def _read_apart(
    sink: int, parent: int, read: Callable[[], Rows], last_row: Callable[[], int]
) -> None:
    """Send all rows and end this process, whatever happens; nothing of its caller runs here."""
    try:
        die_with_parent(parent)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # progress is told by the other
        with os.fdopen(sink, "wb") as stream:
            _send(stream, read, last_row)
    finally:
        os._exit(1)


def _send(stream: BinaryIO, read: Callable[[], Rows], last_row: Callable[[], int]) -> None:
    try:
        rows = read()
        while batch := list(islice(rows, _AT_ONCE)):
            _write(stream, (_ROWS, batch))
        _write(stream, (_END, last_row()))
    except NotPlain:
        _write(stream, (_NOT_PLAIN, None))
    except Refused as refusal:
        found = refusal.finding
        told = (found.code, found.level.value, found.message, found.remedy)
        _write(stream, (_REFUSED, told))
    except (MemoryError, OSError):
        traceback.print_exc()
        _write(stream, (_MEANS, None))
    except BaseException:  # a panic of a library would be one
        traceback.print_exc()
        _write(stream, (_BROKEN, None))


def _write(stream: BinaryIO, message: tuple[str, Any]) -> None:
    written = marshal.dumps(message, _MARSHAL)
    stream.write(len(written).to_bytes(_LENGTH, "big"))
    stream.write(written)
