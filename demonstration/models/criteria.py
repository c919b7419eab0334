"""Criteria: what a society must be and do for a title, as dated data and never as code."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Q

from accounts.policy import Reach, reach_of
from demonstration.choices import CriteriaState, Honour, ItemKind, Level


class CriteriaQuerySet(models.QuerySet["CriteriaSet"]):
    """Reads of sets of criteria."""

    def permitted(self, user: Any, action: str) -> Self:
        """All sets for those who look after the whole district, released ones for others."""
        match reach_of(user, action):
            case Reach.DISTRICT:
                return self
            case Reach.NONE:
                return self.none()
            case _:
                return self.filter(state=CriteriaState.RELEASED)

    def in_force(self, day: dt.date) -> Self:
        """Released sets that hold on a day."""
        return self.filter(
            Q(effective_until__isnull=True) | Q(effective_until__gte=day),
            state=CriteriaState.RELEASED,
            effective_from__lte=day,
        )


class CriteriaSet(models.Model):
    """评定标准：一个级别、一种称号、一个地区的一版。已发布的不再改动，修订另出新版。"""

    level = models.CharField("级别", max_length=12, choices=Level)
    honour = models.CharField("称号", max_length=16, choices=Honour, default=Honour.DEMONSTRATION)
    region = models.CharField("适用地区", max_length=40)
    number = models.PositiveSmallIntegerField("版次")
    title = models.CharField("标准名称", max_length=100)
    document = models.CharField("依据文件", max_length=200, blank=True)
    state = models.CharField(
        "状态", max_length=12, choices=CriteriaState, default=CriteriaState.DRAFT
    )
    effective_from = models.DateField("施行日期", null=True, blank=True)
    effective_until = models.DateField("失效日期", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = CriteriaQuerySet.as_manager()

    class Meta:
        verbose_name = "评定标准"
        verbose_name_plural = "评定标准"
        constraints = (
            models.UniqueConstraint(
                fields=["level", "honour", "region", "number"], name="criteria_numbers_are_unique"
            ),
            models.UniqueConstraint(
                fields=["level", "honour", "region"],
                condition=Q(state="draft"),
                name="one_draft_of_criteria",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(effective_from__isnull=False),
                name="released_criteria_have_a_day",
            ),
        )

    def __str__(self) -> str:
        return f"{self.title}第{self.number}版"

    @property
    def is_draft(self) -> bool:
        return self.state == CriteriaState.DRAFT


class CriteriaItem(models.Model):
    """标准的一项：基本条件、评分项或一票否决项。有取数口径的由系统自查，其余由人判断。"""

    criteria = models.ForeignKey(
        CriteriaSet, models.CASCADE, related_name="items", verbose_name="标准"
    )
    section = models.CharField("方面", max_length=30)
    position = models.PositiveSmallIntegerField("次序")
    text = models.CharField("内容", max_length=200)
    kind = models.CharField("种类", max_length=12, choices=ItemKind)
    points = models.DecimalField("满分", max_digits=5, decimal_places=1, default=0)
    measure = models.CharField("取数口径", max_length=40, blank=True)
    threshold = models.DecimalField("门槛", max_digits=18, decimal_places=2, null=True, blank=True)
    basis = models.CharField("出处", max_length=200, blank=True)
    confirmed = models.BooleanField("已核实出处", default=False)

    class Meta:
        verbose_name = "标准项目"
        verbose_name_plural = "标准项目"
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["criteria", "position"], name="one_item_per_place_in_criteria"
            ),
            models.CheckConstraint(
                condition=Q(kind="scored", points__gt=0) | (~Q(kind="scored") & Q(points=0)),
                name="points_belong_to_scored_items",
            ),
            models.CheckConstraint(
                condition=Q(threshold__isnull=True) | ~Q(measure=""),
                name="a_threshold_needs_a_measure",
            ),
        )

    def __str__(self) -> str:
        return self.text

    @property
    def is_veto(self) -> bool:
        return self.kind == ItemKind.VETO

    @property
    def is_scored(self) -> bool:
        return self.kind == ItemKind.SCORED
