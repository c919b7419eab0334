"""现场批量注销: slots, a list for each department, results on the spot, leftovers to the next day."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from common import clock
from common.workflow import TransitionRefused
from registry.cleanup.choices import BatchOutcome, BatchState, Route, StepState
from registry.models import BatchEntry, CleanupCase
from registry.operations.batch_days import (
    DayFacts,
    candidates,
    close_day,
    invite_cases,
    plan_day,
    take_result,
)
from registry.operations.cleanup_cases import open_case
from tests.factories.cleanup import begin
from tests.factories.registry import CooperativeFactory

pytestmark = pytest.mark.django_db


def day_on(cast, held_on=None, slots=5):
    facts = DayFacts("现场办理", held_on or clock.today(), "9:00", "政务中心", slots)
    return plan_day(facts, by=cast.bureau)


def cases(cast, number=2):
    made = [
        open_case(
            CooperativeFactory(township=cast.near.township),
            route=Route.SIMPLIFIED,
            because="停业",
            by=cast.clerk,
        )
        for _ in range(number)
    ]
    return [begin(case, cast.clerk) for case in made]


def step(case, key):
    return case.steps.select_related("case", "template").get(template__key=key)


def test_cases_get_numbers_as_far_as_slots_go(cast):
    day = day_on(cast, slots=2)
    chosen = cases(cast, 3)
    assert invite_cases(day, chosen[:2], by=cast.bureau) == 2
    assert list(day.entries.order_by("slot").values_list("slot", flat=True)) == [1, 2]
    with pytest.raises(TransitionRefused, match="只剩 0 个名额"):
        invite_cases(day, chosen[2:], by=cast.bureau)


def test_inviting_twice_seats_nobody_twice(cast):
    day, chosen = day_on(cast), cases(cast)
    invite_cases(day, chosen, by=cast.bureau)
    assert invite_cases(day, chosen, by=cast.bureau) == 0
    other = day_on(cast)
    assert invite_cases(other, chosen, by=cast.bureau) == 0  # a case is expected on one day only


def test_only_willing_cases_under_way_can_be_invited(cast):
    open_case(cast.near.cooperative, route=Route.SIMPLIFIED, because="停业", by=cast.clerk)
    assert not candidates().exists()


def test_only_the_bureau_plans_a_day(cast):
    with pytest.raises(PermissionDenied):
        plan_day(DayFacts("x", clock.today(), "9:00", "x", 1), by=cast.clerk)


def test_a_result_on_the_spot_finishes_the_step_in_its_order(cast):
    day, [case] = day_on(cast), cases(cast, 1)
    invite_cases(day, [case], by=cast.bureau)
    entry = BatchEntry.objects.get()
    with pytest.raises(TransitionRefused, match="请先办完前面的步骤"):
        take_result(entry, step(case, "tax_check"), BatchOutcome.DONE, by=cast.far.liaison)
    take_result(entry, step(case, "commitment"), BatchOutcome.DONE, by=cast.clerk)
    take_result(entry, step(case, "tax_check"), BatchOutcome.DONE, by=cast.far.liaison)
    assert step(case, "tax_check").state == StepState.DONE
    assert entry.results.count() == 2


def test_what_was_not_done_leaves_the_step_and_can_be_noted_again(cast):
    day, [case] = day_on(cast), cases(cast, 1)
    invite_cases(day, [case], by=cast.bureau)
    entry = BatchEntry.objects.get()
    first = step(case, "commitment")
    take_result(entry, first, BatchOutcome.INCOMPLETE, note="缺两人签名", by=cast.clerk)
    assert step(case, "commitment").state == StepState.TODO
    take_result(entry, step(case, "commitment"), BatchOutcome.DONE, by=cast.clerk)
    assert entry.results.get().outcome == BatchOutcome.DONE


def test_a_page_gone_stale_rewrites_nobodys_result(cast):
    day, [case] = day_on(cast), cases(cast, 1)
    invite_cases(day, [case], by=cast.bureau)
    entry = BatchEntry.objects.get()
    take_result(entry, step(case, "commitment"), BatchOutcome.DONE, by=cast.clerk)
    take_result(entry, step(case, "tax_check"), BatchOutcome.DONE, by=cast.far.liaison)
    take_result(entry, step(case, "tax_check"), BatchOutcome.DONE, by=cast.clerk)
    with pytest.raises(TransitionRefused, match="登记办结，没有改动"):
        take_result(entry, step(case, "tax_check"), BatchOutcome.ABSENT, by=cast.clerk)
    kept = entry.results.get(step=step(case, "tax_check"))
    assert (kept.outcome, kept.taken_by) == (BatchOutcome.DONE, cast.far.liaison)


def test_no_result_before_the_day(cast):
    day, [case] = day_on(cast, clock.today() + dt.timedelta(days=3)), cases(cast, 1)
    invite_cases(day, [case], by=cast.bureau)
    with pytest.raises(TransitionRefused, match="还没有到这一天"):
        take_result(
            BatchEntry.objects.get(), step(case, "commitment"), BatchOutcome.DONE, by=cast.clerk
        )


def test_leftovers_go_on_to_the_next_day_with_where_they_came_from(cast):
    day, chosen = day_on(cast), cases(cast)
    invite_cases(day, chosen, by=cast.bureau)
    small = day_on(cast, clock.today() + dt.timedelta(days=7), slots=1)
    with pytest.raises(TransitionRefused, match="只剩 1 个名额"):
        close_day(day, small, reason="办了一天", by=cast.bureau)
    day.refresh_from_db()
    assert day.state == BatchState.PLANNED  # nothing half done
    following = day_on(cast, clock.today() + dt.timedelta(days=8))
    assert close_day(day, following, reason="办了一天", by=cast.bureau) == 2
    assert {each.carried_from.day for each in following.entries.all()} == {day}


def test_every_department_has_its_own_list(cast, browser_of):
    day, chosen = day_on(cast), cases(cast, 3)
    invite_cases(day, chosen, by=cast.bureau)
    path = reverse("registry:batch-detail", args=[day.pk])
    shown = browser_of(cast.bureau).get(path)
    counts = {tab["label"]: tab["count"] for tab in shown.context["tabs"]}
    assert counts == {"全部": 3, "市场监管局": 3, "税务局": 3}
    tax = browser_of(cast.far.liaison).get(path, {"department": "swju"})
    own = [step.template.key for line in tax.context["lines"] for step, _ in line["own"]]
    assert own == ["tax_check"] * 3


def test_the_list_costs_the_same_for_many_guests(cast, browser_of, django_assert_max_num_queries):
    day = day_on(cast, slots=50)
    invite_cases(day, cases(cast, 8), by=cast.bureau)
    client = browser_of(cast.bureau)
    with django_assert_max_num_queries(18):
        client.get(reverse("registry:batch-detail", args=[day.pk]))


def test_a_result_is_taken_on_a_phone_with_one_button(cast, browser_of):
    day, [case] = day_on(cast), cases(cast, 1)
    invite_cases(day, [case], by=cast.bureau)
    entry, first = BatchEntry.objects.get(), step(case, "commitment")
    browser_of(cast.clerk).post(
        reverse("registry:batch-result", args=[entry.pk, first.pk]),
        {"outcome": BatchOutcome.DONE.value},
    )
    assert step(case, "commitment").state == StepState.DONE
    assert CleanupCase.objects.get(pk=case.pk).cooperative.status == "active"


def test_a_number_that_is_no_case_is_refused_in_a_sentence(cast, browser_of):
    day = day_on(cast)
    address = reverse("registry:batch-invite", args=[day.pk])
    answer = browser_of(cast.bureau).post(address, {"cases": "9" * 30}, follow=True)
    assert answer.status_code < 500
    assert not day.entries.exists()
