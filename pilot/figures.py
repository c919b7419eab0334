"""Figures: measured live in a district, read from the night's snapshot in a large register."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from accounts.models import User
from accounts.policy import Action, Reach, reach_of, roles_with
from common import clock
from common.quarter import Quarter
from pilot.indicators import BY_KEY, INDICATORS
from pilot.indicators.frame import AsOf, Figure, Indicator, Measured
from pilot.models import IndicatorFigure, Programme
from registry.models import Cooperative

WHOLE, NOWHERE = "", "-"


def measure_all(user: Any, programme: Programme, when: AsOf) -> dict[str, Measured]:
    """Return every indicator that this user may see, by key.

    Live while the register is no larger than a district's; beyond, the figures of today come from
    the night, the whole district's as well as one township's, and what the night has not kept is
    measured.
    """
    seen = [indicator for indicator in INDICATORS if indicator.may(user)]
    kept = _from_the_night(user, programme, when)
    return {
        indicator.key: kept.get(indicator.key) or indicator.measure(user, when)
        for indicator in seen
    }


def measure_one(user: Any, programme: Programme, when: AsOf, indicator: Indicator) -> Measured:
    """Return one indicator, from where `measure_all` takes it."""
    kept = _from_the_night(user, programme, when, indicator)
    return kept.get(indicator.key) or indicator.measure(user, when)


def _from_the_night(
    user: Any, programme: Programme, when: AsOf, *asked: Indicator
) -> dict[str, Measured]:
    """Return what was kept for this user's reach, by key; nothing where the night does not answer."""
    if when.known or when.on != clock.today() or not Cooperative.objects.is_large():
        return {}
    kept = _kept(programme, when.on, asked or INDICATORS)
    match reach_of(user, Action.VIEW_INDICATOR):
        case Reach.DISTRICT:
            return kept
        case Reach.TOWNSHIP if user.unit_id:
            # What belongs to no township may be another number for each person: it is measured.
            return {
                key: _part(measured, user.unit.code)
                for key, measured in kept.items()
                if BY_KEY[key].township
            }
        case _:
            return {}


def _part(measured: Measured, township: str) -> Measured:
    """Return the figures of one township out of the whole district's."""
    own = measured.by_township.get(township)
    if own:
        return Measured(own, {township: own})
    # Nothing to count there: zero, of a share as of a count.
    whole = measured.figure
    denominator, wide = (None if n is None else 0 for n in (whole.denominator, whole.wide))
    return Measured(Figure(0, denominator, wide))


def _kept(programme: Programme, on: dt.date, asked: Iterable[Indicator]) -> dict[str, Measured]:
    versions = {indicator.key: indicator.definition_version for indicator in asked}
    # The keys are named because they come before the day in the index.
    rows = IndicatorFigure.objects.filter(programme=programme, indicator__in=versions, on=on)
    fields = ("indicator", "definition_version", "township", "numerator", "denominator", "wide")
    found: dict[str, dict[str, Figure]] = {}
    for key, version, township, *numbers in rows.values_list(*fields):
        if version == versions[key]:
            found.setdefault(key, {})[township] = Figure(*numbers)
    return {
        key: Measured(
            figures[WHOLE],
            {("" if unit == NOWHERE else unit): f for unit, f in figures.items() if unit != WHOLE},
        )
        for key, figures in found.items()
        if WHOLE in figures
    }


def keep_quarters(programme: Programme) -> None:
    """Measure past ends of quarters anew where none is kept by the definition in force.

    So that a changed definition does not leave the quarters before it empty; safe to repeat.
    """
    quarter = Quarter.of(programme.starts_on)
    while quarter.last_day < min(clock.today(), programme.ends_on):
        kept = _kept(programme, quarter.last_day, INDICATORS)
        stale = [indicator for indicator in INDICATORS if indicator.key not in kept]
        if stale:
            keep_figures(programme, quarter.last_day, stale)
        quarter = quarter.next()


def keep_figures(programme: Programme, on: dt.date, asked: Iterable[Indicator] = INDICATORS) -> int:
    """Measure everything for the whole district on a day and keep it; return how many figures.

    Safe to repeat: the day's figures are replaced. One statement writes them all.
    """
    when = AsOf(on, programme.starts_on, programme.ends_on)
    reader = district_reader()
    rows = []
    for indicator in asked:
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
    programme: Programme,
    days: Iterable[dt.date],
    known_at: dt.datetime | None = None,
    *,
    township: str = WHOLE,
) -> Mapping[tuple[str, dt.date], Figure]:
    """Return the kept figures of the whole district or one township, by indicator and day.

    Only what was counted by the definition in force; with `known_at` what was kept by that moment.
    """
    rows = IndicatorFigure.objects.filter(
        programme=programme, indicator__in=BY_KEY, on__in=list(days), township=township
    )
    if known_at:
        rows = rows.filter(computed_at__lt=known_at)
    return {
        (row.indicator, row.on): Figure(row.numerator, row.denominator, row.wide)
        for row in rows
        if row.definition_version == BY_KEY[row.indicator].definition_version
    }
