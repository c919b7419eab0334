"""Organisation units: the 19 reporting units of the district and its departments."""

from typing import Any, Self

from django.db import models
from django.db.models import Count, Q

from accounts.choices import REPORTING_KINDS, UnitKind
from accounts.policy import Reach, reach_of

MACHINE = "machine"  # the account of the commands on the server


class UnitQuerySet(models.QuerySet["OrganisationUnit"]):
    """Reads of units."""

    def permitted(self, user: Any, action: str) -> Self:
        """Every unit for whoever sees people and units, none for anybody else."""
        return self.none() if reach_of(user, action) == Reach.NONE else self.all()

    def reporting(self) -> Self:
        """Townships, sub-districts and the committee, in the order of the official list."""
        return self.filter(kind__in=REPORTING_KINDS, active=True).order_by("position")

    def with_heads(self) -> Self:
        """Add `heads`: how many people in use work there."""
        people = Q(people__is_active=True) & ~Q(people__username=MACHINE)
        return self.annotate(heads=Count("people", filter=people))

    def departments(self) -> Self:
        return self.filter(kind=UnitKind.DEPARTMENT, active=True).order_by("position")


class OrganisationUnit(models.Model):
    """机构：乡镇、街道、管委会与区级部门。行政区划代码只有乡镇街道才有。"""

    code = models.CharField("代码", max_length=20, unique=True)
    name = models.CharField("名称", max_length=40, unique=True)
    short_name = models.CharField("简称", max_length=20)
    kind = models.CharField("类别", max_length=20, choices=UnitKind)
    position = models.PositiveSmallIntegerField("排序", default=0)
    in_joint_meeting = models.BooleanField("联席会议成员单位", default=False)
    active = models.BooleanField("在用", default=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = "机构"
        verbose_name_plural = "机构"

    def __str__(self) -> str:
        return self.name

    @property
    def is_reporting(self) -> bool:
        return self.kind in REPORTING_KINDS


class UnitAlias(models.Model):
    """旧地名：2019年乡镇调整前的名称，登记住所里仍在使用。分属两地的旧名按村（社区）判定。"""

    name = models.CharField("旧名称", max_length=40, unique=True)
    old_code = models.CharField("原代码", max_length=20, blank=True)
    unit = models.ForeignKey(
        OrganisationUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="aliases",
        verbose_name="现属机构",
        help_text="分属两地的旧名留空，按村判定",
    )
    note = models.CharField("说明", max_length=200, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "旧地名"
        verbose_name_plural = "旧地名"

    def __str__(self) -> str:
        return self.name


class AliasVillage(models.Model):
    """旧地名下的村（社区）现属哪里；人工判定一次后，以后自动沿用。"""

    alias = models.ForeignKey(
        UnitAlias, models.CASCADE, related_name="villages", verbose_name="旧地名"
    )
    village = models.CharField("村（社区）", max_length=40)
    unit = models.ForeignKey(OrganisationUnit, models.PROTECT, verbose_name="现属机构")
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "旧地名下的村"
        verbose_name_plural = "旧地名下的村"
        constraints = (
            models.UniqueConstraint(fields=["alias", "village"], name="one_home_per_old_village"),
        )

    def __str__(self) -> str:
        return f"{self.alias.name}{self.village}"
