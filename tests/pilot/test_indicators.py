"""Every figure equals the list that it opens, for everybody, on any day."""

import datetime as dt
import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from openpyxl import load_workbook

from accounts.choices import Role
from common import clock
from pilot.board import as_of, board_of
from pilot.figures import keep_figures, measure_all, measure_one
from pilot.indicators import BY_KEY, INDICATORS
from pilot.indicators.frame import Figure
from pilot.models import IndicatorFigure, Programme
from registry.choices import RegistrationStatus
from registry.models import CooperativeVersion
from tests.factories.accounts import UserFactory
from tests.factories.pilot import the_programme
from tests.factories.registry import CooperativeFactory
from tests.factories.sides import PublicationFactory

DAYS = (dt.date(2020, 6, 30), dt.date(2020, 12, 31), dt.date(2021, 7, 20))
READERS = (Role.BUREAU, Role.CLERK, Role.COUNSELLOR, Role.LEADER, Role.AUDITOR)


@pytest.fixture
def district(furnished):
    return the_programme()


@pytest.mark.parametrize("role", READERS)
@pytest.mark.parametrize("on", DAYS)
def test_every_figure_is_the_length_of_its_list(cast, browser_of, district, role, on):
    person = cast.of(role)
    board = board_of(person, district, as_of(district, on))
    assert {item.indicator.key for item in board.items} == {
        indicator.key for indicator in INDICATORS if indicator.may(person)
    }
    client = browser_of(person)
    for item in board.items:
        page = client.get(item.url)
        assert page.status_code == 200, item.url
        assert page.context["number"] == item.figure.numerator, item.indicator.key
        if item.indicator.is_share:
            others = client.get(f"{item.url}&missing=1").context["number"]
            assert page.context["number"] + others == item.figure.denominator, item.indicator.key


@pytest.mark.parametrize("on", DAYS)
def test_townships_add_up_and_open_their_own_lists(cast, browser_of, district, on):
    client = browser_of(cast.leader)
    for item in board_of(cast.leader, district, as_of(district, on)).items:
        by = item.measured.by_township
        if not by:
            continue
        assert sum(figure.numerator for figure in by.values()) == item.figure.numerator
        for code, figure in by.items():
            if code:
                page = client.get(f"{item.url}&township={code}")
                assert page.context["number"] == figure.numerator, (item.indicator.key, code)


def test_a_clerk_counts_what_the_leader_counts_for_that_township(cast, district):
    when = as_of(district, DAYS[-1])
    whole = measure_all(cast.leader, district, when)
    own = measure_all(cast.clerk, district, when)
    code = cast.clerk.unit.code
    for key, measured in own.items():
        if BY_KEY[key].township and key in whole:
            expected = whole[key].by_township.get(code)
            assert measured.figure.numerator == (expected.numerator if expected else 0), key


def test_command_page_and_workbook_agree(cast, browser_of, district):
    out = io.StringIO()
    call_command("indicators", "--json", "--as-of", "2021-07-20", stdout=out)
    told = {each["key"]: each for each in json.loads(out.getvalue())}
    assert set(told) == {indicator.key for indicator in INDICATORS}
    board = board_of(cast.bureau, district, as_of(district, DAYS[-1]))
    for item in board.items:
        each = told[item.indicator.key]
        assert each["numerator"] == item.figure.numerator
        assert each["denominator"] == item.figure.denominator
    answer = browser_of(cast.bureau).get(reverse("pilot:figures-file"), {"on": "2021-07-20"})
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))["指标"]
    whole = {
        row[1]: row for row in sheet.iter_rows(min_row=2, values_only=True) if row[2] == "全部"
    }
    for item in board.items:
        assert whole[item.indicator.title][4] == item.figure.numerator


def test_without_a_programme_the_command_says_so(db):
    with pytest.raises(CommandError, match="还没有设立试点"):
        call_command("indicators", "--json")


def society(
    name, *, status=RegistrationStatus.ACTIVE, since=dt.date(2015, 1, 1), known=None, township=None
):
    made = CooperativeFactory(name=name, status=status, established_on=since, township=township)
    CooperativeVersion.objects.filter(cooperative=made).delete()
    CooperativeVersion.objects.create(
        cooperative=made,
        name=name,
        status=RegistrationStatus.ACTIVE,
        true_from=since,
        known_from=clock.start_of(known or since),
    )
    return made


def test_a_society_that_ended_counts_until_that_day(db):
    programme, bureau = the_programme(), UserFactory()
    gone = society("青山合作社")
    CooperativeVersion.objects.update(true_to=dt.date(2021, 3, 1))
    CooperativeVersion.objects.create(
        cooperative=gone,
        name=gone.name,
        status=RegistrationStatus.DEREGISTERED,
        true_from=dt.date(2021, 3, 1),
        known_from=clock.start_of(dt.date(2021, 4, 10)),
    )
    for year in (2019, 2020):
        PublicationFactory(cooperative=gone, report_year=year)
    published = BY_KEY["reports_published"]
    on = as_of(programme, dt.date(2021, 7, 20))
    figure = published.measure(bureau, on).figure
    assert (figure.denominator, figure.wide) == (0, 1)
    before = as_of(programme, dt.date(2021, 2, 1))
    assert published.measure(bureau, before).figure.denominator == 1


