"""A handover: which societies and promises went from one counsellor to another, in one act."""

from typing import Any, Self

from django.db import models

from accounts.models import User
from accounts.policy import Reach, reach_of
from common import clock


class HandoverQuerySet(models.QuerySet["Handover"]):
    """Reads of handovers."""

    def permitted(self, user: Any, action: str) -> Self:
        """All handovers, those that touch one's township, or one's own."""
        match reach_of(user, action):
            case Reach.DISTRICT:
                return self
            case Reach.TOWNSHIP if user.unit_id:
                return self.filter(
                    models.Q(giver__unit=user.unit_id) | models.Q(taker__unit=user.unit_id)
                )
            case Reach.ASSIGNED | Reach.OWN:
                return self.filter(models.Q(giver=user.pk) | models.Q(taker=user.pk))
            case _:
                return self.none()


class Handover(models.Model):
    """一次交接：交接清单照当时的样子保存，双方签字的交接单由此打印。"""

    giver = models.ForeignKey(
        User, models.PROTECT, related_name="handovers_given", verbose_name="移交人"
    )
    taker = models.ForeignKey(
        User, models.PROTECT, related_name="handovers_taken", verbose_name="接收人"
    )
    on = models.DateField("交接日期", default=clock.today)
    reason = models.CharField("原因", max_length=200)
    societies = models.JSONField("移交的合作社", default=list)
    promises = models.JSONField("移交的整改事项", default=list)
    kept_back = models.JSONField("未移交的合作社", default=list)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经办人")
    made_at = models.DateTimeField("办理时间", default=clock.now)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = "辅导工作交接"
        verbose_name_plural = "辅导工作交接"
        indexes = (models.Index(fields=["-on", "-id"], name="handover_newest"),)

    def __str__(self) -> str:
        return f"{self.giver}移交{self.taker}"
