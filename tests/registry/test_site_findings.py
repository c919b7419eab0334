"""What was seen on the spot: the newest of each society counts, a void one never."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from accounts.policy import Action
from registry.choices import FindingState
from registry.models import SiteFinding
from tests.factories.registry import CooperativeFactory, SiteFindingFactory

SPRING, SUMMER = dt.date(2021, 4, 2), dt.date(2021, 7, 2)


def test_the_newest_standing_finding_of_each_society_is_the_latest(cast):
    one, other = CooperativeFactory.create_batch(2)
    SiteFindingFactory(cooperative=one, seen_on=SPRING)
    newest = SiteFindingFactory(cooperative=one, seen_on=SUMMER)
    only = SiteFindingFactory(cooperative=other, seen_on=SPRING)
    assert set(SiteFinding.objects.newest()) == {newest, only}


def test_of_two_on_the_same_day_the_later_written_counts(cast):
    society = CooperativeFactory()
    SiteFindingFactory(cooperative=society, seen_on=SPRING)
    later = SiteFindingFactory(cooperative=society, seen_on=SPRING)
    assert list(SiteFinding.objects.newest()) == [later]


def test_a_void_finding_does_not_hide_the_one_before(cast):
    society = CooperativeFactory()
    stands = SiteFindingFactory(cooperative=society, seen_on=SPRING)
    SiteFindingFactory(cooperative=society, seen_on=SUMMER, state=FindingState.WITHDRAWN)
    assert list(SiteFinding.objects.newest()) == [stands]


def test_findings_reach_as_far_as_their_societies(cast):
    near = SiteFindingFactory(cooperative=cast.near.cooperative)
    SiteFindingFactory(cooperative=cast.far.cooperative)
    seen = SiteFinding.objects.permitted(cast.clerk, Action.VIEW_INTERNAL)
    assert list(seen) == [near]
    assert not SiteFinding.objects.permitted(cast.chair, Action.VIEW_INTERNAL).exists()


def test_a_visit_writes_one_finding(cast):
    first = SiteFindingFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        SiteFindingFactory(visit_key=first.visit_key)
