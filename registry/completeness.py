"""Which quarters have been reported, computed from the deliveries themselves."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings

from common import clock
from common.quarter import Quarter
from registry.choices import LIVE_STATES, FeedSource, JobState
from registry.models import FeedDelivery

QUARTERS_SHOWN = 8
# What each quarter owes (plan S-031, S-102), whoever has sent it before.
EXPECTED = (FeedSource.REGISTRATION, FeedSource.TAX)
REPORTED, WAITING, OVERDUE, NOT_DUE, NOT_YET = "reported", "waiting", "overdue", "not_due", "none"
_WORDS = {
    REPORTED: ("已报", "ok"),
    WAITING: ("已报，待入库", "info"),
    OVERDUE: ("逾期", "bad"),
    NOT_DUE: ("未到期", "idle"),
    NOT_YET: ("不适用", "idle"),
}


@dataclass(frozen=True)
class Cell:
    """One quarter of one source. `delivery` is the first file of the quarter that counts."""

    quarter: Quarter
    state: str
    due: dt.date
    delivery: FeedDelivery | None = None
    number: int = 0

    @property
    def word(self) -> str:
        return _WORDS[self.state][0]

    @property
    def tone(self) -> str:
        return _WORDS[self.state][1]

    @property
    def late(self) -> bool:
        """Tell whether the first file of the quarter came after the due day."""
        return self.delivery is not None and _received_on(self.delivery) > self.due


@dataclass(frozen=True)
class Line:
    """The quarters of one source, oldest first."""

    source: FeedSource
    cells: list[Cell]


def due_day(quarter: Quarter) -> dt.date:
    """Return the last day on which a quarter's file is on time (a working agreement)."""
    return quarter.last_day + dt.timedelta(days=settings.FEED_DUE_DAYS)


def last_quarters(today: dt.date, count: int = QUARTERS_SHOWN) -> list[Quarter]:
    """Return the latest quarters up to the running one, oldest first."""
    quarters = [Quarter.of(today)]
    while len(quarters) < count:
        quarters.append(quarters[-1].previous())
    return quarters[::-1]


def board(
    deliveries: Sequence[FeedDelivery], begun: Mapping[str, str], today: dt.date
) -> list[Line]:
    """Lay the deliveries (with their jobs, first of a quarter first) over the last quarters.

    `begun` names the sources to show and the quarter of the first file of each: what lies before
    it asks for nothing.
    """
    standing = [d for d in deliveries if d.job.state in LIVE_STATES]
    return [
        Line(
            FeedSource(source),
            [
                _cell(quarter, [d for d in standing if source in d.sources], first, today)
                for quarter in last_quarters(today)
            ],
        )
        for source, first in begun.items()
    ]


def _cell(quarter: Quarter, standing: Sequence[FeedDelivery], begun: str, today: dt.date) -> Cell:
    of_quarter = [d for d in standing if d.quarter == str(quarter)]
    due = due_day(quarter)
    if of_quarter:
        taken = any(d.job.state == JobState.COMMITTED for d in of_quarter)
        first = of_quarter[0]
        return Cell(quarter, REPORTED if taken else WAITING, due, first, len(of_quarter))
    if str(quarter) < begun:
        return Cell(quarter, NOT_YET, due)
    return Cell(quarter, OVERDUE if today > due else NOT_DUE, due)


def _received_on(delivery: FeedDelivery) -> dt.date:
    return delivery.received_at.astimezone(clock.SHANGHAI).date()
