"""The starting plan: every duty of the document, back-planned from the end of a programme."""

import csv
import datetime as dt
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import OrganisationUnit, User
from accounts.operations import audit
from accounts.policy import Action, may
from common.workflow import TransitionRefused
from pilot.models import Phase, PlanTask, Programme, TaskDependency, TaskPart
from pilot.schedule import ONE_DAY

FILE = Path(__file__).resolve().parent.parent / "starting_plan.csv"
TOWNSHIPS = "townships"  # stands for every reporting unit
NOT_EMPTY = "工作表里已经有任务，不能再载入起始工作表。"
TOO_SHORT = "试点期限太短，排不下有先后关系的全部任务。请延长试点期限，或逐项新增任务。"
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


Span = tuple[dt.date, dt.date]


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

    In a programme shorter than the document's all days are drawn together, none is left out.
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
    lines = read_starting_plan()
    days = lay_out(lines, held.starts_on, held.ends_on)
    units = _units(lines)
    tasks = PlanTask.objects.bulk_create(
        PlanTask(
            programme=held,
            phase=_phase_on(days[line.source][0], phases),
            source=line.source,
            title=line.title,
            done_when=line.done_when,
            lead=units[line.lead][0],
            start_on=days[line.source][0],
            due_on=days[line.source][1],
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
    )
    audit.record("starting-plan-loaded", held, by=by, number=len(tasks))
    return len(tasks)


def lay_out(lines: list[StartingTask], first: dt.date, last: dt.date) -> dict[str, Span]:
    """Return the first and last day of each line, counted back from the last day of a programme.

    Where the programme has fewer days than the lines reach back, all of them are drawn together in
    the same proportion; a task still begins after all that it waits for. Raises TransitionRefused
    where even one day for each task of a chain is too much.
    """
    reach = max(line.before_end + line.days - 1 for line in lines)
    room = min((last - first).days, reach)
    spans: dict[str, Span] = {}
    for line in _in_order(lines):
        start, due = (
            last - dt.timedelta(days=back * room // reach)
            for back in (line.before_end + line.days - 1, line.before_end)
        )
        waits_for = [spans[source][1] for source in line.after]
        start = max(start, *(day + ONE_DAY for day in waits_for)) if waits_for else start
        spans[line.source] = (start, max(start, due))
    if max(due for _, due in spans.values()) > last:
        raise TransitionRefused(TOO_SHORT)
    return spans


def _in_order(lines: list[StartingTask]) -> list[StartingTask]:
    """Return the lines so that each follows those it waits for."""
    known = {line.source: line for line in lines}
    sorter = TopologicalSorter({line.source: line.after for line in lines})
    return [known[source] for source in sorter.static_order()]


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
