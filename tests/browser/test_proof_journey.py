"""A bureau officer tells a chair why the society is listed, with the proof sheet: in two minutes."""

from playwright.sync_api import expect

from registry.flags.words import title_of
from tests.browser.hand import Hand, cost
from tests.factories.registry import FlagFactory

MOST_SECONDS, MOST_ACTS = 120, 5
PDF = "application/pdf"


def test_an_officer_finds_the_reason_and_prints_the_sheet(cast, visit):
    society = cast.near.cooperative
    flag = FlagFactory(cooperative=society, rule="R18")
    hand = Hand(visit("/", user=cast.bureau))
    hand.find(society.code[-6:])
    expect(hand.page.locator("h1")).to_contain_text(society.name)
    with hand.page.context.expect_event("response", lambda got: "/proof/" in got.url) as sheet:
        hand.open_beside("核查表")
    assert sheet.value.status == 200
    assert sheet.value.headers["content-type"] == PDF
    hand.press(title_of(flag))
    expect(hand.page.get_by_role("heading", name="为什么列出")).to_be_visible()
    expect(hand.page.get_by_role("heading", name="规则与依据")).to_be_visible()
    assert hand.seconds <= MOST_SECONDS, cost(hand)
    assert hand.acts <= MOST_ACTS, cost(hand)
