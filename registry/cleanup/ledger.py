"""The ledger 台账 that superiors ask for: one row for each case, the same in workbook and print."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from common import spreadsheet
from registry.cleanup.choices import FINISHED_STEPS
from registry.models import CleanupCase, Cooperative
from registry.models.cleanup_case import CaseQuerySet


@dataclass(frozen=True)
class LedgerColumn:
    """One column: its heading, how a workbook writes it, its value, and whether paper has room."""

    heading: str
    value: Callable[[Any], Any]
    kind: str = spreadsheet.TEXT
    width: int = 14
    printed: bool = True


def _township(case: CleanupCase) -> str:
    unit = case.cooperative.township
    return unit.short_name if unit else "待判定"


def _next_step(case: CleanupCase) -> str:
    rest = [step for step in case.steps.all() if step.state not in FINISHED_STEPS]
    return min(rest, key=lambda step: step.position).template.title if rest else "全部办完"


def _progress(case: CleanupCase) -> str:
    steps = case.steps.all()
    return f"{sum(step.state in FINISHED_STEPS for step in steps)}/{len(steps)}"


COLUMNS: tuple[LedgerColumn, ...] = (
    LedgerColumn("案号", lambda case: case.number),
    LedgerColumn("合作社", lambda case: case.cooperative.name, width=38),
    LedgerColumn(
        "统一社会信用代码", lambda case: case.cooperative.code, spreadsheet.CODE, 22, printed=False
    ),
    LedgerColumn("乡镇街道", _township),
    LedgerColumn("登记状态", lambda case: case.cooperative.get_status_display(), printed=False),
    LedgerColumn("立案理由", lambda case: case.because, width=40, printed=False),
    LedgerColumn("途径", lambda case: case.get_route_display()),
    LedgerColumn("责任部门", lambda case: case.department.short_name),
    LedgerColumn("责任人", lambda case: str(case.owner)),
    LedgerColumn("立案日期", lambda case: case.opened_on, spreadsheet.DAY, 16),
    LedgerColumn("意愿书日期", lambda case: case.willing_on, spreadsheet.DAY, 16, printed=False),
    LedgerColumn("进度", _progress, width=8),
    LedgerColumn("当前步骤", _next_step, width=24),
    LedgerColumn("已用天数", lambda case: case.days_open, spreadsheet.NUMBER, 10),
    LedgerColumn("办结期限", lambda case: case.due_on, spreadsheet.DAY, 16),
    LedgerColumn("逾期", lambda case: "是" if case.is_overdue else "否", width=8),
    LedgerColumn("费用（元）", lambda case: case.cost, spreadsheet.MONEY, printed=False),
    LedgerColumn("减免（元）", lambda case: case.cost_waived, spreadsheet.MONEY, printed=False),
    LedgerColumn("状态", lambda case: case.get_state_display(), width=18),
    LedgerColumn("结案日期", lambda case: case.closed_on, spreadsheet.DAY, 16, printed=False),
    LedgerColumn("登记数据已注销", lambda case: "是" if case.is_gone else "否", width=16),
)


def rows_of(cases: CaseQuerySet) -> QuerySet[Any, Any]:
    """Return the cases with everything that a row of the ledger says, oldest first."""
    gone = Cooperative.objects.gone_by_regulator().filter(pk=OuterRef("cooperative"))
    return (
        cases.for_list()
        .annotate(is_gone=Exists(gone))
        .prefetch_related("steps__template")
        .order_by("opened_on", "pk")
    )


def table_of(cases: CaseQuerySet) -> spreadsheet.Table:
    """Return the ledger as a workbook holds it."""
    return spreadsheet.Table(
        title="清理整顿台账",
        columns=[spreadsheet.Column(c.heading, c.kind, c.width) for c in COLUMNS],
        rows=_lines(cases),
    )


def _lines(cases: CaseQuerySet) -> Iterator[list[Any]]:
    for case in rows_of(cases).iterator(chunk_size=500):
        yield [column.value(case) for column in COLUMNS]
