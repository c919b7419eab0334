"""Targets and editions in a world: they are of the whole district, so near and far share them."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from functools import cached_property
from typing import Any

from pilot.models import Edition, Target
from pilot.operations.editions import freeze
from tests.factories.accounts import UserFactory
from tests.factories.pilot import the_programme
from tests.worlds.ground import Ground


class Figures(Ground):
    """What the pilot asks for and what was frozen."""

    @cached_property
    def target(self) -> Target:
        programme = the_programme()
        found, _ = Target.objects.get_or_create(
            programme=programme,
            indicator="new_district",
            defaults={
                "value": Decimal(30),
                "starts_on": programme.starts_on,
                "due_on": programme.ends_on,
            },
        )
        return found

    @cached_property
    def edition(self) -> Edition:
        found = Edition.objects.first()
        on = dt.date(2021, 6, 30)
        return found or freeze(the_programme(), title="二季度进展", on=on, by=UserFactory())


PAGES = ("edition-detail", "edition-file", "edition-bulletin", "edition-figure")
SAMPLES: dict[str, Callable[[Any], Any]] = {
    "key": lambda world: world.target.indicator,
    "target": lambda world: world.target.pk,
    **{f"pilot:{page}:number": lambda world: world.edition.number for page in PAGES},
}
STANDING = ("target", "edition")
