"""The tour sees what a careful eye would hold against a page."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from accounts.policy import Action
from registry.models import Cooperative
from tests.browser.desk import ROUTES, accounts_for
from tests.browser.sizes import PHONE
from tests.factories.registry import CooperativeFactory
from tests.tour.strain import AMOUNT, LONGEST_NAME, LONGEST_PERSON, strain
from tests.tour.walk import MEASURE, SHAPE, WATCH, Shapes, Sight

SOUND = "<main style='width:300px'><p>字</p></main>"
STICKS_OUT = "<main style='width:300px'><p class='wide' style='width:320px'>字</p></main>"
SCROLLS = "<main style='width:300px;overflow-x:auto'><p style='width:320px'>字</p></main>"
TOO_WIDE = "<main style='width:400px'>字</main>"
CUT = "<p style='width:60px;overflow:hidden;white-space:nowrap'{}>达州市通川区农民专业合作社</p>"


@pytest.fixture
def page(chromium: Browser) -> Any:
    """Return a page that counts shift, at the size of a phone."""
    context = chromium.new_context(viewport=PHONE)
    page = context.new_page()
    page.add_init_script(WATCH)
    yield page
    context.close()


def seen(page: Page, html: str) -> Sight:
    page.set_content(html)
    return Sight("bureau", "phone", "home", "/", **page.evaluate(MEASURE))


@pytest.mark.parametrize("html", [SOUND, SCROLLS, CUT.format(" title='全名'")])
def test_nothing_is_said_about_a_sound_page(page: Page, html: str) -> None:
    assert seen(page, html).complaints() == []


def test_a_page_wider_than_its_window_is_named(page: Page) -> None:
    assert seen(page, TOO_WIDE).overflow == 48  # 8 px of margin, 400 px in a window of 360


def test_what_sticks_out_of_its_box_is_named_with_its_pixels(page: Page) -> None:
    assert seen(page, STICKS_OUT).out == ["p.wide「字」 +20"]


def test_text_that_cannot_be_read_to_its_end_is_named(page: Page) -> None:
    assert seen(page, CUT.format("")).cut == ["p「达州市通川区农民专业合作」"]


def test_what_moves_after_the_first_paint_is_counted(page: Page) -> None:
    page.goto("data:text/html,<div id=late></div><h1 style='height:300px'>字</h1>")
    page.wait_for_timeout(100)
    page.evaluate("document.getElementById('late').style.height = '300px'")
    page.wait_for_timeout(100)
    assert page.evaluate(MEASURE)["shift"] > Sight.LARGEST_SHIFT


def test_pages_that_differ_in_words_and_rows_alone_are_one_shape(page: Page) -> None:
    def shape(rows: str, head: str = "h2") -> list[str]:
        page.set_content(f"<main><{head}>字</{head}><table>{rows}</table></main>")
        return list(page.evaluate(SHAPE))

    one, three = "<tr><td>1</td></tr>", "<tr><td>2</td></tr>" * 3
    assert shape(one) == shape(three)
    assert shape(one) != shape("<tr><td class='bad'>1</td></tr>")
    assert shape(one) != shape(one, head="h3")


def test_a_shape_is_judged_once_a_size(tmp_path: Path) -> None:
    shapes = Shapes(tmp_path / "shapes")
    assert shapes.are_new(["frame", "main"], "phone")
    assert not shapes.are_new(["frame", "main"], "phone")
    assert shapes.are_new(["frame", "main"], "desk")
    assert shapes.are_new(["another frame", "main"], "phone")


def test_everyone_with_a_right_is_sent_to_its_pages() -> None:
    users = next(route for route in ROUTES if route.action == Action.MANAGE_PEOPLE)
    assert accounts_for(users) == ["admin"]
    public = next(route for route in ROUTES if route.name == "public-home")
    assert accounts_for(public)[0] == ""


@pytest.mark.django_db
def test_a_strained_district_has_long_names_and_huge_numbers_and_the_same_codes() -> None:
    one = CooperativeFactory(name="达州市通川区一号种植专业合作社", legal_representative="张三")
    strain()
    strained = Cooperative.objects.get(uscc=one.uscc)
    assert len(strained.name) == LONGEST_NAME
    assert strained.name.startswith(one.name)
    assert len(strained.legal_representative) == LONGEST_PERSON
    assert str(strained.total_contribution) == AMOUNT
    assert strained.name_key == one.name_key
