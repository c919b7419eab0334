"""One society merged into another, and everything that moved with it, so that it can come back."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from accounts.models import User
from accounts.policy import Reach, reach_of
from common import clock
from registry.models.cooperative import Cooperative
from registry.models.pair import MatchPair


class MergeQuerySet(models.QuerySet["CooperativeMerge"]):
    """Reads of merges."""

    def permitted(self, user: Any, action: str) -> Self:
        """All merges, for those who reach the whole district."""
        return self if reach_of(user, action) == Reach.DISTRICT else self.none()

    def standing(self) -> Self:
        """Merges that were not taken back."""
        return self.filter(undone_at__isnull=True)


class CooperativeMerge(models.Model):
    """合并：两行是同一家时，一行并入另一行；原代码仍然有效，可以取消。"""

    pair = models.ForeignKey(MatchPair, models.PROTECT, related_name="merges")
    kept = models.ForeignKey(
        Cooperative, models.PROTECT, related_name="merges_kept", verbose_name="保留"
    )
    absorbed = models.ForeignKey(
        Cooperative, models.PROTECT, related_name="merges_absorbed", verbose_name="并入"
    )
    merged_at = models.DateTimeField("合并时间", default=clock.now)
    merged_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="合并人")
    reason = models.TextField("理由")
    undone_at = models.DateTimeField("取消时间", null=True)
    undone_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="取消人"
    )

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = "合作社合并"
        verbose_name_plural = "合作社合并"
        constraints = (
            models.UniqueConstraint(
                fields=["absorbed"],
                condition=Q(undone_at__isnull=True),
                name="merged_into_one_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.absorbed}并入{self.kept}"


class MovedRow(models.Model):
    """合并时改挂到保留一方的行，取消合并时据此还原。"""

    merge = models.ForeignKey(CooperativeMerge, models.CASCADE, related_name="moved")
    kind = models.CharField("类别", max_length=100)
    column = models.CharField("字段", max_length=63)
    row = models.CharField("行号", max_length=40)

    class Meta:
        verbose_name = "合并时改挂的行"
        verbose_name_plural = "合并时改挂的行"
        constraints = (
            models.UniqueConstraint(
                fields=["merge", "kind", "column", "row"], name="moved_once_per_merge"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.row}"
