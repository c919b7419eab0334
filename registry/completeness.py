"""Who has reported what for which quarter, and what is owed, computed from what was received.

Every number on a page about this is the length of a list of these cells.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from accounts.models import OrganisationUnit
from accounts.policy import Action, Reach, reach_of
from common import clock
from common.quarter import Quarter
from registry.choices import LIVE_STATES, FeedSource, JobState
from registry.models import FeedDelivery, NilReturn

QUARTERS_SHOWN = 8
# Which unit owes which source each quarter (plan S-031, S-101, S-102).
OWED: dict[FeedSource, str] = {
    FeedSource.REGISTRATION: "scjgj",
    FeedSource.REGISTRATION_CHANGES: "scjgj",
    FeedSource.DEREGISTRATION: "scjgj",
    FeedSource.ABNORMAL: "scjgj",
    FeedSource.SPOT_CHECK: "scjgj",
    FeedSource.REPORT_PUBLICATION: "scjgj",
    FeedSource.TAX: "swju",
}
# What each quarter owes, whoever has sent it before; the others from their first file on.
EXPECTED = (FeedSource.REGISTRATION, FeedSource.TAX)
REPORTED, LATE, WAITING, NIL = "reported", "late", "waiting", "nil"
OVERDUE, NOT_DUE, NOT_YET = "overdue", "not_due", "none"
WORDS = {
    REPORTED: ("按时已报", "ok"),
    LATE: ("迟报", "warn"),
    WAITING: ("已报，待入库", "info"),
    NIL: ("零报告", "ok"),
    OVERDUE: ("逾期未报", "bad"),
    NOT_DUE: ("未到期", "idle"),
    NOT_YET: ("不适用", "idle"),
}


@dataclass(frozen=True)
class Cell:
    """One quarter of one source. `delivery` is the first file of the quarter that counts."""

    source: FeedSource
    quarter: Quarter
    state: str
    due: dt.date
    delivery: FeedDelivery | None = None
    number: int = 0
    nil: NilReturn | None = None

    @property
    def word(self) -> str:
        return WORDS[self.state][0]

    @property
    def tone(self) -> str:
        return WORDS[self.state][1]

    @property
    def late(self) -> bool:
        """Tell whether the first file of the quarter came after the due day."""
        return self.delivery is not None and _received_on(self.delivery, self.nil) > self.due

    @property
    def days_over(self) -> int:
        """How many days it is overdue."""
        return (clock.today() - self.due).days

    @property
    def can_be_nil(self) -> bool:
        """Whether “nothing to report” may be signed: the quarter has ended and nothing came."""
        return self.state in {OVERDUE, NOT_DUE} and self.quarter.last_day < clock.today()

    def __str__(self) -> str:
        return f"{self.quarter.label}{self.source.label}"


@dataclass(frozen=True)
class Line:
    """The quarters of one source, oldest first, and who owes it."""

    source: FeedSource
    cells: list[Cell]
    unit: OrganisationUnit | None = None


def due_day(quarter: Quarter) -> dt.date:
    """Return the last day on which a quarter's file is on time (a working agreement)."""
    return quarter.last_day + dt.timedelta(days=settings.FEED_DUE_DAYS)


def last_quarters(today: dt.date, count: int = QUARTERS_SHOWN) -> list[Quarter]:
    """Return the latest quarters up to the running one, oldest first."""
    quarters = [Quarter.of(today)]
    while len(quarters) < count:
        quarters.append(quarters[-1].previous())
    return quarters[::-1]


def lines_for(user: Any) -> list[Line]:
    """Return the last quarters of each source in reach, in a fixed number of queries.

    A department sees what it owes and what it has sent; the office sees every source that is
    expected or has begun.
    """
    return _lines(
        FeedDelivery.objects.permitted(user, Action.VIEW_DELIVERY),
        NilReturn.objects.permitted(user, Action.VIEW_DELIVERY),
        whole=reach_of(user, Action.VIEW_DELIVERY) == Reach.DISTRICT,
        own=user.unit.code if user.unit_id else "",
    )


