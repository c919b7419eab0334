"""The plan as bars: where each task lies on a scale of months, in pixels of a fixed width.

The bars stand in the last column of a table, so everything that they show is also said in words.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from common import clock
from pilot.models import Phase, Programme
from pilot.network import Standing

MONTH_WIDTH = 26
LEAST_BAR = 5


@dataclass(frozen=True)
class Month:
    """One month of the scale; `year` is said where a year begins."""

    x: int
    label: str
    year: str


@dataclass(frozen=True)
class Bar:
    """One task on the scale: the whole bar, the part that is done, and what may still be added.

    `delay` is how far the expected end lies behind the day it is due, 0 when it does not.
    """

    task: Any
    standing: Standing
    x: int
    width: int
    done: int
    delay: int

    @property
    def end(self) -> int:
        """Where the bar ends and a delay begins."""
        return self.x + self.width

    @property
    def percent(self) -> int:
        return round(self.task.percent or 0)


@dataclass(frozen=True)
class Lane:
    """The tasks of one phase."""

    phase: Phase
    bars: list[Bar] = field(default_factory=list)


@dataclass(frozen=True)
class Chart:
    """A programme on its scale. `today` is the place of today, None outside of it."""

    width: int
    months: list[Month]
    lanes: list[Lane]
    today: int | None

    @property
    def number(self) -> int:
        return sum(len(lane.bars) for lane in self.lanes)


def chart_of(
    programme: Programme, tasks: Iterable[Any], standings: Mapping[int, Standing]
) -> Chart:
    """Lay counted tasks (with `phase` loaded) on the scale of a programme, phase by phase."""
    scale = _Scale(programme.starts_on, programme.ends_on)
    lanes: dict[int, Lane] = {}
    for task in tasks:
        lane = lanes.setdefault(task.phase_id, Lane(task.phase))
        lane.bars.append(_bar(scale, task, standings[task.pk]))
    ordered = sorted(lanes.values(), key=lambda lane: (lane.phase.starts_on, lane.phase.pk))
    today = clock.today()
    inside = programme.starts_on <= today <= programme.ends_on
    return Chart(scale.width, scale.months(), ordered, scale.x(today) if inside else None)


class _Scale:
    """Days as pixels: every month is equally wide."""

    def __init__(self, first: dt.date, last: dt.date) -> None:
        self._first = first.replace(day=1)
        self._number = (last.year - first.year) * 12 + last.month - first.month + 1

    @property
    def width(self) -> int:
        return self._number * MONTH_WIDTH

    def x(self, day: dt.date) -> int:
        """Return the place where a day begins, kept within the scale."""
        months = (day.year - self._first.year) * 12 + day.month - self._first.month
        length = (_next_month(day.replace(day=1)) - day.replace(day=1)).days
        place = round((months + (day.day - 1) / length) * MONTH_WIDTH)
        return min(max(place, 0), self.width)

    def months(self) -> list[Month]:
        found, day = [], self._first
        for place in range(self._number):
            year = f"{day.year}年" if place == 0 or day.month == 1 else ""
            found.append(Month(place * MONTH_WIDTH, f"{day.month}月", year))
            day = _next_month(day)
        return found


def _next_month(day: dt.date) -> dt.date:
    return (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1)


def _bar(scale: _Scale, task: Any, standing: Standing) -> Bar:
    one = dt.timedelta(days=1)
    x, end = scale.x(task.start_on), scale.x(task.due_on + one)
    width = max(end - x, LEAST_BAR)
    late = standing.slot.finish > task.due_on
    return Bar(
        task,
        standing,
        x,
        width,
        round(width * (task.percent or 0) / 100),
        max(scale.x(standing.slot.finish + one) - (x + width), 0) if late else 0,
    )
