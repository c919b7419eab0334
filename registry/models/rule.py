"""The dated versions of the flag rules: thresholds are data, never code."""

import datetime as dt
from typing import Self

from django.db import models

from registry.choices import RuleAuthority


class RuleVersionQuerySet(models.QuerySet["RuleVersion"]):
    """Reads of rule versions."""

    def in_force(self, rule: str, day: dt.date) -> "RuleVersion | None":
        """Return the version of a rule that applies on a day."""
        dated = self.filter(rule=rule, effective_from__lte=day)
        return dated.order_by("-effective_from", "-number").first()

    def of(self, rule: str) -> Self:
        """All versions of a rule, newest first."""
        return self.filter(rule=rule).order_by("-effective_from")


class RuleVersion(models.Model):
    """规则版本：一条规则自某日起使用的阈值及其效力。旧版本留存，旧线索可按当时的版本复算。"""

    rule = models.CharField("规则", max_length=8)
    number = models.PositiveSmallIntegerField("版本号")
    effective_from = models.DateField("启用日期")
    thresholds = models.JSONField("阈值", default=dict)
    authority = models.CharField("效力", max_length=12, choices=RuleAuthority)
    note = models.CharField("说明", max_length=200, blank=True, default="")

    objects = RuleVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "规则版本"
        verbose_name_plural = "规则版本"
        constraints = (
            models.UniqueConstraint(fields=["rule", "number"], name="rule_version_number"),
            models.UniqueConstraint(fields=["rule", "effective_from"], name="rule_version_day"),
        )

    def __str__(self) -> str:
        return f"{self.rule} 第{self.number}版"
