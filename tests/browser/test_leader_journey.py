"""A leader finds which target is in danger, where and why, and opens the list: within a minute."""

import datetime as dt
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from common import clock
from pilot.models import Target
from registry.models import CooperativeVersion
from tests.browser.hand import Hand, cost
from tests.browser.sizes import DESK, PHONE
from tests.factories.pilot import the_programme
from tests.factories.registry import CooperativeFactory

MOST_SECONDS, MOST_ACTS = 60, 2
SOCIETIES, SINCE = 4, dt.date(2015, 3, 2)
SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])


@pytest.fixture
def leader(cast):
    """A leader of a district in whose near township no society has its members' accounts."""
    programme = the_programme()
    Target.objects.create(
        programme=programme,
        indicator="accounts_complete",
        value=Decimal(80),
        starts_on=programme.starts_on,
        due_on=programme.ends_on,
    )
    for society in CooperativeFactory.create_batch(SOCIETIES, township=cast.near.township):
        begun = {"true_from": SINCE, "known_from": clock.start_of(SINCE)}
        CooperativeVersion.objects.create(
            cooperative=society, name=society.name, status=society.status, **begun
        )
    return cast.leader


@SIZES
def test_a_leader_finds_the_target_the_township_and_its_list(cast, visit, leader, size):
    hand = Hand(visit("/", user=leader, size=size))
    hand.skip()
    card = hand.page.locator(".urgent-item", has_text="成员账户完备率")
    expect(card).to_contain_text("按进度应到")  # why: where it stands, and where it should
    hand.press(cast.near.township.short_name)  # where: the township that is furthest behind
    expect(hand.page.locator("h1")).to_contain_text("成员账户完备率")
    listed = hand.page.locator("[aria-labelledby=list-title] tbody tr")
    expect(listed).to_have_count(SOCIETIES)
    hand.skip()
    hand.press("种植专业合作社")
    expect(hand.page.locator("h1")).to_contain_text("种植专业合作社")
    assert hand.seconds <= MOST_SECONDS, cost(hand)
    assert hand.acts <= MOST_ACTS, cost(hand)


def test_who_runs_the_pilot_begins_with_the_work_and_not_with_the_targets(cast, visit, leader):
    del leader
    page = visit("/", user=cast.bureau)
    expect(page.locator(".urgent-item")).to_have_count(0)
    page.goto("/pilot/board/")
    expect(page.locator(".urgent-item")).to_have_count(1)
