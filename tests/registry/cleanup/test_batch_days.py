"""现场批量注销: slots, a list for each department, results on the spot, leftovers to the next day."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import AuditEvent
from common import clock
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from registry.cleanup.choices import BatchOutcome, BatchState, Route, StepState
from registry.models import BatchEntry, CleanupCase
from registry.operations.batch_days import (
    DayFacts,
    cancel_day,
    candidates,
    close_day,
    correct_day,
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


def facts_of(day, **other):
    names = ("title", "held_on", "hours", "place", "slots", "note")
    return DayFacts(**{**{name: getattr(day, name) for name in names}, **other})


def corrected(cast, day, reason="", version=None, **other):
    day.refresh_from_db()
    return correct_day(
        day,
        facts_of(day, **other),
        reason=reason,
        version=day.version if version is None else version,
        by=cast.bureau,
    )


def test_a_day_that_was_mistyped_is_set_right_with_what_stood_before_in_the_trail(cast):
    day = day_on(cast)
    later = clock.today() + dt.timedelta(days=7)
    assert corrected(cast, day, held_on=later, place="便民中心").held_on == later
    event = AuditEvent.objects.about(day).get(action="batch-corrected")
    assert event.detail["changes"]["地点"] == ["政务中心", "便民中心"]
    assert set(event.detail["changes"]) == {"日期", "地点"}


def test_to_save_what_stands_already_leaves_no_trace(cast):
    day = day_on(cast)
    corrected(cast, day)
    assert not AuditEvent.objects.about(day).filter(action="batch-corrected").exists()


def test_a_day_with_guests_is_changed_for_a_reason_only(cast):
    day = day_on(cast)
    invite_cases(day, cases(cast), by=cast.bureau)
    with pytest.raises(TransitionRefused, match="已经安排了 2 家，请写明更正的理由"):
        corrected(cast, day, place="便民中心")
    assert corrected(cast, day, "地点写错", place="便民中心").place == "便民中心"


def test_no_fewer_slots_than_guests(cast):
    day = day_on(cast)
    invite_cases(day, cases(cast), by=cast.bureau)
    with pytest.raises(TransitionRefused, match="名额不能少于 2"):
        corrected(cast, day, "写错", slots=1)


def test_the_date_stays_once_results_were_taken_on_it(cast):
    day, [case] = day_on(cast), cases(cast, 1)
    invite_cases(day, [case], by=cast.bureau)
    first = case.steps.select_related("case", "template").order_by("position").first()
    take_result(day.entries.get(), first, BatchOutcome.INCOMPLETE, note="缺材料", by=cast.bureau)
    with pytest.raises(TransitionRefused, match="日期不能再改"):
        corrected(cast, day, "改期", held_on=clock.today() + dt.timedelta(days=1))
    assert corrected(cast, day, "写错", hours="9:30").hours == "9:30"


def test_a_new_date_lies_ahead_and_an_ended_day_stays_as_it_was(cast):
    day = day_on(cast)
    with pytest.raises(TransitionRefused, match="不能早于今天"):
        corrected(cast, day, held_on=clock.today() - dt.timedelta(days=1))
    cancel_day(day, reason="改用网上办理", by=cast.bureau)
    with pytest.raises(TransitionRefused, match="不能再改"):
        corrected(cast, day, place="便民中心")


def test_only_the_bureau_sets_a_day_right(cast, browser_of):
    day = day_on(cast)
    with pytest.raises(PermissionDenied):
        correct_day(day, facts_of(day, place="x"), version=day.version, by=cast.clerk)
    page = reverse("registry:batch-detail", args=[day.pk])
    edit = reverse("registry:batch-edit", args=[day.pk])
    assert edit in browser_of(cast.bureau).get(page).content.decode()
    assert edit not in browser_of(cast.clerk).get(page).content.decode()


def test_who_saves_a_day_second_sees_both_texts(cast, browser_of):
    day = day_on(cast)
    with pytest.raises(EditConflict):
        corrected(cast, day, version=day.version + 1, place="便民中心")
    form = {
        "title": "现场办理", "held_on": day.held_on.isoformat(), "hours": "9:00", "slots": 5,
        "place": "镇政府", "version": day.version,
    }  # fmt: skip
    corrected(cast, day, place="便民中心")
    client, address = browser_of(cast.bureau), reverse("registry:batch-edit", args=[day.pk])
    answer = client.post(address, form)
    assert answer.status_code == 409
    assert "镇政府" in answer.content.decode()
    assert "便民中心" in answer.content.decode()
    answer = client.post(address, {**form, "version": answer.context["form"]["version"].value()})
    assert answer.status_code == 302
    day.refresh_from_db()
    assert day.place == "镇政府"
    assert client.get(address).context["form"]["place"].value() == "镇政府"
    assert client.post(address, {**form, "held_on": "2020-01-01"}).status_code == 422
