"""Is a target on its way: the pace line, what is needed each week, and the light with its rule."""

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from pilot.indicators.frame import Figure
from pilot.models import Target

CLOSE = Decimal("0.8")
ONE_PLACE = Decimal("0.1")
WEEK = 7
RULE = (
    "达到目标为已达成；不低于进度线为正常；低于进度线不超过两成为滞后；低于进度线超过两成为危险。"
)

# Each state with its word and the tone of its light.
REACHED, ON_PACE, BEHIND, DANGER, UNKNOWN = "reached", "on_pace", "behind", "danger", "unknown"
WORDS = {
    REACHED: ("已达成", "ok"),
    ON_PACE: ("正常", "ok"),
    BEHIND: ("滞后", "warn"),
    DANGER: ("危险", "bad"),
    UNKNOWN: ("无数据", "idle"),
}
WORST_FIRST = (DANGER, BEHIND, UNKNOWN, ON_PACE, REACHED)


@dataclass(frozen=True)
class Standing:
    """How a target stands on a day. Amounts are in the unit of the indicator."""

    state: str
    value: Decimal | None
    target: Decimal
    expected: Decimal  # where the pace line is that day
    missing: Decimal  # up to the target, never negative
    days_left: int  # negative when the day has passed
    needed_a_week: Decimal | None  # None when nothing is missing or no time is left

    @property
    def word(self) -> str:
        return WORDS[self.state][0]

    @property
    def tone(self) -> str:
        return WORDS[self.state][1]

    @property
    def share(self) -> int:
        """How much of the target is reached, in per cent, for a bar; at most 100."""
        if self.value is None:
            return 0
        return int(min(Decimal(100), 100 * self.value / self.target))

    @property
    def expected_share(self) -> int:
        """Where the pace line stands on the same bar."""
        return int(min(Decimal(100), 100 * self.expected / self.target))


def standing(target: Target, figure: Figure, on: dt.date) -> Standing:
    """Compare a figure with its target on a day."""
    value = figure.value
    expected = _expected(target, on)
    missing = max(target.value - (value or 0), Decimal(0))
    days_left = (target.due_on - on).days
    return Standing(
        state=_state(value, target.value, expected),
        value=value,
        target=target.value,
        expected=expected,
        missing=missing,
        days_left=days_left,
        needed_a_week=_a_week(missing, days_left),
    )


def _expected(target: Target, on: dt.date) -> Decimal:
    whole = (target.due_on - target.starts_on).days
    gone = min(max((on - target.starts_on).days, 0), whole)
    line = target.baseline + (target.value - target.baseline) * gone / whole
    return line.quantize(ONE_PLACE, ROUND_HALF_UP)


def _state(value: Decimal | None, target: Decimal, expected: Decimal) -> str:
    if value is None:
        return UNKNOWN
    if value >= target:
        return REACHED
    if value >= expected:
        return ON_PACE
    return BEHIND if value >= expected * CLOSE else DANGER


def _a_week(missing: Decimal, days_left: int) -> Decimal | None:
    if not missing or days_left <= 0:
        return None
    return (missing * WEEK / days_left).quantize(Decimal("0.01"), ROUND_HALF_UP)
