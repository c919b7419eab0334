"""A sign of illegal fund-raising about the society of a world."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from liaison.models import FundWatch
from tests.factories.watches import WatchFactory
from tests.worlds.register import Register


class Watches(Register):
    """Somebody noted a sign about the society of the world."""

    @cached_property
    def watch(self) -> FundWatch:
        made: FundWatch = WatchFactory(cooperative=self.cooperative)
        return made


SAMPLES: dict[str, Callable[[Any], Any]] = {"watch": lambda world: world.watch.pk}
STANDING = ("watch",)