def all_lines() -> list[Line]:
    """Return the last quarters of every source, for work that no person asked for."""
    return _lines(FeedDelivery.objects.all(), NilReturn.objects.all(), whole=True, own="")


def owing(lines: Iterable[Line], state: str = OVERDUE) -> list[tuple[Line, Cell]]:
    """Return the cells of one state, the oldest quarter first."""
    found = [(line, cell) for line in lines for cell in line.cells if cell.state == state]
    return sorted(found, key=lambda pair: (str(pair[1].quarter), pair[1].source))


def _lines(deliveries: Any, nils: Any, *, whole: bool, own: str) -> list[Line]:
    today = clock.today()
    expected = [each for each in EXPECTED if whole or OWED[each] == own]
    begun: dict[str, str] = dict.fromkeys(expected, str(Quarter.of(today).previous()))
    live = deliveries.filter(job__state__in=LIVE_STATES)
    signed = list(nils.select_related("signed_by"))
    spoken = [
        *live.values_list("parts", "quarter"),
        *((nil.source, nil.quarter) for nil in signed),
    ]
    for parts, quarter in spoken:
        for source in filter(None, parts.split(",")):
            begun[source] = min(begun.get(source, quarter), quarter)
    begun = {source: begun[source] for source in FeedSource.values if source in begun}
    first = str(last_quarters(today)[0])
    recent = live.filter(quarter__gte=first).select_related("job").order_by("number", "pk")
    return board(list(recent), begun, today, signed)


def board(
    deliveries: Sequence[FeedDelivery],
    begun: Mapping[str, str],
    today: dt.date,
    nils: Sequence[NilReturn] = (),
) -> list[Line]:
    """Lay the deliveries (with their jobs, first of a quarter first) over the last quarters.

    `begun` names the sources to show and the quarter of the first file of each: what lies before
    it asks for nothing.
    """
    standing = [d for d in deliveries if d.job.state in LIVE_STATES]
    signed = {(nil.source, nil.quarter): nil for nil in nils}
    units = {unit.code: unit for unit in OrganisationUnit.objects.filter(code__in=OWED.values())}
    return [
        Line(
            FeedSource(source),
            [
                _cell(
                    FeedSource(source),
                    quarter,
                    [d for d in standing if source in d.sources],
                    nil=signed.get((source, str(quarter))),
                    begun=first,
                    today=today,
                )
                for quarter in last_quarters(today)
            ],
            units.get(OWED.get(FeedSource(source), "")),
        )
        for source, first in begun.items()
    ]


def _cell(
    source: FeedSource,
    quarter: Quarter,
    standing: Sequence[FeedDelivery],
    *,
    nil: NilReturn | None,
    begun: str,
    today: dt.date,
) -> Cell:
    of_quarter = [d for d in standing if d.quarter == str(quarter)]
    due = due_day(quarter)
    if of_quarter:
        first = min(of_quarter, key=lambda delivery: delivery.received_at)
        state = LATE if _received_on(first, nil) > due else REPORTED
        if not any(d.job.state == JobState.COMMITTED for d in of_quarter):
            state = WAITING
        return Cell(source, quarter, state, due, first, len(of_quarter), nil)
    if nil is not None:
        return Cell(source, quarter, NIL, due, nil=nil)
    if str(quarter) < begun:
        return Cell(source, quarter, NOT_YET, due)
    return Cell(source, quarter, OVERDUE if today > due else NOT_DUE, due)


def _received_on(delivery: FeedDelivery, nil: NilReturn | None) -> dt.date:
    """Return when the quarter was first answered: later files neither spoil nor cure it."""
    at = min(delivery.received_at, nil.signed_at) if nil else delivery.received_at
    return at.astimezone(clock.SHANGHAI).date()
