"""Opening a small workbook that a person fills in: by the careful child, never by the portal itself."""

import json
import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from common import clock
from common.workflow import TransitionRefused
from registry.ingestion.report import PARSED, Limits, ParseSpec
from registry.ingestion.sandbox import ChildLimits, run_parse
from registry.ingestion.table import RESULT, SOURCE

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 5_000
_CHUNK = 1 << 16
_WALL_SECONDS = 30
EMPTY = "所选文件是空的（0 字节）。请确认文件已保存完整，再重新选择。"
TOO_LARGE = "文件超过 5 MB，没有接收。成员名册和报告表都用不了这么大，请删去图片等内容后再上传。"


@dataclass(frozen=True)
class TableSheet:
    """One sheet of a file: the rows that hold something, with their numbers from 1."""

    name: str
    rows: list[tuple[int, list[str]]]


def read_workbook(stream: BinaryIO, *, filename: str) -> list[TableSheet]:
    """Return the sheets of a file as texts. Raises TransitionRefused with a sentence for a person."""
    work = Path(settings.DATA_DIR) / "work"
    work.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="table-", dir=work))
    try:
        path = folder / "upload"
        _write(stream, path)
        limits = replace(Limits(**settings.INTAKE_LIMITS), rows=MOST_ROWS, upload_bytes=MOST_BYTES)
        spec = ParseSpec(
            path=str(path),
            filename=filename,
            out_dir=str(folder),
            today=clock.today().isoformat(),
            source=SOURCE,
            limits=limits,
        )
        allowed = ChildLimits(**{**settings.INTAKE_CHILD, "wall_seconds": _WALL_SECONDS})
        report = run_parse(spec, limits=allowed, on_progress=lambda *_: None)
        if report.outcome != PARSED:
            raise TransitionRefused(report.message)
        document = json.loads((folder / RESULT).read_text(encoding="utf-8"))
        return [
            TableSheet(sheet["name"], [(number, texts) for number, texts in sheet["rows"]])
            for sheet in document
        ]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write(stream: BinaryIO, path: Path) -> None:
    size = 0
    with path.open("xb") as kept:
        while chunk := stream.read(_CHUNK):
            size += kept.write(chunk)
            if size > MOST_BYTES:
                raise TransitionRefused(TOO_LARGE)
    if not size:
        raise TransitionRefused(EMPTY)
