"""Signs of illegal fund-raising; the society is always given."""

import datetime as dt

import factory

from common import clock
from liaison.models import FundWatch
from liaison.watch_choices import WatchSign
from tests.factories.accounts import UserFactory


class WatchFactory(factory.django.DjangoModelFactory[FundWatch]):
    """A sign that waits."""

    class Meta:
        model = FundWatch

    sign = WatchSign.PUBLICITY
    content = "赶集日发放宣传单，称按月分红"
    noted_on = factory.LazyFunction(clock.today)
    due_on = factory.LazyFunction(lambda: clock.today() + dt.timedelta(days=30))
    noted_by = factory.SubFactory(UserFactory)
