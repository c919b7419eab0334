"""The disposable process that opens a delivered file: python -m registry.ingestion.child SPEC.

It limits itself first, then reads, then leaves report.json. Whatever goes wrong afterwards ends
this process and nothing else.
"""

import errno
import json
import os
import resource
import sys
import time
import traceback
from pathlib import Path
from typing import Final

from registry.ingestion.orphans import die_with_parent
from registry.ingestion.report import RESOURCE, ParseReport, ParseSpec

REPORT: Final = "report.json"
_BETWEEN_REPORTS: Final = 0.25  # seconds
_NICE: Final = 5
_OPEN_FILES: Final = 64
_MEGABYTE: Final = 1024 * 1024
_SMALLEST_FILE_LIMIT: Final = 256 * _MEGABYTE


def main(arguments: list[str]) -> int:
    """Read the file that the spec names: SPEC MEMORY_MB CPU_SECONDS PARENT_PID."""
    spec_path, memory_mb, cpu_seconds, parent = arguments
    die_with_parent(int(parent))
    document = Path(spec_path).read_text(encoding="utf-8")
    spec = ParseSpec.from_json(document)
    _limit(int(memory_mb), int(cpu_seconds), spec.limits.unpacked_bytes)
    report = _parse(spec)
    report.write(Path(spec.out_dir) / REPORT)
    return 0


def _parse(spec: ParseSpec) -> ParseReport:
    # Imported only now: whatever a library does while it is loaded is limited, too.
    from registry.ingestion.parse import parse_file  # noqa: PLC0415
    from registry.ingestion.prose import SOURCE as PROSE  # noqa: PLC0415
    from registry.ingestion.prose import read_prose  # noqa: PLC0415
    from registry.ingestion.reasons import finding  # noqa: PLC0415
    from registry.ingestion.table import SOURCE, read_tables  # noqa: PLC0415

    try:
        if spec.source == SOURCE:
            return read_tables(spec)
        if spec.source == PROSE:
            return read_prose(spec)
        return parse_file(spec, _Printer())
    except MemoryError:
        return ParseReport.refused(finding("RESOURCE_LIMIT"), RESOURCE)
    except OSError as error:
        traceback.print_exc()
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        code = "STORAGE_FULL" if full else "RESOURCE_LIMIT"
        return ParseReport.refused(finding(code), RESOURCE)
    except BaseException:
        # A panic of the reading library is a BaseException; the trace goes to the log only.
        traceback.print_exc()
        return ParseReport.refused(finding("FILE_UNREADABLE"))


class _Printer:
    """Tells the parent how far the reading is, at most four times a second and once per stage."""

    def __init__(self) -> None:
        self._stage = ""
        self._last = 0.0

    def __call__(self, stage: str, done: int, known: int) -> None:
        now = time.monotonic()
        if stage == self._stage and now - self._last < _BETWEEN_REPORTS:
            return
        self._stage, self._last = stage, now
        sys.stdout.write(json.dumps([stage, done, known]) + "\n")
        sys.stdout.flush()


def _limit(memory_mb: int, cpu_seconds: int, unpacked_bytes: int) -> None:
    os.nice(_NICE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    memory = memory_mb * _MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_OPEN_FILES, _OPEN_FILES))
    largest = max(_SMALLEST_FILE_LIMIT, 2 * unpacked_bytes)
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
