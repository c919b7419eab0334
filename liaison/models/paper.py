"""Answers to minutes that came on paper, from units that have nobody in the portal."""

from typing import Any, Self

from django.db import models

from accounts.models import OrganisationUnit, User
from accounts.policy import Reach, reach_of
from common import clock
from liaison.meeting_choices import PaperForm
from liaison.models.minutes import Minutes


class PaperAnswerQuerySet(models.QuerySet["PaperAnswer"]):
    """Reads of paper answers."""

    def permitted(self, user: Any, action: str) -> Self:
        """All of the district, or those of one's own unit."""
        match reach_of(user, action):
            case Reach.DISTRICT:
                return self
            case Reach.TOWNSHIP | Reach.OWN if user.unit_id:
                return self.filter(unit=user.unit_id)
            case _:
                return self.none()


class PaperAnswer(models.Model):
    """书面答复：没有平台账号的单位以函件或传真答复会签，由区农业农村局代为登记，附扫描件。"""

    minutes = models.ForeignKey(
        Minutes, models.PROTECT, related_name="paper_answers", verbose_name="纪要"
    )
    unit = models.ForeignKey(
        OrganisationUnit, models.PROTECT, related_name="+", verbose_name="单位"
    )
    form = models.CharField("形式", max_length=10, choices=PaperForm)
    number = models.CharField("来文文号或标题", max_length=80)
    received_on = models.DateField("收到日期")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="代登记人")
    recorded_at = models.DateTimeField("代登记时间", default=clock.now)

    objects = PaperAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = "书面会签答复"
        verbose_name_plural = "书面会签答复"

    def __str__(self) -> str:
        return f"{self.unit.short_name}书面答复"
