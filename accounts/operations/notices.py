"""Telling people something, and keeping the proof that it reached them."""

from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.choices import NoticeEvent, NoticeMode, OutboxChannel, OutboxState
from accounts.models import Notice, NoticeReceipt, OutboxMessage, User
from accounts.operations import audit
from accounts.policy import Action, may
from common import clock
from common.workflow import TransitionRefused

NOBODY = "没有可以收到通知的人：所选的人都已停用。请重新选择。"


@transaction.atomic
def notify(
    people: Iterable[User],
    *,
    event: str,
    title: str,
    text: str,
    url: str,
    by: User | None = None,
    formal: bool = False,
) -> Notice | None:
    """Tell people something, in the caller's transaction. Returns None when nobody is left to tell.

    Everybody finds it in the portal at once. What leaves the portal is laid into the outbox:
    e-mail for who wants each notice, e-mail and text message for formal ones. Three statements,
    however many people. A formal notice is recorded in the trail; an informal one tells of an act
    that is recorded already. `url` is a path of the portal ("/…") or "".
    """
    told = list({person.pk: person for person in people if person.is_active}.values())
    if not told:
        return None
    notice = Notice.objects.create(
        event=NoticeEvent(event),
        title=title.strip()[:120],
        text=text.strip()[:2000],
        url=url if url.startswith("/") and not url.startswith("//") else "",
        formal=formal,
        sent_by=by,
        sent_at=clock.now(),
    )
    receipts = NoticeReceipt.objects.bulk_create(
        [
            NoticeReceipt(notice=notice, person=person, delivered_at=notice.sent_at)
            for person in told
        ],
        batch_size=500,
    )
    OutboxMessage.objects.bulk_create(
        [message for receipt in receipts for message in _messages(receipt, formal=formal)],
        batch_size=500,
    )
    if formal:
        audit.record("notice-sent", notice, by=by, number=len(told))
    return notice


def send_letter(people: Iterable[User], *, title: str, text: str, by: User) -> Notice:
    """Send a formal notice by hand. Raises TransitionRefused when nobody is left, PermissionDenied."""
    if not may(by, Action.SEND_NOTICE):
        raise PermissionDenied(Action.SEND_NOTICE)
    sent = notify(
        people,
        event=NoticeEvent.OFFICIAL_LETTER,
        title=title,
        text=text,
        url="",
        by=by,
        formal=True,
    )
    if sent is None:
        raise TransitionRefused(NOBODY)
    return sent


def mark_read(notice: Notice, *, by: User) -> None:
    """Keep when a person first opened a notice; opening it again changes nothing."""
    NoticeReceipt.objects.filter(notice=notice, person=by, read_at__isnull=True).update(
        read_at=clock.now()
    )


def mark_all_read(*, by: User) -> int:
    """Mark every informal notice of a person as read; formal ones have to be opened."""
    return NoticeReceipt.objects.filter(
        person=by, read_at__isnull=True, notice__formal=False
    ).update(read_at=clock.now())


@transaction.atomic
def confirm_notice(notice: Notice, *, by: User) -> None:
    """Confirm that a formal notice was received; a second time changes nothing."""
    if not notice.formal:
        raise TransitionRefused("这条通知不需要确认。")
    mark_read(notice, by=by)
    confirmed = NoticeReceipt.objects.filter(
        notice=notice, person=by, confirmed_at__isnull=True
    ).update(confirmed_at=clock.now())
    if confirmed:
        audit.record("notice-confirmed", notice, by=by)


@transaction.atomic
def resend_failed(notice: Notice, *, by: User) -> int:
    """Lay the messages of a notice that could not be sent into the outbox anew; return how many."""
    if not may(by, Action.SEND_NOTICE):
        raise PermissionDenied(Action.SEND_NOTICE)
    again = OutboxMessage.objects.failed().filter(receipt__notice=notice)
    number = again.update(
        state=OutboxState.WAITING, attempts=0, fault="", next_try_at=clock.real_now()
    )
    if number:
        audit.record("messages-resent", notice, by=by, number=number)
    return number


def _messages(receipt: NoticeReceipt, *, formal: bool) -> list[OutboxMessage]:
    """Return what leaves the portal for one person."""
    person, out = receipt.person, []
    wants_mail = formal or person.notice_mode == NoticeMode.EACH
    if settings.EMAIL_HOST and person.email and wants_mail:
        out.append((OutboxChannel.EMAIL, person.email))
    if formal and _is_mobile(person.phone):
        out.append((OutboxChannel.SMS, person.phone))
    return [
        OutboxMessage(receipt=receipt, person=person, channel=channel, address=address)
        for channel, address in out
    ]


def _is_mobile(phone: str) -> bool:
    return len(phone) == 11 and phone.startswith("1") and phone.isdigit()
