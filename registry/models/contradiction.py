"""Where sources contradict each other about a society: opened by computation, closed with a cause."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from accounts.models import User
from common import clock
from registry.models.cooperative import Cooperative
from registry.side_choices import ContradictionKind, ContradictionState


class ContradictionQuerySet(models.QuerySet["Contradiction"]):
    """Reads of contradictions."""

    def permitted(self, user: Any, action: str) -> Self:
        """Contradictions about the societies in reach."""
        return self.filter(cooperative__in=Cooperative.objects.permitted(user, action))

    def open(self) -> Self:
        """Those that still stand."""
        return self.filter(state=ContradictionState.OPEN)

    def for_list(self) -> Self:
        """Everything that a list shows."""
        return self.select_related("cooperative__township", "assignee")


class Contradiction(models.Model):
    """来源之间的矛盾：两处说法不能同时成立。只作线索，指出后由人核实。

    `evidence` maps the names of the compared figures to their values at the last computation.
    """

    cooperative = models.ForeignKey(
        Cooperative, models.CASCADE, related_name="contradictions", verbose_name="合作社"
    )
    kind = models.CharField("类型", max_length=24, choices=ContradictionKind)
    state = models.CharField(
        "状态", max_length=12, choices=ContradictionState, default=ContradictionState.OPEN
    )
    evidence = models.JSONField("依据", default=dict)
    opened_at = models.DateTimeField("发现时间", default=clock.now)
    computed_at = models.DateTimeField("最近比对时间", default=clock.now)
    assignee = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contradictions",
        verbose_name="负责人",
    )
    due_on = models.DateField("期限", null=True, blank=True)
    closed_at = models.DateTimeField("了结时间", null=True)
    closed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="作结论的人"
    )
    decision_reason = models.TextField("结论", blank=True, default="")
    version = models.PositiveIntegerField("版本", default=1)

    objects = ContradictionQuerySet.as_manager()

    class Meta:
        verbose_name = "来源矛盾"
        verbose_name_plural = "来源矛盾"
        constraints = (
            models.UniqueConstraint(
                fields=["cooperative", "kind"],
                condition=Q(state="open"),
                name="one_open_contradiction_per_kind",
            ),
            models.CheckConstraint(
                condition=Q(assignee__isnull=True) | Q(due_on__isnull=False),
                name="an_assigned_contradiction_has_a_day",
            ),
        )
        indexes = (
            models.Index(fields=["state", "kind", "cooperative"], name="contradiction_kind"),
        )

    def __str__(self) -> str:
        return f"{self.cooperative}：{self.get_kind_display()}"


class ContradictionCandidate(models.Model):
    """比对中间表：一次比对里不一致的合作社与依据，用完即清。"""

    cooperative = models.ForeignKey(Cooperative, models.CASCADE)
    kind = models.CharField(max_length=24)
    evidence = models.JSONField(default=dict)

    class Meta:
        verbose_name = "矛盾候选"
        verbose_name_plural = "矛盾候选"
        indexes = (models.Index(fields=["kind", "cooperative"], name="contradiction_candidate"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.cooperative_id}"
