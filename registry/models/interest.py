"""Who has an interest in a society, and is therefore kept off judging it."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from accounts.policy import Reach, reach_of
from registry.choices import InterestKind
from registry.models.cooperative import Cooperative


class InterestQuerySet(models.QuerySet["ConflictOfInterest"]):
    """Reads of declared interests."""

    def permitted(self, user: Any, action: str) -> Self:
        """All interests, those of one's township's societies, or one's own."""
        match reach_of(user, action):
            case Reach.DISTRICT:
                return self
            case Reach.TOWNSHIP if user.unit_id:
                return self.filter(cooperative__township=user.unit_id)
            case Reach.OWN | Reach.ASSIGNED:
                return self.filter(person=user.pk)
            case _:
                return self.none()

    def on(self, day: dt.date) -> Self:
        """Interests that hold on a day."""
        return self.filter(since__lte=day).filter(Q(until__isnull=True) | Q(until__gt=day))


class ConflictOfInterest(models.Model):
    """利害关系：本人或近亲属与合作社有关联的，不辅导、不评定这家合作社。"""

    person = models.ForeignKey(User, models.CASCADE, related_name="interests", verbose_name="人员")
    cooperative = models.ForeignKey(
        Cooperative, models.CASCADE, related_name="interests", verbose_name="合作社"
    )
    kind = models.CharField("关系", max_length=12, choices=InterestKind)
    note = models.CharField("说明", max_length=200, blank=True, default="")
    since = models.DateField("起始日期")
    until = models.DateField("解除日期", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = InterestQuerySet.as_manager()

    class Meta:
        verbose_name = "利害关系"
        verbose_name_plural = "利害关系"
        constraints = (
            models.UniqueConstraint(
                fields=["person", "cooperative"],
                condition=Q(until__isnull=True),
                name="one_open_interest_per_person",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="interest_lasts",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}与{self.cooperative}：{self.get_kind_display()}"
