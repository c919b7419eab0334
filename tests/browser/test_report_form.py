"""Filing the annual report on a phone of 360 px: without scripts, by keyboard alone, and shortly."""

import re

import pytest
from playwright.sync_api import expect

from registry.choices import ReportState
from registry.models import AnnualReport
from registry.reporting.sections import FIELDS, SECTIONS, SECTIONS_BY_KEY
from tests.browser.conftest import PHONE, complaints_of_axe
from tests.factories.reports import WHOLE_ANSWERS, WHOLE_REPORT, MemberFactory, a_submitted_report

MOST_INTERACTIONS = 40
LATE = "疫情期间无法召集成员大会"


@pytest.fixture
def society(cast):
    """A society with a roster that filed last year, so that this year's report comes prefilled."""
    society = cast.near.cooperative
    for number in range(10):
        MemberFactory(cooperative=society, kind="farmer" if number else "non_farmer")
    a_submitted_report(society, by=cast.chair, year=2019)
    return society


class Thumb:
    """Somebody with one thumb; every tap and every field that is typed into counts."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def tap(self, target):
        self.count += 1
        target.scroll_into_view_if_needed()
        target.click()

    def type(self, target, text):
        self.count += 1
        target.fill(text)


class Keyboard:
    """Somebody without a mouse: goes from control to control with Tab, presses Space and Enter."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def _reach(self, target):
        wanted = target.element_handle()
        for _ in range(400):
            if self.page.evaluate("wanted => document.activeElement === wanted", wanted):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard never reaches {target}")

    def tap(self, target):
        self.count += 1
        kind = target.get_attribute("type")
        if kind == "radio":
            self._choose(target)
            return
        self._reach(target)
        self.page.keyboard.press("Space" if kind == "checkbox" else "Enter")

    def _choose(self, target):
        """The radios of a group are one stop; arrows go from one to the next."""
        group = self.page.locator(f'input[name="{target.get_attribute("name")}"]')
        self._reach(group.first)
        self.page.keyboard.press("Space")
        for _ in range(group.count()):
            if target.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows never reach {target}")

    def type(self, target, text):
        self.count += 1
        self._reach(target)
        if target.get_attribute("type") == "date":
            target.fill(text)  # what the keys write into a date depends on the browser's language
        else:
            self.page.keyboard.type(text)


def answer(hand, page, field):
    """Answer one question if it is asked and still open."""
    when = field.when
    if when and not page.locator(f'input[name="f-{when[0]}"][value="{when[1]}"]:checked').count():
        return
    spared = page.locator(f'input[name="n-{field.key}"]')
    if spared.count() and spared.is_checked():
        return
    value = WHOLE_REPORT.get(field.key, "")
    if field.kind == "choice":
        if not page.locator(f'input[name="f-{field.key}"]:checked').count() and value:
            hand.tap(page.locator(f'input[name="f-{field.key}"][value="{value}"]'))
        return
    box = page.locator(f'[name="f-{field.key}"]')
    if box.input_value():
        return
    if value:
        hand.type(box, value)
    elif field.key in WHOLE_ANSWERS:
        hand.tap(spared)


def file_report(hand, page, society):
    """Go from the list of years owed to the receipt, as a person would."""
    page.goto(f"/reports/{society.code}/")
    hand.tap(page.get_by_role("button", name=re.compile("2020|开始|去填写")).first)
    expect(page).to_have_url(re.compile(rf"/{society.code}/2020/"))
    if "/fill/" not in page.url:
        hand.tap(page.get_by_role("link", name="接着填"))
        expect(page).to_have_url(re.compile("/fill/"))
    following = re.compile("保存，(到下一部分|去核对提交)")
    for _ in SECTIONS:  # what is prefilled and complete is passed over
        section = SECTIONS_BY_KEY[page.url.rstrip("/").rpartition("/")[2]]
        expect(page.locator("h1")).to_have_text(section.title)
        for field in section.fields:
            answer(hand, page, field)
        before = page.url
        hand.tap(page.get_by_role("button", name=following))
        expect(page).not_to_have_url(before)
        if "/fill/" not in page.url:
            break
    expect(page.locator("h1")).to_have_text("通读全文")
    hand.type(page.locator("#late-reason"), LATE)
    hand.tap(page.locator('input[name="read"]'))
    hand.tap(page.get_by_role("button", name="提交", exact=True))
    expect(page.locator("main")).to_contain_text("回执")


def test_a_prefilled_report_is_filed_without_scripts_in_under_forty_interactions(
    visit, cast, society
):
    page = visit(user=cast.chair, size=PHONE, java_script_enabled=False)
    thumb = Thumb(page)
    file_report(thumb, page, society)
    assert AnnualReport.objects.get(year=2020).state == ReportState.SUBMITTED
    assert thumb.count < MOST_INTERACTIONS, thumb.count
    print(f"interactions: {thumb.count}")


def test_a_prefilled_report_is_filed_by_keyboard_alone(visit, cast, society):
    page = visit(user=cast.chair, size=PHONE)
    keyboard = Keyboard(page)
    file_report(keyboard, page, society)
    assert AnnualReport.objects.get(year=2020).state == ReportState.SUBMITTED
    assert keyboard.count < MOST_INTERACTIONS, keyboard.count


def test_no_section_scrolls_sideways_or_offends_axe_on_a_phone(visit, cast, society):
    page = visit(user=cast.chair, size=PHONE)
    page.goto(f"/reports/{society.code}/")
    page.get_by_role("button", name=re.compile("2020|开始|去填写")).first.click()
    for section in SECTIONS:
        page.goto(f"/reports/{society.code}/2020/fill/{section.key}/")
        expect(page.locator("h1")).to_have_text(section.title)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        assert complaints_of_axe(page) == []


def test_every_question_has_an_answer_in_the_tests():
    assert set(WHOLE_REPORT) <= set(FIELDS)
