"""Sponsorships; the society and the department are always given."""

import datetime as dt

import factory

from common import clock
from liaison.models import SponsorFollowUp, Sponsorship
from liaison.sponsor_choices import ContactForm
from tests.factories.accounts import UserFactory


class SponsorshipFactory(factory.django.DjangoModelFactory[Sponsorship]):
    """A sponsorship of a month."""

    class Meta:
        model = Sponsorship

    person = "李建国"
    post = "副局长"
    task = "指导完善成员账户"
    since = factory.LazyFunction(lambda: clock.today() - dt.timedelta(days=30))
    entered_by = factory.SubFactory(UserFactory)


class FollowUpFactory(factory.django.DjangoModelFactory[SponsorFollowUp]):
    """A visit of today."""

    class Meta:
        model = SponsorFollowUp

    happened_on = factory.LazyFunction(clock.today)
    form = ContactForm.VISIT
    text = "到社查看账目"
    by = factory.SubFactory(UserFactory)
