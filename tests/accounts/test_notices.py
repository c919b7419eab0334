"""Notices: told in the portal, sent by an outbox that tries again, proved for formal ones."""

import datetime as dt
import json
import threading
import urllib.error
from pathlib import Path

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse

from accounts import notice_words, sms
from accounts.choices import NoticeEvent, NoticeMode, OutboxChannel, OutboxState
from accounts.models import AuditEvent, Notice, NoticeReceipt, OutboxMessage
from accounts.operations import outbox
from accounts.operations.notices import (
    confirm_notice,
    mark_read,
    notify,
    resend_failed,
    send_letter,
)
from common import clock
from common.workflow import TransitionRefused
from tests.factories.accounts import UserFactory

LIST = "/accounts/notices/"
RECORD = "/accounts/notices/record/"


@pytest.fixture
def posted(settings):
    """A portal that may send e-mail, into the test's mailbox."""
    settings.EMAIL_HOST = "smtp.example.cn"
    return mail


def tell(people, **more):
    facts = {
        "event": NoticeEvent.REPORT_RETURNED,
        "title": "2020年度报告退回修改",
        "text": "成员人数与名册不符。",
        "url": "/registry/",
    }
    return notify(people, **{**facts, **more})


def reachable(person, *, mode=NoticeMode.EACH):
    person.email, person.phone, person.notice_mode = (
        f"{person.username}@example.cn",
        "13812345678",
        mode,
    )
    person.save()
    return person


def past(message, *, minutes=600):
    OutboxMessage.objects.filter(pk=message.pk).update(
        next_try_at=clock.real_now() - dt.timedelta(minutes=minutes)
    )


# --- telling ---


def test_everybody_is_told_once_and_closed_accounts_are_not(cast):
    closed = UserFactory(is_active=False)
    notice = tell([cast.clerk, cast.chair, cast.clerk, closed])
    assert {r.person for r in notice.receipts.all()} == {cast.clerk, cast.chair}


def test_nobody_to_tell_is_no_notice(cast):
    assert tell([]) is None
    assert tell([UserFactory(is_active=False)]) is None
    assert not Notice.objects.exists()


def test_telling_costs_the_same_however_many_people(cast, posted, django_assert_num_queries):
    people = [reachable(UserFactory()) for _ in range(40)]
    with django_assert_num_queries(5):  # savepoint, notice, receipts, messages, release
        tell(people)


def test_an_address_outside_the_portal_is_left_out(cast):
    for url in ("https://example.com/", "//example.com/", "javascript:alert(1)"):
        assert tell([cast.clerk], url=url).url == ""


@pytest.mark.parametrize("event", NoticeEvent)
def test_every_event_has_words_for_every_channel(cast, event):
    notice = tell([cast.clerk], event=event)
    subject, text = notice_words.email_of(notice, cast.clerk)
    assert "\n" not in subject
    assert notice_words.WHAT_TO_DO[event] in text
    assert notice_words.sms_of(notice).startswith("【通川农合】")


def test_a_title_cannot_forge_a_heading_of_a_mail(cast):
    notice = tell([cast.clerk], title="通知\nBcc: someone@example.com")
    assert "\n" not in notice_words.email_of(notice, cast.clerk)[0]
    assert "\n" not in notice_words.sms_of(notice)


# --- the outbox ---


def test_who_wants_each_notice_gets_it_by_mail(cast, posted):
    eager, calm = reachable(cast.clerk), reachable(cast.counsellor, mode=NoticeMode.PORTAL_ONLY)
    tell([eager, calm])
    assert outbox.send_waiting() == 1
    assert [letter.to for letter in posted.outbox] == [[eager.email]]
    assert "退回修改" in posted.outbox[0].subject
    assert outbox.send_waiting() == 0


def test_a_formal_notice_goes_out_by_mail_and_text_message_whatever_one_chose(
    cast, posted, settings, tmp_path
):
    settings.DATA_DIR = tmp_path
    person = reachable(cast.clerk, mode=NoticeMode.PORTAL_ONLY)
    tell([person], formal=True)
    assert outbox.send_waiting() == 2
    written = [json.loads(p.read_text()) for p in (tmp_path / "sms").glob("*.json")]
    assert [m["phone"] for m in written] == [person.phone]
    assert "成员人数" not in written[0]["text"]  # the text of a notice stays in the portal


