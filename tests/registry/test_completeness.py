"""Who reported what, on time or late; what is owed; nil returns and reminders."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import AuditEvent, Notice, NoticeReceipt
from common import clock
from common.quarter import Quarter
from common.workflow import TransitionRefused
from registry import completeness
from registry.choices import FeedSource, JobState
from registry.completeness import LATE, NIL, NOT_DUE, NOT_YET, OVERDUE, REPORTED, WAITING
from registry.models import FeedReminder, NilReturn
from registry.operations.punctuality import (
    file_nil_return,
    is_reminder_day,
    remind_sender,
    send_due_reminders,
)
from tests.factories.registry import DeliveryFactory
from tongchuan_coop.duties import duties_of

pytestmark = pytest.mark.django_db
TODAY = dt.date(2021, 8, 2)
Q1, Q2, Q3 = Quarter(2021, 1), Quarter(2021, 2), Quarter(2021, 3)


@pytest.fixture(autouse=True)
def in_august():
    with clock.on_day(TODAY):
        yield


def sent(cast, quarter, day, *, state=JobState.COMMITTED, **facts):
    return DeliveryFactory(
        sender=cast.near.department,
        quarter=str(quarter),
        received_at=dt.datetime(day.year, day.month, day.day, 9, tzinfo=clock.SHANGHAI),
        job=state,
        **facts,
    )


def cell_of(user, source, quarter):
    lines = {line.source: line for line in completeness.lines_for(user)}
    return next(cell for cell in lines[source].cells if cell.quarter == quarter)


def state_of(user, quarter, source=FeedSource.REGISTRATION):
    return cell_of(user, source, quarter).state


def test_the_answers_differ_in_state_word_and_mark(cast):
    sent(cast, Quarter(2020, 3), dt.date(2020, 10, 20))  # the last day in time
    sent(cast, Quarter(2020, 4), dt.date(2021, 1, 21))  # a day late
    file_nil_return(FeedSource.REGISTRATION, Q1, by=cast.bureau)
    states = {
        Quarter(2020, 2): NOT_YET,
        Quarter(2020, 3): REPORTED,
        Quarter(2020, 4): LATE,
        Q1: NIL,
        Q2: OVERDUE,
        Q3: NOT_DUE,
    }
    for quarter, state in states.items():
        assert state_of(cast.bureau, quarter) == state
    shown = [completeness.WORDS[state] for state in states.values()]
    assert len({word for word, _ in shown}) == len(shown)


def test_a_later_version_neither_spoils_nor_cures_the_day(cast):
    sent(cast, Q1, dt.date(2021, 4, 9), number=1)
    sent(cast, Q1, dt.date(2021, 6, 9), number=2)
    assert state_of(cast.bureau, Q1) == REPORTED
    sent(cast, Q2, dt.date(2021, 7, 21), number=1)
    sent(cast, Q2, dt.date(2021, 7, 1), number=2, state=JobState.REFUSED)
    assert state_of(cast.bureau, Q2) == LATE


def test_a_file_that_nobody_published_yet_says_so(cast):
    sent(cast, Q2, dt.date(2021, 7, 9), state=JobState.STAGED)
    assert state_of(cast.bureau, Q2) == WAITING


def test_a_nil_return_on_time_covers_a_file_that_follows_late(cast):
    sent(cast, Quarter(2020, 4), dt.date(2021, 1, 9))
    with clock.on_day(dt.date(2021, 4, 5)):
        file_nil_return(FeedSource.REGISTRATION, Q1, by=cast.near.liaison)
    sent(cast, Q1, dt.date(2021, 6, 9))
    assert state_of(cast.bureau, Q1) == REPORTED


def test_a_workbook_answers_for_every_source_in_it(cast):
    sent(cast, Q2, dt.date(2021, 7, 9), source=FeedSource.WORKBOOK, parts=",registration,abnormal,")
    assert state_of(cast.bureau, Q2) == REPORTED
    assert state_of(cast.bureau, Q2, FeedSource.ABNORMAL) == REPORTED


def test_nil_is_signed_by_the_unit_that_owes_for_a_quarter_that_has_ended(cast):
    nil = file_nil_return(FeedSource.REGISTRATION, Q2, by=cast.near.liaison)
    assert (nil.sender, nil.signed_by) == (cast.near.department, cast.near.liaison)
    assert AuditEvent.objects.filter(action="nil-return-signed").count() == 1
    with pytest.raises(TransitionRefused, match="已作过零报告"):
        file_nil_return(FeedSource.REGISTRATION, Q2, by=cast.near.liaison)
    with pytest.raises(TransitionRefused, match="本部门不报送"):
        file_nil_return(FeedSource.TAX, Q2, by=cast.near.liaison)
    with pytest.raises(TransitionRefused, match="还没有结束"):
        file_nil_return(FeedSource.REGISTRATION, Q3, by=cast.near.liaison)
    with pytest.raises(PermissionDenied):
        file_nil_return(FeedSource.REGISTRATION, Q1, by=cast.clerk)


def test_where_a_file_is_nothing_is_not_nil(cast):
    sent(cast, Q2, dt.date(2021, 7, 9))
    with pytest.raises(TransitionRefused, match="已有报送的文件"):
        file_nil_return(FeedSource.REGISTRATION, Q2, by=cast.near.liaison)


@pytest.mark.parametrize("role", ["bureau", "liaison", "auditor", "administrator"])
def test_every_count_is_that_of_its_list_for_every_role(cast, browser_of, role):
    sent(cast, Quarter(2020, 3), dt.date(2020, 10, 20))
    sent(cast, Quarter(2020, 4), dt.date(2021, 1, 21))
    sent(cast, Q1, dt.date(2021, 4, 9), source=FeedSource.ABNORMAL)
    browser = browser_of(cast.of(role))
    here = reverse("registry:completeness")
    tiles = browser.get(here).context["tiles"]
    assert tiles
    for tile in tiles:
        listed = browser.get(here, {"state": tile["key"]}).context["listed"]
        assert len(listed) == tile["number"]


def test_the_duty_counts_the_list_behind_its_button(cast, browser_of):
    sent(cast, Q1, dt.date(2021, 4, 9))
    for person in (cast.bureau, cast.near.liaison):
        duty = next(each for each in duties_of(person) if "逾期未报的数据" in each.title)
        assert duty.due == dt.date(2021, 7, 20)
        assert len(browser_of(person).get(duty.url).context["listed"]) == duty.count
    file_nil_return(FeedSource.REGISTRATION, Q2, by=cast.near.liaison)
    assert not [each for each in duties_of(cast.near.liaison) if "逾期" in each.title]


def test_a_department_sees_its_own_lines_only(cast, browser_of):
    sent(cast, Q1, dt.date(2021, 4, 9))
    page = browser_of(cast.far.liaison).get(reverse("registry:completeness"))
    assert [line.source for line in page.context["lines"]] == [FeedSource.TAX]


def test_two_clicks_sign_a_nil_return(cast, browser_of):
    browser = browser_of(cast.near.liaison)
    page = browser.get(reverse("registry:completeness")).content.decode()
    assert 'href="#nil-registration-2021Q2"' in page
    asked = {"source": "registration", "quarter": "2021Q2"}
    answer = browser.post(reverse("registry:nil-return"), asked, follow=True)
    assert "已签报" in answer.content.decode()
    assert NilReturn.objects.count() == 1
    answer = browser.post(reverse("registry:nil-return"), {"source": "x", "quarter": "y"})
    assert answer.status_code == 302


def test_a_reminder_lists_exactly_what_is_owed_and_is_proven(cast, browser_of):
    sent(cast, Quarter(2020, 4), dt.date(2021, 1, 9))
    browser = browser_of(cast.bureau)
    here = reverse("registry:feed-reminder", args=["scjgj"])
    page = browser.get(here)
    text = page.context["form"].initial["text"]
    assert "2021年一季度登记信息" in text
    assert "2021年二季度登记信息" in text
    assert "三季度" not in text
    answer = browser.post(here, {"text": text}, follow=True)
    assert "已送达，未读" in answer.content.decode()
    receipt = NoticeReceipt.objects.get()
    assert receipt.person == cast.near.liaison
    assert len(FeedReminder.objects.get().items) == 2
    again = browser.post(here, {"text": text})
    assert again.status_code == 422
    assert "一天只发一次" in again.content.decode()


def test_nobody_is_reminded_of_nothing(cast):
    sent(cast, Q2, dt.date(2021, 7, 9))
    with pytest.raises(TransitionRefused, match="没有逾期未报"):
        remind_sender(cast.near.department, text="", by=cast.bureau)


def test_digests_go_out_before_on_and_after_the_day_once(cast):
    sent(cast, Q1, dt.date(2021, 4, 9))
    days = {}
    for offset in range(-8, 16):
        with clock.on_day(dt.date(2021, 7, 20) + dt.timedelta(days=offset)):
            before = Notice.objects.count()
            send_due_reminders()
            send_due_reminders()
            days[offset] = Notice.objects.count() - before
    # Two departments owe something: the register and the tax file.
    assert {day for day, number in days.items() if number} == {-5, 0, 1, 7, 14}
    assert set(days.values()) == {0, 2}


def test_reminder_days_are_counted_from_the_due_day():
    due = dt.date(2021, 7, 20)
    assert is_reminder_day(due, due)
    assert not is_reminder_day(due, due + dt.timedelta(days=2))


def test_the_board_costs_the_same_however_many_files(
    cast, browser_of, django_assert_max_num_queries
):
    for number in range(12):
        sent(cast, Q2, dt.date(2021, 7, 9), number=number + 1)
    browser = browser_of(cast.bureau)
    with django_assert_max_num_queries(14):
        browser.get(reverse("registry:completeness"))
