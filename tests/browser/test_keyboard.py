"""The main act of a page can be reached and done with the keyboard alone, and one sees where one is."""

from playwright.sync_api import Page, expect

from registry.choices import JobState
from tests.browser.hand import FOCUS, ring_is_seen
from tests.browser.test_feed_pages import delivery_in

FORM_ORDER = ("选择文件", "数据来源", "季度", "报送单位", "全部名单", "报送并检查")


def tab_until(page: Page, words: str, limit: int = 40) -> list[str]:
    """Press Tab until the focus is on what begins with these words; return every stop on the way."""
    stops: list[str] = []
    while len(stops) < limit:
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUS))
        assert ring_is_seen(page), f"the focus on “{stops[-1]}” is not to be seen"
        if stops[-1].startswith(words):
            return stops
    raise AssertionError(f"{words} is not among {stops}")


def test_signing_in_needs_no_mouse(visit, cast):
    page = visit("/accounts/login/")
    assert page.evaluate(FOCUS).startswith("用户名")
    assert ring_is_seen(page)
    page.keyboard.type(cast.bureau.username)
    tab_until(page, "密码", limit=1)
    page.keyboard.type("wrong")
    tab_until(page, "登录", limit=2)
    page.keyboard.press("Enter")
    expect(page.get_by_text("用户名或密码")).to_be_visible()


def test_handing_a_file_in_needs_no_mouse(visit, cast):
    page = visit("/registry/feeds/new/", user=cast.bureau)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # over the menu, to the content
    stops = tab_until(page, "报送并检查")
    order = [next(i for i, stop in enumerate(stops) if word in stop) for word in FORM_ORDER]
    assert order == sorted(order)


def test_a_confirmation_is_opened_left_and_opened_again_with_the_keyboard(visit, cast):
    delivery = delivery_in(JobState.STAGED)
    page = visit(f"/registry/feeds/{delivery.pk}/", user=cast.bureau)
    dialog = page.locator("#commit")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    tab_until(page, "核对无误，入库")
    page.keyboard.press("Space")
    expect(dialog).to_be_visible()
    assert page.evaluate("document.activeElement.closest('dialog').id") == "commit"
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert page.evaluate(FOCUS).startswith("核对无误，入库")
    page.keyboard.press("Enter")
    expect(dialog).to_be_visible()
    tab_until(page, "入库", limit=4)
