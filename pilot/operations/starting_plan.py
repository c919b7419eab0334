"""The starting plan: every duty of the document, back-planned from the end of a programme."""

import csv
import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import OrganisationUnit, User
from accounts.operations import audit
from accounts.policy import Action, may
from common.workflow import TransitionRefused
from pilot.models import Phase, PlanTask, Programme, TaskDependency, TaskPart

FILE = Path(__file__).resolve().parent.parent / "starting_plan.csv"
TOWNSHIPS = "townships"  # stands for every reporting unit
NOT_EMPTY = "工作表里已经有任务，不能再载入起始工作表。"
NO_PHASES = "请先设定试点的各个阶段，再载入起始工作表。"
UNKNOWN_UNIT = "机构表里没有代码为 {} 的单位，不能载入起始工作表。请联系系统管理员补上。"


@dataclass(frozen=True)
class StartingTask:
    """One line of the file: days are counted back from the end of the programme."""

    source: str
    title: str
    lead: str
    parts: tuple[str, ...]
    days: int
    before_end: int
    after: tuple[str, ...]
    proofs: tuple[str, ...]
    done_when: str

    def due_on(self, end: dt.date) -> dt.date:
        return end - dt.timedelta(days=self.before_end)

    def start_on(self, programme: Programme) -> dt.date:
        """Return the first day: as many days as the task takes, not before the programme begins."""
        start = self.due_on(programme.ends_on) - dt.timedelta(days=self.days - 1)
        return max(start, programme.starts_on)


def read_starting_plan() -> list[StartingTask]:
    """Return the lines of the shipped file (S-023 to S-115), in the order of their days."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        return [
            StartingTask(
                source=row["source"],
                title=row["title"],
                lead=row["lead"],
                parts=tuple(row["parts"].split()),
                days=int(row["days"]),
                before_end=int(row["before_end"]),
                after=tuple(row["after"].split()),
                proofs=tuple(row["proofs"].split()),
                done_when=row["done_when"],
            )
            for row in csv.DictReader(lines)
        ]


@transaction.atomic
def load_starting_plan(programme: Programme, *, by: User) -> int:
    """Fill an empty work plan with every duty of the document; return how many tasks it has.

    A fixed number of statements. Raises TransitionRefused when the plan is not empty, when the
    programme has no phases, or when a unit is missing.
    """
    if not may(by, Action.EDIT_WORK_PLAN):
        raise PermissionDenied(Action.EDIT_WORK_PLAN)
    held = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    if held.tasks.exists():
        raise TransitionRefused(NOT_EMPTY)
    phases = list(held.phases.order_by("starts_on", "pk"))
    if not phases:
        raise TransitionRefused(NO_PHASES)
    lines = [line for line in read_starting_plan() if line.due_on(held.ends_on) >= held.starts_on]
    units = _units(lines)
    tasks = PlanTask.objects.bulk_create(
        PlanTask(
            programme=held,
            phase=_phase_on(line.start_on(held), phases),
            source=line.source,
            title=line.title,
            done_when=line.done_when,
            lead=units[line.lead][0],
            start_on=line.start_on(held),
            due_on=line.due_on(held.ends_on),
            proofs=list(line.proofs),
        )
        for line in lines
    )
    by_source = {task.source: task for task in tasks}
    TaskPart.objects.bulk_create(
        TaskPart(task=by_source[line.source], unit=unit)
        for line in lines
        for unit in dict.fromkeys(unit for code in line.parts for unit in units[code])
    )
    TaskDependency.objects.bulk_create(
        TaskDependency(task=by_source[line.source], waits_for=by_source[before])
        for line in lines
        for before in line.after
        if before in by_source
    )
    audit.record("starting-plan-loaded", held, by=by, number=len(tasks))
    return len(tasks)


def _units(lines: list[StartingTask]) -> dict[str, list[OrganisationUnit]]:
    """Return the units that each code of the file stands for."""
    codes = {code for line in lines for code in (line.lead, *line.parts)} - {TOWNSHIPS}
    found = {unit.code: [unit] for unit in OrganisationUnit.objects.filter(code__in=codes)}
    for code in sorted(codes - found.keys()):
        raise TransitionRefused(UNKNOWN_UNIT.format(code))
    return {**found, TOWNSHIPS: list(OrganisationUnit.objects.reporting())}


def _phase_on(day: dt.date, phases: list[Phase]) -> Phase:
    """Return the last phase that has begun on a day, or the first of all."""
    begun = [phase for phase in phases if phase.starts_on <= day]
    return begun[-1] if begun else phases[0]
