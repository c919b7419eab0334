"""Meetings made ahead, bodies, numbers under load, and what pages of meetings cost."""

import datetime as dt
import threading

import pytest
from django.db import OperationalError, connection
from django.urls import reverse

from accounts.choices import Role
from accounts.operations.attachments import AttachmentRefused, attach_file
from common import clock
from common.workflow import TransitionRefused
from liaison.meeting_choices import (
    BodyKind,
    CopyLabel,
    DecisionState,
    MeetingState,
    MinutesState,
    Presence,
)
from liaison.models import BodySeat, CoordinationBody, Decision, Meeting, MeetingUnit, Minutes
from liaison.operations.bodies import edit_body, end_seat, establish_bodies, save_seat
from liaison.operations.decisions import report_done
from liaison.operations.meetings import arrange_meeting, hold_meeting, plan_meetings
from liaison.operations.minutes import issue_minutes, record_copies
from liaison.tiles import TILES, tiles_of
from tests.cast import assemble
from tests.factories.accounts import UserFactory, unit
from tests.factories.files import photo_upload
from tests.factories.meetings import BodyFactory, MeetingFactory, decision_of, minutes_of

MOST_QUERIES = 22
PARALLEL = 50
db = pytest.mark.django_db


@db
def test_the_plan_s_bodies_are_set_up_once_with_ten_departments(cast):
    made = establish_bodies(by=cast.bureau)
    assert made == 2 + 19
    assert establish_bodies(by=cast.bureau) == 0
    joint = CoordinationBody.objects.get(kind=BodyKind.JOINT_MEETING)
    members = list(joint.seats.values_list("unit__short_name", flat=True))
    assert len(members) == 10
    assert "扶贫开发局" not in members


@db
def test_meetings_of_both_kinds_are_made_ahead_once_and_again_when_cancelled(cast):
    establish_bodies(by=cast.bureau)
    day = dt.date(2021, 5, 6)
    assert plan_meetings(day, by=None) == 4
    assert plan_meetings(day, by=None) == 0
    assert set(Meeting.objects.values_list("quarter", flat=True)) == {"2021Q2", "2021Q3"}
    Meeting.objects.filter(quarter="2021Q2").update(state=MeetingState.CANCELLED)
    assert plan_meetings(day, by=None) == 2
    assert Meeting.objects.overdue(dt.date(2021, 6, 30)).count() == 0
    assert Meeting.objects.overdue(dt.date(2021, 7, 1)).count() == 2


@db
def test_a_township_keeps_its_own_group_and_no_other(cast):
    establish_bodies(by=cast.bureau)
    own = CoordinationBody.objects.get(kind=BodyKind.TOWNSHIP_GROUP, office=cast.near.township)
    facts = {"unit": cast.near.township, "person": "罗晓燕", "since": dt.date(2021, 1, 1)}
    seat = save_seat(own, None, facts, version=0, by=cast.clerk)
    end_seat(seat, reason="工作调动", version=seat.version, by=cast.clerk)
    assert not BodySeat.objects.current(clock.today() + dt.timedelta(days=1)).filter(pk=seat.pk)
    other = CoordinationBody.objects.get(kind=BodyKind.TOWNSHIP_GROUP, office=cast.far.township)
    with pytest.raises(Exception, match="manage-body"):
        edit_body(other, {"name": "改名"}, version=other.version, by=cast.clerk)


@db
def test_only_the_lead_unit_reports_a_decision_done_and_evidence_is_then_locked(cast):
    decision = cast.near.decision
    attach_file(decision, photo_upload(), purpose="办结佐证", by=cast.clerk)
    with pytest.raises(TransitionRefused, match="只有牵头单位"):
        report_done(decision, "已办结。", by=cast.clerk)
    report_done(decision, "已办结。", by=cast.liaison)
    assert decision.state == DecisionState.REPORTED
    Decision.objects.filter(pk=decision.pk).update(state=DecisionState.DONE, done_on=clock.today())
    decision.refresh_from_db()
    with pytest.raises(AttachmentRefused, match="已经了结"):
        attach_file(decision, photo_upload(), purpose="办结佐证", by=cast.liaison)