def test_as_known_then_differs_from_as_known_now(db):
    programme, bureau = the_programme(), UserFactory()
    society("迟报合作社", known=dt.date(2021, 5, 1))
    accounts = BY_KEY["accounts_complete"]
    on = dt.date(2021, 3, 1)
    assert accounts.measure(bureau, as_of(programme, on)).figure.denominator == 1
    then = as_of(programme, on, known=dt.date(2021, 4, 1))
    assert accounts.measure(bureau, then).figure.denominator == 0


def test_nobody_to_count_is_no_value_and_not_zero():
    assert Figure(0, 0).value is None
    assert Figure(0).value == 0
    assert str(Figure(2, 3).value) == "66.7"


def test_keeping_figures_twice_changes_nothing(cast, district):
    first = keep_figures(district, DAYS[-1])
    kept = set(IndicatorFigure.objects.values_list("indicator", "township", "numerator"))
    assert keep_figures(district, DAYS[-1]) == first
    assert set(IndicatorFigure.objects.values_list("indicator", "township", "numerator")) == kept


def test_a_large_register_reads_the_figures_of_the_night(
    cast, district, settings, django_assert_max_num_queries
):
    settings.LIVE_FIGURES = 0
    when = as_of(district, clock.today())
    keep_figures(district, clock.today())
    live = {i.key: i.measure(cast.leader, when).figure for i in INDICATORS if i.may(cast.leader)}
    with django_assert_max_num_queries(3):
        kept = measure_all(cast.leader, district, when)
    assert {key: measured.figure for key, measured in kept.items()} == live
    IndicatorFigure.objects.update(numerator=4321)
    assert measure_all(cast.leader, district, when)["new_district"].figure.numerator == 4321


@pytest.mark.parametrize("who", ["leader", "clerk", "counsellor"])
def test_a_large_register_gives_each_reach_the_figures_that_counting_gives(
    who, cast, district, settings
):
    user = getattr(cast, who)
    when = as_of(district, clock.today())
    society("罗江合作社", township=cast.clerk.unit)
    society("不知何处合作社")
    live = measure_all(user, district, when)
    settings.LIVE_FIGURES = 0
    keep_figures(district, clock.today())
    assert measure_all(user, district, when) == live
    for indicator in INDICATORS:
        if indicator.may(user):
            assert measure_one(user, district, when, indicator) == live[indicator.key]


def test_a_township_of_a_large_register_is_read_and_not_counted(cast, district, settings):
    settings.LIVE_FIGURES = 0
    society("罗江合作社", township=cast.clerk.unit)
    keep_figures(district, clock.today())
    own = IndicatorFigure.objects.filter(township=cast.clerk.unit.code)
    assert own.filter(indicator="accounts_complete").update(denominator=4321) == 1
    measured = measure_all(cast.clerk, district, as_of(district, clock.today()))
    assert measured["accounts_complete"].figure.denominator == 4321


def test_the_board_costs_the_same_however_many_societies(
    cast, browser_of, district, django_assert_max_num_queries
):
    del district
    client = browser_of(cast.leader)
    for number in range(20):
        CooperativeFactory(name=f"第{number}合作社", township=cast.clerk.unit)
    with django_assert_max_num_queries(60):
        assert client.get(reverse("pilot:board")).status_code == 200


def test_an_unknown_indicator_and_one_beyond_the_right_read_alike(cast, browser_of, district):
    del district
    client = browser_of(cast.clerk)
    assert client.get(reverse("pilot:indicator", args=["nothing"])).status_code == 404
    assert client.get(reverse("pilot:indicator", args=["feed_quarters"])).status_code == 404
    assert browser_of(cast.chair).get(reverse("pilot:board")).status_code == 403


def test_a_second_pilot_stands_beside_the_first(cast, browser_of, district):
    second = Programme.objects.create(
        name="市级试点",
        level="municipal",
        starts_on=dt.date(2021, 7, 1),
        ends_on=dt.date(2022, 6, 30),
    )
    page = browser_of(cast.leader).get(reverse("pilot:board"), {"programme": district.pk})
    assert page.context["programme"] == district
    page = browser_of(cast.leader).get(reverse("pilot:board"), {"programme": second.pk})
    assert page.context["programme"] == second


def test_the_interface_says_what_the_board_shows(cast, browser_of, district):
    address = "/api/v1/indicators/"
    for person in (cast.leader, cast.clerk):
        told = browser_of(person).get(address, {"on": "2021-07-20"}).json()
        board = board_of(person, district, as_of(district, DAYS[-1]))
        shown = [(item.indicator.key, item.figure.numerator) for item in board.items]
        assert [(each["key"], each["numerator"]) for each in told] == shown
    one = browser_of(cast.leader).get(f"{address}new_district/").json()
    assert one["key"] == "new_district"
    assert browser_of(cast.clerk).get(f"{address}feed_quarters/").status_code == 404
    assert browser_of(cast.leader).get(f"{address}nothing/").status_code == 404
    assert browser_of(cast.chair).get(address).status_code == 403
