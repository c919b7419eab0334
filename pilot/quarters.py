"""Figures by quarter: what was kept on the last day of each, and the day that is asked for."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from accounts.policy import Action, Reach, reach_of
from common.charts import Chart, ChartKind, Series
from common.quarter import Quarter
from common.template_tags import day as in_words
from pilot.figures import WHOLE, history
from pilot.indicators import BY_KEY
from pilot.indicators.frame import AsOf, Figure, Indicator
from pilot.models import Programme


@dataclass(frozen=True)
class QuarterFigure:
    """A figure of a quarter, None where none was kept; `on` is the day that it is true on."""

    quarter: Quarter
    on: dt.date
    figure: Figure | None

    @property
    def label(self) -> str:
        """The quarter; one that has not run its course says up to which day it is counted."""
        running = self.on < self.quarter.last_day
        return f"{self.quarter.label}（到{in_words(self.on)}）" if running else self.quarter.label


def by_quarter(
    programme: Programme, when: AsOf, now: Mapping[str, Figure | None], *, place: str = WHOLE
) -> dict[str, list[QuarterFigure]]:
    """Return the quarters of a programme up to a day for each indicator of `now`; one query.

    `now` are the figures of that day, `place` is what they are of: the district or one township.
    """
    quarters = [Quarter.of(programme.starts_on)]
    while quarters[-1] < Quarter.of(when.last):
        quarters.append(quarters[-1].next())
    past = quarters[:-1]
    kept = history(programme, [each.last_day for each in past], when.known_at, township=place)
    return {
        key: [
            *(QuarterFigure(q, q.last_day, kept.get((key, q.last_day))) for q in past),
            QuarterFigure(quarters[-1], when.last, figure),
        ]
        for key, figure in now.items()
    }


def of_reach(
    user: Any, programme: Programme, when: AsOf, now: Mapping[str, Figure | None]
) -> dict[str, list[QuarterFigure]]:
    """Return the same for what this user sees: the whole district's or the own township's.

    What belongs to no township may be another number for each person and is kept for nobody.
    """
    match reach_of(user, Action.VIEW_INDICATOR):
        case Reach.DISTRICT:
            return by_quarter(programme, when, now)
        case Reach.TOWNSHIP if user.unit_id:
            own = {key: figure for key, figure in now.items() if BY_KEY[key].township}
            return by_quarter(programme, when, own, place=user.unit.code)
        case _:
            return {}


def quarter_chart(indicator: Indicator, quarters: list[QuarterFigure]) -> Chart:
    """Draw one indicator by quarter."""
    number = float if indicator.is_share else int
    values = [
        None if each.figure is None or each.figure.value is None else number(each.figure.value)
        for each in quarters
    ]
    return Chart(
        anchor="quarters",
        title="按季度",
        summary="每季度末存下的数值；最后一点是统计日的。空着的是当时没有存下，或没有可以统计的对象。",
        kind=ChartKind.LINE if indicator.is_share else ChartKind.COLUMNS,
        unit=indicator.unit,
        categories=[each.label for each in quarters],
        series=[Series(indicator.title, values)],
        category_title="季度",
    )