@db
@pytest.mark.parametrize(
    ("held_on", "words"),
    [(dt.date(2021, 6, 30), "不能早于2021年7月1日"), (dt.date(2021, 11, 3), "不能晚于今天")],
)
def test_a_meeting_is_held_neither_before_its_quarter_nor_in_the_future(cast, held_on, words):
    meeting = MeetingFactory(
        body=BodyFactory(office=unit("农业农村局")),
        quarter="2021Q3",
        state=MeetingState.CALLED,
        held_on=None,
    )
    MeetingUnit.objects.create(meeting=meeting, unit=unit("税务局"), presence=Presence.PRESENT)
    with clock.on_day(dt.date(2021, 11, 2)):
        with pytest.raises(TransitionRefused, match=words):
            hold_meeting(meeting, held_on, by=cast.bureau)
        hold_meeting(meeting, dt.date(2021, 10, 12), by=cast.bureau)  # late, but its own


@db
@pytest.mark.parametrize(
    ("starts_on", "reply_by", "words"),
    [
        (dt.date(2021, 6, 30), None, "不能早于2021年7月1日"),
        (dt.date(2021, 7, 29), dt.date(2021, 7, 30), "回复期限不能晚于开会日期"),
        (dt.date(2021, 7, 29), dt.date(2021, 7, 29), ""),
        (dt.date(2021, 10, 12), None, ""),  # late, but its own
    ],
)
def test_a_meeting_is_arranged_in_its_time(cast, starts_on, reply_by, words):
    meeting = MeetingFactory(
        body=BodyFactory(office=unit("农业农村局")),
        quarter="2021Q3",
        state=MeetingState.PLANNED,
        held_on=None,
    )
    facts = {"starts_at": clock.start_of(starts_on), "place": "三楼", "reply_by": reply_by}
    if words:
        with pytest.raises(TransitionRefused, match=words):
            arrange_meeting(meeting, facts, version=meeting.version, by=cast.bureau)
    else:
        arrange_meeting(meeting, facts, version=meeting.version, by=cast.bureau)
        meeting.refresh_from_db()
        assert meeting.place == "三楼"


@db
def test_choosing_no_unit_calls_none_and_says_so(cast, browser_of):
    body = BodyFactory(office=unit("农业农村局"))
    meeting = MeetingFactory(body=body, state=MeetingState.CALLED, held_on=None)
    invite = reverse("liaison:meeting-invite", args=[meeting.pk])
    said = browser_of(cast.bureau).post(invite, follow=True).context["messages"]
    assert [one.level_tag for one in said] == ["error"]
    assert "请先选一个单位" in str(next(iter(said)))
    assert not meeting.units.exists()


@db
def test_copies_are_called_as_the_body_calls_them(cast):
    body = BodyFactory(office=unit("农业农村局"), copy_label=CopyLabel.COPY_UP)
    minutes = minutes_of(MeetingFactory(body=body), [body.office], state=MinutesState.CIRCULATED)
    with pytest.raises(TransitionRefused, match="才能登记抄报"):
        record_copies(minutes, clock.today(), "公文交换", version=minutes.version, by=cast.bureau)


@db
def test_a_department_s_first_page_holds_its_own_things_only(furnished, browser_of):
    Decision.objects.filter(pk=furnished.far.decision.pk).update(text="别的部门的事项")
    page = browser_of(furnished.liaison).get(reverse("liaison:home")).content.decode()
    assert furnished.near.decision.text in page
    assert str(furnished.near.minutes) in page
    assert "别的部门的事项" not in page
    assert str(furnished.far.minutes) not in page
    assert "逾期未开的例会" not in {tile.label for tile in tiles_of(furnished.liaison)}


@db
def test_other_rooms_can_add_tiles(cast, browser_of, monkeypatch):
    from liaison.tiles import Tile

    def mine(user):
        yield Tile("挂包的合作社", 7, "家", "/liaison/")

    monkeypatch.setattr("liaison.tiles.TILES", [*TILES, mine])
    assert "挂包的合作社" in browser_of(cast.liaison).get(reverse("liaison:home")).content.decode()


