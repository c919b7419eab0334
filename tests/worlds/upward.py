"""A contact of the bureau with the city; it belongs to the district, each world has its own."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from liaison.models import UpwardLine
from tests.factories.upward import UpwardFactory
from tests.worlds.ground import Ground


class Upward(Ground):
    """Bureau, leaders and auditors read it."""

    @cached_property
    def upward(self) -> UpwardLine:
        made: UpwardLine = UpwardFactory()
        return made


SAMPLES: dict[str, Callable[[Any], Any]] = {"upward": lambda world: world.upward.pk}
STANDING = ("upward",)
