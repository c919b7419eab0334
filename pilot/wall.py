"""The wall chart 挂图作战: tasks by township, a cell for each part, drawn from rows in memory."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from accounts.models import OrganisationUnit
from pilot.models import PlanTask, TaskPart
from pilot.plan_choices import LATE, LATE_WORD, PartState


@dataclass(frozen=True)
class Mark:
    """What stands in a cell, so that it can be read without colour; its word and its tone."""

    sign: str = ""
    word: str = ""
    tone: str = ""


MARKS: Mapping[str, Mark] = {
    LATE: Mark("逾", LATE_WORD, "bad"),
    PartState.NOT_BEGUN: Mark("未", "未开始"),
    PartState.UNDER_WAY: Mark("进", "进行中"),
    PartState.DONE: Mark("完", "已完成，待确认", "warn"),
    PartState.CONFIRMED: Mark("✓", "经确认", "ok"),
}


@dataclass(frozen=True)
class Cell:
    """The part of one unit in one task; without a part the unit has none in it."""

    part: TaskPart | None

    @property
    def state(self) -> str:
        if self.part is None:
            return ""
        return LATE if self.part.is_late else self.part.state

    @property
    def mark(self) -> Mark:
        return MARKS.get(self.state, Mark())


@dataclass(frozen=True)
class Wall:
    """Units across, tasks down; `late` counts the overdue parts of each unit."""

    units: list[OrganisationUnit]
    rows: list[tuple[PlanTask, list[Cell]]]
    late: list[int]
    number: int


def wall_of(parts: Iterable[Any]) -> Wall:
    """Lay parts out, in the order of the tasks they come in; `task` and `unit` must be loaded."""
    shown = list(parts)
    units = sorted({part.unit for part in shown}, key=lambda unit: (unit.kind, unit.position))
    cells = {(part.task_id, part.unit_id): Cell(part) for part in shown}
    tasks = {part.task_id: part.task for part in shown}
    rows = [
        (task, [cells.get((key, unit.pk), Cell(None)) for unit in units])
        for key, task in tasks.items()
    ]
    late = [sum(line[place].state == LATE for _, line in rows) for place in range(len(units))]
    return Wall(units, rows, late, len(shown))
