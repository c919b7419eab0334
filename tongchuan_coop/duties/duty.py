"""One thing to do: what, why, by when, and the one place to do it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from common import clock

SHOWN_ONE_BY_ONE = 5


@dataclass(frozen=True)
class Duty:
    """One thing to do: what, why, by when, and the one place to do it."""

    title: str
    because: str
    button: str
    url: str
    count: int | None = None
    due: dt.date | None = None

    @property
    def days_left(self) -> int:
        """Days until it is due; negative when it is overdue."""
        return (self.due - clock.today()).days if self.due else 0

    @property
    def days_over(self) -> int:
        return -self.days_left


@dataclass(frozen=True)
class Waiting:
    """A duty that is there as long as a list has rows.

    `rows` are those of the list behind `url`; they are counted together with all other lists of
    the page (`tally`), so such a duty costs no query of its own. `day` names the column whose
    earliest day is the day of the duty; `due` says it when it is the same for all rows.
    """

    rows: QuerySet[Any]
    title: str
    because: str
    button: str
    url: str
    day: str = ""
    due: dt.date | None = None

    def counted(self, number: int, first: dt.date | None) -> Duty:
        """Return the duty with the length of its list."""
        return Duty(
            title=self.title,
            because=self.because,
            button=self.button,
            url=self.url,
            count=number,
            due=self.due or first,
        )
