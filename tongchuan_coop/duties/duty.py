"""One thing to do: what, why, by when, and the one place to do it."""

import datetime as dt
from collections.abc import Iterable, Iterator
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


def one_by_one(duties: Iterable[Duty], *, rest: str, url: str) -> Iterator[Duty]:
    """Show the first duties each by itself and the others as one line that leads to the list.

    `rest` names what they are, with the word that counts it: 项议定事项.
    """
    found = list(duties)
    yield from found[:SHOWN_ONE_BY_ONE]
    if others := found[SHOWN_ONE_BY_ONE:]:
        yield Duty(
            title=f"还有 {len(others)} {rest}",
            because=f"因为这里只逐件列出前 {SHOWN_ONE_BY_ONE} 件。",
            button="看全部",
            url=url,
            due=others[0].due,
        )


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
