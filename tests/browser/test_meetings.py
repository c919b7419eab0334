"""The round of consent: a unit objects by thumb, the office rewords by keys, the unit agrees."""

import pytest

from liaison.meeting_choices import ConsentAnswer
from liaison.models import Consent
from tests.browser.conftest import complaints_of_axe
from tests.browser.hand import Hand, Thumb, cost
from tests.browser.sizes import PHONE
from tests.cast import assemble

MOST_SECONDS = 180
OBJECTION = "应分期核对，请写明期限。"


@pytest.fixture
def cast(site):
    del site
    return assemble()


def address(cast):
    return f"/liaison/meetings/{cast.near.minutes.meeting_id}/minutes/"


def object_to(unit):
    page = unit.page
    unit.tap(page.get_by_label("不同意"))
    unit.fill(page.get_by_label("修改建议或理由"), OBJECTION)
    unit.follow(page.get_by_role("button", name="提交会签意见"))


def change_wording(office):
    page = office.page
    office.follow(page.get_by_role("link", name="修改这一段"))
    office.fill(page.get_by_label("内容"), "会议要求分两期逐户核对。")
    office.follow(page.get_by_role("button", name="保存"))


def test_an_objection_leads_to_a_new_wording_that_is_agreed_to(cast, visit):
    path = address(cast)
    unit = Thumb(visit(path, user=cast.liaison, size=PHONE))
    assert complaints_of_axe(unit.page) == []
    object_to(unit)

    office = Hand(visit(path, user=cast.bureau))
    assert OBJECTION in office.page.inner_text("main")
    assert complaints_of_axe(office.page) == []
    change_wording(office)
    assert "会议要求分两期逐户核对。" in office.page.inner_text("main")

    unit.page.goto(path)
    assert "第 2 版文字" in unit.page.inner_text("main")
    unit.follow(unit.page.get_by_role("button", name="未答复的全部同意"))
    own = Consent.objects.of(cast.near.minutes).get(unit=cast.near.department)
    assert own.answer == ConsentAnswer.AGREED
    assert own.edition.number == 2
    print(cost(unit, office))
    assert unit.seconds + office.seconds <= MOST_SECONDS, cost(unit, office)
    assert (unit.acts, office.acts) == (4, 3), cost(unit, office)


def test_the_first_page_and_a_meeting_can_be_read_by_everybody(cast, visit):
    cast.near.decision  # noqa: B018 - makes the row that the page shows
    page = visit("/liaison/", user=cast.liaison, size=PHONE)
    assert complaints_of_axe(page) == []
    for path in ("/liaison/meetings/", f"/liaison/meetings/{cast.near.meeting.pk}/"):
        page.goto(path)
        assert complaints_of_axe(page) == []
