"""Who came and how a meeting was held is put right, with a reason, until its minutes are issued."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import AuditEvent, NoticeReceipt
from common import clock
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from liaison.meeting_choices import ConsentAnswer, MeetingState, MinutesState, Presence
from liaison.models import Consent, Meeting, MeetingUnit, Minutes
from liaison.operations import attendance
from liaison.operations.attendance import correct_attendance, correct_meeting
from liaison.operations.minutes import issue_minutes, reopen_round, sign_minutes
from tests.factories.accounts import UserFactory, unit
from tests.factories.meetings import BodyFactory, MeetingFactory, decision_of, minutes_of

pytestmark = pytest.mark.django_db
THERE = ("农业农村局", "市场监管局", "税务局", "财政局")


@pytest.fixture
def minutes():
    """Minutes that go round; the water bureau is down as absent."""
    meeting = MeetingFactory(body=BodyFactory(office=unit("农业农村局")))
    made = minutes_of(meeting, [unit(name) for name in THERE])
    MeetingUnit.objects.create(meeting=meeting, unit=unit("水务局"), presence=Presence.ABSENT)
    return made


def now(meeting, **changed):
    """Return the table as it stands, with some units otherwise: name=(presence, person, post)."""
    rows = {}
    for part in meeting.units.select_related("unit"):
        stands = (part.presence, part.person, part.post)
        presence, person, post = changed.get(part.unit.short_name, stands)
        rows[part.pk] = {"presence": presence, "person": person, "post": post}
    return rows


def correct(minutes, by, *, joined=None, reason="签到表漏记", version=None, **changed):
    meeting = Meeting.objects.get(pk=minutes.meeting_id)
    correct_attendance(
        meeting,
        now(meeting, **changed),
        joined=joined,
        reason=reason,
        version=meeting.version if version is None else version,
        by=by,
    )
    minutes.refresh_from_db()


def move(minutes, state, **facts):
    Minutes.objects.filter(pk=minutes.pk).update(state=state, **facts)
    minutes.refresh_from_db()


def answers(minutes):
    rows = Consent.objects.of(minutes).select_related("unit")
    return {row.unit.short_name: row.answer for row in rows}


def test_the_secretary_corrects_on_the_page_with_a_reason(cast, browser_of, minutes):
    client, meeting = browser_of(cast.bureau), minutes.meeting
    there = reverse("liaison:meeting-detail", args=[meeting.pk])
    assert "更正到会情况" in client.get(there).content.decode()
    form = {"version": meeting.version, "reason": "姓名写错"}
    for part in meeting.units.all():
        presence = part.presence
        form |= {f"presence-{part.pk}": presence, f"person-{part.pk}": "王小五"}
    path = reverse("liaison:meeting-attendance", args=[meeting.pk])
    bare = client.post(path, {**form, "reason": " "}, follow=True)
    assert "更正理由" in "".join(str(each) for each in bare.context["messages"])
    assert not meeting.units.filter(person="王小五").exists()
    said = [str(each) for each in client.post(path, form, follow=True).context["messages"]]
    assert said == ["到会情况已更正，理由已写入操作记录。"]
    assert meeting.units.filter(person="王小五").count() == 5
    event = AuditEvent.objects.get(action="attendance-corrected")
    assert event.reason == "姓名写错"
    assert event.detail["changes"]["税务局"] == ["出席 王五", "出席 王小五"]


def test_a_unit_that_was_there_is_asked_and_one_that_was_not_is_let_go(cast, minutes):
    away = UserFactory(role=cast.liaison.role, unit=unit("水务局"))
    Consent.objects.of(minutes).filter(unit=unit("税务局")).update(answer=ConsentAnswer.AGREED)
    correct(
        minutes,
        cast.bureau,
        水务局=("present", "李明", "副局长"),
        财政局=("absent", "", ""),
        税务局=("leave", "", ""),
    )
    waiting = ConsentAnswer.WAITING
    expected = {"市场监管局": waiting, "税务局": ConsentAnswer.AGREED, "水务局": waiting}
    assert answers(minutes) == expected  # what was answered stays on record
    assert NoticeReceipt.objects.filter(person=away, notice__title=f"请会签：{minutes}").exists()


def test_who_came_without_being_called_is_entered(cast, minutes):
    joined = {"unit": unit("林业局"), "presence": "present", "person": "赵六", "post": ""}
    correct(minutes, cast.bureau, joined=joined)
    assert "林业局" in answers(minutes)
    with pytest.raises(TransitionRefused, match=attendance.SAME):
        correct(minutes, cast.bureau, joined=joined)


@pytest.mark.parametrize("state", [MinutesState.AGREED, MinutesState.SIGNED])
def test_settled_minutes_ask_a_unit_that_was_there_before_they_are_issued(cast, minutes, state):
    Consent.objects.of(minutes).update(answer=ConsentAnswer.AGREED)
    move(minutes, state, override_reason="时间紧迫")
    seen = Minutes.objects.get(pk=minutes.pk)
    correct(minutes, cast.bureau, 水务局=("present", "李明", ""))
    told = NoticeReceipt.objects.filter(notice__title__endswith="更正了到会情况")
    assert cast.leader in [receipt.person for receipt in told]
    assert cast.bureau not in [receipt.person for receipt in told]
    assert minutes.override_reason == ""
    if state == MinutesState.AGREED:  # who saw the minutes before does not sign them after
        with pytest.raises(TransitionRefused, match="刷新"):
            sign_minutes(seen, "张永贵", clock.today(), by=cast.leader)
        sign_minutes(minutes, "张永贵", clock.today(), by=cast.leader)
    else:
        move(minutes, state, signer="张永贵", signed_on=clock.today())
    with pytest.raises(TransitionRefused, match="水务局出席了会议，但没有参加会签"):
        issue_minutes(minutes, by=cast.bureau)
    reopen_round(minutes, reason="补会签", by=cast.leader)
    assert answers(minutes)["水务局"] == ConsentAnswer.WAITING


def test_a_name_is_put_right_in_signed_minutes_and_is_printed(cast, minutes):
    Consent.objects.of(minutes).update(answer=ConsentAnswer.AGREED)
    move(minutes, MinutesState.SIGNED, signer="张永贵", signed_on=clock.today())
    correct(minutes, cast.bureau, 税务局=("present", "李明", "副局长"))
    issue_minutes(minutes, by=cast.bureau)
    assert "李明（副局长）" in dict(minutes.frozen["attendance"])["出席"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"reason": " "}, attendance.NO_REASON),
        ({}, attendance.SAME),
        ({"税务局": ("unknown", "", "")}, attendance.UNKNOWN),
        (dict.fromkeys(THERE, ("absent", "", "")), attendance.NOBODY),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_kept(cast, minutes, change, words):
    before = list(minutes.meeting.units.order_by("pk").values())
    with pytest.raises(TransitionRefused, match=words):
        correct(minutes, cast.bureau, **change)
    assert list(minutes.meeting.units.order_by("pk").values()) == before


def test_issued_minutes_end_it(cast, browser_of, minutes):
    Consent.objects.of(minutes).update(answer=ConsentAnswer.AGREED)
    move(minutes, MinutesState.SIGNED, signer="张永贵", signed_on=clock.today())
    issue_minutes(minutes, by=cast.bureau)
    with pytest.raises(TransitionRefused, match="纪要已印发"):
        correct(minutes, cast.bureau, 税务局=("absent", "", ""))
    there = reverse("liaison:meeting-detail", args=[minutes.meeting_id])
    assert "更正到会情况" not in browser_of(cast.bureau).get(there).content.decode()


def test_two_never_correct_over_one_another(cast, minutes):
    seen = minutes.meeting.version
    correct(minutes, cast.bureau, 税务局=("leave", "", ""))
    with pytest.raises(EditConflict):
        correct(minutes, cast.bureau, version=seen, 财政局=("leave", "", ""))


def test_before_it_was_held_nothing_is_corrected(cast):
    called = MeetingFactory(
        body=BodyFactory(office=unit("农业农村局")), state=MeetingState.CALLED, held_on=None
    )
    with pytest.raises(TransitionRefused, match=attendance.NOT_HELD):
        correct_attendance(called, {}, reason="理由", version=called.version, by=cast.bureau)


@pytest.mark.parametrize("role", ["clerk", "liaison", "leader"])
def test_only_the_secretary_corrects(cast, minutes, role):
    with pytest.raises(PermissionDenied):
        correct(minutes, getattr(cast, role), 税务局=("leave", "", ""))


def held(minutes, by, **changed):
    """Put right how the meeting was held; what is not named stays."""
    meeting = Meeting.objects.get(pk=minutes.meeting_id)
    facts = {name: getattr(meeting, name) for name in ("held_on", "place", "chair", "recorder")}
    reason = changed.pop("reason", "登记时填错")
    correct_meeting(meeting, facts | changed, reason=reason, version=meeting.version, by=by)
    minutes.refresh_from_db()
    return meeting


def test_the_secretary_corrects_the_day_and_the_chair_on_the_page(cast, browser_of, minutes):
    client, meeting = browser_of(cast.bureau), minutes.meeting
    there = reverse("liaison:meeting-detail", args=[meeting.pk])
    path = reverse("liaison:meeting-arrange", args=[meeting.pk])
    assert "更正会议情况" in client.get(there).content.decode()
    before = meeting.held_on - dt.timedelta(days=1)
    form = {"held_on": before.isoformat(), "place": meeting.place, "chair": "周勇"}
    form |= {"version": meeting.version}
    assert client.post(path, form).status_code == 422  # why?
    assert client.post(path, {**form, "reason": "换了主持人"}).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.held_on, meeting.chair) == (before, "周勇")
    event = AuditEvent.objects.get(action="meeting-corrected")
    assert event.detail["changes"]["主持人"] == ["张永贵", "周勇"]
    assert client.post(path, {**form, "chair": "改", "reason": "晚了"}).status_code == 409


def test_how_it_was_held_is_put_right_until_the_issue(cast, minutes):
    Consent.objects.of(minutes).update(answer=ConsentAnswer.AGREED)
    move(minutes, MinutesState.SIGNED, signer="张永贵", signed_on=clock.today())
    held(minutes, cast.bureau, chair="周勇")
    told = NoticeReceipt.objects.filter(notice__title="已签发的纪要更正了会议情况")
    assert cast.leader in [receipt.person for receipt in told]
    issue_minutes(minutes, by=cast.bureau)
    assert "周勇主持" in minutes.frozen["opening"]
    with pytest.raises(TransitionRefused, match="纪要已印发"):
        held(minutes, cast.bureau, chair="改")


def test_a_day_that_cannot_be_is_refused(cast, minutes):
    decision_of(minutes, unit("税务局"), due_on=clock.today())
    today = minutes.meeting.held_on
    move(minutes, minutes.state, circulated_on=today - dt.timedelta(days=1))
    with pytest.raises(TransitionRefused, match="不能晚于送会签"):
        held(minutes, cast.bureau, held_on=today, chair="周勇")
    with pytest.raises(TransitionRefused, match="不能晚于今天"):
        held(minutes, cast.bureau, held_on=today + dt.timedelta(days=1))
    with pytest.raises(TransitionRefused, match="不能早于"):
        held(minutes, cast.bureau, held_on=today - dt.timedelta(days=100))
    with pytest.raises(PermissionDenied):
        held(minutes, cast.leader, chair="改")
    minutes.meeting.decisions.update(due_on=today - dt.timedelta(days=3))
    with pytest.raises(TransitionRefused, match="完成时限早于这个召开日期"):
        held(minutes, cast.bureau, held_on=today - dt.timedelta(days=2))


def test_minutes_are_not_signed_before_they_went_round(cast, minutes):
    Consent.objects.of(minutes).update(answer=ConsentAnswer.AGREED)
    move(minutes, MinutesState.AGREED, circulated_on=clock.today())
    before = clock.today() - dt.timedelta(days=1)
    with pytest.raises(TransitionRefused, match="签发日期不能早于"):
        sign_minutes(minutes, "张永贵", before, by=cast.leader)
    sign_minutes(minutes, "张永贵", clock.today(), by=cast.leader)
