"""Grants of shared lists."""

import datetime as dt

import factory

from common import clock
from liaison.choices import GrantState, SharedList
from liaison.models import ShareGrant


class GrantFactory(factory.django.DjangoModelFactory[ShareGrant]):
    """An approved grant of the abnormal list; receiver, proposer and approver are asked for."""

    class Meta:
        model = ShareGrant

    shared_list = SharedList.ABNORMAL
    fields = factory.LazyFunction(lambda: ["reason", "listed_on"])
    purpose = "项目申报审核"
    state = GrantState.APPROVED
    approved_at = factory.LazyFunction(clock.now)
    valid_until = factory.LazyFunction(lambda: clock.today() + dt.timedelta(days=90))
