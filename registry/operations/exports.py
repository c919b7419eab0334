"""The register as a file: complete, marked with who took it and when, and kept in the trail."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any
from urllib.parse import quote

from django.db import transaction
from django.db.models import QuerySet

from accounts.exporting import NO_CONDITION
from accounts.models import User
from accounts.operations import audit
from accounts.policy import REACH_WORDS, Action, reach_of
from common import clock, spreadsheet
from common.keyset import in_order
from common.template_tags import moment
from common.workflow import TransitionRefused
from registry.filters import CooperativeFilter
from registry.listing import NAME, ListColumn, order_in_words, order_of, rows_for

XLSX, CSV = "xlsx", "csv"
XLSX_TYPE, CSV_TYPE = spreadsheet.XLSX_TYPE, spreadsheet.CSV_TYPE
MOST_IN_A_WORKBOOK = 20_000
TITLE = "合作社名录"
TOO_MANY = (
    f"符合条件的合作社超过 {MOST_IN_A_WORKBOOK:,} 家，Excel 文件会过大。"
    "请改为导出 CSV（不限数量），或缩小筛选条件后再导出。没有生成任何文件。"
)
UNREADABLE = "筛选条件有误，没有生成任何文件。请回到名录，改正标出的条件后再导出。"
_CHUNK = 2_000


@dataclass(frozen=True)
class Export:
    """One export: the rows as they were asked for, and what is said about them."""

    rows: QuerySet[Any, Any]
    columns: Sequence[ListColumn]
    notes: Sequence[spreadsheet.Note]
    filename: str

    @property
    def quoted_name(self) -> str:
        """The file name as a header carries it."""
        return quote(self.filename)

    def csv(self) -> Iterator[bytes]:
        """Yield the csv file."""
        return spreadsheet.stream_csv(self._table(), self.notes, total="家数")

    def write_xlsx(self, stream: IO[bytes]) -> int:
        """Write the workbook; return how many societies it holds."""
        return spreadsheet.write_xlsx(stream, self._table(), self.notes, total="家数")

    def _table(self) -> spreadsheet.Table:
        shown = [NAME, *self.columns]
        rows = self.rows.iterator(chunk_size=_CHUNK)
        return spreadsheet.Table(
            title=TITLE,
            columns=[spreadsheet.Column(c.heading, c.kind, c.width) for c in shown],
            rows=([column.value(row) for column in shown] for row in rows),
        )


@transaction.atomic
def start_export(
    chosen: CooperativeFilter, columns: Sequence[ListColumn], *, form: str, by: User
) -> Export:
    """Note the export in the trail and return it, ready to be written.

    `chosen` narrows the societies in reach. Raises TransitionRefused for conditions that cannot be
    read and for a workbook that is too large.
    """
    if chosen.form.errors:
        raise TransitionRefused(UNREADABLE)
    found = chosen.qs
    number = found.count()
    if form == XLSX and number > MOST_IN_A_WORKBOOK:
        raise TransitionRefused(TOO_MANY)
    conditions = (
        "；".join(f"{label}：{words}" for label, words in chosen.in_words()) or NO_CONDITION
    )
    audit.record(
        Action.EXPORT_COOPERATIVE,
        by=by,
        conditions=conditions,
        form=form,
        number=number,
        columns=[NAME.label, *(column.label for column in columns)],
    )
    at = clock.now()
    notes = (
        ("名称", TITLE),
        ("导出时间", moment(at)),
        ("导出人", f"{by}（{by.unit or by.get_role_display()}）"),
        ("数据范围", REACH_WORDS[reach_of(by, Action.EXPORT_COOPERATIVE)]),
        ("筛选条件", conditions),
        ("排序", order_in_words(chosen.sort)),
        ("使用提示", "内部工作资料，联系电话已隐去中间数字。请勿外传。"),
    )
    return Export(
        rows=in_order(rows_for(found, list(columns)), order_of(chosen.sort)),
        columns=columns,
        notes=notes,
        filename=f"{TITLE}_{at:%Y%m%d_%H%M}.{form}",
    )
