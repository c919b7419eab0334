"""What is known about the societies of a world from several sides: pairs that may be one."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from registry.models import Contradiction, Cooperative, MatchPair
from tests.factories.registry import PairFactory
from tests.factories.sides import ContradictionFactory
from tests.worlds.ground import Ground


class Facts(Ground):
    """Rows about societies that stand near or far."""

    cooperative: Cooperative

    @cached_property
    def pair(self) -> MatchPair:
        pair: MatchPair = PairFactory()
        return pair

    @cached_property
    def contradiction(self) -> Contradiction:
        found: Contradiction = ContradictionFactory(cooperative=self.cooperative)
        return found


SAMPLES: dict[str, Callable[[Any], Any]] = {
    "pair": lambda world: world.pair.pk,
    "contradiction": lambda world: world.contradiction.pk,
}
STANDING = ("pair", "contradiction")
