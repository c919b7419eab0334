"""The tasks of a programme as a network of steps: read in two queries, computed in memory."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from common import clock
from pilot.models import PlanTask, Programme, TaskDependency
from pilot.plan_choices import LATE, LATE_WORD, PartState
from pilot.schedule import Slot, Step, forecast

TONES = {
    PartState.NOT_BEGUN: "idle",
    PartState.UNDER_WAY: "info",
    PartState.DONE: "ok",
    PartState.CONFIRMED: "ok",
    LATE: "bad",
}


@dataclass(frozen=True)
class Standing:
    """Where a task stands: its state in code and word, whether it is late, and its slot."""

    state: str
    late: bool
    slot: Slot

    @property
    def word(self) -> str:
        return LATE_WORD if self.late else PartState(self.state).label

    @property
    def tone(self) -> str:
        return TONES[LATE if self.late else self.state]

    @property
    def slack_short(self) -> int:
        """How many days are missing, as a plain number."""
        return -self.slot.slack

    @property
    def critical(self) -> bool:
        return self.slot.critical


def steps_of(programme: Programme) -> list[Step]:
    """Return the tasks of a programme as steps, with what each waits for: two queries."""
    tasks = PlanTask.objects.filter(programme=programme).with_progress()
    return _steps(tasks, _waiting(programme))


def standings_of(
    programme: Programme, tasks: Iterable[Any], today: dt.date | None = None
) -> dict[int, Standing]:
    """Return where each task of a programme stands; one query beside the tasks themselves.

    `tasks` are all tasks of the programme with their progress (`with_progress`): a task cannot be
    judged without those that wait for it.
    """
    today = today or clock.today()
    rows = list(tasks)
    slots = forecast(_steps(rows, _waiting(programme)), programme.ends_on, today)
    return {
        task.pk: Standing(state_of(task), _unfinished(task) and task.due_on < today, slots[task.pk])
        for task in rows
    }


def state_of(task: Any) -> str:
    """Return the state that the parts of a counted task add up to."""
    if task.parts_total and task.parts_confirmed == task.parts_total:
        return PartState.CONFIRMED
    if task.parts_total and task.parts_done == task.parts_total:
        return PartState.DONE
    return PartState.UNDER_WAY if task.parts_begun else PartState.NOT_BEGUN


def _unfinished(task: Any) -> bool:
    return state_of(task) in {PartState.NOT_BEGUN, PartState.UNDER_WAY}


def _waiting(programme: Programme) -> Mapping[int, frozenset[int]]:
    links: dict[int, set[int]] = defaultdict(set)
    pairs = TaskDependency.objects.filter(task__programme=programme)
    for task, waits_for in pairs.values_list("task", "waits_for"):
        links[task].add(waits_for)
    return {task: frozenset(found) for task, found in links.items()}


def _steps(tasks: Iterable[Any], waiting: Mapping[int, frozenset[int]]) -> list[Step]:
    return [
        Step(
            task.pk,
            task.start_on,
            task.due_on,
            waiting.get(task.pk, frozenset()),
            begun=bool(task.parts_begun),
            finished=None if _unfinished(task) else task.last_done_on,
        )
        for task in tasks
    ]
