"""The queue of the home page by urgency, and what lies in whose hands."""

import datetime as dt

import pytest

from accounts.choices import Role
from accounts.models import User
from common import clock
from registry.choices import FlagState
from registry.models import BatchDay, CleanupCase, Flag
from tests.factories.accounts import UserFactory
from tests.factories.registry import FlagFactory
from tests.test_home import counted_behind
from tongchuan_coop.duties.duty import Duty, Waiting
from tongchuan_coop.duties.queue import queue_of
from tongchuan_coop.duties.tally import tally
from tongchuan_coop.load import load_of

TODAY = dt.date(2021, 7, 20)  # a Tuesday


def duty(due):
    return Duty(title="事", because="因为", button="去办", url="/", due=due)


def waiting(rows, **more):
    return Waiting(rows=rows, title="事", because="因为", button="去办", url="/", **more)


@pytest.mark.parametrize(
    ("due", "group"),
    [
        (dt.date(2021, 7, 19), "已逾期"),
        (TODAY, "本周到期"),
        (dt.date(2021, 7, 25), "本周到期"),
        (dt.date(2021, 7, 26), "以后到期"),
        (None, "尽快办理"),
    ],
)
def test_a_duty_stands_in_the_group_of_its_day(due, group):
    with clock.on_day(TODAY):
        assert [each.title for each in queue_of([duty(due)])] == [group]


def test_the_most_overdue_stands_first_and_empty_groups_are_left_out():
    days = [dt.date(2021, 8, 1), None, dt.date(2021, 7, 10), dt.date(2021, 7, 1)]
    with clock.on_day(TODAY):
        groups = queue_of(duty(due) for due in days)
    assert [group.key for group in groups] == ["overdue", "open", "later"]
    assert [each.due for each in groups[0].duties] == [dt.date(2021, 7, 1), dt.date(2021, 7, 10)]


def test_all_lists_are_counted_in_one_query_and_keep_their_order(cast, django_assert_num_queries):
    FlagFactory(cooperative=cast.near.cooperative, rule="R8", due_on=dt.date(2021, 8, 3))
    FlagFactory(cooperative=cast.near.cooperative, rule="R9", due_on=dt.date(2021, 8, 1))
    found = [
        waiting(User.objects.filter(pk=cast.bureau.pk)),
        duty(TODAY),
        waiting(Flag.objects.none()),
        waiting(Flag.objects.filter(rule="none of these")),
        waiting(Flag.objects.all(), day="due_on"),
        waiting(Flag.objects.filter(rule="R8"), due=TODAY),
    ]
    with django_assert_num_queries(1):
        told = tally(found)
    assert [(each.count, each.due) for each in told] == [
        (1, None),
        (None, TODAY),
        (2, dt.date(2021, 8, 1)),
        (1, TODAY),
    ]


def test_a_list_of_rows_that_have_a_place_can_be_counted_too(cast):
    assert tally([waiting(BatchDay.objects.all(), day="held_on")]) == []
    assert cast.near.entry
    assert [each.count for each in tally([waiting(BatchDay.objects.all(), day="held_on")])] == [1]


def test_nothing_to_count_asks_the_database_nothing(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        assert tally([duty(None)]) == [duty(None)]


@pytest.fixture
def loaded(cast):
    """Work in the hands of three people, some of it overdue."""
    near, far = cast.near, cast.far
    past, later = dt.date(2021, 7, 1), dt.date(2021, 9, 1)
    for rule, due in (("R8", past), ("R9", later)):
        FlagFactory(
            cooperative=near.cooperative,
            rule=rule,
            state=FlagState.CHECKING,
            assigned_to=cast.counsellor,
            due_on=due,
        )
    FlagFactory(
        cooperative=far.cooperative,
        rule="R8",
        state=FlagState.CHECKING,
        assigned_to=far.clerk,
        due_on=later,
    )
    CleanupCase.objects.filter(pk=near.case.pk).update(owner=cast.clerk, due_on=past)
    return cast


def lines(person, board=0):
    return {line.name: line for line in load_of(person)[board].lines}


def test_the_clerk_sees_the_own_people_and_the_bureau_everybody(loaded):
    near, far = loaded.near, loaded.far
    assert set(lines(loaded.clerk)) == {near.clerk.full_name, near.counsellor.full_name}
    assert far.clerk.full_name in lines(loaded.bureau)
    line = lines(loaded.clerk)[near.counsellor.full_name]
    assert (line.number, line.late) == (2, 1)


def test_only_the_bureau_sees_departments(loaded):
    assert len(load_of(loaded.clerk)) == 1
    assert len(load_of(loaded.bureau)) == 2


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.BUREAU, Role.CLERK}])
def test_nobody_else_has_a_team(loaded, browser_of, role):
    assert load_of(loaded.of(role)) == []
    assert browser_of(loaded.of(role)).get("/load/").status_code == 403


@pytest.mark.parametrize("role", [Role.BUREAU, Role.CLERK])
def test_every_number_of_the_load_is_that_of_the_list_behind_it(loaded, browser_of, role):
    loaded.furnish()
    person = loaded.of(role)
    client = browser_of(person)
    cells = [cell for board in load_of(person) for line in board.lines for cell in line.cells]
    numbers = [(cell.url, cell.number) for cell in cells]
    numbers += [(cell.late_url, cell.late) for cell in cells]
    assert sum(number for _, number in numbers) > 2
    assert [(url, n) for url, n in numbers if counted_behind(client, url) != n] == []


def test_the_load_costs_the_same_however_many_people_there_are(loaded, django_assert_num_queries):
    with django_assert_num_queries(3):
        load_of(loaded.bureau)
    for number in range(5):
        person = UserFactory(role=Role.CLERK, unit=loaded.near.township)
        FlagFactory(
            cooperative=loaded.near.cooperative,
            rule=f"R{number + 10}",
            state=FlagState.CHECKING,
            assigned_to=person,
            due_on=TODAY,
        )
    with django_assert_num_queries(3):
        load_of(loaded.bureau)


def test_a_counsellor_cannot_choose_by_person(loaded, browser_of):
    shown = browser_of(loaded.counsellor).get("/registry/flags/").content.decode()
    assert 'name="person"' not in shown
    assert 'name="person"' in browser_of(loaded.clerk).get("/registry/flags/").content.decode()
