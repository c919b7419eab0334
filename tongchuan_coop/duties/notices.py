"""What waits around notices: formal ones to be confirmed, messages that could not be sent."""

from collections.abc import Iterator

from accounts.models import Notice, NoticeReceipt, User
from accounts.policy import Action, may
from tongchuan_coop.addresses import page
from tongchuan_coop.duties.duty import Duty, Waiting, row_by_row


def formal_notices(user: User) -> Iterator[Duty | Waiting]:
    """Formal notices that a person has not confirmed yet."""
    if not may(user, Action.VIEW_NOTICE):
        return
    yield from row_by_row(
        NoticeReceipt.objects.of(user).to_confirm().select_related("notice").order_by("pk"),
        lambda receipt: Duty(
            title=f"正式通知：{receipt.notice.title}",
            because="因为这是正式通知，须本人打开并确认收到。",
            button="阅读并确认",
            url=page("accounts:notice-detail", notice=receipt.notice_id),
        ),
        rest="份正式通知待确认",
        url=page("accounts:notice-list", query={"state": "to_confirm"}),
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
