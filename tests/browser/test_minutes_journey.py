"""Minutes are written, agreed by the units, signed, issued, and become tasks: twenty minutes of work."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from liaison.meeting_choices import MinutesState, Presence
from liaison.models import MeetingUnit, Minutes, MinutesTopic
from tests.browser.hand import Hand, cost
from tests.factories.meetings import BodyFactory, MeetingFactory, SeatFactory

MOST_SECONDS, MOST_ACTS = 1200, 20
DECISION = "逐户核对登记状态和税务状态不一致的合作社"
DUE = dt.date(2021, 8, 31)


@pytest.fixture
def meeting(cast):
    """A meeting that was held, of the bureau and one department, with an empty paragraph."""
    body = BodyFactory(office=cast.bureau.unit)
    SeatFactory(body=body, unit=cast.near.department)
    held = MeetingFactory(body=body)
    MeetingUnit.objects.bulk_create(
        MeetingUnit(meeting=held, unit=unit, presence=Presence.PRESENT, person="王五")
        for unit in (cast.bureau.unit, cast.near.department)
    )
    minutes = Minutes.objects.create(meeting=held, state=MinutesState.DRAFT)
    MinutesTopic.objects.create(minutes=minutes, position=1, title="部门数据核对", edition=1)
    return held


def write(office: Hand) -> None:
    """Fill the paragraph in, add a decision to it, and send it round."""
    office.skip()
    office.press("修改这一段")
    office.skip()
    office.write("内容", "会议要求各部门在八月底前核对名单。")
    office.press("保存")
    office.skip()
    office.press("议定事项")
    office.skip()
    office.write("议定事项", DECISION)
    office.choose("牵头", "市场监")
    office.date("完成时限", DUE)
    office.press("保存")
    office.skip()
    office.press("送与会单位会签")


def issue(office: Hand) -> None:
    """Close the round, record the signature, and number it."""
    office.skip()
    office.press("定稿")
    office.skip()
    office.write("签发人", "张永贵")
    office.press("登记签发")
    office.skip()
    office.press("编号印发")


def test_minutes_go_from_the_draft_to_a_task_by_the_keys_alone(cast, visit, meeting):
    address = f"/liaison/meetings/{meeting.pk}/minutes/"
    office = Hand(visit(address, user=cast.bureau))
    write(office)
    department = Hand(visit(address, user=cast.near.liaison))
    department.skip()
    department.press("未答复的全部同意")
    office.page.reload()
    issue(office)
    expect(office.page.locator(".page-meta").first).to_contain_text("已印发")
    department.page.goto("/")
    expect(department.page.locator("main")).to_contain_text(DECISION)
    assert office.seconds <= MOST_SECONDS, cost(office, department)
    assert office.acts <= MOST_ACTS, cost(office, department)
    assert department.acts == 1, cost(department)
