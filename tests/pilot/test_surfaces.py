"""Board, paper, interface and workbook say the same of every figure, to everybody, on any day."""

import html
import io
import re

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from accounts.choices import Role
from accounts.models import OrganisationUnit
from accounts.policy import GRANTS, Action
from pilot.board import as_of
from pilot.indicators import INDICATORS
from tests.factories.pilot import the_programme
from tests.pilot.test_indicators import DAYS, READERS


def on_paper(page):
    """Return by title what the sheet prints: the cells 完成 and 目标 without spaces."""
    found = {}
    for row in re.findall(r"<tr[^>]*>(.*?)</tr>", page, re.DOTALL):
        title = re.search(r'class="card-title"><a [^>]*>(.*?)</a>', row)
        cells = dict(re.findall(r'<td[^>]*data-label="([^"]+)">(.*?)</td>', row, re.DOTALL))
        if title and "完成" in cells:
            plain = {
                name: re.sub(r"\s", "", re.sub("<[^>]+>", "", cell)) for name, cell in cells.items()
            }
            found[html.unescape(title[1])] = (plain["完成"], plain["目标"])
    return found


def written(item):
    """Return how a person would write the figure of an item and its target."""
    asked, figure = item.indicator, item.figure

    def amount(value):
        if value is None:
            return "—"
        return f"{value}%" if asked.is_share else f"{value.normalize():f}{asked.unit}"

    reached = amount(figure.value)
    if asked.is_share:
        reached += f"{figure.numerator}/{figure.denominator}"
        if figure.wide is not None and figure.wide != figure.denominator:
            reached += f"；另一口径{figure.wide_value}%"
    return reached, amount(item.target.value if item.target else None)


def in_the_workbook(answer):
    """Return by indicator and place value, numerator, denominator, wide and target."""
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))["指标"]
    return {(row[1], row[2]): row[3:8] for row in sheet.iter_rows(min_row=2, values_only=True)}


def number(value):
    return None if value is None else float(value)


@pytest.mark.django_db
@pytest.mark.parametrize("on", DAYS)
@pytest.mark.parametrize("role", READERS)
def test_board_paper_interface_and_workbook_say_the_same(stage, browser_of, role, on):
    person, programme, day = stage.of(role), the_programme(), {"on": on.isoformat()}
    client = browser_of(person)
    page = client.get(reverse("pilot:board"), day)
    items = page.context["board"].items
    assert len(items) == sum(indicator.may(person) for indicator in INDICATORS)
    paper = on_paper(page.content.decode())
    told = {each["key"]: each for each in client.get("/api/v1/indicators/", day).json()}
    book = in_the_workbook(client.get(reverse("pilot:figures-file"), day))
    names = dict(OrganisationUnit.objects.reporting().values_list("code", "short_name"))
    assert len(paper) == len(told) == len(items)
    for item in items:
        asked, figure = item.indicator, item.figure
        assert figure == asked.measure(person, as_of(programme, on)).figure, asked.key
        assert paper[asked.title] == written(item), asked.key
        target = item.target.value if item.target else None
        expected = [figure.value, figure.numerator, figure.denominator, figure.wide, target]
        each = told[asked.key]
        api = [each[k] for k in ("value", "numerator", "denominator", "wide", "target")]
        assert [number(v) for v in api] == [number(v) for v in expected], asked.key
        assert [number(v) for v in book[asked.title, "全部"]] == [number(v) for v in expected]
        assert {line["township"]: line["numerator"] for line in each["townships"]} == {
            code: part.numerator for code, part in item.measured.by_township.items()
        }
        for code, part in item.measured.by_township.items():
            place = book[asked.title, names.get(code, "未归到乡镇街道")]
            assert number(place[0]) == number(part.value), (asked.key, code)


@pytest.mark.django_db
@pytest.mark.parametrize("role", sorted(set(Role) - set(READERS)))
def test_who_may_see_no_figure_sees_none_anywhere(stage, browser_of, role):
    client = browser_of(stage.of(role))
    one = reverse("pilot:indicator", args=["new_district"])
    for address in (
        *(reverse(f"pilot:{page}") for page in ("board", "screen", "figures-file")),
        *(one, "/api/v1/indicators/", "/api/v1/indicators/new_district/", "/api/v1/figures/"),
    ):
        assert client.get(address).status_code == 403, address


def test_the_readers_of_these_tests_are_all_who_may():
    assert set(READERS) == set(GRANTS[Action.VIEW_INDICATOR])
