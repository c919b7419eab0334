"""What lies in whose hands: the load of a supervisor's people and, for the bureau, of departments.

Every number is the length of the list behind it; all of them come from one query.
"""

from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Value

from accounts.models import OrganisationUnit, User
from accounts.policy import Action, Reach, may, reach_of
from common import clock
from registry.choices import FlagState
from registry.models import CleanupCase, Contradiction, Flag
from tongchuan_coop.addresses import page
from training.choices import PromiseState
from training.models import Promise

Figures = dict[int, tuple[int, int]]  # holder → (number, of them late)


@dataclass(frozen=True)
class Work:
    """One kind of work that is in somebody's hands.

    `rows` are those of the list at `route` under `query`; `late` says which are overdue, and is
    the same as adding `late_query`. `holder` names the column that says in whose hands a row is.
    """

    label: str
    rows: QuerySet[Any]
    holder: str
    late: Q
    route: str
    argument: str
    query: dict[str, str] = field(default_factory=dict)
    late_query: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Cell:
    """How much of one kind of work somebody has, how much of it is late, and both lists.

    The addresses are made when a page shows them: of many people it shows a few.
    """

    work: Work
    holder: int
    number: int
    late: int

    @property
    def label(self) -> str:
        return self.work.label

    @property
    def url(self) -> str:
        return self._list(self.work.query)

    @property
    def late_url(self) -> str:
        return self._list(self.work.late_query)

    def _list(self, query: dict[str, str]) -> str:
        return page(self.work.route, query={self.work.argument: self.holder, **query})


@dataclass(frozen=True)
class Line:
    """One person or one department."""

    name: str
    about: str
    cells: list[Cell]

    @property
    def number(self) -> int:
        return sum(cell.number for cell in self.cells)

    @property
    def late(self) -> int:
        return sum(cell.late for cell in self.cells)


@dataclass(frozen=True)
class Board:
    """Those who have something in hand, the most overdue first; `idle` counts the others."""

    title: str
    heading: str
    counter: str  # the word that counts them: 人, 个部门
    columns: list[str]
    lines: list[Line]
    idle: int

    @property
    def late(self) -> int:
        return sum(line.late for line in self.lines)

    def first(self, number: int) -> "Board":
        """Return the same board with its first lines only."""
        return replace(self, lines=self.lines[:number])


def load_of(user: User) -> list[Board]:
    """Return the boards of a supervisor, in a fixed number of queries; nobody else has any."""
    if not may(user, Action.VIEW_LOAD):
        return []
    people, departments = _work_of_people(user), _work_of_departments(user)
    figures = _figures([*people, *departments])
    boards = [_people_board(user, people, figures[: len(people)])]
    if departments:
        boards.append(_department_board(departments, figures[len(people) :]))
    return boards


def _work_of_people(user: User) -> list[Work]:
    today = clock.today()
    day_over = Q(due_on__lt=today)
    return [
        Work(
            "核实线索",
            Flag.objects.permitted(user, Action.VIEW_FLAG).filter(state=FlagState.CHECKING),
            "assigned_to",
            day_over,
            "registry:flag-list",
            "person",
            {"state": FlagState.CHECKING.value},
            {"hand": "late"},
        ),
        Work(
            "来源矛盾",
            Contradiction.objects.permitted(user, Action.VIEW_CONTRADICTION).open(),
            "assignee",
            day_over,
            "registry:contradiction-list",
            "person",
            late_query={"hand": "late"},
        ),
        Work(
            "清理案件",
            CleanupCase.objects.permitted(user, Action.VIEW_CLEANUP).open(),
            "owner",
            day_over,
            "registry:cleanup-list",
            "person",
            late_query={"state": "overdue"},
        ),
        Work(
            "整改事项",
            Promise.objects.permitted(user, Action.VIEW_PROMISE).open(),
            "cooperative__counsellor",
            day_over & Q(state=PromiseState.OPEN),
            "training:promise-list",
            "person",
            late_query={"state": "overdue"},
        ),
    ]


def _work_of_departments(user: User) -> list[Work]:
    if reach_of(user, Action.VIEW_LOAD) != Reach.DISTRICT:
        return []
    return [
        Work(
            "清理案件",
            CleanupCase.objects.permitted(user, Action.VIEW_CLEANUP).open(),
            "department",
            Q(due_on__lt=clock.today()),
            "registry:cleanup-list",
            "department",
            late_query={"state": "overdue"},
        ),
    ]


def _figures(works: list[Work]) -> list[Figures]:
    """Return for each kind of work who holds how much of it: one query for all."""
    figures: list[Figures] = [{} for _ in works]
    lines = [_grouped(place, work) for place, work in enumerate(works)]
    for place, holder, number, late in lines[0].union(*lines[1:], all=True):
        figures[place][holder] = (number, late)
    return figures


def _grouped(place: int, work: Work) -> Any:
    held = work.rows.filter(**{f"{work.holder}__isnull": False})
    return (
        held.order_by()
        .annotate(load_place=Value(place), load_holder=F(work.holder))
        .values("load_place", "load_holder")
        .annotate(load_number=Count("pk"), load_late=Count("pk", filter=work.late))
        .values_list("load_place", "load_holder", "load_number", "load_late")
    )


def _people_board(user: User, works: list[Work], figures: list[Figures]) -> Board:
    team = User.objects.team_of(user).select_related("unit").order_by("full_name", "pk")
    people, busy = list(team), _holders(figures)
    holders = [
        (person.pk, person.full_name, f"{person.unit or ''} {person.get_role_display()}".strip())
        for person in people
        if person.pk in busy
    ]
    return _board(("谁手上有什么", "人员", "人"), works, figures, holders, len(people))


def _department_board(works: list[Work], figures: list[Figures]) -> Board:
    departments, busy = list(OrganisationUnit.objects.departments()), _holders(figures)
    holders = [(unit.pk, unit.name, "") for unit in departments if unit.pk in busy]
    return _board(("各部门", "部门", "个部门"), works, figures, holders, len(departments))


def _holders(figures: list[Figures]) -> set[int]:
    return {holder for found in figures for holder in found}


def _board(
    words: tuple[str, str, str],
    works: list[Work],
    figures: list[Figures],
    holders: list[tuple[int, str, str]],
    everybody: int,
) -> Board:
    lines = [
        Line(
            name,
            about,
            [
                Cell(work, key, *found.get(key, (0, 0)))
                for work, found in zip(works, figures, strict=True)
            ],
        )
        for key, name, about in holders
    ]
    lines.sort(key=lambda line: (-line.late, -line.number))
    return Board(*words, [work.label for work in works], lines, everybody - len(lines))
