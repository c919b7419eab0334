"""Reading a file at arm's length: the worker starts a child, watches it, and reads its report."""

import contextlib
import json
import logging
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Final

from registry.ingestion.reasons import finding
from registry.ingestion.report import RESOURCE, ParseReport, ParseSpec

OnProgress = Callable[[str, int, int], None]
_logger = logging.getLogger(__name__)
_ROOT: Final = Path(__file__).resolve().parents[2]
_SPEC: Final = "spec.json"
_REPORT: Final = "report.json"
_ERRORS: Final = "errors.txt"
_CLEAN_COPY: Final = "clean.xlsx"
_POLL_SECONDS: Final = 0.5
_GRACE_SECONDS: Final = 5
_BLINK_SECONDS: Final = 0.005
_LONGEST_LINE: Final = 4_096
# The child inherits nothing of our environment, so that no secret can leak into a reader.
_ENVIRONMENT: Final = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "PYPINYIN_NO_PHRASES": "true"}


@dataclass(frozen=True, slots=True)
class ChildLimits:
    """What one reading may use."""

    memory_mb: int = 512
    cpu_seconds: int = 30
    wall_seconds: int = 60


def run_parse(spec: ParseSpec, *, limits: ChildLimits, on_progress: OnProgress) -> ParseReport:
    """Read a file in a disposable child and return its report.

    A child that crashes, is killed or runs out of memory or time gives outcome "resource". The
    only exceptions raised are those of `on_progress`, after the child has been killed.
    """
    folder = Path(spec.out_dir).resolve()
    spec = replace(spec, path=str(Path(spec.path).resolve()), out_dir=str(folder))
    (folder / _REPORT).unlink(missing_ok=True)
    (folder / _SPEC).write_text(spec.to_json(), encoding="utf-8")
    try:
        with (folder / _ERRORS).open("wb") as errors:
            child = _start(folder / _SPEC, limits, errors)
            try:
                ended = _watch(child, time.monotonic() + limits.wall_seconds, on_progress)
                if ended:
                    _wait(child)
            finally:
                _kill(child)
    finally:
        (folder / _CLEAN_COPY).unlink(missing_ok=True)
    return _report(folder, child.returncode)


def _start(spec: Path, limits: ChildLimits, errors: IO[bytes]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 (our own module, no shell)
        [
            sys.executable,
            "-E",
            "-s",
            "-m",
            "registry.ingestion.child",
            str(spec),
            str(limits.memory_mb),
            str(limits.cpu_seconds),
            str(os.getpid()),
        ],
        cwd=_ROOT,
        env=_ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=errors,
        close_fds=True,
        start_new_session=True,
    )


def _watch(child: subprocess.Popen[bytes], deadline: float, on_progress: OnProgress) -> bool:
    """Pass progress on until the child ends (True) or its time is over (False)."""
    output = child.stdout
    if output is None:
        return False
    os.set_blocking(output.fileno(), False)
    waiting, last = b"", ("", 0, 0)
    with selectors.DefaultSelector() as selector:
        selector.register(output, selectors.EVENT_READ)
        while (left := deadline - time.monotonic()) > 0:
            if not selector.select(min(left, _POLL_SECONDS)):
                on_progress(*last)  # a silent child is still at work: the lease must not run out
                continue
            piece = os.read(output.fileno(), _LONGEST_LINE)
            if not piece:
                return True
            *lines, waiting = (waiting + piece).split(b"\n")
            waiting = waiting[-_LONGEST_LINE:]
            for line in lines[-1:]:
                last = _progress(line) or last
                on_progress(*last)
    _logger.warning("the reading child ran out of wall time")
    return False


def _progress(line: bytes) -> tuple[str, int, int] | None:
    try:
        stage, done, known = json.loads(line)
        return str(stage), int(done), int(known)
    except (ValueError, TypeError):
        return None


def _wait(child: subprocess.Popen[bytes]) -> None:
    """Wait until the child has ended, without yet giving up its process number.

    As long as it is not reaped, the number of its group cannot become somebody else's.
    """
    until = time.monotonic() + _GRACE_SECONDS
    while time.monotonic() < until:
        if os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is not None:
            return
        time.sleep(_BLINK_SECONDS)


def _kill(child: subprocess.Popen[bytes]) -> None:
    """Leave nothing of the child's group behind, whether it has ended or not."""
    if child.stdout is not None:
        child.stdout.close()
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(timeout=_GRACE_SECONDS)


def _report(folder: Path, returncode: int | None) -> ParseReport:
    path = folder / _REPORT
    try:
        if returncode == 0:
            return ParseReport.from_json(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, TypeError, KeyError):
        _logger.exception("the reading child left no report that can be read")
    _logger.warning("the reading child ended with %s: %s", returncode, _tail(folder / _ERRORS))
    return ParseReport.refused(finding("RESOURCE_LIMIT"), RESOURCE)


def _tail(path: Path) -> str:
    with contextlib.suppress(OSError):
        return path.read_bytes()[-2_000:].decode("utf-8", "replace")
    return ""
