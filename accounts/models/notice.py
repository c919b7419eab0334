"""Notices: what people are told in the portal, and the proof that it reached them."""

from typing import Any, Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from accounts.choices import NoticeEvent, OutboxState
from accounts.models.user import User
from accounts.policy import Reach, reach_of
from common import clock


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Reads of notices."""

    def permitted(self, user: Any, action: str) -> Self:
        """All notices, or those that went to oneself."""
        match reach_of(user, action):
            case Reach.DISTRICT:
                return self
            case Reach.OWN:
                return self.filter(receipts__person=user.pk)
            case _:
                return self.none()

    def formal(self) -> Self:
        return self.filter(formal=True)

    def not_confirmed_by_all(self) -> Self:
        """Those that somebody has not confirmed yet."""
        open_ones = NoticeReceipt.objects.filter(notice=OuterRef("pk"), confirmed_at__isnull=True)
        return self.filter(Exists(open_ones))

    def with_failures(self) -> Self:
        """Those with a message that was given up."""
        given_up = NoticeReceipt.objects.filter(
            notice=OuterRef("pk"), messages__state=OutboxState.FAILED
        )
        return self.filter(Exists(given_up))

    def with_counts(self) -> Self:
        """Add `people`, `read`, `confirmed`, `failed`: how far a notice has come."""
        failed = Q(receipts__messages__state=OutboxState.FAILED)
        return self.annotate(
            people=Count("receipts", distinct=True),
            read=Count("receipts", filter=Q(receipts__read_at__isnull=False), distinct=True),
            confirmed=Count(
                "receipts", filter=Q(receipts__confirmed_at__isnull=False), distinct=True
            ),
            failed=Count("receipts__messages", filter=failed, distinct=True),
        )


class Notice(models.Model):
    """通知：一件事告知若干人。正式通知须本人确认收到，并留送达记录。"""

    event = models.CharField("事项", max_length=24, choices=NoticeEvent)
    title = models.CharField("标题", max_length=120)
    text = models.TextField("内容", max_length=2000)
    url = models.CharField("办理页面", max_length=300, blank=True)
    formal = models.BooleanField("正式通知", default=False)
    sent_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="发送人"
    )
    sent_at = models.DateTimeField("发送时间", default=clock.now)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "通知"
        verbose_name_plural = "通知"
        constraints = (models.CheckConstraint(condition=~Q(title=""), name="notice_has_a_title"),)
        indexes = (models.Index(fields=["formal", "-sent_at", "-id"], name="notice_formal"),)

    def __str__(self) -> str:
        return self.title


class ReceiptQuerySet(models.QuerySet["NoticeReceipt"]):
    """Reads of what went to whom."""

    def of(self, user: Any) -> Self:
        """What went to one person, the latest first."""
        return self.filter(person=user.pk).order_by("-delivered_at", "-pk")

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)

    def to_confirm(self) -> Self:
        """Formal ones that the person has not confirmed yet."""
        return self.filter(notice__formal=True, confirmed_at__isnull=True)


class NoticeReceipt(models.Model):
    """通知的送达：何时送到本人名下，何时读，何时确认收到。"""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="receipts", verbose_name="通知")
    person = models.ForeignKey(
        User, models.PROTECT, related_name="notice_receipts", verbose_name="收件人"
    )
    delivered_at = models.DateTimeField("送达时间", default=clock.now)
    read_at = models.DateTimeField("阅读时间", null=True, blank=True)
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = "通知送达"
        verbose_name_plural = "通知送达"
        constraints = (
            models.UniqueConstraint(fields=["notice", "person"], name="notice_once_a_person"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(read_at__isnull=False),
                name="notice_confirmed_was_read",
            ),
        )
        indexes = (
            models.Index(fields=["person", "-delivered_at", "-id"], name="notice_of_person"),
            models.Index(
                fields=["person"], condition=Q(read_at__isnull=True), name="notice_unread"
            ),
        )

    def __str__(self) -> str:
        return f"{self.notice} {self.person}"
