"""Every state × every role × every target of every flow: what the table does not allow is refused."""

from dataclasses import dataclass

import pytest
from django.db import transaction

from accounts.choices import Role
from accounts.operations.transitions import advance
from accounts.policy import Action, Reach
from common import clock
from common.workflow import TransitionRefused
from registry.cleanup.choices import (
    BatchState,
    CampaignState,
    CaseState,
    Route,
    StepState,
    SurveyState,
    TaskState,
    TipOffState,
)
from registry.cleanup.workflows import BATCH, CAMPAIGN, CASE, STEP, SURVEY, TASK, TIP_OFF
from registry.models import CleanupCase, Cooperative
from registry.operations.cleanup_cases import open_case
from registry.operations.rectification import add_task
from tests.accounts.matrix import signed_rights
from tests.factories.cleanup import (
    SurveyRecordFactory,
    TipOffFactory,
    begin,
    finish_all,
    planned_day,
    running_campaign,
)
from tests.flows import outcome

pytestmark = pytest.mark.django_db
SIGNED = signed_rights()


def a_tip_off(cast):
    return TipOffFactory(cooperative=cast.near.cooperative, finding="查明")


@dataclass(frozen=True)
class Flow:
    """A flow, its states, and how to make a subject of a near society."""

    table: object
    states: type
    make: object


def a_case(cast):
    case = open_case(cast.near.cooperative, route=Route.SIMPLIFIED, because="停业", by=cast.bureau)
    case = begin(case, cast.bureau)
    finish_all(case, cast.bureau)
    case.steps.update(department=cast.near.department)
    return CleanupCase.objects.get(pk=case.pk)


def a_step(cast):
    return a_case(cast).steps.select_related("case", "template").order_by("position").last()


def a_task(cast):
    case = open_case(
        cast.near.cooperative, route=Route.RECTIFICATION, because="不规范", by=cast.bureau
    )
    begin(case, cast.bureau)
    return add_task(case, "建账", due_on=clock.today(), by=cast.bureau)


def a_record(cast):
    return SurveyRecordFactory(
        cooperative=cast.near.cooperative,
        surveyed_on=clock.today(),
        recorded_at=clock.now(),
        operating_state="normal",
        disposition="support",
    )


FLOWS = {
    "case": Flow(CASE, CaseState, a_case),
    "step": Flow(STEP, StepState, a_step),
    "task": Flow(TASK, TaskState, a_task),
    "survey": Flow(SURVEY, SurveyState, a_record),
    "batch": Flow(BATCH, BatchState, lambda _cast: planned_day()),
    "tip": Flow(TIP_OFF, TipOffState, a_tip_off),
    "campaign": Flow(CAMPAIGN, CampaignState, lambda _cast: running_campaign()),
}


def tried(flow, subject, target, person):
    """Try one step; a step of a case that is done has its day."""
    done = flow.table is STEP and target == StepState.DONE
    return outcome(
        flow.table, subject, target, person, **({"done_on": clock.today()} if done else {})
    )


@pytest.mark.parametrize("name", FLOWS)
def test_every_state_role_and_target(cast, name):
    flow = FLOWS[name]
    subject = flow.make(cast)
    model, field = type(subject), flow.table.field
    before = Cooperative.objects.filter(pk=cast.near.cooperative.pk).values().get()
    arrows = {(a.source, a.target): a for a in flow.table.transitions}
    assert {s for pair in arrows for s in pair} <= set(flow.states.values)
    wrong, moved = [], set()
    for state in flow.states.values:
        extra = {"done_on": clock.today()} if name == "step" else {}
        model.objects.filter(pk=subject.pk).update(**{field: state}, **extra)
        for role in Role:
            for target in flow.states.values:
                fresh = model.objects.get(pk=subject.pk)
                result = tried(flow, fresh, target, cast.of(role))
                arrow = arrows.get((state, target))
                if arrow is None:
                    allowed = {"refused"}
                elif SIGNED[arrow.action][role] == Reach.NONE:
                    allowed = {"forbidden"}
                else:
                    allowed = {"moved", "refused"}  # a guard may still stand in the way
                if result not in allowed:
                    wrong.append((state, role, target, result))
                if result == "moved":
                    moved.add((state, target))
    assert wrong == []
    assert moved, "nothing moved at all: the test would pass without a flow"
    assert Cooperative.objects.filter(pk=cast.near.cooperative.pk).values().get() == before


@pytest.mark.parametrize("role", [Role.CLERK, Role.COUNSELLOR, Role.LIAISON])
def test_people_of_elsewhere_move_nothing(cast, role):
    far = {
        Role.CLERK: cast.far.clerk,
        Role.COUNSELLOR: cast.far.counsellor,
        Role.LIAISON: cast.far.liaison,
    }[role]
    assert cast.near.cooperative.pk  # made before anything is taken back
    for name in ("case", "step"):
        flow = FLOWS[name]
        with transaction.atomic():
            subject = flow.make(cast)
            for arrow in flow.table.transitions:
                type(subject).objects.filter(pk=subject.pk).update(
                    state=arrow.source, **({"done_on": clock.today()} if name == "step" else {})
                )
                fresh = type(subject).objects.get(pk=subject.pk)
                assert tried(flow, fresh, arrow.target, far) in {"forbidden", "refused"}
            transaction.set_rollback(True)


def test_an_arrow_that_needs_a_reason_does_not_go_without(cast):
    case = a_case(cast)
    with pytest.raises(TransitionRefused, match="须填写理由"):
        advance(CASE, case, CaseState.WITHDRAWN, by=cast.bureau)


def test_every_action_of_the_flows_is_a_signed_right():
    actions = {a.action for flow in FLOWS.values() for a in flow.table.transitions}
    assert actions <= set(Action.values)
