"""What a page offers opens for the person who sees it: no link and no button ends at a closed door."""

import pytest
from django.db import transaction
from django.urls import reverse

from accounts.choices import Role
from tests.architecture.pages import Door, doors
from tests.cast import World
from tests.factories.accounts import UserFactory
from tests.factories.demonstration import ReviewerFactory

CLOSED = {403, 404}
# Signing out would end the walk.
NOT_TRIED = {"/accounts/logout/"}


@pytest.fixture
def walked(furnished):
    """Three worlds: near, far, and one beside the near one, of which other people take care.

    The near clerk also reviews a round in which the far society stands.
    """
    near, far = furnished.near, furnished.far
    beside = World(
        township=near.township,
        department=far.department,
        clerk=near.clerk,
        counsellor=UserFactory(role=Role.COUNSELLOR, unit=near.township),
        chair=UserFactory(role=Role.COOPERATIVE),
        liaison=far.liaison,
    )
    beside.cooperative.name = "达州市通川区罗江镇秋月种植专业合作社"
    beside.cooperative.save()
    assert all([beside.flag, beside.case, beside.visit, beside.report, beside.member])
    assert all([beside.title, beside.application, beside.monitoring_case, beside.plan])
    ReviewerFactory(round=far.round, user=near.clerk)
    return furnished, (near, far, beside)


def pages_of(worlds):
    yield reverse("home")
    for world in worlds:
        code = world.cooperative.code
        yield reverse("registry:cooperative-detail", args=[code])
        yield reverse("registry:cooperative-detail", args=[code]) + "?true_on=2021-07-01"
        yield reverse("registry:flag-detail", args=[world.flag.pk])
        yield reverse("registry:matter-detail", args=[world.flag.pk])
        yield reverse("registry:cleanup-detail", args=[world.case.pk])
        yield reverse("demonstration:application-detail", args=[world.application.pk])
        yield reverse("demonstration:case-detail", args=[world.monitoring_case.pk])
        yield reverse("training:visit-detail", args=[world.visit.key])
        yield reverse("liaison:meeting-detail", args=[world.meeting.pk])
        yield reverse("liaison:minutes-detail", args=[world.meeting.pk])
    yield reverse("registry:flag-list")


def knock(client, door):
    """Return how a door answers; what was done by pressing it is taken back."""
    with transaction.atomic():
        press = client.post if door.method == "post" else client.get
        answer = press(door.address, dict(door.carried))
        transaction.set_rollback(True)
    return answer.status_code


@pytest.mark.parametrize("role", Role)
def test_everything_that_a_page_offers_opens(walked, browser_of, role):
    cast, worlds = walked
    client = browser_of(cast.of(role))
    closed, tried = [], set()
    for page in pages_of(worlds):
        answer = client.get(page)
        if answer.status_code in CLOSED:
            continue
        for door in doors(answer.content.decode(), page):
            if door in tried or door.address in NOT_TRIED:
                continue
            tried.add(door)
            if knock(client, door) in CLOSED:
                closed.append((page, door.method, door.address))
    assert len(tried) > 10
    assert closed == []


def test_doors_are_links_forms_and_buttons_with_what_they_carry():
    page = """
      <a href="b/#top">开</a><a href="https://elsewhere.example/">外</a><a href="/static/x.css">样</a>
      <form method="post" action="/c/"><input type="hidden" name="version" value="3">
        <button formaction="/d/">办</button></form>
      <form><button hx-get="/e/">查</button></form>
    """
    assert set(doors(page, "/a/")) == {
        Door("get", "/a/b/"),
        Door("post", "/c/", (("version", "3"),)),
        Door("post", "/d/"),
        Door("get", "/a/"),
        Door("get", "/e/"),
    }
