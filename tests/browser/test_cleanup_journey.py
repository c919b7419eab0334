"""From a suspicion to a cleared register: every person's part of the way, with the keys alone.

Nothing happens outside the browser but the regulator's next file, which is what clears a case.
"""

import datetime as dt

import pytest
from playwright.sync_api import Page, expect

from common import clock
from registry.cleanup.choices import CaseState
from registry.models import CleanupCase
from tests.browser.hand import Hand, cost
from tests.factories.cleanup import leave_register
from tests.factories.files import phone_photo
from tests.factories.registry import FlagFactory

pytestmark = pytest.mark.slow
ROUTE_DOWN = 3  # 合并重组 is the fourth of the routes: no notice runs, so that one day is enough
MOST_ACTS, MOST_SECONDS = 45, 900


def attach(hand: Hand) -> None:
    hand.attach("选择文件", "照片.jpg", "image/jpeg", phone_photo())


def verify(clerk: Hand) -> None:
    """Look at what there is, find it true with a document, and go on to the case."""
    clerk.skip()
    clerk.press("去核实")
    clerk.tick("属实")
    clerk.write("核实情况", "看了账本，问了成员，情况属实。")
    attach(clerk)
    clerk.press("提交结论")
    clerk.press("立清理整顿案件")


def open_case(clerk: Hand) -> None:
    """Choose the way, say who answers for it, and begin with the society's signed will."""
    clerk.tick("简易注销")
    clerk.arrow_down(ROUTE_DOWN)
    clerk.write("立案理由", "核实属实，愿意与邻村合作社合并。")
    clerk.choose("责任人", "罗江镇")
    clerk.choose("责任部门", "农业农村局")
    clerk.press("立案")
    clerk.write("签署人", "李理事")
    attach(clerk)
    clerk.press("登记意愿书")


def plan_day(bureau: Hand, society: str) -> str:
    """Plan today's batch day and invite the case; return its address."""
    bureau.skip()
    bureau.date("日期", clock.today())
    bureau.write("地点", "区政务服务中心")
    bureau.press("安排")
    bureau.tick(f"选{society}")
    bureau.press("安排所选")
    return bureau.page.url.split("#")[0]


def settle(page: Page, address: str) -> Hand:
    """Register on the batch day that one's own next step is done."""
    page.goto(address)
    hand = Hand(page)
    hand.skip()
    hand.press("办结")
    return hand


def test_a_suspicion_ends_in_a_cleared_register(cast, visit):
    society = cast.near.cooperative
    flag = FlagFactory(cooperative=society, rule="R11", opened_at=clock.now() - dt.timedelta(9))

    bureau = Hand(visit(f"/registry/flags/{flag.pk}/", user=cast.bureau))
    bureau.skip()
    bureau.press("交办核实")
    bureau.choose("核实人", cast.clerk.full_name)
    bureau.press("交办")

    chair = Hand(visit(f"/registry/matters/{flag.pk}/", user=cast.chair))
    chair.skip()
    chair.write("说明情况", "情况属实，想和邻村合作社合并。")
    chair.press("提交答复")

    clerk = Hand(visit(f"/registry/flags/{flag.pk}/", user=cast.clerk))
    expect(clerk.page.locator("main")).to_contain_text("想和邻村合作社合并")
    verify(clerk)
    open_case(clerk)
    case = CleanupCase.objects.get()
    assert case.state == CaseState.UNDER_WAY

    bureau.page.goto("/registry/cleanup/days/new/")
    planner = Hand(bureau.page)
    day = plan_day(planner, society.name)
    tax, regulator = visit(user=cast.far.liaison), visit(user=cast.near.liaison)
    on_the_day = [
        settle(page, day)
        for page in (clerk.page, clerk.page, clerk.page, tax, regulator, clerk.page)
    ]
    clerk.page.goto(f"/registry/cleanup/{case.pk}/")
    closer = Hand(clerk.page)
    closer.skip()
    closer.press("步骤办完")

    leave_register(society)
    bureau.page.goto(f"/registry/cleanup/{case.pk}/")
    ender = Hand(bureau.page)
    ender.skip()
    ender.press("确认已清退")
    expect(ender.page.locator(".page-meta").first).to_contain_text("已清退")
    hands = (bureau, chair, clerk, planner, *on_the_day, closer, ender)
    assert sum(hand.acts for hand in hands) <= MOST_ACTS, cost(*hands)
    assert sum(hand.seconds for hand in hands) <= MOST_SECONDS, cost(*hands)
