"""The sponsorship of a world: its department sponsors its society."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from liaison.models import Sponsorship
from tests.factories.sponsorships import SponsorshipFactory
from tests.worlds.register import Register


class Sponsorships(Register):
    """The society of the world has a sponsor in the department of the world."""

    @cached_property
    def sponsorship(self) -> Sponsorship:
        made: Sponsorship = SponsorshipFactory(
            cooperative=self.cooperative, department=self.department
        )
        return made


SAMPLES: dict[str, Callable[[Any], Any]] = {"sponsorship": lambda world: world.sponsorship.pk}
STANDING = ("sponsorship",)
