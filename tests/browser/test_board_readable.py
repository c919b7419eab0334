"""The board on a phone, at a desk and on the wall, printed and without colour."""

import pytest

from pilot.indicators import INDICATORS
from pilot.models import Target
from tests.browser.conftest import complaints_of_axe
from tests.browser.sizes import DESK, PHONE, SIZES
from tests.factories.pilot import the_programme

SMALLEST, SMALLEST_ON_THE_WALL = 12, 32  # CSS pixels; a wall of 3840 is read across a room
TARGETS = 24  # of a pilot as large as the plan asks for
STATES = {"危险", "滞后", "无数据", "正常", "已达成"}
# The sizes of all letters and digits that can be seen; a mark beside a word is no letter.
SIZES_OF_TEXT = """root => {
  const sizes = [], walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement, box = element.getClientRects()[0];
    if (!/[\\p{L}\\p{N}]/u.test(walker.currentNode.data) || !box || box.width < 2) continue;
    sizes.push(parseFloat(getComputedStyle(element).fontSize));
  }
  return sizes;
}"""
# What an icon looks like, not how it is called: the strokes of the symbol that it uses.
SHAPES = """async root => {
  const found = {};
  for (const use of root.querySelectorAll("use")) {
    const [file, name] = use.getAttribute("href").split("#");
    const sheet = new DOMParser().parseFromString(
      await (await fetch(file)).text(), "image/svg+xml");
    found[name] = sheet.getElementById(name).innerHTML;
  }
  return found;
}"""


@pytest.fixture
def leader(cast):
    programme = the_programme()
    Target.objects.bulk_create(
        Target(
            programme=programme,
            indicator=indicator.key,
            value=80,
            starts_on=programme.starts_on,
            due_on=programme.ends_on,
        )
        for indicator in INDICATORS
    )
    return cast.leader


@pytest.mark.parametrize("size", [PHONE, DESK, SIZES["wall"]], ids=["phone", "desk", "wall"])
@pytest.mark.parametrize("address", ["/pilot/board/", "/pilot/screen/"])
def test_the_board_fits_and_its_letters_are_large_enough(visit, leader, address, size):
    page = visit(address, user=leader, size=size)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    on_the_wall = (address, size) == ("/pilot/screen/", SIZES["wall"])
    sizes = page.locator(".screen-items" if on_the_wall else "main").evaluate(SIZES_OF_TEXT)
    assert len(sizes) > len(INDICATORS)
    assert min(sizes) >= (SMALLEST_ON_THE_WALL if on_the_wall else SMALLEST)
    assert complaints_of_axe(page) == []


@pytest.mark.parametrize("media", ["screen", "print"])
def test_without_colour_every_state_has_its_word_and_a_shape_of_its_own(visit, leader, media):
    page = visit("/pilot/screen/", user=leader)
    page.emulate_media(media=media, forced_colors="active")
    states = page.locator(".screen-state")
    assert states.count() == page.locator(".screen-item").count() >= TARGETS
    for state in states.all():
        assert state.inner_text().strip() in STATES
        assert state.locator("svg").bounding_box()
    shapes = page.locator("main").evaluate(SHAPES)
    assert len(set(shapes.values())) == len(shapes) > 1
