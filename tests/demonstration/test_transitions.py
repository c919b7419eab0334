"""Every state × role × target of every flow, tried against its table."""

import itertools

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.choices import Role
from accounts.operations.transitions import advance
from accounts.policy import GRANTS, Action
from common.workflow import TransitionRefused
from demonstration.choices import ApplicationState, MonitoringState, RoundState
from demonstration.models import MonitoringCase, RatingApplication, RatingRound
from demonstration.workflows import APPLICATION, MONITORING, ROUND

pytestmark = pytest.mark.django_db
FLOWS = {
    "application": (APPLICATION, ApplicationState, RatingApplication),
    "round": (ROUND, RoundState, RatingRound),
    "case": (MONITORING, MonitoringState, MonitoringCase),
}


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


@pytest.mark.parametrize("name", FLOWS)
def test_only_what_the_table_allows_ever_moves(name, cast):
    flow, states, model = FLOWS[name]
    row = {
        "application": cast.near.application,
        "round": cast.near.round,
        "case": cast.near.monitoring_case,
    }[name]
    for source, target in itertools.product(states, states):
        model.objects.filter(pk=row.pk).update(state=source)
        arrow = next((a for a in flow.leaving(source) if a.target == target), None)
        for role in Role:
            held = model.objects.get(pk=row.pk)
            answer = outcome(flow, held, target, cast.of(role))
            if arrow is None:
                assert answer == "refused", f"{source}→{target} as {role}"
            elif role not in GRANTS[Action(arrow.action)]:
                assert answer == "forbidden", f"{source}→{target} as {role}"
            else:
                assert answer in {"moved", "refused"}, f"{source}→{target} as {role}"
        assert model.objects.get(pk=row.pk).state == source


def test_a_township_cannot_recommend_a_society_of_another(cast):
    application = cast.far.application
    RatingApplication.objects.filter(pk=application.pk).update(state=ApplicationState.SUBMITTED)
    application.refresh_from_db()
    with pytest.raises(PermissionDenied):
        advance(
            APPLICATION, application, ApplicationState.RECOMMENDED, by=cast.clerk, reason="推荐"
        )
