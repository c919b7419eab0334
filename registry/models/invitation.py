"""How a society's people get in, and when the society was reminded."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from accounts.models import User
from common import clock
from registry.choices import AgentPost
from registry.models.cooperative import Cooperative


class InvitationQuerySet(models.QuerySet["AgentInvitation"]):
    """Reads of invitations."""

    def permitted(self, user: Any, action: str) -> Self:
        """Invitations of the societies in reach."""
        return self.filter(cooperative__in=Cooperative.objects.permitted(user, action))

    def open(self) -> Self:
        """Invitations that can still be used."""
        return self.filter(
            used_at__isnull=True, revoked_at__isnull=True, expires_on__gte=clock.today()
        )


class AgentInvitation(models.Model):
    """邀请合作社的人开通账号：一次性邀请码只打印一次，库里只存摘要。"""

    cooperative = models.ForeignKey(
        Cooperative, models.CASCADE, related_name="invitations", verbose_name="合作社"
    )
    person_name = models.CharField("被邀请人", max_length=30)
    post = models.CharField("身份", max_length=8, choices=AgentPost)
    code_hash = models.CharField("邀请码摘要", max_length=64)
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="开出人")
    issued_at = models.DateTimeField("开出时间", default=clock.now)
    expires_on = models.DateField("有效期至")
    used_at = models.DateTimeField("使用时间", null=True)
    used_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="使用人"
    )
    revoked_at = models.DateTimeField("作废时间", null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "账号邀请"
        verbose_name_plural = "账号邀请"
        constraints = (
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(used_by__isnull=False),
                name="used_invitation_has_a_person",
            ),
        )
        indexes = (models.Index(fields=["cooperative", "-id"], name="invitation_newest"),)

    def __str__(self) -> str:
        return f"{self.cooperative} {self.person_name}"

    @property
    def state(self) -> tuple[str, str]:
        """The tone and the word of how it stands."""
        if self.used_at:
            return "ok", "已使用"
        if self.revoked_at:
            return "idle", "已作废"
        if self.expires_on < clock.today():
            return "idle", "已过期"
        return "info", "待使用"


class ReportReminder(models.Model):
    """一次催报：哪家、哪年、何时、由谁、有没有人能收到。"""

    cooperative = models.ForeignKey(
        Cooperative, models.CASCADE, related_name="reminders", verbose_name="合作社"
    )
    year = models.PositiveSmallIntegerField("报告年度")
    sent_on = models.DateField("催报日期")
    sent_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="催报人"
    )
    reached = models.BooleanField("有账号可收到")

    class Meta:
        verbose_name = "催报"
        verbose_name_plural = "催报"
        constraints = (
            models.UniqueConstraint(
                fields=["cooperative", "year", "sent_on"], name="one_report_reminder_a_day"
            ),
        )

    def __str__(self) -> str:
        return f"{self.cooperative} {self.year} {self.sent_on}"
