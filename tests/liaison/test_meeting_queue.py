"""What meetings put on the home page and on tiles: each step waits for somebody, each count has its list."""

import datetime as dt

import pytest
from django.db.models import F

from accounts.choices import Role
from common import clock
from liaison.meeting_choices import ConsentAnswer, MeetingState, MinutesState
from liaison.models import Consent, MeetingUnit, Minutes
from liaison.tiles import tiles_of
from tests.factories.accounts import UserFactory, unit
from tests.factories.meetings import BodyFactory, MeetingFactory, decision_of, minutes_of
from tongchuan_coop.duties import duties_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def minutes(cast):
    body = BodyFactory(office=unit("农业农村局"))
    return minutes_of(MeetingFactory(body=body), [unit("税务局"), unit("财政局")])


def rows_behind(browser, url):
    return len(browser.get(url).context["meetings"])


def waiting_for(person):
    return {duty.title: duty for duty in duties_of(person)}


def answered(minutes, answer):
    Consent.objects.of(minutes).update(answer=answer, remark="写明期限")


def in_state(minutes, state):
    Minutes.objects.filter(pk=minutes.pk).update(state=state, version=F("version") + 1)


def test_dissent_and_a_finished_round_wait_for_the_bureau(cast, minutes, browser_of):
    assert not {"纪要会签有不同意见", "纪要待定稿"} & waiting_for(cast.bureau).keys()
    for answer, title in (
        (ConsentAnswer.OBJECTED, "纪要会签有不同意见"),
        (ConsentAnswer.WORDING, "纪要会签有不同意见"),
        (ConsentAnswer.AGREED, "纪要待定稿"),
    ):
        answered(minutes, answer)
        duty = waiting_for(cast.bureau)[title]
        assert duty.count == rows_behind(browser_of(cast.bureau), duty.url) == 1
    answered(minutes, ConsentAnswer.OBJECTED)
    Minutes.objects.update(override_reason="上级要求先行印发")
    assert "纪要待定稿" in waiting_for(cast.bureau)
    assert "纪要会签有不同意见" not in waiting_for(cast.bureau)


def test_a_round_past_its_day_waits_for_the_bureau(cast, minutes, browser_of):
    with clock.on_day(clock.today() + dt.timedelta(days=5)):  # the last day to answer
        assert "纪要会签逾期未答复" not in waiting_for(cast.bureau)
    with clock.on_day(clock.today() + dt.timedelta(days=6)):
        duty = waiting_for(cast.bureau)["纪要会签逾期未答复"]
        assert duty.count == rows_behind(browser_of(cast.bureau), duty.url) == 1
        Minutes.objects.update(override_reason="上级要求先行印发")
        assert "纪要会签逾期未答复" not in waiting_for(cast.bureau)
        Minutes.objects.update(override_reason="")
        answered(minutes, ConsentAnswer.AGREED)
        assert "纪要会签逾期未答复" not in waiting_for(cast.bureau)


def test_a_meeting_past_its_day_waits_to_be_written_down(cast, browser_of):
    title = "会议已过开会日期，还没有登记"
    with clock.on_day(dt.date(2021, 7, 29)):
        MeetingFactory(
            body=BodyFactory(office=unit("农业农村局")), state=MeetingState.CALLED, held_on=None
        )
        assert title not in waiting_for(cast.bureau)
    with clock.on_day(dt.date(2021, 7, 30)):
        duty = waiting_for(cast.bureau)[title]
        assert duty.count == rows_behind(browser_of(cast.bureau), duty.url) == 1
    with clock.on_day(dt.date(2021, 10, 1)):  # the quarter is over: it is told as such
        waiting = waiting_for(cast.bureau)
        assert title not in waiting
        assert "例会逾期未开" in waiting


def test_decisions_past_their_day_wait_for_the_bureau(cast, minutes, browser_of):
    decision_of(minutes, unit("税务局"), due_on=clock.today() + dt.timedelta(days=1))
    assert "议定事项逾期未办结" not in waiting_for(cast.bureau)
    with clock.on_day(clock.today() + dt.timedelta(days=2)):
        duty = waiting_for(cast.bureau)["议定事项逾期未办结"]
        assert duty.count == browser_of(cast.bureau).get(duty.url).context["number"] == 1
        assert "议定事项逾期未办结" not in waiting_for(cast.leader)


def test_signing_waits_for_the_leader_and_issuing_for_the_bureau(cast, minutes, browser_of):
    in_state(minutes, MinutesState.AGREED)
    for person in (cast.leader, cast.bureau):
        duty = waiting_for(person)["纪要待签发"]
        assert duty.count == rows_behind(browser_of(person), duty.url) == 1
    in_state(minutes, MinutesState.SIGNED)
    duty = waiting_for(cast.bureau)["纪要待印发"]
    assert duty.count == rows_behind(browser_of(cast.bureau), duty.url) == 1
    assert "纪要待印发" not in waiting_for(cast.leader)


def test_what_does_not_fit_is_one_line_with_the_number_and_the_list(cast, minutes, browser_of):
    person = UserFactory(role=Role.LIAISON, unit=unit("税务局"))
    for _ in range(8):
        decision_of(minutes, person.unit)
    duties = waiting_for(person)
    rest = duties["还有 3 项议定事项由本单位牵头办理"]
    assert browser_of(person).get(rest.url).context["number"] == 8


def test_tiles_lead_to_as_many_rows_as_they_say(cast, minutes, browser_of):
    called = MeetingFactory(
        body=minutes.meeting.body, quarter="2021Q1", state=MeetingState.CALLED, held_on=None
    )
    MeetingUnit.objects.create(meeting=called, unit=unit("税务局"))
    person = UserFactory(role=Role.LIAISON, unit=unit("税务局"))
    for who, label in (
        (person, "待回复的会议通知"),
        (person, "待会签的纪要"),
        (cast.bureau, "还有单位没答复的纪要"),
    ):
        tile = next(each for each in tiles_of(who) if each.label == label)
        assert tile.value == rows_behind(browser_of(who), tile.url) == 1
