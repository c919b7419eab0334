"""Accepting what a visit proposed: a suspicion and a step of a plan go through their own doors."""

import pytest

from common import clock
from common.workflow import TransitionRefused
from registry.choices import FlagState
from tests.factories.demonstration import MeasureFactory, PlanFactory
from tests.factories.registry import FlagFactory
from tests.factories.sides import ContradictionFactory
from tests.factories.training import ProposalFactory, VisitFactory
from training.choices import ProposalKind, ProposalState
from training.operations.effects import apply_answers, write_finding
from training.operations.proposals import accept_proposal
from training.questions.catalogue import questions_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(cast):
    made = VisitFactory(cooperative=cast.near.cooperative, counsellor=cast.counsellor)
    write_finding(made)
    return made


def a_flag(cast, visit, state):
    """A suspicion in hand has a person and a day, a deferred one a day on which it comes back."""
    facts = {}
    if state != FlagState.SUSPECTED:
        facts = {"assigned_to": cast.clerk, "due_on": "2021-08-01", "assigned_at": clock.now()}
    if state == FlagState.DEFERRED:
        facts["deferred_until"] = "2021-08-10"
    return FlagFactory(cooperative=visit.cooperative, state=state, **facts)


def proposed(visit, flag, kind):
    return ProposalFactory(
        visit=visit,
        question=f"flag:{flag.pk}",
        kind=kind,
        flag=flag,
        field="",
        stood="",
        value="",
        note="厂房已空置",
    )


def test_an_accepted_confirmation_finds_the_flag_true(cast, visit):
    flag = a_flag(cast, visit, FlagState.CHECKING)
    type(flag).objects.filter(pk=flag.pk).update(opened_at="2021-07-01T00:00:00Z")
    accept_proposal(proposed(visit, flag, ProposalKind.CONFIRM_FLAG), by=cast.bureau)
    flag.refresh_from_db()
    assert flag.state == FlagState.CONFIRMED
    assert "2021年7月19日走访核实" in flag.conclusion
    assert "厂房已空置" in flag.conclusion


@pytest.mark.parametrize("before", [FlagState.SUSPECTED, FlagState.CHECKING, FlagState.DEFERRED])
def test_an_accepted_denial_dismisses_the_flag_wherever_it_stood(cast, visit, before):
    flag = a_flag(cast, visit, before)
    proposal = proposed(visit, flag, ProposalKind.CLEAR_FLAG)
    accept_proposal(proposal, by=cast.clerk)
    flag.refresh_from_db()
    proposal.refresh_from_db()
    assert (flag.state, flag.decided_by) == (FlagState.DISMISSED, cast.clerk)
    assert proposal.state == ProposalState.ACCEPTED


def test_what_verification_refuses_leaves_flag_and_proposal_as_they_were(cast, visit):
    """The visit was before the suspicion arose, so it proves nothing."""
    flag = a_flag(cast, visit, FlagState.CHECKING)
    proposal = proposed(visit, flag, ProposalKind.CONFIRM_FLAG)
    with pytest.raises(TransitionRefused, match="凭据"):
        accept_proposal(proposal, by=cast.bureau)
    flag.refresh_from_db()
    proposal.refresh_from_db()
    assert (flag.state, proposal.state) == (FlagState.CHECKING, ProposalState.WAITING)


def test_a_flag_that_the_facts_have_cured_is_not_decided_any_more(cast, visit):
    flag = FlagFactory(cooperative=visit.cooperative, state=FlagState.CLEARED)
    with pytest.raises(TransitionRefused, match="已经解除"):
        accept_proposal(proposed(visit, flag, ProposalKind.CLEAR_FLAG), by=cast.bureau)


def a_step(society, responsible):
    return MeasureFactory(plan=PlanFactory(cooperative=society, responsible=responsible))


def test_steps_of_the_plan_are_asked_and_marked_done_when_accepted(cast, visit):
    measure = a_step(visit.cooperative, cast.counsellor)
    asked = {each.key: each for each in questions_for([visit.cooperative])[visit.cooperative.pk]}
    assert measure.aim in asked[f"plan:{measure.pk}"].text
    visit.answers = [
        {
            "key": f"plan:{measure.pk}",
            "text": "方案措施做好了吗？",
            "why": "",
            "kind": "done",
            "answer": "yes",
            "note": "账户已建齐",
        }
    ]
    apply_answers(visit, by=cast.counsellor)
    proposal = visit.proposals.get()
    measure.refresh_from_db()
    assert (proposal.kind, measure.done_on) == (ProposalKind.DONE_ELSEWHERE, None)
    accept_proposal(proposal, by=cast.bureau)
    measure.refresh_from_db()
    assert measure.done_on
    assert "账户已建齐" in measure.done_note


def test_a_step_that_is_done_already_is_not_done_twice(cast, visit):
    measure = a_step(visit.cooperative, cast.counsellor)
    type(measure).objects.filter(pk=measure.pk).update(done_on="2021-07-01", done_note="已完成")
    proposal = ProposalFactory(
        visit=visit,
        question=f"plan:{measure.pk}",
        kind=ProposalKind.DONE_ELSEWHERE,
        field="",
        stood="",
    )
    with pytest.raises(TransitionRefused, match="已经完成"):
        accept_proposal(proposal, by=cast.bureau)


def test_computed_contradictions_become_questions_of_the_next_visit(cast):
    society = cast.near.cooperative
    ContradictionFactory(
        cooperative=society,
        kind="members_differ",
        evidence={"member_count": 10, "report_year": 2020, "report_members": 12},
    )
    asked = {each.key: each for each in questions_for([society])[society.pk]}
    question = asked["fact:member_count"]
    assert "12" in question.why
    assert "10" in question.why
