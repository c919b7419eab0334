"""Targets and editions in a world: they are of the whole district, so near and far share them."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from functools import cached_property
from typing import Any

from common import clock
from pilot.figures import keep_figures
from pilot.models import Edition, IndicatorFigure, Phase, Programme, Target
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
    def programme(self) -> Programme:
        return the_programme()

    @cached_property
    def figure(self) -> IndicatorFigure:
        """Whether the township had a counsellor today, as kept."""
        own = IndicatorFigure.objects.filter(
            programme=self.programme,
            indicator="covered_townships",
            on=clock.today(),
            township=self.township.code,
        )
        found = own.first()
        if found is None:
            keep_figures(self.programme, clock.today())
            found = own.get()
        return found

    @cached_property
    def phase(self) -> Phase:
        found = the_programme().phases.order_by("pk").first()
        assert found is not None
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
    "programme": lambda world: world.target.programme_id,
    "edition": lambda world: world.edition.pk,
    "figure": lambda world: world.figure.pk,
    "phase": lambda world: world.phase.pk,
    **{f"pilot:{page}:number": lambda world: world.edition.number for page in PAGES},
}
STANDING = ("target", "phase", "edition", "figure")
