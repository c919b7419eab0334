"""One society, one plan; and the named lists of the programme."""

from typing import Any, Self

from django.db import models
from django.db.models import Count, Q

from accounts.models import OrganisationUnit, User
from common import clock
from demonstration.choices import Dimension, Level, NamedList, PlanState
from registry.models import Cooperative


class PlanQuerySet(models.QuerySet["CultivationPlan"]):
    """Reads of plans."""

    def permitted(self, user: Any, action: str) -> Self:
        """Plans of the societies in reach."""
        return self.filter(cooperative__in=Cooperative.objects.permitted(user, action))

    def active(self) -> Self:
        return self.filter(state=PlanState.ACTIVE)

    def with_progress(self) -> Self:
        """Add `measures_total` and `measures_done`."""
        return self.annotate(
            measures_total=Count("measures"),
            measures_done=Count("measures", filter=Q(measures__done_on__isnull=False)),
        )


class CultivationPlan(models.Model):
    """一社一案：一家合作社同时只有一份培育方案（S-054）。"""

    cooperative = models.ForeignKey(
        Cooperative, models.PROTECT, related_name="cultivation_plans", verbose_name="合作社"
    )
    target = models.CharField("培育目标", max_length=12, choices=Level)
    state = models.CharField("状态", max_length=12, choices=PlanState, default=PlanState.ACTIVE)
    opened_on = models.DateField("开始日期")
    due_on = models.DateField("达标期限")
    situation = models.TextField("现状与差距", blank=True)
    responsible = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name="培育责任人"
    )
    department = models.ForeignKey(
        OrganisationUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="指导部门",
    )
    closed_on = models.DateField("结束日期", null=True, blank=True)
    closed_because = models.CharField("结束说明", max_length=300, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = "培育方案"
        verbose_name_plural = "培育方案"
        constraints = (
            models.UniqueConstraint(
                fields=["cooperative"],
                condition=Q(state="active"),
                name="one_active_plan_per_society",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gt=models.F("opened_on")), name="a_plan_takes_time"
            ),
        )

    def __str__(self) -> str:
        return f"{self.cooperative}培育方案"


class PlanMeasure(models.Model):
    """方案的一项措施：七个方面之一，有目标、做法、责任人、部门、期限和佐证。"""

    plan = models.ForeignKey(
        CultivationPlan, models.CASCADE, related_name="measures", verbose_name="方案"
    )
    dimension = models.CharField("方面", max_length=16, choices=Dimension)
    aim = models.CharField("目标", max_length=200)
    steps = models.TextField("措施")
    responsible = models.CharField("责任人", max_length=40)
    department = models.ForeignKey(
        OrganisationUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="责任部门",
    )
    due_on = models.DateField("完成期限")
    done_on = models.DateField("完成日期", null=True, blank=True)
    done_note = models.CharField("完成情况", max_length=300, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "培育措施"
        verbose_name_plural = "培育措施"
        constraints = (
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | ~Q(done_note=""),
                name="a_done_measure_says_how",
            ),
        )

    def __str__(self) -> str:
        return self.aim

    @property
    def is_overdue(self) -> bool:
        return self.done_on is None and self.due_on < clock.today()

    @property
    def anchor(self) -> str:
        """The key as text, for the name of a dialog."""
        return str(self.pk)


class ListEntryQuerySet(models.QuerySet["NamedListEntry"]):
    """Reads of the named lists."""

    def permitted(self, user: Any, action: str) -> Self:
        """Entries of the societies in reach."""
        return self.filter(cooperative__in=Cooperative.objects.permitted(user, action))

    def current(self) -> Self:
        return self.filter(until__isnull=True)


class NamedListEntry(models.Model):
    """入选名单：典型示范社、家庭农场为主体、三位一体、有发展后劲，都写明入选理由。"""

    cooperative = models.ForeignKey(
        Cooperative, models.PROTECT, related_name="named_lists", verbose_name="合作社"
    )
    name = models.CharField("名单", max_length=16, choices=NamedList)
    reason = models.CharField("入选理由", max_length=300)
    since = models.DateField("入选日期")
    until = models.DateField("退出日期", null=True, blank=True)
    left_because = models.CharField("退出原因", max_length=300, blank=True)
    entered_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )
    version = models.PositiveIntegerField("版本", default=1)

    objects = ListEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "入选名单"
        verbose_name_plural = "入选名单"
        constraints = (
            models.UniqueConstraint(
                fields=["cooperative", "name"],
                condition=Q(until__isnull=True),
                name="listed_once_at_a_time",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_listing_says_why"),
        )

    def __str__(self) -> str:
        return f"{self.cooperative} {self.get_name_display()}"

    @property
    def anchor(self) -> str:
        """The key as text, for the name of a dialog."""
        return str(self.pk)
