"""What pages of meetings, minutes and decisions offer, and what they lead to."""

import pytest
from django.urls import reverse

from accounts.choices import Role
from liaison.meeting_choices import MinutesState
from liaison.meeting_flows import MEETING, MINUTES
from liaison.models import Minutes
from liaison.views.meetings import BAR as MEETING_BAR
from liaison.views.minutes import BAR as MINUTES_BAR
from liaison.views.steps import steps_of
from tests.factories.accounts import UserFactory, unit

pytestmark = pytest.mark.django_db


def shown(client, name, *args):
    answer = client.get(reverse(f"liaison:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_helper_that_was_not_called_gets_no_link_that_does_not_open(cast, browser_of):
    decision = cast.near.decision
    decision.helpers.add(unit("水务局"))
    helper = UserFactory(role=Role.LIAISON, unit=unit("水务局"))
    address = reverse("liaison:minutes-detail", args=[decision.meeting_id])
    told = shown(browser_of(helper), "decision-detail", decision.pk)
    assert str(decision.meeting) in told
    assert address not in told
    assert address in shown(browser_of(cast.liaison), "decision-detail", decision.pk)


def test_the_leader_finds_the_way_to_go_on_without_everybody(cast, browser_of):
    minutes = cast.near.minutes
    override = reverse("liaison:minutes-override", args=[minutes.meeting_id])
    assert override in shown(browser_of(cast.leader), "minutes-detail", minutes.meeting_id)
    assert override not in shown(browser_of(cast.liaison), "minutes-detail", minutes.meeting_id)
    Minutes.objects.filter(pk=minutes.pk).update(state=MinutesState.DRAFT)
    assert override not in shown(browser_of(cast.leader), "minutes-detail", minutes.meeting_id)


@pytest.mark.parametrize("bar", [MEETING_BAR, MINUTES_BAR])
def test_what_is_over_is_not_under_way(bar):
    last = bar[-1][0]
    assert {step["state"] for step in steps_of(bar, last)} == {"done"}
    assert [step["state"] for step in steps_of(bar, bar[0][0])][:2] == ["current", "todo"]
    assert not list((MEETING if bar is MEETING_BAR else MINUTES).leaving(last))
