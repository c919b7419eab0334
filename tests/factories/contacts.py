"""Contacts of units; the unit is always given."""

import datetime as dt

import factory

from liaison.models import UnitContact
from tests.factories.accounts import UserFactory


class ContactFactory(factory.django.DjangoModelFactory[UnitContact]):
    """The first contact of a unit since the beginning of 2021."""

    class Meta:
        model = UnitContact

    person = factory.Sequence(lambda n: f"联络{n}")
    post = "办公室主任"
    office_phone = "0818-2123456"
    mobile = "13900001234"
    since = dt.date(2021, 1, 4)
    entered_by = factory.SubFactory(UserFactory)
