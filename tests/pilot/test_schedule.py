"""Order, forecast, critical path and moved followers, against examples worked by hand."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilot.schedule import CircularDependency, Step, forecast, in_order, replan

END = dt.date(2021, 1, 31)
EARLY = dt.date(2020, 12, 1)


def d(day):
    """Return a day of January 2021."""
    return dt.date(2021, 1, day)


def step(key, start, due, *after, **more):
    return Step(key, d(start), d(due), frozenset(after), **more)


# 1 (1-5) ─┬─ 2 (6-10) ──┬─ 4 (21-31)
#          └─ 3 (6-20) ──┘
NET = [step(1, 1, 5), step(2, 6, 10, 1), step(3, 6, 20, 1), step(4, 21, 31, 2, 3)]


def test_the_longest_chain_is_critical_and_the_short_branch_has_ten_days_left():
    slots = forecast(NET, END, EARLY)
    assert {key: (slot.slack, slot.critical) for key, slot in slots.items()} == {
        1: (0, True),
        2: (10, False),
        3: (0, True),
        4: (0, True),
    }
    assert slots[2].latest == d(20)


def test_room_before_the_end_is_room_for_the_whole_chain():
    slots = forecast(NET, dt.date(2021, 2, 4), EARLY)
    assert {key: slot.slack for key, slot in slots.items()} == {1: 4, 2: 14, 3: 4, 4: 4}
    assert not any(slot.critical for slot in slots.values())


def test_a_planned_gap_is_room_for_what_comes_before_it():
    slots = forecast([step(1, 1, 5), step(2, 20, 31, 1)], END, EARLY)
    assert (slots[1].slack, slots[2].slack) == (14, 0)


def test_what_is_late_ends_today_at_the_earliest_and_pushes_its_followers():
    slots = forecast(NET, END, d(8))
    assert slots[1].finish == d(8)
    assert slots[3].finish == d(23)  # 15 days from the 9th
    assert slots[4].finish == dt.date(2021, 2, 3)
    assert (slots[4].slack, slots[1].slack) == (-3, -3)


def test_what_is_finished_is_not_critical_and_frees_its_followers():
    done = [step(1, 1, 5, finished=d(3)), *NET[1:]]
    slots = forecast(done, END, d(4))
    assert not slots[1].critical
    assert slots[3].finish == d(20)
    assert slots[3].critical


def test_what_has_begun_does_not_wait_any_more():
    slots = forecast([step(1, 1, 5), step(2, 3, 10, 1, begun=True)], END, d(7))
    assert slots[2].finish == d(10)


@pytest.mark.parametrize(
    ("ring", "keys"),
    [
        ([step(1, 1, 5, 1)], {1}),
        ([step(1, 1, 5, 2), step(2, 6, 9, 1)], {1, 2}),
        ([step(1, 1, 5, 3), step(2, 6, 9, 1), step(3, 10, 12, 2), step(4, 1, 2)], {1, 2, 3}),
    ],
)
def test_tasks_that_wait_for_each_other_in_a_ring_are_refused(ring, keys):
    with pytest.raises(CircularDependency) as refused:
        in_order(ring)
    assert set(refused.value.ring) == keys
    with pytest.raises(CircularDependency):
        forecast(ring, END, EARLY)
    with pytest.raises(CircularDependency):
        replan(ring, {})


def test_followers_are_pushed_and_keep_their_length():
    moved = replan(NET, {1: (d(1), d(8))})
    assert moved == {
        1: (d(1), d(8)),
        2: (d(9), d(13)),
        3: (d(9), d(23)),
        4: (d(24), dt.date(2021, 2, 3)),
    }


def test_a_gap_takes_up_the_push():
    moved = replan([step(1, 1, 5), step(2, 20, 25, 1)], {1: (d(1), d(15))})
    assert moved == {1: (d(1), d(15))}


def test_nothing_is_pulled_earlier():
    assert replan(NET, {1: (d(1), d(2))}) == {1: (d(1), d(2))}


def test_what_has_begun_or_is_finished_stays():
    steps = [
        step(1, 1, 5),
        step(2, 6, 10, 1, begun=True),
        step(3, 6, 9, 1, finished=d(4)),
        step(4, 11, 12, 2),
    ]
    assert replan(steps, {1: (d(1), d(9))}) == {1: (d(1), d(9))}


def test_a_step_that_waits_for_one_not_given_is_free():
    assert in_order([step(2, 1, 2, 99)]) == [step(2, 1, 2, 99)]


@st.composite
def plans(draw):
    """Plans without rings: a step waits for earlier ones only."""
    steps = []
    for key in range(1, draw(st.integers(1, 12)) + 1):
        start = EARLY + dt.timedelta(days=draw(st.integers(0, 60)))
        due = start + dt.timedelta(days=draw(st.integers(0, 20)))
        after = draw(st.frozensets(st.integers(1, key - 1), max_size=3)) if key > 1 else frozenset()
        steps.append(Step(key, start, due, after))
    return steps


@given(plans(), st.integers(0, 40))
def test_after_replanning_no_follower_begins_before_the_end_of_what_it_waits_for(steps, days):
    first = steps[0]
    later = first.due + dt.timedelta(days=days)
    moved = replan(steps, {first.key: (first.start, later)})
    dates = {step.key: moved.get(step.key, (step.start, step.due)) for step in steps}
    for step_ in steps:
        assert all(dates[step_.key][0] > dates[before][1] for before in step_.after)
        if step_.key != first.key:
            start, due = dates[step_.key]
            assert (due - start) == (step_.due - step_.start)
            assert start >= step_.start


@given(plans())
def test_a_plan_that_ends_on_its_last_day_has_a_critical_step(steps):
    slots = forecast(steps, END, EARLY)
    last = max(slot.finish for slot in slots.values())
    again = forecast(steps, last, EARLY)
    assert min(slot.slack for slot in again.values()) == 0
    assert all(slot.slack >= 0 for slot in again.values())
