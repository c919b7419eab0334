"""Reviewers' work: declared interests, blind score sheets, and every change of a score."""

from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import Q, Sum

from accounts.models import User
from accounts.policy import Reach, reach_of
from common import clock
from demonstration.choices import SheetState
from demonstration.models.application import RatingApplication
from demonstration.models.criteria import CriteriaItem
from demonstration.models.round import Reviewer


class InterestDeclaration(models.Model):
    """利害关系声明：评分之前，评审人对每份申报先声明。"""

    reviewer = models.ForeignKey(
        Reviewer, models.CASCADE, related_name="declarations", verbose_name="评审人"
    )
    application = models.ForeignKey(
        RatingApplication, models.CASCADE, related_name="declarations", verbose_name="申报"
    )
    has_interest = models.BooleanField("有利害关系")
    note = models.CharField("说明", max_length=200, blank=True)
    declared_at = models.DateTimeField("声明时间", default=clock.now)

    class Meta:
        verbose_name = "利害关系声明"
        verbose_name_plural = "利害关系声明"
        constraints = (
            models.UniqueConstraint(
                fields=["reviewer", "application"], name="an_interest_is_declared_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.reviewer} {self.application}"


class SheetQuerySet(models.QuerySet["ScoreSheet"]):
    """Reads of score sheets."""

    def permitted(self, user: Any, action: str) -> Self:
        """One's own sheets; for those who run the round, the sheets that may be seen by now."""
        match reach_of(user, action):
            case Reach.DISTRICT:
                return self
            case Reach.ASSIGNED:
                return self.filter(reviewer__user=user.pk)
            case _:
                return self.none()

    def with_total(self) -> Self:
        return self.annotate(sum=Sum("scores__points"))


class ScoreSheet(models.Model):
    """评分表：一位评审人对一份申报一张；全部提交之前互不可见。"""

    reviewer = models.ForeignKey(
        Reviewer, models.CASCADE, related_name="sheets", verbose_name="评审人"
    )
    application = models.ForeignKey(
        RatingApplication, models.CASCADE, related_name="sheets", verbose_name="申报"
    )
    state = models.CharField("状态", max_length=12, choices=SheetState, default=SheetState.OPEN)
    comment = models.TextField("评语", blank=True)
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = SheetQuerySet.as_manager()

    class Meta:
        verbose_name = "评分表"
        verbose_name_plural = "评分表"
        constraints = (
            models.UniqueConstraint(
                fields=["reviewer", "application"], name="one_sheet_per_reviewer"
            ),
        )

    def __str__(self) -> str:
        return f"{self.application} {self.reviewer.user}"


class Score(models.Model):
    """一个评分项的得分，不超过该项满分（由操作检查）。"""

    sheet = models.ForeignKey(
        ScoreSheet, models.CASCADE, related_name="scores", verbose_name="评分表"
    )
    item = models.ForeignKey(CriteriaItem, models.PROTECT, verbose_name="评分项")
    points = models.DecimalField("得分", max_digits=5, decimal_places=1)

    class Meta:
        verbose_name = "得分"
        verbose_name_plural = "得分"
        constraints = (
            models.UniqueConstraint(fields=["sheet", "item"], name="one_score_per_item"),
            models.CheckConstraint(condition=Q(points__gte=Decimal(0)), name="no_negative_score"),
        )

    def __str__(self) -> str:
        return f"{self.item} {self.points}"


class ScoreChange(models.Model):
    """评分结束后的改分：改前、改后与理由，永久保留。"""

    sheet = models.ForeignKey(
        ScoreSheet, models.CASCADE, related_name="changes", verbose_name="评分表"
    )
    item = models.ForeignKey(CriteriaItem, models.PROTECT, verbose_name="评分项")
    before = models.DecimalField("改前", max_digits=5, decimal_places=1)
    after = models.DecimalField("改后", max_digits=5, decimal_places=1)
    reason = models.CharField("理由", max_length=300)
    changed_by = models.ForeignKey(User, models.PROTECT, verbose_name="改分人")
    changed_at = models.DateTimeField("时间", default=clock.now)

    class Meta:
        verbose_name = "改分记录"
        verbose_name_plural = "改分记录"

    def __str__(self) -> str:
        return f"{self.item} {self.before}→{self.after}"
