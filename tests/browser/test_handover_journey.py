"""A new counsellor takes eighty societies over: one act of the bureau, and ten minutes at most."""

import pytest
from playwright.sync_api import expect

from accounts.choices import Role
from tests.browser.hand import Hand, cost
from tests.factories.accounts import UserFactory
from tests.factories.registry import CooperativeFactory
from tests.factories.training import AssignmentFactory, CounsellorFactory, PromiseFactory

SOCIETIES = 80
MOST_SECONDS, MOST_ACTS = 600, 9


@pytest.fixture
def new_counsellor(cast):
    """A colleague of the near township, beside the counsellor who looks after eighty societies."""
    near = cast.near
    for society in CooperativeFactory.create_batch(
        SOCIETIES, township=near.township, counsellor=near.counsellor
    ):
        AssignmentFactory(cooperative=society, counsellor=near.counsellor)
    PromiseFactory(cooperative=society, made_by=near.counsellor, text="补齐成员账户")
    person = UserFactory(role=Role.COUNSELLOR, unit=near.township, full_name="接手的人")
    CounsellorFactory(user=person)
    return person


def test_eighty_societies_go_over_and_the_new_counsellor_reads_the_sheet(
    cast, visit, new_counsellor
):
    giver = cast.near.post
    bureau = Hand(visit(f"/training/counsellors/{giver.pk}/", user=cast.bureau))
    bureau.skip()
    bureau.press("移交工作")
    bureau.skip()
    bureau.choose("接收人", "接手的人")
    bureau.write("交接原因", "工作调动")
    bureau.tick("移交人从今天起不再担任辅导员")
    bureau.press("确认移交")
    expect(bureau.page.locator("tbody tr")).to_have_count(SOCIETIES)

    taker = Hand(visit("/", user=new_counsellor))
    taker.press("通知")
    taker.skip()
    taker.press(f"开始联系{SOCIETIES} 家合作社")
    taker.skip()
    taker.press("去查看和办理")
    expect(taker.page.locator("h1")).to_contain_text("辅导工作交接单")
    expect(taker.page.locator("tbody tr")).to_have_count(SOCIETIES)
    expect(taker.page.locator("main")).to_contain_text("补齐成员账户")
    taker.page.goto("/registry/")
    expect(taker.page.locator("main")).to_contain_text(f"{SOCIETIES} 家")
    both = bureau.seconds + taker.seconds
    assert both <= MOST_SECONDS, cost(bureau, taker)
    assert bureau.acts + taker.acts <= MOST_ACTS, cost(bureau, taker)
