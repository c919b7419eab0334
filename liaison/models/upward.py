"""What went up to the departments of province and city, and what came of it."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from accounts.models import User
from accounts.policy import Reach, reach_of
from common import clock
from liaison.upward_choices import UpwardLevel, UpwardWay


class UpwardQuerySet(models.QuerySet["UpwardLine"]):
    """Reads of the log."""

    def permitted(self, user: Any, action: str) -> Self:
        """All of the district, or none: the log is the bureau's."""
        return self if reach_of(user, action) == Reach.DISTRICT else self.none()

    def standing(self) -> Self:
        """Without what was taken back."""
        return self.filter(withdrawn_on__isnull=True)


class UpwardLine(models.Model):
    """上级沟通：哪天、和省市哪个主管部门、以什么方式、什么事项、结果如何，材料作附件（S-092）。"""

    happened_on = models.DateField("日期")
    level = models.CharField("级别", max_length=12, choices=UpwardLevel)
    agency = models.CharField("主管部门", max_length=60)
    way = models.CharField("方式", max_length=16, choices=UpwardWay)
    subject = models.CharField("事项", max_length=120)
    content = models.CharField("内容", max_length=1000)
    outcome = models.CharField("上级意见或结果", max_length=1000, blank=True)
    document_number = models.CharField("文号", max_length=60, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    entered_at = models.DateTimeField("登记时间", default=clock.now)
    withdrawn_on = models.DateField("撤销日期", null=True, blank=True)
    withdrawn_because = models.CharField("撤销原因", max_length=300, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = UpwardQuerySet.as_manager()

    class Meta:
        verbose_name = "上级沟通"
        verbose_name_plural = "上级沟通"
        constraints = (
            models.UniqueConstraint(
                fields=["happened_on", "agency", "subject"],
                condition=Q(withdrawn_on__isnull=True),
                name="a_matter_goes_up_once_a_day",
            ),
        )
        indexes = (models.Index(fields=["level", "-happened_on"], name="upward_by_level"),)

    def __str__(self) -> str:
        return self.subject

    @property
    def stands(self) -> bool:
        return self.withdrawn_on is None
