"""A table as a workbook: who took it, when and how far it goes stands on its first sheet."""

import tempfile
from collections.abc import Sequence
from urllib.parse import quote

from django.http import FileResponse

from accounts.models import User
from accounts.policy import REACH_WORDS, reach_of
from common import clock, spreadsheet
from common.template_tags import moment

HINT = "内部工作资料，请勿外传。"


def notes_for(title: str, conditions: str, *, by: User, action: str) -> list[spreadsheet.Note]:
    """Return what the first sheet says of an export."""
    return [
        ("名称", title),
        ("导出时间", moment(clock.now())),
        ("导出人", f"{by}（{by.unit or by.get_role_display()}）"),
        ("数据范围", REACH_WORDS[reach_of(by, action)]),
        ("筛选条件", conditions),
        ("使用提示", HINT),
    ]


def send_workbook(
    table: spreadsheet.Table, notes: Sequence[spreadsheet.Note], *, total: str
) -> FileResponse:
    """Send a table as an xlsx file; the row count stands under `total` on its first sheet."""
    stream = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    try:
        spreadsheet.write_xlsx(stream, table, notes, total=total)
    except BaseException:
        stream.close()
        raise
    stream.seek(0)
    name = f"{table.title}_{clock.now():%Y%m%d_%H%M}.xlsx"
    answer = FileResponse(stream, content_type=spreadsheet.XLSX_TYPE)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer
