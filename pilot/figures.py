"""Figures: measured live in a district, read from the night's snapshot in a large register."""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.conf import settings

from accounts.models import User
from accounts.policy import Action, Reach, reach_of, roles_with
from common import clock
from pilot.indicators import BY_KEY, INDICATORS
from pilot.indicators.frame import AsOf, Figure, Measured
from pilot.models import IndicatorFigure, Programme
from registry.models import Cooperative

WHOLE, NOWHERE = "", "-"


def measure_all(user: Any, programme: Programme, when: AsOf) -> dict[str, Measured]:
    """Return every indicator that this user may see, by key.

    Live while the register has no more societies than `settings.LIVE_FIGURES`; beyond, the
    district's figures of today come from the night, and everything else is measured.
    """
    seen = [indicator for indicator in INDICATORS if indicator.may(user)]
    if _from_the_night(user, when):
        kept = _kept(programme, when.on)
        if all(indicator.key in kept for indicator in seen):
            return {indicator.key: kept[indicator.key] for indicator in seen}
    return {indicator.key: indicator.measure(user, when) for indicator in seen}


def _from_the_night(user: Any, when: AsOf) -> bool:
    if when.known or when.on != clock.today():
        return False
    if reach_of(user, Action.VIEW_INDICATOR) != Reach.DISTRICT:
        return False
    many = Cooperative.objects.order_by().values("pk")[: settings.LIVE_FIGURES + 1]
    return many.count() > settings.LIVE_FIGURES


def _kept(programme: Programme, on: dt.date) -> dict[str, Measured]:
    rows = IndicatorFigure.objects.filter(programme=programme, on=on)
    found: dict[str, dict[str, Figure]] = {}
    for row in rows:
        if row.definition_version == BY_KEY[row.indicator].definition_version:
            figure = Figure(row.numerator, row.denominator, row.wide)
            found.setdefault(row.indicator, {})[row.township] = figure
    return {
        key: Measured(
            figures[WHOLE],
            {("" if unit == NOWHERE else unit): f for unit, f in figures.items() if unit != WHOLE},
        )
        for key, figures in found.items()
        if WHOLE in figures
    }


def keep_figures(programme: Programme, on: dt.date) -> int:
    """Measure everything for the whole district on a day and keep it; return how many figures.

    Safe to repeat: the day's figures are replaced. One statement writes them all.
    """
    when = AsOf(on, programme.starts_on, programme.ends_on)
    reader = district_reader()
    rows = []
    for indicator in INDICATORS:
        measured = indicator.measure(reader, when)
        for unit, figure in [(WHOLE, measured.figure), *measured.by_township.items()]:
            place = unit if figure is measured.figure else unit or NOWHERE
            rows.append(
                IndicatorFigure(
                    programme=programme,
                    indicator=indicator.key,
                    definition_version=indicator.definition_version,
                    on=on,
                    township=place,
                    numerator=figure.numerator,
                    denominator=figure.denominator,
                    wide=figure.wide,
                )
            )
    IndicatorFigure.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["programme", "indicator", "on", "township"],
        update_fields=["definition_version", "numerator", "denominator", "wide", "computed_at"],
    )
    return len(rows)


def district_reader() -> User:
    """Return eyes that see the whole district; nobody signs in with them."""
    return User(username="figures", role=roles_with(Action.EDIT_TARGET)[0], is_active=True)


def history(
    programme: Programme, days: Iterable[dt.date]
) -> Mapping[tuple[str, dt.date], Decimal | None]:
    """Return the kept values of the whole district by indicator and day."""
    rows = IndicatorFigure.objects.filter(programme=programme, on__in=list(days), township=WHOLE)
    return {
        (row.indicator, row.on): Figure(row.numerator, row.denominator, row.wide).value
        for row in rows
    }
