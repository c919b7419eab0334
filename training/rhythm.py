"""The required rhythm of training, and where it was kept: computed from the events themselves.

The district trains counsellors each quarter (S-070) and heads of societies each half-year (S-071);
every township trains heads of societies each quarter (S-072); every society hears of law and model
charter once (S-038).
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from accounts.models import OrganisationUnit
from accounts.policy import Action, Reach, reach_of
from common import clock
from common.quarter import Quarter
from registry.models import Cooperative
from training.choices import Audience, EventState, SignedBy, Topic
from training.models import Attendance, TrainingEvent

FIRST = Quarter(2020, 2)
KEPT, LATE, RUNNING = "kept", "late", "running"
_WORDS = {KEPT: ("已办", "ok"), LATE: ("未办", "bad"), RUNNING: ("本期未到期", "idle")}


@dataclass(frozen=True)
class Cell:
    """One period of one duty."""

    label: str
    state: str
    number: int
    since: dt.date
    until: dt.date

    @property
    def word(self) -> str:
        return f"{self.number} 次" if self.number else _WORDS[self.state][0]

    @property
    def tone(self) -> str:
        return _WORDS[self.state][1]


@dataclass(frozen=True)
class Line:
    """One duty over all periods: who owes it, to whom."""

    name: str
    unit: str
    audience: str
    cells: list[Cell]

    @property
    def missed(self) -> int:
        return sum(1 for cell in self.cells if cell.state == LATE)


def quarters(today: dt.date) -> list[Quarter]:
    """Return the quarters from the start of the pilot to the running one."""
    found = [FIRST]
    while found[-1] < Quarter.of(today):
        found.append(found[-1].next())
    return found


def board(user: Any) -> list[Line]:
    """Return what the district and the townships in reach owe, period by period. Two queries."""
    today = clock.today()
    held = list(
        TrainingEvent.objects.filter(state=EventState.HELD, held_on__gte=FIRST.first_day)
        .values_list("unit__code", "audience", "held_on")
        .order_by("held_on")
    )
    by_quarter = [(q.label, q.first_day, q.last_day) for q in quarters(today)]
    halves = _halves(today)
    lines = [
        Line("全区辅导员培训（每季度）", "district", Audience.COUNSELLORS,
             [_cell(p, held, None, Audience.COUNSELLORS, today) for p in by_quarter]),
        Line("全区合作社法人培训（每半年）", "district", Audience.CHAIRS,
             [_cell(p, held, None, Audience.CHAIRS, today) for p in halves]),
    ]  # fmt: skip
    units = OrganisationUnit.objects.reporting()
    if reach_of(user, Action.VIEW_EVENT) != Reach.DISTRICT:
        units = units.filter(pk=user.unit_id)
    lines += [
        Line(
            unit.short_name,
            unit.code,
            Audience.CHAIRS,
            [_cell(p, held, unit.code, Audience.CHAIRS, today) for p in by_quarter],
        )
        for unit in units
    ]
    return lines


def _halves(today: dt.date) -> list[tuple[str, dt.date, dt.date]]:
    found = []
    for year in range(FIRST.year, today.year + 1):
        for name, first, last in (("上半年", 1, 6), ("下半年", 7, 12)):
            begins = dt.date(year, first, 1)
            if begins <= today:
                end = dt.date(year, last, 30 if last == 6 else 31)
                found.append((f"{year}年{name}", begins, end))
    return found


def _cell(
    period: tuple[str, dt.date, dt.date],
    held: Sequence[tuple[str | None, str, dt.date]],
    code: str | None,
    audience: str,
    today: dt.date,
) -> Cell:
    label, since, until = period
    number = sum(
        1 for unit, who, day in held if unit == code and who == audience and since <= day <= until
    )
    state = KEPT if number else RUNNING if until >= today else LATE
    return Cell(label, state, number, since, until)


def untrained(societies: Any) -> Any:
    """Narrow to living societies of which nobody was at a training on law or charter (S-038)."""
    about_law = Q(event__topics__icontains=Topic.LAW) | Q(event__topics__icontains=Topic.CHARTER)
    heard = (
        Attendance.objects.filter(
            about_law, cooperative=OuterRef("pk"), event__state=EventState.HELD
        )
        .exclude(signed=SignedBy.NOT_YET)
        .values("pk")
    )
    return societies.living().filter(~Exists(heard))


def trained_share(user: Any) -> tuple[int, int]:
    """Return how many living societies in reach heard of law or charter, and how many there are."""
    reach = Cooperative.objects.permitted(user, Action.VIEW_EVENT)
    whole = reach.living().aggregate(n=Count("pk"))["n"]
    return whole - untrained(reach).count(), whole
