"""Counsellors, what they look after, visits and training events."""

import datetime as dt

import factory

from accounts.choices import Role
from common import clock
from registry.choices import InterestKind
from registry.models import ConflictOfInterest
from tests.factories.accounts import UserFactory
from tests.factories.registry import CooperativeFactory
from training.choices import AssignmentKind, CounsellorSource, PairingBasis, Specialty
from training.models import Counsellor, CounsellorAssignment, Handover, PairingNeed

SPRING = dt.date(2020, 4, 1)


class CounsellorFactory(factory.django.DjangoModelFactory[Counsellor]):
    """A counsellor in office; say whose account and which township with `user`."""

    class Meta:
        model = Counsellor

    user = factory.SubFactory(UserFactory, role=Role.COUNSELLOR)
    specialty = Specialty.ACCOUNTING
    source = CounsellorSource.STAFF
    appointed_on = SPRING


class AssignmentFactory(factory.django.DjangoModelFactory[CounsellorAssignment]):
    """An open guidance; it does not write the register's own column."""

    class Meta:
        model = CounsellorAssignment

    cooperative = factory.SubFactory(CooperativeFactory)
    kind = AssignmentKind.GUIDANCE
    since = SPRING


class PairingNeedFactory(factory.django.DjangoModelFactory[PairingNeed]):
    """A demonstration society of the district that must be paired."""

    class Meta:
        model = PairingNeed

    cooperative = factory.SubFactory(CooperativeFactory)
    basis = PairingBasis.DISTRICT
    since = SPRING


class InterestFactory(factory.django.DjangoModelFactory[ConflictOfInterest]):
    """A standing interest of a person in a society."""

    class Meta:
        model = ConflictOfInterest

    kind = InterestKind.RELATIVE
    since = SPRING


class HandoverFactory(factory.django.DjangoModelFactory[Handover]):
    """A handover of nothing."""

    class Meta:
        model = Handover

    reason = "工作调动"
    on = factory.LazyFunction(clock.today)
    made_by = factory.SubFactory(UserFactory)
