"""现场批量注销: a day on which several departments settle many cases in one place (S-028)."""

from typing import Any, Self

from django.db import models
from django.db.models import Count, Q

from accounts.models import User
from accounts.policy import Action, reach_of
from registry.cleanup.choices import FINISHED_STEPS, BatchOutcome, BatchState, CaseState
from registry.models.cleanup_case import CaseStep, CleanupCase


class BatchQuerySet(models.QuerySet["BatchDay"]):
    """Reads of batch days."""

    def permitted(self, user: Any, action: str) -> Self:
        """A day is the district's: whoever has the right sees it, not all who are invited."""
        return self if reach_of(user, action) else self.none()

    def planned(self) -> Self:
        """Days to come or under way, the next first."""
        return self.filter(state=BatchState.PLANNED).order_by("held_on", "pk")

    def with_guests(self, user: Any) -> Self:
        """Add `guests`: how many of those invited this person sees on the day's own page."""
        seen = BatchEntry.objects.permitted(user, Action.VIEW_CLEANUP)
        return self.annotate(guests=Count("entries", filter=Q(entries__in=seen)))


class BatchDay(models.Model):
    """现场批量注销日：日期、地点、名额。"""

    title = models.CharField("名称", max_length=60)
    held_on = models.DateField("日期")
    hours = models.CharField("时间", max_length=40)
    place = models.CharField("地点", max_length=120)
    slots = models.PositiveSmallIntegerField("名额")
    note = models.CharField("要带的材料", max_length=300, blank=True, default="")
    state = models.CharField("状态", max_length=16, choices=BatchState, default=BatchState.PLANNED)
    planned_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="组织人")
    version = models.PositiveIntegerField("版本", default=1)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = "现场批量注销日"
        verbose_name_plural = "现场批量注销日"
        constraints = (
            models.CheckConstraint(condition=Q(slots__gte=1), name="a_batch_day_has_slots"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_planned(self) -> bool:
        return self.state == BatchState.PLANNED


class EntryQuerySet(models.QuerySet["BatchEntry"]):
    """Reads of who is invited."""

    def permitted(self, user: Any, action: str) -> Self:
        """Entries of the cases in reach."""
        return self.filter(case__in=CleanupCase.objects.permitted(user, action))

    def left_over(self) -> Self:
        """Entries whose case still has steps to be done."""
        unfinished = CaseStep.objects.filter(case=models.OuterRef("case")).exclude(
            state__in=FINISHED_STEPS
        )
        return self.filter(models.Exists(unfinished), case__state=CaseState.UNDER_WAY)

    def for_list(self) -> Self:
        """Everything that the list of a day shows."""
        return self.select_related("case__cooperative__township", "carried_from__day").order_by(
            "slot"
        )


class BatchEntry(models.Model):
    """批量注销日的一个号：哪个案件、第几号、从哪天转来。"""

    day = models.ForeignKey(
        BatchDay, models.CASCADE, related_name="entries", verbose_name="批量注销日"
    )
    case = models.ForeignKey(
        CleanupCase, models.CASCADE, related_name="batch_entries", verbose_name="清理案件"
    )
    slot = models.PositiveSmallIntegerField("号")
    carried_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="转自"
    )

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = "批量注销名单"
        verbose_name_plural = "批量注销名单"
        constraints = (
            models.UniqueConstraint(fields=["day", "case"], name="a_case_once_a_day"),
            models.UniqueConstraint(fields=["day", "slot"], name="a_slot_for_one"),
        )

    def __str__(self) -> str:
        return f"{self.day} {self.slot}号"


class BatchResult(models.Model):
    """现场一个部门对一个步骤给出的结果。"""

    entry = models.ForeignKey(
        BatchEntry, models.CASCADE, related_name="results", verbose_name="名单"
    )
    step = models.ForeignKey(
        CaseStep, models.CASCADE, related_name="batch_results", verbose_name="步骤"
    )
    outcome = models.CharField("结果", max_length=16, choices=BatchOutcome)
    note = models.CharField("说明", max_length=200, blank=True, default="")
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    taken_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "现场结果"
        verbose_name_plural = "现场结果"
        constraints = (
            models.UniqueConstraint(fields=["entry", "step"], name="one_result_per_step"),
        )

    def __str__(self) -> str:
        return f"{self.entry} {self.get_outcome_display()}"