def test_without_a_mail_server_nothing_is_laid_out_for_mail(cast):
    tell([reachable(cast.clerk)], formal=True)
    assert set(OutboxMessage.objects.values_list("channel", flat=True)) == {OutboxChannel.SMS}


def test_what_was_rolled_back_tells_nobody(cast, posted):
    from django.db import transaction

    with transaction.atomic():
        tell([reachable(cast.clerk)], formal=True)
        transaction.set_rollback(True)
    assert outbox.send_waiting() == 0
    assert not NoticeReceipt.objects.exists()


def test_a_failing_gateway_is_tried_again_later_and_given_up_visibly(cast, monkeypatch):
    tries = []

    class Deaf:
        def send(self, phone, text, *, mark):
            tries.append(mark)
            raise sms.GatewayFault("短信网关答复 503")

    monkeypatch.setattr(sms, "gateway", Deaf)
    notice = tell([reachable(cast.clerk)], formal=True)
    message = OutboxMessage.objects.get()
    for _ in range(len(outbox.WAITS) + 1):
        assert outbox.send_waiting() == 0
        assert outbox.send_waiting() == 0  # not before its time
        past(message)
    message.refresh_from_db()
    assert message.state == OutboxState.FAILED
    assert message.fault == "短信网关答复 503"
    assert len(tries) == len(outbox.WAITS) + 1
    assert len(set(tries)) == 1
    assert resend_failed(notice, by=cast.bureau) == 1
    message.refresh_from_db()
    assert (message.state, message.attempts) == (OutboxState.WAITING, 0)


@pytest.mark.parametrize("fault", [OSError("weg"), TimeoutError(), ConnectionRefusedError()])
def test_a_mail_server_that_is_away_loses_nothing(cast, posted, monkeypatch, fault):
    def away(*_args, **_more):
        raise fault

    monkeypatch.setattr("django.core.mail.EmailMessage.send", away)
    tell([reachable(cast.clerk)])
    assert outbox.send_waiting() == 0
    message = OutboxMessage.objects.get()
    assert (message.state, message.attempts) == (OutboxState.WAITING, 1)
    monkeypatch.undo()
    past(message)
    assert outbox.send_waiting() == 1


def test_a_message_of_a_killed_worker_is_sent_by_the_next(cast, posted):
    tell([reachable(cast.clerk)])
    taken = OutboxMessage.objects.get()
    # as the killed worker left it: counted, its next try pushed on, never sent
    OutboxMessage.objects.update(attempts=1, next_try_at=clock.real_now() + outbox.LEASE)
    assert outbox.send_waiting() == 0
    past(taken)
    assert outbox.send_waiting() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_workers_never_send_the_same_message_together(settings, monkeypatch):
    sent = []

    class Slow:
        def send(self, phone, text, *, mark):
            sent.append(mark)

    monkeypatch.setattr(sms, "gateway", Slow)
    people = [reachable(UserFactory()) for _ in range(10)]
    tell(people, formal=True)

    def work():
        try:
            outbox.send_waiting()
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    outbox.send_waiting()
    assert sorted(sent) == sorted(set(sent))
    assert len(sent) == 10


def test_the_daily_summary_comes_once_a_day_to_who_has_something_unread(cast, posted):
    behind = reachable(cast.clerk, mode=NoticeMode.DIGEST)
    done = reachable(cast.counsellor, mode=NoticeMode.DIGEST)
    notice = tell([behind, done])
    mark_read(notice, by=done)
    assert outbox.prepare_digests() == 1
    assert outbox.prepare_digests() == 0
    assert outbox.send_waiting() == 1
    assert posted.outbox[0].to == [behind.email]
    assert "1 条未读通知" in posted.outbox[0].subject
    with clock.on_day(clock.today() + dt.timedelta(days=1)):
        assert outbox.prepare_digests() == 1


