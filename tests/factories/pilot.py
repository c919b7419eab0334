"""Programmes, tasks and parts."""

import datetime as dt

import factory

from pilot.models import Phase, PlanTask, Programme, TaskPart
from pilot.programme_choices import ProgrammeLevel
from tests.factories.accounts import unit

FIRST, LAST = dt.date(2020, 3, 1), dt.date(2021, 12, 31)


def the_programme() -> Programme:
    """Return the one programme of the tests, with its phases; set it up when there is none."""
    found = Programme.objects.order_by("pk").first()
    if found:
        return found
    made = Programme.objects.create(
        name="质量提升试点", level=ProgrammeLevel.PROVINCIAL, starts_on=FIRST, ends_on=LAST
    )
    middle = dt.date(2021, 10, 31)
    Phase.objects.bulk_create(
        [
            Phase(programme=made, name="具体实施", starts_on=FIRST, ends_on=middle),
            Phase(programme=made, name="总结", starts_on=dt.date(2021, 11, 1), ends_on=LAST),
        ]
    )
    return made


class PlanTaskFactory(factory.django.DjangoModelFactory[PlanTask]):
    """A task of the district in July 2021, led by the bureau; nobody takes part yet."""

    class Meta:
        model = PlanTask

    programme = factory.LazyFunction(the_programme)
    phase = factory.LazyAttribute(lambda made: made.programme.phases.order_by("starts_on").first())
    title = factory.Sequence(lambda number: f"第{number}项任务")
    done_when = "有记录"
    lead = factory.LazyFunction(lambda: unit("农业农村局"))
    start_on = dt.date(2021, 7, 1)
    due_on = dt.date(2021, 8, 31)


class PartFactory(factory.django.DjangoModelFactory[TaskPart]):
    """A unit's part."""

    class Meta:
        model = TaskPart

    task = factory.SubFactory(PlanTaskFactory)
    unit = factory.LazyFunction(lambda: unit("罗江镇"))
