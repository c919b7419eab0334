"""What is known about the societies of a world from several sides: pairs that may be one."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from registry.models import MatchPair
from tests.factories.registry import PairFactory
from tests.worlds.ground import Ground


class Facts(Ground):
    """Rows about societies that stand near or far."""

    @cached_property
    def pair(self) -> MatchPair:
        pair: MatchPair = PairFactory()
        return pair


SAMPLES: dict[str, Callable[[Any], Any]] = {"pair": lambda world: world.pair.pk}
STANDING = ("pair",)
