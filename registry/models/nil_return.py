"""That there was nothing to report in a quarter, signed; and reminders of what is owed."""

from typing import Any, Self

from django.db import models

from accounts.models import Notice, OrganisationUnit, User
from accounts.policy import Reach, reach_of
from common import clock
from common.quarter import Quarter
from registry.choices import FeedSource


class _OfUnits(models.QuerySet[Any]):
    """Rows that belong to a sending department."""

    def permitted(self, user: Any, action: str) -> Self:
        """All of them, or those of one's own department."""
        match reach_of(user, action):
            case Reach.DISTRICT:
                return self
            case Reach.OWN if user.unit_id:
                return self.filter(sender=user.unit_id)
            case _:
                return self.none()


class NilReturn(models.Model):
    """零报告：一个来源一个季度没有可报的内容，由报送单位的人签报。零不是没报。"""

    source = models.CharField("来源", max_length=24, choices=FeedSource)
    quarter = models.CharField("所属季度", max_length=6)
    sender = models.ForeignKey(OrganisationUnit, models.PROTECT, verbose_name="报送单位")
    signed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="签报人")
    signed_at = models.DateTimeField("签报时间", default=clock.now)

    objects = _OfUnits.as_manager()

    class Meta:
        verbose_name = "零报告"
        verbose_name_plural = "零报告"
        constraints = (
            models.UniqueConstraint(fields=["source", "quarter"], name="one_nil_return_a_quarter"),
        )

    def __str__(self) -> str:
        return f"{Quarter.parse(self.quarter).label}{self.get_source_display()}零报告"


class FeedReminder(models.Model):
    """催报：一个单位一天一份，列明欠报的每一项；送达情况见所发通知。"""

    sender = models.ForeignKey(
        OrganisationUnit, models.PROTECT, related_name="+", verbose_name="被催单位"
    )
    day = models.DateField("日期")
    items = models.JSONField("所催项目", default=list)
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="+", verbose_name="通知")
    sent_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="发送人"
    )

    objects = _OfUnits.as_manager()

    class Meta:
        verbose_name = "催报"
        verbose_name_plural = "催报"
        constraints = (
            models.UniqueConstraint(fields=["sender", "day"], name="one_reminder_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.sender} {self.day}催报"
