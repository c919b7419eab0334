"""An indicator is a population of rows and one way to count them.

The value and the list behind it come from the same query, so they cannot disagree. A share is
taken of its own rows: the numerator is a condition on the rows of the denominator.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, ClassVar

from django.db.models import Count, Q, QuerySet

from accounts.policy import Action, may
from common import clock

HUNDRED = Decimal(100)
ONE_PLACE = Decimal("0.1")
REPORTS_DUE = (6, 30)  # the day of the next year by which annual reports are published


@dataclass(frozen=True)
class AsOf:
    """The day that figures are true on, and the day by which one had to know; inside a programme.

    `known` None means: as known now. `since` and `until` are the days of the programme, both
    included; `programme` is its key, for the addresses of lists.
    """

    on: dt.date
    since: dt.date
    until: dt.date
    known: dt.date | None = None
    programme: int | None = None

    @property
    def known_at(self) -> dt.datetime | None:
        """The moment by which one had to know: the end of that day."""
        if self.known is None:
            return None
        return clock.start_of(min(self.known, clock.today()) + dt.timedelta(days=1))

    @property
    def last(self) -> dt.date:
        """The last day that counts: nothing after the programme does."""
        return min(self.on, self.until)

    @property
    def known_by(self) -> dt.date:
        """The last day whose news count: of the programme, and no later than one had to know."""
        return min(self.last, self.known) if self.known else self.last

    @property
    def report_year(self) -> int:
        """The last year whose annual reports were due: by 30 June of the next, that day included."""
        due = (self.last.month, self.last.day) >= REPORTS_DUE
        return self.last.year - (1 if due else 2)


@dataclass(frozen=True)
class Line:
    """One row of the list behind a figure. `township` is the short name, "" for the district's."""

    label: str
    url: str = ""
    township: str = ""
    note: str = ""


@dataclass(frozen=True)
class Figure:
    """A measured indicator. `denominator` is None for a plain count."""

    numerator: int
    denominator: int | None = None
    wide: int | None = None  # the denominator as it was before clean-up shrank it

    @property
    def value(self) -> Decimal | None:
        """The count, or the share in per cent with one place; None where there is nobody to count."""
        if self.denominator is None:
            return Decimal(self.numerator)
        return _share(self.numerator, self.denominator)

    @property
    def wide_value(self) -> Decimal | None:
        """The share of the denominator as it was before clean-up; None where that is no question."""
        return None if self.wide is None else _share(self.numerator, self.wide)


def _share(part: int, whole: int) -> Decimal | None:
    if not whole:
        return None
    return (HUNDRED * part / whole).quantize(ONE_PLACE, ROUND_HALF_UP)


@dataclass(frozen=True)
class Measured:
    """A figure, and the same by township: key is the code of the unit, "" where none is known."""

    figure: Figure
    by_township: Mapping[str, Figure] = field(default_factory=dict)


class Indicator:
    """What every indicator says of itself; subclasses give `rows`, and `hit` for a share.

    A change of what is counted is a new `definition_version`: figures of before keep the old one.
    """

    key: ClassVar[str]
    code: ClassVar[str]
    title: ClassVar[str]
    unit: ClassVar[str] = "家"
    definition: ClassVar[str]
    left_out: ClassVar[str] = ""
    source: ClassVar[str]
    definition_version: ClassVar[int] = 1
    action: ClassVar[Action] = Action.VIEW_INDICATOR
    # The way from a row to the code of its township; "" where rows belong to no township.
    township: ClassVar[str] = "cooperative__township__code"
    related: ClassVar[tuple[str, ...]] = ("cooperative__township",)
    is_share: ClassVar[bool] = False
    knows_when: ClassVar[bool] = False  # whether its rows tell when one learned of them
    denominator_rule: ClassVar[str] = ""
    wide_rule: ClassVar[str] = ""

    def rows(self, user: Any, when: AsOf) -> QuerySet[Any]:
        """Return the population in this user's reach: of a share the denominator."""
        raise NotImplementedError

    def hit(self, when: AsOf) -> Q:
        """Return the condition under which a row counts."""
        del when
        return Q()

    def wide_rows(self, user: Any, when: AsOf) -> QuerySet[Any] | None:
        """Return the population before clean-up shrank it, where that is a question."""
        del user, when
        return None

    def line(self, row: Any) -> Line:
        """Say a row in words for the list behind the figure."""
        raise NotImplementedError

    def may(self, user: Any) -> bool:
        """Tell whether this user sees the indicator at all."""
        return may(user, self.action)

    def listed(self, user: Any, when: AsOf, *, missing: bool = False) -> QuerySet[Any]:
        """Return the rows that count, or with `missing` those of the denominator that do not."""
        rows, hit = self.rows(user, when), self.hit(when)
        if missing:
            return rows.filter(~Q(pk__in=rows.filter(hit).values("pk")))
        return rows.filter(hit)

    def measure(self, user: Any, when: AsOf) -> Measured:
        """Count in one query (two where the denominator has two sides)."""
        hit = Count("pk", filter=self.hit(when), distinct=True)
        counted = (
            self.rows(user, when)
            .order_by()
            .values_list(self.township or "pk")
            .annotate(whole=Count("pk", distinct=True), part=hit)
        )
        if not self.township:
            counted = [("", *numbers[1:]) for numbers in counted]
        wide = self._wide(user, when)
        found: dict[str, list[int]] = {code: [0, 0] for code in wide or ()}
        for code, whole, part in counted:
            sums = found.setdefault(code or "", [0, 0])
            sums[0] += whole
            sums[1] += part
        total = self._figure(
            sum(part for _, part in found.values()),
            sum(whole for whole, _ in found.values()),
            None if wide is None else sum(wide.values()),
        )
        by = {
            code: self._figure(part, whole, None if wide is None else wide.get(code, 0))
            for code, (whole, part) in found.items()
            if self.township
        }
        return Measured(total, by)

    def _figure(self, part: int, whole: int, wide: int | None) -> Figure:
        return Figure(part, whole, wide) if self.is_share else Figure(part)

    def _wide(self, user: Any, when: AsOf) -> dict[str, int] | None:
        rows = self.wide_rows(user, when)
        if rows is None:
            return None
        counted = rows.order_by().values_list(self.township)
        return {code or "": n for code, n in counted.annotate(n=Count("pk", distinct=True))}


class Share(Indicator):
    """A share in per cent."""

    is_share = True
    unit = "%"
