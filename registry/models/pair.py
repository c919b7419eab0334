"""Two societies of the register that may be one, and by what of their names they are found."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from accounts.policy import Reach, reach_of
from common import clock
from registry.choices import PairBasis, PairState
from registry.models.cooperative import Cooperative


class NameStem(models.Model):
    """名称的主干：去掉地名和组织形式以后的部分，随名称更新。"""

    cooperative = models.OneToOneField(Cooperative, models.CASCADE, primary_key=True)
    name_key = models.CharField(max_length=200)
    stem = models.CharField(max_length=200)

    class Meta:
        verbose_name = "名称主干"
        verbose_name_plural = "名称主干"

    def __str__(self) -> str:
        return self.stem


class NameKey(models.Model):
    """查找相近名称的索引：主干本身，和去掉任意一个字的主干；同一片区内相等即为候选。"""

    cooperative = models.ForeignKey(Cooperative, models.CASCADE, related_name="name_keys")
    place = models.CharField(max_length=6, blank=True, default="")
    key = models.CharField(max_length=200)
    former = models.BooleanField(default=False)

    class Meta:
        verbose_name = "名称索引"
        verbose_name_plural = "名称索引"
        indexes = (models.Index(fields=["key", "place"], name="name_key_lookup"),)

    def __str__(self) -> str:
        return self.key


class PairQuerySet(models.QuerySet["MatchPair"]):
    """Reads of pairs."""

    def permitted(self, user: Any, action: str) -> Self:
        """All pairs for those who reach the whole district: the two may lie in two townships."""
        return self if reach_of(user, action) == Reach.DISTRICT else self.none()

    def for_list(self) -> Self:
        """With both societies and what their townships are called."""
        return self.select_related(
            "left__township", "right__township", "left__merged_into", "right__merged_into"
        ).select_related("decided_by")


class MatchPair(models.Model):
    """疑似同一家的两家：由人判定一次，以后不再重复询问。"""

    left = models.ForeignKey(
        Cooperative, models.CASCADE, related_name="pairs_as_left", verbose_name="甲"
    )
    right = models.ForeignKey(
        Cooperative, models.CASCADE, related_name="pairs_as_right", verbose_name="乙"
    )
    basis = models.CharField("线索", max_length=12, choices=PairBasis)
    agreeing = models.PositiveSmallIntegerField("相同的登记事项数", default=0)
    state = models.CharField("状态", max_length=12, choices=PairState, default=PairState.WAITING)
    found_at = models.DateTimeField("发现时间", default=clock.now)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="判定人"
    )
    decided_at = models.DateTimeField("判定时间", null=True)
    decision_reason = models.TextField("理由", blank=True, default="")
    version = models.PositiveIntegerField("版本", default=1)

    objects = PairQuerySet.as_manager()

    class Meta:
        verbose_name = "疑似同一家"
        verbose_name_plural = "疑似同一家"
        constraints = (
            models.UniqueConstraint(fields=["left", "right"], name="pair_is_asked_once"),
            models.CheckConstraint(condition=Q(left__lt=F("right")), name="pair_in_order"),
        )
        indexes = (models.Index(fields=["state", "-agreeing", "id"], name="pair_queue"),)

    def __str__(self) -> str:
        return f"{self.left}与{self.right}"
