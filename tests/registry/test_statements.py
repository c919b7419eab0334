"""What other registers state about societies: reach, what is known, what had happened by a day."""

import datetime as dt

import pytest
from django.db import IntegrityError

from accounts.policy import Action
from common import clock
from registry.models import AbnormalListing, SpotCheck, Statement, TaxStanding
from registry.statement_choices import AbnormalReason
from tests.factories import statements

FACTORIES = (
    statements.AbnormalListingFactory,
    statements.SpotCheckFactory,
    statements.DeregistrationNoticeFactory,
    statements.ReportPublicationFactory,
    statements.RegistrationChangeFactory,
    statements.TaxStandingFactory,
)


@pytest.mark.parametrize("factory", FACTORIES)
def test_statements_reach_as_far_as_their_societies(cast, factory):
    near = factory(cooperative=cast.near.cooperative)
    factory(cooperative=cast.far.cooperative)
    model = type(near)
    for person in (cast.clerk, cast.counsellor, cast.chair):
        assert list(model.objects.permitted(person, Action.VIEW_COOPERATIVE)) == [near]
    assert model.objects.permitted(cast.bureau, Action.VIEW_COOPERATIVE).count() == 2


@pytest.mark.parametrize("factory", FACTORIES)
def test_a_record_is_known_once_and_may_be_superseded(cast, factory):
    first = factory(cooperative=cast.near.cooperative)
    model = type(first)
    model.objects.update(known_to=clock.now())
    second = factory(cooperative=cast.near.cooperative)
    assert list(model.objects.known()) == [second]
    assert list(model.objects.known(first.known_from)) == [first]
    with pytest.raises(IntegrityError):
        factory(cooperative=cast.near.cooperative)


def test_every_statement_names_its_day_and_its_key():
    for model in Statement.__subclasses__():
        assert {model.happens, *model.record_key} <= set(model.said())


def test_a_society_is_listed_while_any_listing_stands(cast):
    society = cast.near.cooperative
    lifted = statements.AbnormalListingFactory(
        cooperative=society, listed_on=dt.date(2019, 7, 10), removed_on=dt.date(2020, 1, 5)
    )
    standing = statements.AbnormalListingFactory(
        cooperative=society, reason=AbnormalReason.UNREACHABLE
    )
    assert list(AbnormalListing.objects.open()) == [standing]
    assert list(AbnormalListing.objects.listed_on_day(dt.date(2019, 12, 1))) == [lifted]
    assert not AbnormalListing.objects.listed_on_day(dt.date(2020, 1, 5)).exists()


def test_a_check_is_found_by_any_of_its_results(cast):
    check = statements.SpotCheckFactory(
        cooperative=cast.near.cooperative,
        result="unreachable",
        results=",unreachable,no_activity,",
    )
    assert list(SpotCheck.objects.finding("no_activity")) == [check]
    assert not SpotCheck.objects.finding("activity").exists()


def test_the_latest_tax_standing_is_the_newest_known_one(cast):
    society = cast.near.cooperative
    statements.TaxStandingFactory(cooperative=society, as_of=dt.date(2020, 12, 31))
    newest = statements.TaxStandingFactory(cooperative=society)
    assert list(TaxStanding.objects.all().newest()) == [newest]
    older = TaxStanding.objects.all().newest(dt.date(2021, 1, 1)).get()
    assert older.as_of == dt.date(2020, 12, 31)
