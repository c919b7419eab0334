"""Figures where a year turns, a deadline passes and the programme ends."""

import datetime as dt

import pytest

from common import clock
from pilot.board import as_of
from pilot.indicators import BY_KEY
from registry.choices import GovernanceKind, RegistrationStatus
from registry.models import CooperativeVersion, GovernanceFact
from registry.operations.report_reviews import declare_governance
from registry.statement_choices import PublicationState
from tests.factories.accounts import UserFactory, unit
from tests.factories.cleanup import SurveyRecordFactory
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


@pytest.mark.parametrize(
    "key", ["accounts_complete", "affairs_disclosed", "good_order", "heard_of_law"]
)
def test_a_share_is_told_with_those_that_clean_up_took_away(bureau, key):
    society("常青合作社")
    gone = society("注销合作社")
    left_on = dt.date(2021, 3, 1)
    CooperativeVersion.objects.filter(cooperative=gone).update(true_to=left_on)
    before = society("早已注销合作社")
    CooperativeVersion.objects.filter(cooperative=before).update(true_to=dt.date(2020, 3, 1))
    late = figure(key, bureau, dt.date(2021, 7, 20))
    assert (late.denominator, late.wide) == (1, 2)
    early = figure(key, bureau, left_on - dt.timedelta(days=1))
    assert (early.denominator, early.wide) == (2, 2)


def test_a_survey_is_told_with_those_that_left_before_anybody_came(bureau):
    record = SurveyRecordFactory(cooperative=society("在册合作社"))
    gone = SurveyRecordFactory(
        cooperative=society("离册合作社", status=RegistrationStatus.DEREGISTERED)
    )
    assert record.campaign == gone.campaign
    found = figure("surveyed", bureau, clock.today())
    assert (found.denominator, found.wide) == (1, 2)


def test_a_township_all_of_whose_societies_left_keeps_its_other_denominator(bureau):
    place = unit("罗江镇")
    society("注销合作社", township=place)
    CooperativeVersion.objects.update(true_to=dt.date(2021, 3, 1))
    when = as_of(the_programme(), dt.date(2021, 7, 20))
    by = BY_KEY["accounts_complete"].measure(bureau, when).by_township
    assert (by[place.code].denominator, by[place.code].wide) == (0, 1)
