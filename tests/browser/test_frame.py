"""The frame of every page: navigation, user menu, no sideways scroll, nothing for axe to find."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import complaints_of_axe
from tests.browser.sizes import DESK, PHONE

SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])


@SIZES
@pytest.mark.parametrize("path", ["/", "/accounts/profile/"])
def test_a_page_fits_its_window_and_axe_finds_nothing(visit, cast, path, size):
    page = visit(path, user=cast.bureau, size=size, bypass_csp=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert complaints_of_axe(page) == []


@SIZES
def test_the_sign_in_page_fits_its_window_and_axe_finds_nothing(visit, size):
    page = visit("/accounts/login/", size=size, bypass_csp=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert complaints_of_axe(page) == []


def test_the_frame_obeys_its_own_content_policy(visit, cast):
    page = visit("/", user=cast.bureau)
    assert page.evaluate("typeof htmx") == "object"
    assert page.evaluate("getComputedStyle(document.querySelector('.top-bar')).display") == "flex"


def test_on_a_phone_the_navigation_opens_and_escape_shuts_it(visit, cast):
    page = visit("/", user=cast.bureau, size=PHONE)
    navigation, toggle = page.locator("#side-nav"), page.locator(".nav-toggle")
    expect(navigation).to_be_hidden()
    toggle.click()
    expect(navigation).to_be_visible()
    expect(toggle).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(navigation).to_be_hidden()


def test_without_script_the_navigation_still_opens_on_a_phone(visit, cast):
    page = visit("/", user=cast.bureau, size=PHONE, java_script_enabled=False)
    page.locator(".nav-toggle").click()
    expect(page.locator("#side-nav")).to_be_visible()


def test_on_a_phone_every_control_is_large_enough_for_a_thumb(visit, cast):
    page = visit("/accounts/profile/", user=cast.bureau, size=PHONE)
    page.locator(".nav-toggle").click()
    heights = page.eval_on_selector_all(
        ".nav-toggle, .nav-link, .user-button, .btn, .field input",
        "found => found.map(control => [control.outerHTML, control.getBoundingClientRect().height])",
    )
    assert [html for html, height in heights if height < 44] == []


def test_a_person_signs_out_from_the_user_menu(visit, cast):
    page = visit("/", user=cast.bureau)
    page.locator(".user-button").click()
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/accounts/login/**")


def test_the_first_tab_stop_leads_to_the_content(visit, cast):
    page = visit("/accounts/profile/", user=cast.bureau)
    page.keyboard.press("Tab")
    expect(page.get_by_text("跳到正文", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()
