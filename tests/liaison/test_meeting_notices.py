"""What units hear of meetings and decisions, and that they can open what they hear of."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.choices import Role
from accounts.models import NoticeReceipt
from common import clock
from liaison.meeting_choices import DecisionState, MeetingState
from liaison.models import Decision, MeetingUnit
from liaison.operations.decisions import drop_decision, extend_decision, return_decision
from liaison.operations.meetings import cancel_meeting
from tests.factories.accounts import UserFactory, unit
from tests.factories.meetings import BodyFactory, MeetingFactory

pytestmark = pytest.mark.django_db


def heard(person, title):
    receipts = NoticeReceipt.objects.filter(person=person, notice__title__startswith=title)
    return [receipt.notice for receipt in receipts.select_related("notice")]


def test_a_cancelled_meeting_is_told_with_its_reason_and_can_be_opened(cast, browser_of):
    meeting = MeetingFactory(
        body=BodyFactory(office=unit("农业农村局")), state=MeetingState.CALLED, held_on=None
    )
    MeetingUnit.objects.create(meeting=meeting, unit=cast.liaison.unit)
    cancel_meeting(meeting, reason="防汛值守", by=cast.bureau)
    (notice,) = heard(cast.liaison, "会议取消")
    assert "防汛值守" in notice.text
    assert "不必回复" in notice.text
    assert "请回复" not in notice.text
    page = browser_of(cast.liaison).get(notice.url)
    assert page.status_code == 200
    assert "防汛值守" in page.content.decode()
    stranger = UserFactory(role=Role.LIAISON, unit=unit("水务局"))
    assert browser_of(stranger).get(notice.url).status_code == 404


def test_a_meeting_cancelled_before_anybody_was_called_stays_unknown_to_units(cast, browser_of):
    meeting = MeetingFactory(
        body=BodyFactory(office=unit("农业农村局")), state=MeetingState.PLANNED, held_on=None
    )
    cancel_meeting(meeting, reason="合并召开", by=cast.bureau)
    address = reverse("liaison:meeting-detail", args=[meeting.pk])
    assert browser_of(cast.liaison).get(address).status_code == 404
    assert not heard(cast.liaison, "会议取消")


def extend(decision, by):
    day = clock.today() + dt.timedelta(days=90)
    extend_decision(decision, day, reason="汛期", version=decision.version, by=by)


def drop(decision, by):
    drop_decision(decision, reason="汛期", by=by)


def send_back(decision, by):
    Decision.objects.filter(pk=decision.pk).update(state=DecisionState.REPORTED)
    decision.refresh_from_db()
    return_decision(decision, reason="汛期", by=by)


@pytest.mark.parametrize(
    ("act", "title"),
    [(extend, "议定事项调整期限"), (drop, "议定事项不再办理"), (send_back, "议定事项退回再办")],
)
def test_lead_and_helpers_hear_what_becomes_of_a_decision(cast, act, title):
    decision = cast.near.decision  # the township helps
    act(decision, cast.bureau)
    for person in (cast.liaison, cast.clerk):
        (notice,) = heard(person, title)
        assert "汛期" in notice.text
        assert notice.url == reverse("liaison:decision-detail", args=[decision.pk])
    assert not heard(cast.far.liaison, title)
