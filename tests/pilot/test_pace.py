"""The pace line, the light and its rule, by hand-worked examples."""

import datetime as dt
from decimal import Decimal

import pytest

from pilot.indicators.frame import Figure
from pilot.models import Target
from pilot.pace import BEHIND, DANGER, ON_PACE, REACHED, UNKNOWN, standing

# A hundred days for thirty; on the fiftieth the line stands at fifteen.
TARGET = Target(
    value=Decimal(30),
    baseline=Decimal(0),
    starts_on=dt.date(2021, 1, 1),
    due_on=dt.date(2021, 4, 11),
)
MIDDLE = dt.date(2021, 2, 20)


@pytest.mark.parametrize(
    ("count", "state"),
    [(30, REACHED), (31, REACHED), (29, ON_PACE), (15, ON_PACE), (14, BEHIND), (12, BEHIND), (11, DANGER), (0, DANGER)],
)  # fmt: skip
def test_the_light_follows_its_rule_at_every_edge(count, state):
    assert standing(TARGET, Figure(count), MIDDLE).state == state


def test_what_is_needed_each_week():
    seen = standing(TARGET, Figure(10), MIDDLE)
    assert (seen.expected, seen.missing, seen.days_left) == (Decimal("15.0"), Decimal(20), 50)
    assert seen.needed_a_week == Decimal("2.80")
    assert (seen.share, seen.expected_share) == (33, 50)


def test_after_the_day_nothing_can_be_needed_a_week():
    late = standing(TARGET, Figure(10), dt.date(2021, 5, 1))
    assert (late.state, late.needed_a_week, late.days_left) == (DANGER, None, -20)
    assert late.expected == 30


def test_a_baseline_lifts_the_line():
    target = Target(
        value=Decimal(80), baseline=Decimal(40), starts_on=TARGET.starts_on, due_on=TARGET.due_on
    )
    assert standing(target, Figure(6, 10), MIDDLE).expected == 60
    assert standing(target, Figure(6, 10), MIDDLE).state == ON_PACE
    assert standing(target, Figure(0, 0), MIDDLE).state == UNKNOWN
