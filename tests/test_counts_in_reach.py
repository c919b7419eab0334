"""Numbers beside a row count what the person may open, on the page and for programs alike."""

import re

import pytest

from accounts.choices import Role
from accounts.policy import Action, may
from liaison.models import Decision
from pilot.models import PlanTask
from registry.models import BatchEntry
from tongchuan_coop.api import TABLES

pytestmark = pytest.mark.django_db
NOUNS = {noun.name: noun for noun in TABLES}
everybody = pytest.mark.parametrize("role", Role)


def told(person, noun, row, key):
    """Return what programs are told of a row, None where it is out of reach."""
    found = NOUNS[noun].reach(person).filter(pk=row.pk).first()
    part = next(each for each in NOUNS[noun].whole if each.key == key)
    return None if found is None else part.of(found)


def cells(browser, address, label):
    """Return the figures of one column of a list."""
    page = browser.get(address).content.decode()
    return [int(each) for each in re.findall(rf'data-label="{label}">(\d+)<', page)]


@everybody
def test_a_day_counts_the_guests_that_its_page_lists(furnished, browser_of, role):
    person, day = furnished.of(role), furnished.near.entry.day
    assert furnished.far.entry.day == day
    if not may(person, Action.VIEW_CLEANUP):
        return
    seen = BatchEntry.objects.permitted(person, Action.VIEW_CLEANUP).filter(day=day).count()
    assert told(person, "batch-days", day, "guests") == seen
    assert cells(browser_of(person), "/registry/cleanup/days/", "已安排") == [seen]


def test_only_who_books_a_day_is_told_how_many_places_are_left(furnished, browser_of):
    day = furnished.near.entry.day
    address, number = f"/registry/cleanup/days/{day.pk}/", day.slots - day.entries.count()
    assert f"还剩 {number} 个名额" in browser_of(furnished.bureau).get(address).content.decode()
    for person in (furnished.chair, furnished.counsellor, furnished.liaison):
        page = browser_of(person).get(address).content.decode()
        assert "还剩" not in page
        assert "还有名额" in page
    type(day).objects.filter(pk=day.pk).update(slots=day.entries.count())
    page = browser_of(furnished.chair).get(address).content.decode()
    assert "名额已满" in page


@everybody
def test_a_round_counts_the_applications_that_its_page_lists(furnished, browser_of, role):
    person, near = furnished.of(role), furnished.near
    application = near.application
    foreign = type(application)(
        round=near.round, cooperative=furnished.far.cooperative, state=application.state
    )
    foreign.submitted_at = application.submitted_at
    foreign.save()
    near.round.reviewers.all().delete()
    if not may(person, Action.VIEW_ROUND):
        return
    reach = type(application).objects.permitted(person, Action.VIEW_APPLICATION)
    seen = reach.handed_in().filter(round=near.round).count()
    assert told(person, "rounds", near.round, "handed_in") == seen
    assert seen in cells(browser_of(person), "/demonstration/rounds/", "申报")
    if role in (Role.CLERK, Role.COUNSELLOR):
        assert seen == 1


@everybody
def test_a_meeting_counts_the_decisions_that_can_be_opened(furnished, role):
    person, near = furnished.of(role), furnished.near
    Decision.objects.filter(pk=furnished.far.decision.pk).update(meeting=near.meeting)
    if not may(person, Action.VIEW_MEETING):
        return
    reach = Decision.objects.permitted(person, Action.VIEW_DECISION).filter(meeting=near.meeting)
    number = told(person, "meetings", near.meeting, "decided")
    assert number is None or number == reach.count()
    assert (told(person, "meetings", near.meeting, "undone") or 0) <= reach.count()


@everybody
def test_a_pilot_counts_the_tasks_that_its_plan_lists(furnished, browser_of, role):
    person, programme = furnished.of(role), furnished.near.plan_task.programme
    assert furnished.far.plan_task.programme == programme
    if not may(person, Action.VIEW_PROGRAMME):
        return
    seen = PlanTask.objects.permitted(person, Action.VIEW_WORK_PLAN).filter(programme=programme)
    browser = browser_of(person)
    assert cells(browser, "/pilot/programmes/", "任务") == [seen.count()]
    phases = programme.phases.in_order(person)
    assert sum(phase.tasks_total for phase in phases) == seen.count()
    editions = bool(cells(browser, "/pilot/programmes/", "定版"))
    assert editions == may(person, Action.VIEW_EDITION)
