"""What a check finds of the targets: each with its value on a day or in an edition, met or not."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pilot.board import as_of
from pilot.figures import district_reader
from pilot.indicators import INDICATORS
from pilot.indicators.frame import Indicator
from pilot.models import Acceptance, Target
from pilot.plan_choices import Verdict


@dataclass(frozen=True)
class CheckedTarget:
    """One target beside what was reached. `value` is None where there was nobody to count."""

    indicator: Indicator
    target: Target
    value: Decimal | None
    numerator: int | None
    denominator: int | None

    @property
    def verdict(self) -> Verdict:
        reached = self.value is not None and self.value >= self.target.value
        return Verdict.MET if reached else Verdict.GAP

    @property
    def missing(self) -> Decimal | None:
        """How much is missing up to the target; None where nothing is known or missing."""
        if self.value is None or self.value >= self.target.value:
            return None
        return self.target.value - self.value


def check_targets(acceptance: Acceptance) -> list[CheckedTarget]:
    """Return every target of the programme, in the order of the board.

    With an edition its frozen figures count and nothing is measured; else those of the day of the
    check, for the whole district. A fixed number of queries for each indicator with a target.
    """
    rows = Target.objects.filter(programme=acceptance.programme)
    targets = {target.indicator: target for target in rows}
    asked = [indicator for indicator in INDICATORS if indicator.key in targets]
    if acceptance.edition is not None:
        frozen = {each["key"]: each for each in acceptance.edition.facts["indicators"]}
        return [_frozen(each, targets[each.key], frozen.get(each.key, {})) for each in asked]
    return [_measured(each, targets[each.key], acceptance) for each in asked]


def _frozen(indicator: Indicator, target: Target, each: Mapping[str, Any]) -> CheckedTarget:
    value = each.get("value")
    return CheckedTarget(
        indicator,
        target,
        None if value is None else Decimal(value),
        each.get("numerator"),
        each.get("denominator"),
    )


def _measured(indicator: Indicator, target: Target, acceptance: Acceptance) -> CheckedTarget:
    when = as_of(acceptance.programme, acceptance.as_of)
    figure = indicator.measure(district_reader(), when).figure
    return CheckedTarget(indicator, target, figure.value, figure.numerator, figure.denominator)
