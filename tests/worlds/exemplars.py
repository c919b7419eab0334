"""The typical case of a world: its department tells of its society, and it waits for review."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from liaison.models import Exemplar
from tests.factories.exemplars import ExemplarFactory
from tests.worlds.register import Register


class Exemplars(Register):
    """Township and society read what is told of them before it is published."""

    @cached_property
    def exemplar(self) -> Exemplar:
        made: Exemplar = ExemplarFactory(
            unit=self.department,
            entered_by=self.liaison,
            cooperative=self.cooperative,
            township=self.township,
        )
        return made


SAMPLES: dict[str, Callable[[Any], Any]] = {"exemplar": lambda world: world.exemplar.pk}
STANDING = ("exemplar",)
