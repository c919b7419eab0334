"""Emptying the outbox: e-mails and text messages leave, faults are tried again later.

A message is taken by one conditional update that also sets its next try, so that two workers
never send the same one together and a killed worker leaves nothing behind. Between handing a
message over and noting it a crash may repeat it; the message carries the same mark then.
"""

import datetime as dt
import logging
import smtplib

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F

from accounts import notice_words, sms
from accounts.choices import NoticeMode, OutboxChannel, OutboxState
from accounts.models import NoticeReceipt, OutboxMessage, User
from accounts.sms import GatewayFault
from common import clock

log = logging.getLogger("portal.outbox")
MOST_AT_ONCE = 200
# After each failed try; then the message is given up, visibly.
WAITS = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 30, 120))
LEASE = dt.timedelta(minutes=2)
DIGEST_DAYS = 14


def send_waiting() -> int:
    """Send what is due, at most a batch; return how many went out."""
    keys = OutboxMessage.objects.due(clock.real_now()).values_list("pk", flat=True)
    return sum(_send(key) for key in list(keys[:MOST_AT_ONCE]))


def prepare_digests() -> int:
    """Lay the day's summary of unread notices into the outbox; once a day for each person."""
    if not settings.EMAIL_HOST:
        return 0
    today = clock.today()
    since = clock.start_of(today - dt.timedelta(days=DIGEST_DAYS))
    people = (
        User.objects.filter(
            is_active=True,
            notice_mode=NoticeMode.DIGEST,
            notice_receipts__read_at__isnull=True,
            notice_receipts__delivered_at__gte=since,
        )
        .exclude(email="")
        .exclude(outbox_messages__digest_of=today)
        .distinct()
    )
    messages = [
        OutboxMessage(
            person=person,
            digest_of=today,
            channel=OutboxChannel.EMAIL,
            address=person.email,
        )
        for person in people
    ]
    OutboxMessage.objects.bulk_create(messages, batch_size=500, ignore_conflicts=True)
    return len(messages)


def _send(key: int) -> bool:
    now = clock.real_now()
    taken = OutboxMessage.objects.filter(
        pk=key, state=OutboxState.WAITING, next_try_at__lte=now
    ).update(attempts=F("attempts") + 1, next_try_at=now + LEASE)
    if not taken:
        return False
    message = OutboxMessage.objects.select_related("person", "receipt__notice").get(pk=key)
    try:
        _hand_over(message)
    except (OSError, smtplib.SMTPException, GatewayFault, ValueError) as fault:
        _note_fault(message, fault)
        return False
    OutboxMessage.objects.filter(pk=key).update(
        state=OutboxState.SENT, sent_at=clock.now(), fault=""
    )
    return True


def _hand_over(message: OutboxMessage) -> None:
    if message.receipt is None:
        _mail(message, *_digest(message))
    elif message.channel == OutboxChannel.EMAIL:
        _mail(message, *notice_words.email_of(message.receipt.notice, message.person))
    else:
        text = notice_words.sms_of(message.receipt.notice)
        sms.gateway().send(message.address, text, mark=f"message-{message.pk}")


def _digest(message: OutboxMessage) -> tuple[str, str]:
    """Tell of what is unread when the message leaves, which may be less than when it was laid out."""
    unread = NoticeReceipt.objects.of(message.person).unread().select_related("notice")
    return notice_words.digest_of([receipt.notice for receipt in unread[:50]], message.person)


def _mail(message: OutboxMessage, subject: str, text: str) -> None:
    host = settings.SITE_URL.split("//")[-1].split(":")[0].split("/")[0]
    EmailMessage(
        subject,
        text,
        to=[message.address],
        headers={
            "Message-ID": f"<message-{message.pk}@{host}>",
            "Auto-Submitted": "auto-generated",
        },
    ).send()


def _note_fault(message: OutboxMessage, fault: Exception) -> None:
    told = (
        str(fault) if isinstance(fault, GatewayFault) else "发送时出错，请系统管理员查看服务器日志"
    )
    log.warning("outbox %s: try %s failed: %s", message.pk, message.attempts, fault)
    given_up = message.attempts > len(WAITS)
    wait = WAITS[min(message.attempts, len(WAITS)) - 1]
    OutboxMessage.objects.filter(pk=message.pk).update(
        state=OutboxState.FAILED if given_up else OutboxState.WAITING,
        fault=told[:200],
        next_try_at=clock.real_now() + wait,
    )
