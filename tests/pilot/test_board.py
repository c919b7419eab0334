"""The board judges whom it may, says what it does not know, and opens every number it shows."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from common import clock
from pilot.board import as_of, board_of, list_address, trend_chart
from pilot.figures import NOWHERE, keep_figures, keep_quarters
from pilot.indicators import BY_KEY, INDICATORS
from pilot.models import IndicatorFigure, Target
from pilot.pace import RULE
from tests.factories.pilot import LAST, the_programme
from tests.pilot.test_indicators import society

ON = dt.date(2021, 7, 20)


@pytest.fixture
def programme(furnished):
    found = the_programme()
    Target.objects.all().delete()
    Target.objects.bulk_create(
        Target(
            programme=found,
            indicator=each.key,
            value=Decimal(80),
            starts_on=found.starts_on,
            due_on=found.ends_on,
        )
        for each in INDICATORS
    )
    return found


@pytest.mark.parametrize("who", ["clerk", "counsellor"])
def test_a_township_is_not_judged_by_the_districts_target(cast, browser_of, programme, who):
    client = browser_of(getattr(cast, who))
    for item in board_of(getattr(cast, who), programme, as_of(programme, ON)).items:
        page = client.get(item.url)
        assert page.context["standing"] is None, item.indicator.key
        text = page.content.decode()
        assert "危险" not in text, item.indicator.key
        assert "全区目标" in text
    board = client.get(reverse("pilot:board")).content.decode()
    assert "没有定目标" not in board
    assert "只评价全区" in board
    leaders = browser_of(cast.leader).get(
        list_address(BY_KEY["new_district"], as_of(programme, ON))
    )
    assert leaders.context["standing"].word == "危险"


def test_meetings_of_the_district_are_no_number_of_a_township(cast, browser_of, programme):
    address = list_address(BY_KEY["joint_meetings"], as_of(programme, ON))
    assert browser_of(cast.clerk).get(address).status_code == 404
    assert browser_of(cast.leader).get(address).status_code == 200


@pytest.mark.parametrize("days", [{"on": "2021-13-45"}, {"on": "2020-06-30", "known": "abc"}])
def test_a_day_that_cannot_be_read_is_refused_or_said(cast, browser_of, programme, days):
    client = browser_of(cast.leader)
    for address in ("/api/v1/indicators/", "/api/v1/indicators/new_district/"):
        answer = client.get(address, days)
        assert answer.status_code == 400
        assert answer.json()["code"] == "unreadable"
        assert list(answer.json()["fields_wrong"]) == [list(days)[-1]]
    for page in (reverse("pilot:board"), reverse("pilot:indicator", args=["new_district"])):
        answer = client.get(page, days)
        assert "没有采用" in answer.content.decode()
        if "known" in days:
            assert answer.context["when"].on == dt.date(2020, 6, 30)


def test_an_empty_day_is_none_on_a_page_and_refused_to_a_program(cast, browser_of, programme):
    client = browser_of(cast.leader)
    assert client.get("/api/v1/indicators/", {"known": ""}).status_code == 400
    page = client.get(reverse("pilot:board"), {"known": ""})
    assert "没有采用" not in page.content.decode()


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_first_and_last_day_of_calendars_break_nothing(cast, browser_of, programme, day):
    client = browser_of(cast.leader)
    assert client.get("/api/v1/indicators/", {"on": day, "known": day}).status_code == 200


def test_the_last_day_is_a_day_of_the_pilot(cast, browser_of, programme):
    for address in (reverse("pilot:board"), reverse("pilot:screen")):
        for day, over in ((LAST, False), (LAST + dt.timedelta(days=1), True)):
            with clock.on_day(day):
                text = browser_of(cast.leader).get(address).content.decode()
            assert ("试点最后一天" in text) is not over
            assert ("试点已于" in text) is over


def test_the_trend_ends_on_the_day_itself(cast, programme):
    when = as_of(programme, dt.date(2021, 5, 11))
    quarter_end = dt.date(2021, 3, 31)
    society("有账合作社")
    keep_figures(programme, quarter_end)
    board = board_of(cast.leader, programme, when)
    chart = trend_chart(programme, when, board)
    now = {item.indicator.title: item.figure.value for item in board.items}
    kept = IndicatorFigure.objects.filter(on=quarter_end, township="")
    for series in chart.series:
        value = now[series.name]
        assert series.values[-1] == (None if value is None else float(value))
    assert any(series.values[-2] is not None for series in chart.series)
    then = as_of(programme, when.on, known=quarter_end)
    kept.update(computed_at=clock.start_of(dt.date(2021, 4, 2)))
    early = trend_chart(programme, then, board_of(cast.leader, programme, then))
    assert all(series.values[-2] is None for series in early.series)


def test_the_trend_leaves_out_what_was_counted_by_another_definition(cast, programme):
    when = as_of(programme, dt.date(2021, 5, 11))
    society("有账合作社")
    keep_figures(programme, dt.date(2021, 3, 31))
    IndicatorFigure.objects.update(definition_version=99)
    chart = trend_chart(programme, when, board_of(cast.leader, programme, when))
    assert all(series.values[-2] is None for series in chart.series)


def test_nobody_to_take_a_share_of_is_no_zero_in_the_matrix(cast, browser_of, programme):
    page = browser_of(cast.leader).get(reverse("pilot:board"))
    empty = [
        (item.indicator.is_share, cell["nothing"])
        for line in page.context["board"].townships
        for item, cell in zip(page.context["board"].columns, line["cells"], strict=True)
        if cell["figure"] is None
    ]
    assert {(True, "—"), (False, "0")} == set(empty)


def test_societies_of_no_township_have_a_row_and_a_list(cast, browser_of, programme):
    society("不知何处合作社")
    when = as_of(programme, ON)
    client = browser_of(cast.leader)
    page = client.get(list_address(BY_KEY["accounts_complete"], when))
    place = page.context["places"][-1]
    assert (place["name"], place["figure"].denominator) == ("未归到乡镇街道", 1)
    listed = client.get(f"{place['url']}&missing=1")
    assert [line.label for line in listed.context["lines"]] == ["不知何处合作社"]
    row = board_of(cast.leader, programme, when).townships[-1]
    assert row["name"] == "未归到乡镇街道"
    assert all(f"township={NOWHERE}" in cell["url"] for cell in row["cells"])


def test_the_rule_puts_exactly_a_fifth_behind_where_the_light_puts_it():
    assert "不超过两成为滞后" in RULE
    assert "超过两成为危险" in RULE


def test_an_indicator_is_told_by_quarter_on_its_page_and_to_programs(cast, browser_of, programme):
    society("有账合作社", township=cast.near.township)
    end = dt.date(2021, 3, 31)
    keep_figures(programme, end)
    days = {"on": "2021-05-11"}
    for person in (cast.leader, cast.clerk):
        client = browser_of(person)
        told = client.get("/api/v1/indicators/accounts_complete/", days).json()["quarters"]
        assert [each["quarter"] for each in told[-2:]] == ["2021Q1", "2021Q2"]
        assert [(each["on"], each["denominator"]) for each in told[-2:]] == [
            ("2021-03-31", 1),
            ("2021-05-11", 1),
        ]
        page = client.get(reverse("pilot:indicator", args=["accounts_complete"]), days)
        chart = page.context["charts"][0]
        assert list(chart.series[0].values[-2:]) == [0.0, 0.0]
        assert chart.categories[-1] == "2021年二季度（到2021年5月11日）"
    # What belongs to no township is kept of the district alone.
    own = browser_of(cast.clerk).get("/api/v1/indicators/counsellor_training/", days).json()
    assert own["quarters"] == []


def test_the_quarters_of_one_township_are_its_own(cast, browser_of, programme):
    society("有账合作社", township=cast.near.township)
    keep_figures(programme, dt.date(2021, 3, 31))
    address = reverse("pilot:indicator", args=["heard_of_law"])
    for place, value in ((cast.near.township.code, 0.0), (cast.far.township.code, None)):
        query = {"on": "2021-05-11", "township": place}
        chart = browser_of(cast.leader).get(address, query).context["charts"][0]
        assert chart.series[0].values[-2] == value


def test_past_quarters_are_measured_anew_by_a_new_definition(cast, programme):
    keep_quarters(programme)
    ends = IndicatorFigure.objects.filter(township="", indicator="typical").values_list("on")
    assert (dt.date(2021, 6, 30),) in ends
    assert (dt.date(2021, 9, 30),) not in ends
    IndicatorFigure.objects.filter(indicator="typical").update(definition_version=99, numerator=7)
    IndicatorFigure.objects.filter(indicator="planned", township="").update(numerator=7)
    keep_quarters(programme)
    past = IndicatorFigure.objects.filter(township="", on__lte=dt.date(2021, 6, 30))
    assert {row.numerator for row in past.filter(indicator="typical")} == {0}
    kept = past.filter(indicator="planned")
    assert {row.numerator for row in kept} == {7}


def test_the_board_draws_coverage_and_how_far_cases_came(cast, browser_of, programme):
    client = browser_of(cast.leader)
    page = client.get(reverse("pilot:board"))
    charts = {chart.anchor: chart for chart in page.context["charts"]}
    assert set(charts) == {"pace", "trend", "coverage", "funnel"}
    board = {item.indicator.title: item for item in page.context["board"].items}
    for title, url in zip(charts["coverage"].categories, charts["coverage"].urls, strict=True):
        assert board[title].url == url
    for url, number in zip(charts["funnel"].urls, charts["funnel"].series[0].values, strict=True):
        assert client.get(url).context["number"] == number
    past = client.get(reverse("pilot:board"), {"on": "2020-12-31"}).context["charts"]
    assert "funnel" not in {chart.anchor for chart in past}
