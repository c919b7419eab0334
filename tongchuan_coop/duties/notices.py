"""What waits around notices: formal ones to be confirmed, messages that could not be sent."""

from collections.abc import Iterator

from accounts.models import Notice, NoticeReceipt, User
from accounts.policy import Action, may
from tongchuan_coop.addresses import page
from tongchuan_coop.duties.duty import SHOWN_ONE_BY_ONE, Duty, Waiting


def formal_notices(user: User) -> Iterator[Duty | Waiting]:
    """Formal notices that a person has not confirmed yet."""
    if not may(user, Action.VIEW_NOTICE):
        return
    waiting = list(
        NoticeReceipt.objects.of(user).to_confirm().select_related("notice")[: SHOWN_ONE_BY_ONE + 1]
    )
    for receipt in waiting[:SHOWN_ONE_BY_ONE]:
        yield Duty(
            title=f"正式通知：{receipt.notice.title}",
            because="因为这是正式通知，须本人打开并确认收到。",
            button="阅读并确认",
            url=page("accounts:notice-detail", notice=receipt.notice_id),
        )
    if len(waiting) > SHOWN_ONE_BY_ONE:
        number = NoticeReceipt.objects.of(user).to_confirm().count()
        yield Duty(
            title="待确认的正式通知",
            because="因为正式通知须逐条打开并确认收到。",
            button="看全部",
            url=page("accounts:notice-list", query={"state": "to_confirm"}),
            count=number,
        )


def unsent_messages(user: User) -> Iterator[Duty | Waiting]:
    """Formal notices with messages that were given up."""
    if not may(user, Action.SEND_NOTICE):
        return
    formal = Notice.objects.permitted(user, Action.VIEW_NOTICE_RECORD).formal()
    yield Waiting(
        rows=formal.with_failures(),
        title="正式通知有消息没有发出",
        because="因为短信或邮件多次发送失败，须重发或用其他方式送达。",
        button="去处理",
        url=page("accounts:notice-record", query={"state": "failed"}),
    )


FINDERS = (formal_notices, unsent_messages)
