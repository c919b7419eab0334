"""Targets of a programme, edited by the bureau, and figures of past days."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from accounts.policy import Reach, may, reach_of
from common import clock
from pilot.indicators import BY_KEY
from pilot.models.programme import Programme


class TargetQuerySet(models.QuerySet["Target"]):
    """Reads of targets."""

    def permitted(self, user: Any, action: str) -> Self:
        """A target belongs to everybody who sees the programme."""
        return self if may(user, action) else self.none()


class Target(models.Model):
    """目标：一个试点对一项指标的要求（S-010至S-017、S-049至S-052、S-066至S-078）。

    `baseline` is the value on `starts_on`; between it and `value` on `due_on` the pace line is
    straight. Value and baseline are in the unit of the indicator.
    """

    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="targets", verbose_name="试点"
    )
    indicator = models.CharField("指标", max_length=30)
    definition_version = models.PositiveSmallIntegerField("口径版本", default=1)
    value = models.DecimalField("目标值", max_digits=10, decimal_places=1)
    baseline = models.DecimalField("起点值", max_digits=10, decimal_places=1, default=0)
    starts_on = models.DateField("起算日期")
    due_on = models.DateField("完成期限")
    basis = models.CharField("依据", max_length=100, blank=True, default="")
    version = models.PositiveIntegerField("版本", default=1)

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = "目标"
        verbose_name_plural = "目标"
        constraints = (
            models.UniqueConstraint(
                fields=["programme", "indicator"], name="one_target_an_indicator"
            ),
            models.CheckConstraint(
                condition=Q(due_on__gt=F("starts_on")), name="a_target_takes_time"
            ),
            models.CheckConstraint(condition=Q(value__gt=0), name="a_target_is_more_than_nothing"),
        )

    def __str__(self) -> str:
        return f"{self.programme}：{_title(self.indicator)}"

    @property
    def anchor(self) -> str:
        """What the dialogue about it is called on a page."""
        return str(self.pk)


class FigureQuerySet(models.QuerySet["IndicatorFigure"]):
    """Reads of kept figures."""

    def permitted(self, user: Any, action: str) -> Self:
        """All figures, or those of the person's own township."""
        match reach_of(user, action):
            case Reach.DISTRICT:
                return self
            case Reach.TOWNSHIP if user.unit_id:
                return self.filter(township=user.unit.code)
            case _:
                return self.none()


class IndicatorFigure(models.Model):
    """指标数值快照：某日全区或一个乡镇街道的分子、分母，夜间成批计算，用于趋势和大名录的首页。

    `township` is the code of the unit, "" for the whole district, "-" for rows of no township.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+", verbose_name="试点")
    indicator = models.CharField("指标", max_length=30)
    definition_version = models.PositiveSmallIntegerField("口径版本", default=1)
    on = models.DateField("统计日")
    township = models.CharField("乡镇街道", max_length=20, blank=True, default="")
    numerator = models.BigIntegerField("分子")
    denominator = models.BigIntegerField("分母", null=True)
    wide = models.BigIntegerField("另一口径分母", null=True)
    computed_at = models.DateTimeField("计算时间", default=clock.now)

    objects = FigureQuerySet.as_manager()

    class Meta:
        verbose_name = "指标数值"
        verbose_name_plural = "指标数值"
        constraints = (
            models.UniqueConstraint(
                fields=["programme", "indicator", "on", "township"], name="one_figure_a_day"
            ),
        )

    def __str__(self) -> str:
        return f"{_title(self.indicator)} {self.on}"


def _title(indicator: str) -> str:
    """Return the words for an indicator; a row may outlive it."""
    known = BY_KEY.get(indicator)
    return known.title if known else "已停用的指标"
