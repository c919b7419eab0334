"""Surveys and clean-up cases."""

import datetime as dt

import factory

from accounts.choices import Role
from accounts.models import User
from common import clock
from registry.cleanup.choices import CampaignState
from registry.models import SurveyCampaign, SurveyRecord
from tests.factories.accounts import UserFactory, unit


def running_campaign() -> SurveyCampaign:
    """Return the one survey that runs; begin it when there is none."""
    found = SurveyCampaign.objects.filter(state=CampaignState.OPEN).first()
    return found or SurveyCampaign.objects.create(
        title="2021年摸底",
        opens_on=clock.today(),
        due_on=clock.today() + dt.timedelta(days=60),
        opened_by=_a_bureau_person(),
    )


def _a_bureau_person() -> User:
    found = User.objects.people().filter(role=Role.BUREAU).first()
    return found or UserFactory(role=Role.BUREAU, unit=unit("农业农村局"))


class SurveyRecordFactory(factory.django.DjangoModelFactory[SurveyRecord]):
    """A record that waits to be filled in."""

    class Meta:
        model = SurveyRecord

    campaign = factory.LazyFunction(running_campaign)
