"""Every state × role × target of every flow, tried against its table."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.operations.transitions import advance
from demonstration.choices import ApplicationState, MonitoringState, RoundState
from demonstration.models import RatingApplication
from demonstration.workflows import APPLICATION, MONITORING, ROUND
from tests.flows import walk

pytestmark = pytest.mark.django_db
FLOWS = {
    "application": (APPLICATION, ApplicationState),
    "round": (ROUND, RoundState),
    "case": (MONITORING, MonitoringState),
}


@pytest.mark.parametrize("name", FLOWS)
def test_only_what_the_table_allows_ever_moves(name, cast):
    flow, states = FLOWS[name]
    row = {
        "application": cast.near.application,
        "round": cast.near.round,
        "case": cast.near.monitoring_case,
    }[name]
    walk(flow, states, row, cast, allowed=("moved", "refused"))


def test_a_township_cannot_recommend_a_society_of_another(cast):
    application = cast.far.application
    RatingApplication.objects.filter(pk=application.pk).update(state=ApplicationState.SUBMITTED)
    application.refresh_from_db()
    with pytest.raises(PermissionDenied):
        advance(
            APPLICATION, application, ApplicationState.RECOMMENDED, by=cast.clerk, reason="推荐"
        )
