"""Requests of townships; the township is always given."""

import datetime as dt

import factory

from common import clock
from liaison.help_choices import HelpState, NeedKind
from liaison.models import HelpRequest
from tests.factories.accounts import UserFactory


class HelpRequestFactory(factory.django.DjangoModelFactory[HelpRequest]):
    """A request of today about land; with a department it is assigned and due in ten days."""

    class Meta:
        model = HelpRequest

    kind = NeedKind.LAND
    title = factory.Sequence(lambda n: f"冷库用地手续{n}")
    text = "冷库用地手续办了三个月没有批下来"
    filed_by = factory.SubFactory(UserFactory)
    filed_on = factory.LazyFunction(clock.today)
    department = None
    state = factory.LazyAttribute(
        lambda made: HelpState.ASSIGNED if made.department else HelpState.FILED
    )
    due_on = factory.LazyAttribute(
        lambda made: clock.today() + dt.timedelta(days=10) if made.department else None
    )
