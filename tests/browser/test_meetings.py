"""The round of consent in a real browser: object, change the wording, agree to what changed."""

import pytest

from liaison.meeting_choices import ConsentAnswer
from liaison.models import Consent
from tests.browser.conftest import PHONE, complaints_of_axe
from tests.cast import assemble

OBJECTION = "应分期核对，请写明期限。"


@pytest.fixture
def cast(site):
    del site
    return assemble()


def address(cast):
    return f"/liaison/meetings/{cast.near.minutes.meeting_id}/minutes/"


def object_to(page):
    page.get_by_label("不同意").check()
    page.get_by_label("修改建议或理由").fill(OBJECTION)
    page.get_by_role("button", name="提交会签意见").click()
    page.wait_for_load_state()


def change_wording(page):
    page.get_by_role("link", name="修改这一段").click()
    page.get_by_label("内容").fill("会议要求分两期逐户核对。")
    page.get_by_role("button", name="保存").click()
    page.wait_for_load_state()


def test_an_objection_leads_to_a_new_wording_that_is_agreed_to(cast, visit):
    path = address(cast)
    unit = visit(path, user=cast.liaison, size=PHONE)
    assert complaints_of_axe(unit) == []
    object_to(unit)

    bureau = visit(path, user=cast.bureau)
    assert OBJECTION in bureau.inner_text("main")
    assert complaints_of_axe(bureau) == []
    change_wording(bureau)
    assert "会议要求分两期逐户核对。" in bureau.inner_text("main")

    unit.goto(path)
    assert "第 2 版文字" in unit.inner_text("main")
    unit.get_by_role("button", name="未答复的全部同意").click()
    unit.wait_for_load_state()
    own = Consent.objects.of(cast.near.minutes).get(unit=cast.near.department)
    assert own.answer == ConsentAnswer.AGREED
    assert own.edition.number == 2


def test_the_first_page_and_a_meeting_can_be_read_by_everybody(cast, visit):
    cast.near.decision  # noqa: B018 - makes the row that the page shows
    page = visit("/liaison/", user=cast.liaison, size=PHONE)
    assert complaints_of_axe(page) == []
    for path in ("/liaison/meetings/", f"/liaison/meetings/{cast.near.meeting.pk}/"):
        page.goto(path)
        assert complaints_of_axe(page) == []
