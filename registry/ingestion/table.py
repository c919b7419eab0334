"""Reading a file as bare tables: the texts of every visible sheet, for forms with columns of their own.

Used for rosters and filled-in report forms, which are small; the file is opened with the same care
as a delivery and by the same child.
"""

import json
from pathlib import Path
from typing import Any, Final

from registry.ingestion.container import identify
from registry.ingestion.display import raw_texts, storable
from registry.ingestion.readers import open_file
from registry.ingestion.reasons import Refused
from registry.ingestion.report import PARSED, ParseReport, ParseSpec

SOURCE: Final = "table"
RESULT: Final = "tables.json"


def read_tables(spec: ParseSpec) -> ParseReport:
    """Write `tables.json`: [{"name", "rows": [[row number, [texts]]]}]. Never raises Refused."""
    try:
        sheets = _sheets(spec)
    except Refused as refusal:
        return ParseReport.refused(refusal.finding)
    document = json.dumps(storable(sheets), ensure_ascii=False)
    (Path(spec.out_dir) / RESULT).write_text(document, encoding="utf-8")
    return ParseReport(PARSED)


def _sheets(spec: ParseSpec) -> list[dict[str, Any]]:
    container = identify(Path(spec.path), spec.filename, spec.limits)
    opened = open_file(container, spec.limits, Path(spec.out_dir))
    found: list[dict[str, Any]] = []
    left = spec.limits.rows
    for sheet in opened.sheets:
        if sheet.why_ignored:
            continue
        rows = []
        for number, cells in sheet.rows():
            texts = [text.strip() for text in raw_texts(cells, spec.limits.cell_chars)]
            if not any(texts):
                continue
            if len(texts) > spec.limits.columns:
                raise Refused("TOO_MANY_COLUMNS", sheet=sheet.name, limit=spec.limits.columns)
            left -= 1
            if left < 0:
                raise Refused("TOO_MANY_ROWS", limit=spec.limits.rows)
            rows.append([number, texts])
        found.append({"name": sheet.name, "rows": rows})
    return found