@db
@pytest.mark.parametrize("name", ["home", "meeting-list", "decision-list", "body-list"])
def test_a_list_costs_the_same_however_long(cast, browser_of, django_assert_max_num_queries, name):
    body = BodyFactory(office=unit("农业农村局"))
    for quarter in ("2020Q1", "2020Q2", "2020Q3", "2020Q4", "2021Q1"):
        meeting = MeetingFactory(body=body, quarter=quarter)
        made = minutes_of(meeting, [unit("税务局"), unit("财政局")])
        for _ in range(4):
            decision_of(made, unit("税务局")).helpers.add(unit("财政局"))
    client = browser_of(cast.bureau)
    client.get(reverse(f"liaison:{name}"))
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get(reverse(f"liaison:{name}")).status_code == 200


@db
def test_the_page_of_minutes_costs_the_same_however_many_paragraphs(
    cast, browser_of, django_assert_max_num_queries
):
    made = cast.near.minutes
    for place in range(2, 12):
        topic = made.topics.create(position=place, title=f"第{place}段", text="文字")
        for _ in range(3):
            made.meeting.decisions.create(
                topic=topic, text="事项", lead=unit("税务局"), due_on=clock.today()
            )
    client = browser_of(cast.bureau)
    address = reverse("liaison:minutes-detail", args=[made.meeting_id])
    client.get(address)
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get(address).status_code == 200


def _signed(cast, number):
    """Return so many signed minutes of one body, each of a meeting of its own quarter."""
    body = BodyFactory(office=unit("农业农村局"), number_label="并发纪")
    made = []
    for place in range(number):
        meeting = Meeting.objects.create(
            body=body,
            quarter=f"20{50 + place // 4}Q{place % 4 + 1}",
            last_day=dt.date(2050, 1, 1),
            state=MeetingState.HELD,
            held_on=clock.today(),
        )
        MeetingUnit.objects.create(meeting=meeting, unit=body.office, presence=Presence.PRESENT)
        made.append(
            Minutes.objects.create(
                meeting=meeting,
                state=MinutesState.SIGNED,
                signer="张永贵",
                signed_on=clock.today(),
            )
        )
    return made


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_numbers_stay_dense_and_unique_when_many_issue_at_once():
    """50 people at once on PostgreSQL; SQLite has one writer, so 8 there, who try again when told to."""
    number = PARALLEL if connection.vendor == "postgresql" else 8
    cast = assemble()
    rows = _signed(cast, number)
    start, faults = threading.Barrier(number), []

    def issue(row):
        try:
            start.wait()
            for _ in range(30):
                try:
                    issue_minutes(row, by=cast.bureau)
                    return
                except OperationalError:  # the one writer was busy for too long
                    row.refresh_from_db()
            faults.append("too often")
        except Exception as fault:
            faults.append(repr(fault))
        finally:
            connection.close()

    threads = [threading.Thread(target=issue, args=(row,)) for row in rows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    numbers = Minutes.objects.exclude(number="").values_list("number", flat=True)
    year = clock.today().year
    assert sorted(numbers) == sorted(f"并发纪〔{year}〕{n}号" for n in range(1, number + 1))


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_one_set_of_minutes_is_issued_once_however_often_the_button_is_pressed():
    cast = assemble()
    row = _signed(cast, 1)[0]
    start, moved = threading.Barrier(4), []

    def issue():
        own = Minutes.objects.get(pk=row.pk)
        try:
            start.wait()
            issue_minutes(own, by=cast.bureau)
            moved.append(own.number)
        except (TransitionRefused, OperationalError):
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=issue) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    row.refresh_from_db()
    assert moved == [row.number]
    assert row.number == f"并发纪〔{clock.today().year}〕1号"


@db
def test_a_role_without_a_seat_has_no_part(cast, browser_of):
    chair = browser_of(cast.chair)
    assert chair.get(reverse("liaison:home")).status_code == 403
    stranger = browser_of(UserFactory(role=Role.LIAISON, unit=unit("水务局")))
    assert stranger.get(reverse("liaison:home")).status_code == 200
    listed = stranger.get(reverse("liaison:meeting-list")).content.decode()
    assert "还没有会议" in listed
