"""The work plan as a workbook."""

import io
from collections.abc import Iterator
from typing import Any

from accounts.models import User
from accounts.policy import Action
from common import clock, spreadsheet
from common.spreadsheet import CODE, DAY, NUMBER, Column, Table
from common.template_tags import day, moment
from pilot.models import Programme, TaskPart
from pilot.models.task import PlanTask
from pilot.network import standings_of

COLUMNS = (
    Column("方案条目", CODE, 10),
    Column("任务", width=44),
    Column("阶段", width=16),
    Column("牵头单位", width=18),
    Column("承担单位", width=18),
    Column("开始日期", DAY, 16),
    Column("完成期限", DAY, 16),
    Column("状态", width=10),
    Column("完成程度（%）", NUMBER, 12),
    Column("进展说明", width=40),
    Column("完成日期", DAY, 16),
    Column("确认日期", DAY, 16),
    Column("关键任务", width=10),
    Column("完成标准", width=40),
)


def plan_table(programme: Programme, parts: Any) -> Table:
    """Return one row for each part: the task beside what its unit reports."""
    tasks = PlanTask.objects.filter(programme=programme).with_progress()
    standings = standings_of(programme, tasks)
    return Table("倒排工作表", COLUMNS, _rows(parts, standings))


def plan_workbook(programme: Programme, *, by: User) -> io.BytesIO:
    """Return the plan in a person's reach as a workbook, at its beginning."""
    reach = TaskPart.objects.permitted(by, Action.VIEW_WORK_PLAN).filter(task__programme=programme)
    notes = (
        ("名称", f"{programme}倒排工作表"),
        ("期限", f"{day(programme.starts_on)}至{day(programme.ends_on)}"),
        ("导出人", f"{by}（{by.unit or by.get_role_display()}）"),
        ("导出时间", moment(clock.now())),
    )
    stream = io.BytesIO()
    spreadsheet.write_xlsx(stream, plan_table(programme, reach), notes, total="行数")
    stream.seek(0)
    return stream


def _rows(parts: Any, standings: dict[int, Any]) -> Iterator[list[Any]]:
    ordered = parts.for_list().order_by(
        "task__start_on", "task__pk", "unit__kind", "unit__position"
    )
    for part in ordered:
        task = part.task
        yield [
            task.source,
            task.title,
            str(task.phase),
            str(task.lead),
            str(part.unit),
            task.start_on,
            task.due_on,
            "逾期" if part.is_late else part.get_state_display(),
            part.progress,
            part.note,
            part.done_on,
            part.confirmed_on,
            "是" if standings[task.pk].critical else "",
            task.done_when,
        ]
