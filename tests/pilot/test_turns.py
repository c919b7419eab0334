"""Figures where a year turns, a deadline passes and the programme ends."""

import datetime as dt

import pytest

from common import clock
from pilot.board import as_of
from pilot.indicators import BY_KEY
from registry.choices import GovernanceKind
from registry.models import GovernanceFact
from registry.operations.report_reviews import declare_governance
from registry.statement_choices import PublicationState
from tests.factories.accounts import UserFactory
from tests.factories.demonstration import TitleFactory
from tests.factories.pilot import LAST, the_programme
from tests.factories.sides import PublicationFactory, accepted_report
from tests.pilot.test_indicators import society

NEW_YEAR, LONG_AFTER = dt.date(2021, 1, 1), dt.date(2022, 8, 1)
KINDS = {"accounts_complete": GovernanceKind.ACCOUNTS, "good_order": GovernanceKind.DISCLOSURE}


@pytest.fixture
def bureau(db):
    return UserFactory()


def figure(key, bureau, on, known=None):
    return BY_KEY[key].measure(bureau, as_of(the_programme(), on, known)).figure


def published(cooperative, year):
    day = dt.date(year + 1, 5, 1)
    PublicationFactory(
        cooperative=cooperative,
        report_year=year,
        state=PublicationState.PUBLISHED,
        published_on=day,
        known_from=clock.start_of(day),
    )


@pytest.mark.parametrize(
    ("on", "of_all"),
    [
        (dt.date(2020, 12, 31), (1, 2)),
        (NEW_YEAR, (1, 2)),
        (dt.date(2021, 6, 29), (1, 2)),
        (dt.date(2021, 6, 30), (2, 2)),
        (LAST, (2, 2)),
        (LAST + dt.timedelta(days=1), (2, 2)),
        (LONG_AFTER, (2, 2)),
    ],
)
def test_reports_are_counted_of_the_last_year_that_was_due(bureau, on, of_all):
    early, late = society("早报合作社"), society("晚报合作社")
    published(early, 2019)
    for each in (early, late):
        published(each, 2020)
    found = figure("reports_published", bureau, on)
    assert (found.numerator, found.denominator) == of_all


def test_a_year_of_which_no_list_came_is_unknown_and_not_zero(bureau):
    one = society("有报告合作社")
    published(one, 2020)
    assert figure("reports_published", bureau, dt.date(2021, 6, 29)).value is None
    assert figure("reports_published", bureau, dt.date(2021, 6, 30)).value == 100


def reported(cooperative, year, day, *, kept):
    with clock.on_day(day):
        report = accepted_report(
            cooperative, year, members_total=10, accounts_kept=kept, disclosures=1
        )
    declare_governance([report.standing])


def test_governance_is_that_of_the_last_report_accepted_by_the_day(bureau):
    one = society("账户合作社")
    reported(one, 2019, dt.date(2020, 5, 1), kept=10)
    reported(one, 2020, dt.date(2021, 5, 1), kept=3)
    for key in KINDS:
        assert figure(key, bureau, dt.date(2020, 4, 30)).numerator == 0
        assert figure(key, bureau, dt.date(2020, 5, 1)).numerator == 1
        assert figure(key, bureau, NEW_YEAR).numerator == 1
        assert figure(key, bureau, dt.date(2021, 5, 1)).numerator == 0
        assert figure(key, bureau, dt.date(2021, 7, 1), known=NEW_YEAR).numerator == 1


def test_governance_stands_still_when_the_programme_has_ended(bureau):
    one = society("账户合作社")
    reported(one, 2020, LAST, kept=10)
    reported(one, 2021, dt.date(2022, 3, 1), kept=3)
    assert figure("accounts_complete", bureau, LONG_AFTER).numerator == 1


def test_who_looked_goes_before_the_report_from_that_day_on(bureau):
    one = society("核实合作社")
    reported(one, 2020, dt.date(2021, 5, 1), kept=10)
    looked_on = dt.date(2021, 7, 6)
    GovernanceFact.objects.update(verified=False, verified_on=looked_on)
    assert figure("accounts_complete", bureau, looked_on - dt.timedelta(days=1)).numerator == 1
    assert figure("accounts_complete", bureau, looked_on).numerator == 0
    GovernanceFact.objects.update(verified=True)
    assert figure("accounts_complete", bureau, looked_on).numerator == 1


def test_titles_of_the_last_year_stay_when_the_programme_has_ended(bureau):
    held = society("示范合作社")
    TitleFactory(cooperative=held, level="district", recognised_on=dt.date(2021, 9, 1))
    assert figure("district_this_year", bureau, LONG_AFTER).numerator == 1
