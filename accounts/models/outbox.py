"""Messages on their way out of the portal: the row is the queue, a worker only empties it."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q

from accounts.choices import OutboxChannel, OutboxState
from accounts.models.notice import NoticeReceipt
from accounts.models.user import User
from common import clock


class OutboxQuerySet(models.QuerySet["OutboxMessage"]):
    """Reads of the outbox."""

    def due(self, now: dt.datetime) -> Self:
        """Those to be tried now, the longest waiting first."""
        return self.filter(state=OutboxState.WAITING, next_try_at__lte=now).order_by(
            "next_try_at", "pk"
        )

    def failed(self) -> Self:
        return self.filter(state=OutboxState.FAILED)


class OutboxMessage(models.Model):
    """待发消息：一条通知的邮件或短信，或一个人某天的未读汇总（此时没有收件记录）。"""

    receipt = models.ForeignKey(
        NoticeReceipt,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="messages",
        verbose_name="通知送达",
    )
    person = models.ForeignKey(
        User, models.PROTECT, related_name="outbox_messages", verbose_name="收件人"
    )
    digest_of = models.DateField("汇总日期", null=True, blank=True)
    channel = models.CharField("方式", max_length=8, choices=OutboxChannel)
    address = models.CharField("邮箱或手机号", max_length=254)
    state = models.CharField("状态", max_length=8, choices=OutboxState, default=OutboxState.WAITING)
    attempts = models.PositiveSmallIntegerField("尝试次数", default=0)
    # Real time, not the demo's: retries must not stand still with a set date.
    next_try_at = models.DateTimeField("下次尝试", default=clock.real_now)
    sent_at = models.DateTimeField("发出时间", null=True, blank=True)
    fault = models.CharField("失败原因", max_length=200, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = "待发消息"
        verbose_name_plural = "待发消息"
        constraints = (
            models.UniqueConstraint(
                fields=["receipt", "channel"],
                condition=Q(receipt__isnull=False),
                name="message_once_a_channel",
            ),
            models.UniqueConstraint(
                fields=["person", "digest_of"],
                condition=Q(digest_of__isnull=False),
                name="digest_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(receipt__isnull=False, digest_of__isnull=True)
                | Q(receipt__isnull=True, digest_of__isnull=False),
                name="message_tells_of_something",
            ),
            models.CheckConstraint(
                condition=Q(state=OutboxState.SENT, sent_at__isnull=False)
                | (~Q(state=OutboxState.SENT) & Q(sent_at__isnull=True)),
                name="message_sent_has_a_time",
            ),
        )
        indexes = (
            models.Index(
                fields=["next_try_at", "id"],
                condition=Q(state=OutboxState.WAITING),
                name="outbox_waiting",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.person}"
