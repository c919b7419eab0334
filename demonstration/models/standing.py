"""How far a society is from each level, computed for the whole register at once."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from common import clock
from demonstration.models.criteria import CriteriaSet
from demonstration.models.title import DemonstrationTitle
from registry.models import Cooperative

NEARLY = 2  # a society that misses no more than this is nearly eligible (D22)


class StandingQuerySet(models.QuerySet["Standing"]):
    """Reads of standings."""

    def permitted(self, user: Any, action: str) -> Self:
        """Standings of the societies in reach."""
        return self.filter(cooperative__in=Cooperative.objects.permitted(user, action))

    def nearly(self) -> Self:
        """Societies that miss at most two conditions; unknown ones count as missing, never as met."""
        return self.filter(missing__lte=NEARLY, vetoed=False)

    def for_list(self) -> Self:
        """Everything that a list shows, with `has_plan`: whether the society is cultivated now."""
        from demonstration.models.plan import CultivationPlan  # noqa: PLC0415 - circle

        plans = CultivationPlan.objects.active().filter(cooperative=OuterRef("cooperative"))
        return self.select_related("cooperative__township", "criteria").annotate(
            has_plan=Exists(plans)
        )

    def without_holders(self, level: str) -> Self:
        """Leave out the societies that hold the level already."""
        holders = DemonstrationTitle.objects.held().filter(level=level)
        return self.exclude(cooperative__in=holders.values("cooperative"))


class Standing(models.Model):
    """达标差距：一家合作社对照一版标准的自查结果汇总。"""

    cooperative = models.ForeignKey(
        Cooperative, models.CASCADE, related_name="standings", verbose_name="合作社"
    )
    criteria = models.ForeignKey(
        CriteriaSet, models.CASCADE, related_name="standings", verbose_name="标准"
    )
    met = models.PositiveSmallIntegerField("符合项数")
    not_met = models.PositiveSmallIntegerField("不符合项数")
    unknown = models.PositiveSmallIntegerField("资料不足项数")
    missing = models.PositiveSmallIntegerField("还差项数")
    vetoed = models.BooleanField("触及否决项", default=False)
    gaps = models.JSONField("差在哪里", default=list)
    computed_at = models.DateTimeField("计算时间", default=clock.now)

    objects = StandingQuerySet.as_manager()

    class Meta:
        verbose_name = "达标差距"
        verbose_name_plural = "达标差距"
        constraints = (
            models.UniqueConstraint(
                fields=["cooperative", "criteria"], name="one_standing_per_criteria"
            ),
            models.CheckConstraint(
                condition=Q(missing=models.F("not_met") + models.F("unknown")),
                name="unknown_conditions_count_as_missing",
            ),
        )
        indexes = (models.Index(fields=["criteria", "missing", "id"], name="standing_by_gap"),)

    def __str__(self) -> str:
        return f"{self.cooperative} {self.criteria}"
