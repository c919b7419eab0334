"""One thing to do: what, why, by when, and the one place to do it."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Window

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
    yield from _cut(found[: SHOWN_ONE_BY_ONE + 1], len(found), rest, url)


def row_by_row(
    rows: QuerySet[Any], write: Callable[[Any], Duty], *, rest: str, url: str
) -> Iterator[Duty]:
    """Do the same for rows of which there may be many: no more are fetched than are shown.

    One query, which counts them all beside those it returns; `write` makes a duty of a row.
    """
    found = list(rows.annotate(of_all=Window(Count("pk")))[: SHOWN_ONE_BY_ONE + 1])
    yield from _cut([write(row) for row in found], found[0].of_all if found else 0, rest, url)


def _cut(first: list[Duty], number: int, rest: str, url: str) -> Iterator[Duty]:
    """Show the first ones; the next one, if there is any, tells the day of those left out."""
    yield from first[:SHOWN_ONE_BY_ONE]
    for left_out in first[SHOWN_ONE_BY_ONE:]:
        yield Duty(
            title=f"还有 {number - SHOWN_ONE_BY_ONE} {rest}",
            because=f"因为这里只逐件列出前 {SHOWN_ONE_BY_ONE} 件。",
            button="看全部",
            url=url,
            due=left_out.due,
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
