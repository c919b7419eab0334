"""Every page of the demo district, at both sizes, as one person who may open it sees it.

The portal runs as a process of its own. An address that answers with a file or a fragment is only
asked whether it answers.
"""

from typing import Any

import pytest
from playwright.sync_api import Error, Page

from tests.architecture.pages import foreign_words, read
from tests.browser.conftest import complaints_of_axe
from tests.browser.desk import ROUTES, STATES, Desk, account_for, is_page
from tests.browser.sizes import DESK, PHONE, ZOOMED
from tongchuan_coop.demo.people import KNOWN
from tongchuan_coop.routes import Route

pytestmark = [pytest.mark.browser, pytest.mark.slow]
# Pictures that were asked for and are none.
NOT_COME = """() => [...document.images]
  .filter((each) => each.complete && each.currentSrc && !each.naturalWidth)
  .map((each) => each.src)"""
WIDTH = """async () => {
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
  return document.documentElement.scrollWidth;
}"""
SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])


def open_page(desk: Desk, account: str, address: str, size: Any) -> Page | None:
    """Open an address and see that it answers; None when the answer is no page."""
    page = desk.page_of(account, size)
    page.set_viewport_size(size)
    desk.faults.clear()
    try:
        answer = page.goto(address)
    except Error:  # a file is handed out instead of a page
        answer = None
    told = answer or page.context.request.get(address, max_retries=2)
    assert told.status < 400, f"{address}: {told.status}"
    if answer and is_page(answer):
        return page
    desk.renew(account, size)
    return None


def judge(page: Page, desk: Desk) -> None:
    """Hold a page against everything that must be true of any page, at the size it has."""
    fits(page)
    known = {username for username, *_ in KNOWN}
    assert foreign_words(read(page.content())[0], known) == []
    assert complaints_of_axe(page) == []
    assert page.evaluate(NOT_COME) == []
    assert desk.faults == []


def fits(page: Page) -> None:
    """See that nothing goes off the page, once the page has had time to follow its window."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert page.evaluate(WIDTH) <= width


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_a_page_is_fit_to_be_used(desk: Desk, route: Route) -> None:
    """At a desk, there at 200 % zoom as well, and loaded anew on a phone."""
    page = open_page(desk, account_for(route), desk.addresses[route.name], DESK)
    if page:
        judge(page, desk)
        page.set_viewport_size(ZOOMED)
        fits(page)
        page.set_viewport_size(PHONE)
        page.reload()
        judge(page, desk)


@SIZES
@pytest.mark.parametrize("account", [username for username, *_ in KNOWN])
def test_everyone_has_a_home_that_is_fit_to_be_used(desk: Desk, account: str, size: Any) -> None:
    page = open_page(desk, account, "/", size)
    assert page
    judge(page, desk)


@SIZES
@pytest.mark.parametrize("state", STATES)
def test_a_page_in_another_state_is_fit_to_be_used(desk: Desk, state: str, size: Any) -> None:
    account, address = STATES[state]
    page = open_page(desk, account, desk.filled(address), size)
    assert page
    judge(page, desk)
