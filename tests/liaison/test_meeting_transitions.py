"""Every state × role × target of meetings, minutes and decisions, tried against their tables."""

import pytest

from common import clock
from liaison.meeting_choices import DecisionState, MeetingState, MinutesState
from liaison.meeting_flows import DECISION, MEETING, MINUTES
from liaison.models import Decision, Minutes
from tests.flows import outcome, walk

pytestmark = pytest.mark.django_db
FLOWS = {
    "meeting": (MEETING, MeetingState),
    "minutes": (MINUTES, MinutesState),
    "decision": (DECISION, DecisionState),
}
# What a row needs to stand in a state at all.
ISSUED = (MinutesState.ISSUED, MinutesState.ARCHIVED)
FROZEN = '{"name": "会议纪要", "copying": ["抄送", "区委、区政府"]}'


def beside(name, source, cast):
    """Return what the database asks of a row in a state."""
    if name == "minutes" and source in ISSUED:
        return {
            "number": "一号",
            "issued_on": "2021-07-01",
            "paper": cast.near.paper,
            "content": FROZEN,
        }
    return {"done_on": "2021-07-01"} if name == "decision" else {}


@pytest.mark.parametrize("name", FLOWS)
def test_only_what_the_table_allows_ever_moves(name, cast):
    flow, states = FLOWS[name]
    row = getattr(cast.near, name)
    if name == "minutes":
        Minutes.objects.filter(pk=row.pk).update(
            override_reason="理由",
            number="一号",
            issued_on="2021-07-01",
            paper=cast.near.paper,
            content=FROZEN,
        )
    walk(
        flow,
        states,
        row,
        cast,
        allowed=("moved", "refused", "forbidden"),
        stand=lambda source: beside(name, source, cast),
    )


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
