"""Filing the annual report on a phone of 360 px in a quarter of an hour: by thumb, and by keys alone."""

import re

import pytest
from playwright.sync_api import expect

from registry.choices import ReportState
from registry.models import AnnualReport
from registry.reporting.sections import FIELDS, SECTIONS, SECTIONS_BY_KEY
from tests.browser.conftest import complaints_of_axe
from tests.browser.hand import Hand, Thumb, cost
from tests.browser.sizes import PHONE
from tests.factories.reports import WHOLE_ANSWERS, WHOLE_REPORT, MemberFactory, a_submitted_report

MOST_SECONDS, MOST_ACTS = 900, 39
LATE = "疫情期间无法召集成员大会"


@pytest.fixture
def society(cast):
    """A society with a roster that filed last year, so that this year's report comes prefilled."""
    society = cast.near.cooperative
    for number in range(10):
        MemberFactory(cooperative=society, kind="farmer" if number else "non_farmer")
    a_submitted_report(society, by=cast.chair, year=2019)
    return society


def answer(hand, field):
    """Answer one question if it is asked and still open."""
    page = hand.page
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
        hand.fill(box, value)
    elif field.key in WHOLE_ANSWERS:
        hand.tap(spared)


def file_report(hand, society):
    """Go from the list of years owed to the receipt, as a person would."""
    page = hand.page
    hand.follow(page.get_by_role("button", name=re.compile("2020|开始|去填写")).first)
    expect(page).to_have_url(re.compile(rf"/{society.code}/2020/"))
    if "/fill/" not in page.url:
        hand.follow(page.get_by_role("link", name="接着填"))
        expect(page).to_have_url(re.compile("/fill/"))
    following = re.compile("保存，(到下一部分|去核对提交)")
    for _ in SECTIONS:  # what is prefilled and complete is passed over
        section = SECTIONS_BY_KEY[page.url.rstrip("/").rpartition("/")[2]]
        expect(page.locator("h1")).to_have_text(section.title)
        for field in section.fields:
            answer(hand, field)
        before = page.url
        hand.follow(page.get_by_role("button", name=following))
        expect(page).not_to_have_url(before)
        if "/fill/" not in page.url:
            break
    expect(page.locator("h1")).to_have_text("通读全文")
    hand.fill(page.locator("#late-reason"), LATE)
    hand.tap(page.locator('input[name="read"]'))
    hand.follow(page.get_by_role("button", name="提交", exact=True))
    expect(page.locator("main")).to_contain_text("回执")


@pytest.mark.parametrize(("by", "scripts"), [(Thumb, False), (Hand, True)], ids=["thumb", "keys"])
def test_a_prefilled_report_is_filed_in_a_quarter_of_an_hour(visit, cast, society, by, scripts):
    address = f"/reports/{society.code}/"
    hand = by(visit(address, user=cast.chair, size=PHONE, java_script_enabled=scripts))
    file_report(hand, society)
    assert AnnualReport.objects.get(year=2020).state == ReportState.SUBMITTED
    print(cost(hand))
    assert hand.seconds <= MOST_SECONDS, cost(hand)
    assert hand.acts <= MOST_ACTS, cost(hand)


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
