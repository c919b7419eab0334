"""Programmes and their phases: a second one can be set up beside the first."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Count, F, Q

from accounts.policy import Action, may
from common import clock
from pilot.plan_choices import OPEN_PARTS, PartState
from pilot.programme_choices import ProgrammeLevel


def _tasks_seen(user: Any) -> Count:
    """Count the tasks of the work plan that this person reaches."""
    from pilot.models.task import PlanTask  # noqa: PLC0415 - they name each other

    reach = PlanTask.objects.permitted(user, Action.VIEW_WORK_PLAN)
    return Count("tasks", distinct=True, filter=Q(tasks__in=reach))


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    """Reads of programmes."""

    def permitted(self, user: Any, action: str) -> Self:
        """A programme has no owner: whoever has the right reaches all of them."""
        return self if may(user, action) else self.none()

    def running(self) -> Self:
        """Programmes that run today, the latest first."""
        today = clock.today()
        return self.filter(starts_on__lte=today, ends_on__gte=today).order_by("-starts_on", "-pk")

    def with_work(self) -> Self:
        """Programmes that run today, and ended ones of which something is not confirmed yet."""
        today = clock.today()
        unconfirmed = (*OPEN_PARTS, PartState.DONE)
        open_ones = self.filter(ends_on__lt=today, tasks__parts__state__in=unconfirmed)
        ahead = Q(starts_on__lte=today, ends_on__gte=today) | Q(pk__in=open_ones.values("pk"))
        return self.filter(ahead).order_by("-starts_on", "-pk")

    def counted(self, user: Any) -> Self:
        """Add how many phases, targets, editions each has, and tasks that this person sees."""
        return self.annotate(
            phases_total=Count("phases", distinct=True),
            targets_total=Count("targets", distinct=True),
            tasks_total=_tasks_seen(user),
            editions_total=Count("editions", distinct=True),
        )


class Programme(models.Model):
    """试点：级别、批次、依据文件和期限（S-001、S-003、S-022）。两个日子都算在内。

    `baseline_on` is the day that the baselines of new targets are taken from; None is the first.
    """

    name = models.CharField("名称", max_length=60, unique=True)
    level = models.CharField("级别", max_length=12, choices=ProgrammeLevel)
    batch = models.CharField("批次", max_length=20, blank=True, default="")
    document = models.CharField("依据文件", max_length=100, blank=True, default="")
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期")
    baseline_on = models.DateField("基线日期", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = "试点"
        verbose_name_plural = "试点"
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="a_programme_takes_time"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def baseline_day(self) -> dt.date:
        """The day whose figures are where the pace lines begin."""
        return self.baseline_on or self.starts_on

    @property
    def is_under_way(self) -> bool:
        return self.starts_on <= clock.today() <= self.ends_on

    @property
    def is_over(self) -> bool:
        return self.ends_on < clock.today()

    @property
    def query(self) -> str:
        """The condition that keeps a page at this programme: it stands in every address."""
        return f"programme={self.pk}"


class PhaseQuerySet(models.QuerySet["Phase"]):
    """Reads of phases."""

    def permitted(self, user: Any, action: str) -> Self:
        """A phase is seen by whoever sees its programme."""
        return self if may(user, action) else self.none()

    def in_order(self, user: Any) -> Self:
        """Phases as they follow each other, with how many tasks of each this person sees."""
        return self.annotate(tasks_total=_tasks_seen(user)).order_by("starts_on", "pk")


class Phase(models.Model):
    """阶段：前期准备、具体实施、总结等（S-082 至 S-086）。日期可以修改。"""

    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="phases", verbose_name="试点"
    )
    name = models.CharField("名称", max_length=30)
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期")
    content = models.CharField("内容", max_length=200, blank=True, default="")
    version = models.PositiveIntegerField("版本", default=1)

    objects = PhaseQuerySet.as_manager()

    class Meta:
        verbose_name = "阶段"
        verbose_name_plural = "阶段"
        constraints = (
            models.UniqueConstraint(fields=["programme", "name"], name="a_phase_has_a_name_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="a_phase_ends_after_it_begins"
            ),
        )

    def __str__(self) -> str:
        return self.name
