"""What a plan of dated tasks comes to: order, forecast, critical path, moved followers.

Pure arithmetic over whole calendar days: no rows, no clock. A task that depends on others begins
at the earliest on the day after the last of them ends.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter

ONE_DAY = dt.timedelta(days=1)


class CircularDependency(Exception):
    """Tasks that wait for each other in a ring; `ring` holds their keys, each before its follower."""

    def __init__(self, ring: list[int]) -> None:
        super().__init__(ring)
        self.ring = ring


@dataclass(frozen=True)
class Step:
    """One task of a plan. Both days count; `finished` is the day on which it really ended."""

    key: int
    start: dt.date
    due: dt.date
    after: frozenset[int] = frozenset()
    begun: bool = False
    finished: dt.date | None = None

    @property
    def days(self) -> int:
        return (self.due - self.start).days + 1


@dataclass(frozen=True)
class Slot:
    """When a task will end as things stand, when it must end at the latest, and what lies between.

    `slack` is in days: how much later it may end before the end of the plan moves. A task that is
    not finished and has none left is critical. Finished tasks have no slack to speak of: 0.
    """

    finish: dt.date
    latest: dt.date
    slack: int
    critical: bool


def in_order(steps: Iterable[Step]) -> list[Step]:
    """Return the steps so that each follows those it waits for. Raises CircularDependency.

    Steps that one waits for but that are not given are left out of account.
    """
    known = {step.key: step for step in steps}
    sorter = TopologicalSorter(
        {key: sorted(step.after & known.keys()) for key, step in sorted(known.items())}
    )
    try:
        return [known[key] for key in sorter.static_order()]
    except CycleError as ring:
        raise CircularDependency(list(ring.args[1])) from ring


def forecast(steps: Collection[Step], end: dt.date, today: dt.date) -> dict[int, Slot]:
    """Return for each step when it will end and how much room it has, until the end of the plan.

    Forward: a step begins on its day, or after the last it waits for; what is not finished ends
    today at the earliest. Backward from `end`: a step must end before the latest beginning of
    every unfinished step that waits for it. Raises CircularDependency.
    """
    ordered = in_order(steps)
    finish: dict[int, dt.date] = {}
    for step in ordered:
        finish[step.key] = step.finished or max(today, _begin(step, finish) + _length(step))
    latest: dict[int, dt.date] = {step.key: end for step in ordered}
    for step in reversed(ordered):
        if step.finished:
            continue
        begin = latest[step.key] - _length(step)
        for before in step.after & latest.keys():
            latest[before] = min(latest[before], begin - ONE_DAY)
    return {step.key: _slot(step, finish[step.key], latest[step.key]) for step in ordered}


def replan(
    steps: Collection[Step], changed: Mapping[int, tuple[dt.date, dt.date]]
) -> dict[int, tuple[dt.date, dt.date]]:
    """Return the new (start, due) of every step that moves when some get other days.

    Followers are pushed to the day after the last they wait for and keep their length; nothing is
    pulled earlier. What has begun keeps its beginning, what is finished does not move at all.
    Raises CircularDependency.
    """
    moved: dict[int, tuple[dt.date, dt.date]] = {}
    now: dict[int, Step] = {}
    for step in in_order(steps):
        start, due = changed.get(step.key, (step.start, step.due))
        placed = replace(step, start=start, due=due)
        if not (placed.finished or placed.begun):
            waits_for = [now[key].due for key in placed.after if key in now]
            earliest = max(waits_for, default=dt.date.min)
            if earliest >= placed.start:
                begin = earliest + ONE_DAY
                placed = replace(placed, start=begin, due=begin + _length(placed))
        now[step.key] = placed
        if (placed.start, placed.due) != (step.start, step.due):
            moved[step.key] = (placed.start, placed.due)
    return moved


def _length(step: Step) -> dt.timedelta:
    """Return what lies between the first and the last day."""
    return step.due - step.start


def _begin(step: Step, finish: Mapping[int, dt.date]) -> dt.date:
    if step.begun:
        return step.start
    waits_for = [finish[key] + ONE_DAY for key in step.after if key in finish]
    return max([step.start, *waits_for])


def _slot(step: Step, finish: dt.date, latest: dt.date) -> Slot:
    if step.finished:
        return Slot(finish, latest, 0, critical=False)
    slack = (latest - finish).days
    return Slot(finish, latest, slack, critical=slack <= 0)
