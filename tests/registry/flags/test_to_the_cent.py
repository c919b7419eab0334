"""R11 and R12 at exactly their share: a sum of money is whole cents on both databases."""

from decimal import Decimal

import pytest

from registry.flags.catalogue import RULES_BY_CODE
from tests.registry.flags.records import roster, trade
from tests.registry.flags.societies import TODAY, society

# Most of them no sum of binary fractions meets exactly.
CENTS = (14_189, 100_001, 141_891, 333_333, 777_777, 1_234_567, 9_999_999)


def shares(percent: int, one: int) -> list[Decimal]:
    """Return what the largest and four equal ones have, the largest exactly so many per cent."""
    others = [one * (100 - percent)] * 4
    return [Decimal(cents) / 100 for cents in (4 * one * percent, *others)]


@pytest.mark.django_db
@pytest.mark.parametrize("one", CENTS)
def test_exactly_the_share_is_a_hit_and_a_cent_less_is_none(one: int) -> None:
    for code in ("R11", "R12"):
        rule = RULES_BY_CODE[code]
        limits = rule.version_on(TODAY).limits
        held = shares(limits["percent"], one)
        less = [held[0] - Decimal("0.01"), *held[1:]]
        exact, short = society(), society()
        if code == "R11":
            roster(exact, held)
            roster(short, less)
        else:
            trade(roster(exact, [1] * 5), held)
            trade(roster(short, [1] * 5), less)
        found = set(rule.suspects(TODAY).values_list("pk", flat=True))
        assert (exact.pk in found, short.pk in found) == (True, False), code