def test_a_gateway_that_refuses_is_a_fault_and_never_a_crash(monkeypatch, settings):
    settings.SMS_GATEWAY_URL = "http://127.0.0.1:9/send"
    with pytest.raises(sms.GatewayFault, match="连不上"):
        sms.gateway().send("13812345678", "x", mark="m")

    def refuse(request, timeout):
        raise urllib.error.HTTPError(request.full_url, 403, "no", None, None)

    monkeypatch.setattr("urllib.request.urlopen", refuse)
    with pytest.raises(sms.GatewayFault, match="403"):
        sms.gateway().send("13812345678", "x", mark="m")


def test_the_files_of_the_default_gateway_are_whole(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    for _ in range(2):
        sms.FileGateway().send("13812345678", "正文", mark="message-1")
    assert [p.name for p in Path(tmp_path / "sms").iterdir()] == ["message-1.json"]


# --- the pages of a person ---


def said(answer):
    return answer.content.decode()


def test_the_bell_counts_what_is_unread_and_opening_reads(cast, browser_of):
    notice = tell([cast.clerk])
    client = browser_of(cast.clerk)
    assert "bell-count" in said(client.get("/"))
    assert client.head(f"{LIST}{notice.pk}/").status_code == 200
    assert NoticeReceipt.objects.get().read_at is None  # a look at the headings is no reading
    page = said(client.get(f"{LIST}{notice.pk}/"))
    assert "成员人数与名册不符" in page
    assert NoticeReceipt.objects.get().read_at is not None
    assert "bell-count" not in said(client.get("/"))


def test_a_notice_of_others_is_not_found(cast, browser_of):
    notice = tell([cast.clerk], formal=True)
    client = browser_of(cast.far.clerk)
    assert client.get(f"{LIST}{notice.pk}/").status_code == 404
    assert client.post(reverse("accounts:notice-confirm", args=[notice.pk])).status_code == 404
    assert client.get(f"{LIST}999999/").status_code == 404


def test_the_list_filters_and_shows_only_ones_own(cast, browser_of, django_assert_max_num_queries):
    tell([cast.clerk], title="甲事")
    tell([cast.clerk], title="乙事", event=NoticeEvent.TRAINING_INVITED)
    tell([cast.far.clerk], title="丙事")
    client = browser_of(cast.clerk)
    with django_assert_max_num_queries(12):
        page = said(client.get(LIST))
    assert "甲事" in page
    assert "乙事" in page
    assert "丙事" not in page
    narrowed = said(client.get(LIST, {"event": "training_invited"}))
    assert "乙事" in narrowed
    assert "甲事" not in narrowed
    assert "甲事" not in said(client.get(LIST, {"state": "read"}))
    assert "没有符合条件" in said(client.get(LIST, {"event": "nonsense"}))


def test_everything_informal_is_marked_read_at_once(cast, browser_of):
    tell([cast.clerk])
    formal = tell([cast.clerk], formal=True)
    browser_of(cast.clerk).post(f"{LIST}read/")
    assert list(NoticeReceipt.objects.unread().values_list("notice", flat=True)) == [formal.pk]


def test_confirming_is_recorded_once_and_only_for_formal_ones(cast, browser_of):
    formal, informal = tell([cast.chair], formal=True), tell([cast.chair])
    client = browser_of(cast.chair)
    for _ in range(2):
        client.post(reverse("accounts:notice-confirm", args=[formal.pk]))
    receipt = NoticeReceipt.objects.get(notice=formal)
    assert receipt.confirmed_at is not None
    assert receipt.read_at is not None
    assert AuditEvent.objects.filter(action="notice-confirmed").count() == 1
    with pytest.raises(TransitionRefused):
        confirm_notice(informal, by=cast.chair)


def test_a_formal_notice_waits_on_the_home_page_until_it_is_confirmed(cast, browser_of):
    formal = tell([cast.clerk], formal=True, title="关于年报的通知")
    client = browser_of(cast.clerk)
    assert "阅读并确认" in said(client.get("/"))
    confirm_notice(formal, by=cast.clerk)
    assert "阅读并确认" not in said(client.get("/"))


def test_one_chooses_how_to_hear_of_notices(cast, browser_of):
    client = browser_of(cast.clerk)
    page = reverse("accounts:notice-setting-edit")
    client.post(page, {"email": "a@example.cn", "notice_mode": "each"})
    cast.clerk.refresh_from_db()
    assert (cast.clerk.email, cast.clerk.notice_mode) == ("a@example.cn", "each")
    event = AuditEvent.objects.get(action="notice-setting-changed")
    assert "a@example.cn" not in json.dumps(event.detail)
    wrong = client.post(page, {"email": "不是邮箱", "notice_mode": "each"})
    assert wrong.status_code == 422
    assert "不是邮箱" in said(wrong)


# --- formal letters and their record ---


def test_the_bureau_sends_a_letter_and_sees_who_confirmed(cast, browser_of):
    client = browser_of(cast.bureau)
    facts = {"roles": ["clerk"], "title": "关于报送的通知", "text": "请按期报送。"}
    sent = client.post(f"{RECORD}new/", facts)
    notice = Notice.objects.formal().get()
    assert sent.url == f"{RECORD}{notice.pk}/"
    assert {r.person for r in notice.receipts.all()} == {cast.near.clerk, cast.far.clerk}
    confirm_notice(notice, by=cast.near.clerk)
    page = said(client.get(sent.url))
    assert "未确认" in page
    counted = Notice.objects.with_counts().get(pk=notice.pk)
    assert (counted.people, counted.read, counted.confirmed, counted.failed) == (2, 1, 1, 0)
    assert AuditEvent.objects.about(notice).filter(action="notice-sent").exists()


def test_a_letter_can_be_kept_to_some_units(cast, browser_of):
    facts = {
        "roles": ["clerk", "counsellor"],
        "units": [cast.near.township.pk],
        "title": "甲",
        "text": "乙",
    }
    browser_of(cast.bureau).post(f"{RECORD}new/", facts)
    assert {r.person for r in NoticeReceipt.objects.all()} == {
        cast.near.clerk,
        cast.near.counsellor,
    }


def test_a_letter_to_nobody_or_without_words_is_refused_and_keeps_what_was_typed(cast, browser_of):
    client = browser_of(cast.bureau)
    nobody = {"roles": ["leader"], "units": [cast.near.township.pk], "title": "甲题", "text": "乙"}
    answer = client.post(f"{RECORD}new/", nobody)
    assert answer.status_code == 422
    assert "发不到任何人" in said(answer)
    assert "甲题" in said(answer)
    assert client.post(f"{RECORD}new/", {}).status_code == 422


def test_only_the_bureau_sends_letters(cast):
    for person in (cast.clerk, cast.auditor, cast.administrator, cast.chair):
        with pytest.raises(PermissionDenied):
            send_letter([cast.clerk], title="甲", text="乙", by=person)


def test_the_record_finds_what_is_open_and_what_failed(
    cast, browser_of, django_assert_max_num_queries
):
    open_one = tell([reachable(cast.clerk)], formal=True, title="还没确认")
    done = tell([cast.chair], formal=True, title="都确认了")
    confirm_notice(done, by=cast.chair)
    OutboxMessage.objects.filter(receipt__notice=open_one).update(state=OutboxState.FAILED)
    client = browser_of(cast.auditor)
    with django_assert_max_num_queries(12):
        client.get(RECORD)
    for state in ("open", "failed"):
        page = said(client.get(RECORD, {"state": state}))
        assert "还没确认" in page
        assert "都确认了" not in page
    assert "正式通知有消息没有发出" in said(browser_of(cast.bureau).get("/"))
    resend = browser_of(cast.bureau).post(f"{RECORD}{open_one.pk}/resend/")
    assert resend.status_code == 302
    assert OutboxMessage.objects.get(receipt__notice=open_one).state == OutboxState.WAITING


def test_an_informal_notice_has_no_record_page(cast, browser_of):
    notice = tell([cast.clerk])
    assert browser_of(cast.bureau).get(f"{RECORD}{notice.pk}/").status_code == 404
