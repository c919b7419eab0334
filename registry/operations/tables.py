"""Opening a small workbook that a person fills in."""

import json
from dataclasses import dataclass, replace
from typing import BinaryIO

from django.conf import settings

from registry.ingestion.report import Limits
from registry.ingestion.table import RESULT, SOURCE
from registry.operations.reading import read_apart

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 5_000
TOO_LARGE = "文件超过 5 MB，没有接收。成员名册和报告表都用不了这么大，请删去图片等内容后再上传。"


@dataclass(frozen=True)
class TableSheet:
    """One sheet of a file: the rows that hold something, with their numbers from 1."""

    name: str
    rows: list[tuple[int, list[str]]]


def read_workbook(stream: BinaryIO, *, filename: str) -> list[TableSheet]:
    """Return the sheets of a file as texts. Raises TransitionRefused with a sentence for a person."""
    limits = replace(Limits(**settings.INTAKE_LIMITS), rows=MOST_ROWS, upload_bytes=MOST_BYTES)
    document = read_apart(
        stream,
        filename=filename,
        source=SOURCE,
        result=RESULT,
        limits=limits,
        too_large=TOO_LARGE,
    )
    return [
        TableSheet(sheet["name"], [(number, texts) for number, texts in sheet["rows"]])
        for sheet in json.loads(document)
    ]
