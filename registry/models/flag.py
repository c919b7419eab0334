"""Suspicions: what a rule saw, when, with which figures."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from registry.choices import FlagLabel, FlagState, Severity
from registry.models.cooperative import Cooperative


class FlagQuerySet(models.QuerySet["Flag"]):
    """Reads of suspicions."""

    def permitted(self, user: Any, action: str) -> Self:
        """Suspicions about the societies in reach."""
        return self.filter(cooperative__in=Cooperative.objects.permitted(user, action))

    def open(self) -> Self:
        return self.exclude(state=FlagState.CLEARED)

    def for_list(self) -> Self:
        """Everything that a list of suspicions shows."""
        return self.select_related("cooperative__township")


class FlagRun(models.Model):
    """一次全量计算：何时、按哪一天、各规则命中多少。"""

    as_of = models.DateField("计算基准日")
    computed_at = models.DateTimeField("计算时间")
    counts = models.JSONField("各规则数量", default=dict)
    unknown = models.JSONField("各规则资料不足的数量", default=dict)
    exempt = models.JSONField("各规则豁免的数量", default=dict)
    changes = models.JSONField("新增、更新、解除的数量", default=dict)
    cause = models.CharField("起因", max_length=200, blank=True)

    class Meta:
        verbose_name = "规则计算"
        verbose_name_plural = "规则计算"

    def __str__(self) -> str:
        return f"按{self.as_of.year}年{self.as_of.month}月{self.as_of.day}日的规则计算"


class Flag(models.Model):
    """疑似问题：只是线索，须由人核实，不改变登记状态。"""

    cooperative = models.ForeignKey(
        Cooperative, models.CASCADE, related_name="flags", verbose_name="合作社"
    )
    rule = models.CharField("规则", max_length=8)
    rule_version = models.PositiveSmallIntegerField("规则版本", default=1)
    label = models.CharField("指向", max_length=20, choices=FlagLabel)
    severity = models.CharField("程度", max_length=8, choices=Severity)
    state = models.CharField("状态", max_length=12, choices=FlagState, default=FlagState.SUSPECTED)
    evidence = models.JSONField("依据数值", default=dict)
    as_of = models.DateField("基准日")
    opened_at = models.DateTimeField("发现时间")
    computed_at = models.DateTimeField("最近计算时间")
    cleared_at = models.DateTimeField("解除时间", null=True, blank=True)
    cleared_by = models.CharField("解除原因", max_length=200, blank=True, default="")
    version = models.PositiveIntegerField("版本", default=1)

    objects = FlagQuerySet.as_manager()

    class Meta:
        verbose_name = "疑似问题"
        verbose_name_plural = "疑似问题"
        constraints = (
            models.UniqueConstraint(
                fields=["cooperative", "rule"],
                condition=~Q(state="cleared"),
                name="one_open_flag_per_rule",
            ),
        )
        indexes = (models.Index(fields=["state", "rule", "cooperative"], name="flag_by_rule"),)

    def __str__(self) -> str:
        return f"{self.cooperative} {self.rule}"


class FlagCandidate(models.Model):
    """计算中间表：一次计算里规则命中或资料不足的合作社与依据。算完即清。"""

    run = models.ForeignKey(FlagRun, models.CASCADE)
    cooperative = models.ForeignKey(Cooperative, models.CASCADE)
    rule = models.CharField(max_length=8)
    verdict = models.CharField(max_length=8, default="")
    rule_version = models.PositiveSmallIntegerField(default=1)
    label = models.CharField(max_length=20, default="")
    severity = models.CharField(max_length=8, default="")
    evidence = models.JSONField(default=dict)

    class Meta:
        verbose_name = "规则命中"
        verbose_name_plural = "规则命中"
        indexes = (models.Index(fields=["run", "rule", "cooperative"], name="candidate_lookup"),)

    def __str__(self) -> str:
        return f"{self.rule} {self.cooperative_id}"
