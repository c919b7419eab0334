"""The fund of a world: a project of its society."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from liaison.models import SupportGrant
from tests.factories.supports import SupportFactory
from tests.worlds.register import Register


class Supports(Register):
    """The society of the world was given a project."""

    @cached_property
    def support(self) -> SupportGrant:
        made: SupportGrant = SupportFactory(cooperative=self.cooperative)
        return made


SAMPLES: dict[str, Callable[[Any], Any]] = {"support": lambda world: world.support.pk}
STANDING = ("support",)
