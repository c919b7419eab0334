"""The ledger of guidance beside visits: before registration, on charters, study tours."""

from typing import Any, Self

from django.db import models

from accounts.models import OrganisationUnit, User
from accounts.policy import Reach, reach_of
from common import clock
from registry.models import Cooperative
from training.choices import GuidanceKind


class GuidanceQuerySet(models.QuerySet["GuidanceRecord"]):
    """Reads of the ledger."""

    def permitted(self, user: Any, action: str) -> Self:
        """The whole ledger, or that of one's township."""
        match reach_of(user, action):
            case Reach.DISTRICT:
                return self
            case Reach.TOWNSHIP if user.unit_id:
                return self.filter(unit=user.unit_id)
            case _:
                return self.none()


class GuidanceRecord(models.Model):
    """辅导台账：登记前辅导（S-039）、章程制度指导（S-041）、外出学习考察（S-110）。"""

    kind = models.CharField("类别", max_length=20, choices=GuidanceKind)
    on = models.DateField("日期")
    unit = models.ForeignKey(
        OrganisationUnit, models.PROTECT, related_name="guidance", verbose_name="乡镇街道"
    )
    about = models.CharField("对象", max_length=100, help_text="拟设立的合作社、合作社或考察团名称")
    cooperative = models.ForeignKey(
        Cooperative,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="guidance",
        verbose_name="合作社",
    )
    people = models.PositiveSmallIntegerField("人数", null=True, blank=True)
    advice = models.TextField("辅导或考察内容")
    outcome = models.CharField("结果", max_length=200, blank=True, default="")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("登记时间", default=clock.now)

    objects = GuidanceQuerySet.as_manager()

    class Meta:
        verbose_name = "辅导台账"
        verbose_name_plural = "辅导台账"
        indexes = (models.Index(fields=["-on", "-id"], name="guidance_newest"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.about}"
