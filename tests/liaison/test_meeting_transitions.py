"""Every state × role × target of meetings, minutes and decisions, tried against their tables."""

import itertools

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.choices import Role
from accounts.operations.transitions import advance
from accounts.policy import GRANTS, Action
from common import clock
from common.workflow import TransitionRefused
from liaison.meeting_choices import DecisionState, MeetingState, MinutesState
from liaison.meeting_flows import DECISION, MEETING, MINUTES
from liaison.models import Decision, Meeting, Minutes

pytestmark = pytest.mark.django_db
FLOWS = {
    "meeting": (MEETING, MeetingState, Meeting),
    "minutes": (MINUTES, MinutesState, Minutes),
    "decision": (DECISION, DecisionState, Decision),
}
# What a row needs to stand in a state at all.
ISSUED = (MinutesState.ISSUED, MinutesState.ARCHIVED)


def outcome(flow, row, target, person):
    """Try one step and take it back; return moved, refused (in a sentence) or forbidden."""
    with transaction.atomic():
        try:
            advance(flow, row, target, by=person, reason="写明的理由")
            answer = "moved"
        except PermissionDenied:
            answer = "forbidden"
        except TransitionRefused as refusal:
            answer = "refused" if str(refusal).endswith("。") else str(refusal)
        transaction.set_rollback(True)
    return answer


def stand_in(model, row, source, cast):
    """Put a row into a state with what the database asks of it."""
    facts = {"state": source}
    if model is Minutes and source in ISSUED:
        facts |= {"number": "一号", "issued_on": "2021-07-01", "paper": cast.near.paper}
    if model is Decision:
        facts["done_on"] = "2021-07-01"
    model.objects.filter(pk=row.pk).update(**facts)


@pytest.mark.parametrize("name", FLOWS)
def test_only_what_the_table_allows_ever_moves(name, cast):
    flow, states, model = FLOWS[name]
    row = getattr(cast.near, name)
    if name == "minutes":
        Minutes.objects.filter(pk=row.pk).update(
            override_reason="理由", number="一号", issued_on="2021-07-01", paper=cast.near.paper
        )
    for source, target in itertools.product(states, states):
        stand_in(model, row, source, cast)
        arrow = next((a for a in flow.leaving(source) if a.target == target), None)
        for role in Role:
            held = model.objects.get(pk=row.pk)
            answer = outcome(flow, held, target, cast.of(role))
            if arrow is None:
                assert answer == "refused", f"{source}→{target} as {role}"
            elif role not in GRANTS[Action(arrow.action)]:
                assert answer == "forbidden", f"{source}→{target} as {role}"
            else:
                assert answer in {"moved", "refused", "forbidden"}, f"{source}→{target} as {role}"
        assert model.objects.get(pk=row.pk).state == source


def test_only_the_bureau_confirms_what_was_reported(cast):
    decision = cast.near.decision
    Decision.objects.filter(pk=decision.pk).update(
        state=DecisionState.REPORTED, done_on=clock.today()
    )
    decision.refresh_from_db()
    assert outcome(DECISION, decision, DecisionState.DONE, cast.liaison) == "forbidden"
    assert outcome(DECISION, decision, DecisionState.DONE, cast.bureau) == "moved"


def test_nobody_of_another_unit_moves_a_decision(cast):
    far = cast.far.decision
    assert outcome(DECISION, far, DecisionState.REPORTED, cast.liaison) == "forbidden"
    assert outcome(DECISION, far, DecisionState.REPORTED, cast.clerk) == "forbidden"
