"""Trying a rule out with other thresholds before anybody is affected."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from accounts.policy import Reach, reach_of
from common import clock
from common.quarter import Quarter
from registry.flag_choices import RehearsalSide, RehearsalState
from registry.models.cooperative import Cooperative


class RehearsalQuerySet(models.QuerySet["Rehearsal"]):
    """Reads of rehearsals."""

    def permitted(self, user: Any, action: str) -> Self:
        """All of them or none: a rule is the same in every township."""
        return self if reach_of(user, action) == Reach.DISTRICT else self.none()

    def waiting(self) -> Self:
        """Rehearsals that a worker should compute: nobody does, or who did has gone silent."""
        free = Q(lease_until__isnull=True) | Q(lease_until__lt=clock.real_now())
        return self.filter(free, computed_at=None, failure="").order_by("pk")


class Rehearsal(models.Model):
    """规则试算：一条规则换一组阈值，在某个季度末的事实上会列入谁；发布前不影响任何线索。

    `thresholds` are those that are tried, `compared` those in force on `as_of`. `counts` holds the
    numbers of each side and of those that the changed rule cannot judge. Until `computed_at` the
    row is the queue: a worker takes it by one conditional update with a lease.
    """

    rule = models.CharField("规则", max_length=8)
    thresholds = models.JSONField("试用的阈值", default=dict)
    compared = models.JSONField("现行的阈值", default=dict)
    compared_version = models.PositiveSmallIntegerField("现行版本", default=1)
    quarter = models.CharField("试算季度", max_length=6)
    as_of = models.DateField("事实截止日")
    effective_from = models.DateField("拟启用日期")
    reason = models.TextField("调整理由")
    state = models.CharField(
        "状态", max_length=12, choices=RehearsalState, default=RehearsalState.DRAFT
    )
    counts = models.JSONField("试算结果", default=dict)
    computed_at = models.DateTimeField("试算时间", null=True)
    steps_done = models.PositiveSmallIntegerField("已算完的步数", default=0)
    lease = models.CharField("租约", max_length=32, blank=True, default="")
    lease_until = models.DateTimeField("租约到期", null=True)
    attempt = models.PositiveSmallIntegerField("第几次尝试", default=0)
    failure = models.CharField("没有算成的原因", max_length=200, blank=True, default="")
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="试算人")
    drafted_at = models.DateTimeField("试算日期", default=clock.now)
    released_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="发布人"
    )
    released_at = models.DateTimeField("发布时间", null=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = RehearsalQuerySet.as_manager()

    class Meta:
        verbose_name = "规则试算"
        verbose_name_plural = "规则试算"
        constraints = (
            models.CheckConstraint(
                condition=~Q(state=RehearsalState.RELEASED)
                | Q(released_by__isnull=False) & ~Q(released_by=F("drafted_by")),
                name="rule_released_by_a_second_person",
            ),
        )

    def __str__(self) -> str:
        return f"{self.rule}试算（{Quarter.parse(self.quarter).label}）"

    @property
    def is_computing(self) -> bool:
        return self.computed_at is None and not self.failure


class RehearsalFinding(models.Model):
    """试算中被列入或不再列入的一家合作社，连同两组阈值下的依据。"""

    rehearsal = models.ForeignKey(Rehearsal, models.CASCADE, related_name="findings")
    cooperative = models.ForeignKey(Cooperative, models.CASCADE, related_name="+")
    side = models.CharField("变化", max_length=8, choices=RehearsalSide)
    evidence = models.JSONField("依据数值", default=dict)

    class Meta:
        verbose_name = "试算结果"
        verbose_name_plural = "试算结果"
        constraints = (
            models.UniqueConstraint(
                fields=["rehearsal", "cooperative"], name="one_finding_per_rehearsal"
            ),
        )
        indexes = (models.Index(fields=["rehearsal", "side", "id"], name="finding_by_side"),)

    def __str__(self) -> str:
        return f"{self.cooperative} {self.get_side_display()}"
