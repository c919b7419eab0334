"""Opening a small file that a person sends: by the careful child, never by the portal itself."""

import shutil
import tempfile
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from common import clock
from common.workflow import TransitionRefused
from registry.ingestion.report import PARSED, Limits, ParseSpec
from registry.ingestion.sandbox import ChildLimits, run_parse

_CHUNK = 1 << 16
_WALL_SECONDS = 30
EMPTY = "所选文件是空的（0 字节）。请确认文件已保存完整，再重新选择。"


def read_apart(
    stream: BinaryIO, *, filename: str, source: str, result: str, limits: Limits, too_large: str
) -> str:
    """Return what the child leaves of a file in `result`, as text.

    `source` says how the child reads; `too_large` is the sentence for more than
    `limits.upload_bytes`. Raises TransitionRefused with a sentence for a person.
    """
    work = Path(settings.DATA_DIR) / "work"
    work.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{source}-", dir=work))
    try:
        path = folder / "upload"
        _write(stream, path, limits.upload_bytes, too_large)
        spec = ParseSpec(
            path=str(path),
            filename=filename,
            out_dir=str(folder),
            today=clock.today().isoformat(),
            source=source,
            limits=limits,
        )
        allowed = ChildLimits(**{**settings.INTAKE_CHILD, "wall_seconds": _WALL_SECONDS})
        report = run_parse(spec, limits=allowed, on_progress=lambda *_: None)
        if report.outcome != PARSED:
            raise TransitionRefused(report.message)
        return (folder / result).read_text(encoding="utf-8")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write(stream: BinaryIO, path: Path, most: int, too_large: str) -> None:
    size = 0
    with path.open("xb") as kept:
        while chunk := stream.read(_CHUNK):
            size += kept.write(chunk)
            if size > most:
                raise TransitionRefused(too_large)
    if not size:
        raise TransitionRefused(EMPTY)
