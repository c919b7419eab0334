"""The work plan: tasks planned back from the end, what waits for what, and each unit's part."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Avg, Count, F, Max, Q

from accounts.models import OrganisationUnit, User
from accounts.policy import Reach, reach_of
from common import clock
from pilot.models.programme import Phase, Programme
from pilot.plan_choices import FINISHED_PARTS, LATE, OPEN_PARTS, PartState

_DONE = Q(parts__state__in=FINISHED_PARTS)


class PlanTaskQuerySet(models.QuerySet["PlanTask"]):
    """Reads of tasks."""

    def permitted(self, user: Any, action: str) -> Self:
        """All tasks, or those that the person's own unit leads or has a part in."""
        match reach_of(user, action):
            case Reach.DISTRICT:
                return self
            case Reach.TOWNSHIP | Reach.OWN if user.unit_id:
                taking_part = TaskPart.objects.filter(unit=user.unit_id).values("task")
                return self.filter(Q(lead=user.unit_id) | Q(pk__in=taking_part))
            case _:
                return self.none()

    def with_progress(self) -> Self:
        """Add how many parts there are, have begun, are done and confirmed, and when the last was."""
        return self.annotate(
            parts_total=Count("parts"),
            parts_begun=Count("parts", filter=~Q(parts__state=PartState.NOT_BEGUN)),
            parts_done=Count("parts", filter=_DONE),
            parts_confirmed=Count("parts", filter=Q(parts__state=PartState.CONFIRMED)),
            percent=Avg("parts__progress"),
            last_done_on=Max("parts__done_on", filter=_DONE),
        )


class PlanTask(models.Model):
    """任务：倒排工作表的一行。牵头单位、起止日期、完成标准；各单位承担的部分另成一行。

    `proofs` holds keys of `pilot.proofs`: lists of the portal that prove the task by themselves.
    """

    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="tasks", verbose_name="试点"
    )
    phase = models.ForeignKey(Phase, models.PROTECT, related_name="tasks", verbose_name="阶段")
    source = models.CharField("方案条目", max_length=12, blank=True, default="")
    title = models.CharField("任务", max_length=120)
    done_when = models.CharField("完成标准", max_length=200, blank=True, default="")
    lead = models.ForeignKey(
        OrganisationUnit, models.PROTECT, related_name="led_tasks", verbose_name="牵头单位"
    )
    start_on = models.DateField("开始日期")
    due_on = models.DateField("完成期限")
    proofs = models.JSONField("系统佐证", default=list, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = PlanTaskQuerySet.as_manager()

    class Meta:
        verbose_name = "试点任务"
        verbose_name_plural = "试点任务"
        indexes = (models.Index(fields=["programme", "start_on", "id"], name="task_by_start"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(due_on__gte=F("start_on")), name="a_task_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["programme", "source"],
                condition=~Q(source=""),
                name="a_duty_of_the_plan_stands_once",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def days(self) -> int:
        return (self.due_on - self.start_on).days + 1


class TaskDependency(models.Model):
    """先后关系：`task` 要等 `waits_for` 完成后才开始。"""

    task = models.ForeignKey(
        PlanTask, models.CASCADE, related_name="dependencies", verbose_name="任务"
    )
    waits_for = models.ForeignKey(
        PlanTask, models.CASCADE, related_name="followers", verbose_name="前置任务"
    )

    class Meta:
        verbose_name = "先后关系"
        verbose_name_plural = "先后关系"
        constraints = (
            models.UniqueConstraint(fields=["task", "waits_for"], name="waits_once_for_a_task"),
            models.CheckConstraint(
                condition=~Q(task=F("waits_for")), name="no_task_waits_for_itself"
            ),
        )

    def __str__(self) -> str:
        return f"{self.waits_for}→{self.task}"


class PartQuerySet(models.QuerySet["TaskPart"]):
    """Reads of parts."""

    def permitted(self, user: Any, action: str) -> Self:
        """All parts, or those of the person's own unit and of the tasks that it leads."""
        match reach_of(user, action):
            case Reach.DISTRICT:
                return self
            case Reach.TOWNSHIP | Reach.OWN if user.unit_id:
                return self.filter(Q(unit=user.unit_id) | Q(task__lead=user.unit_id))
            case _:
                return self.none()

    def matching(self, term: str) -> Self:
        """Find by part of the task's name or its number in the document."""
        return self.filter(Q(task__title__contains=term) | Q(task__source__icontains=term))

    def unfinished(self) -> Self:
        return self.filter(state__in=OPEN_PARTS)

    def late(self, day: dt.date | None = None) -> Self:
        """Unfinished parts whose day has passed."""
        return self.unfinished().filter(task__due_on__lt=day or clock.today())

    def due_soon(self, days: int) -> Self:
        """Unfinished parts that are not late and whose day lies within so many days."""
        today = clock.today()
        until = today + dt.timedelta(days=days)
        return self.unfinished().filter(task__due_on__range=(today, until))

    def of_state(self, state: str) -> Self:
        """Parts of one state, or the late ones."""
        return self.late() if state == LATE else self.filter(state=state)

    def for_list(self) -> Self:
        """Everything that a list of parts shows."""
        return self.select_related("task__phase", "task__lead", "unit").annotate(
            due_on=F("task__due_on")
        )


class TaskPart(models.Model):
    """一个单位承担的部分：做到哪一步、凭什么说做到了、谁确认的。"""

    task = models.ForeignKey(PlanTask, models.CASCADE, related_name="parts", verbose_name="任务")
    unit = models.ForeignKey(
        OrganisationUnit, models.PROTECT, related_name="task_parts", verbose_name="承担单位"
    )
    state = models.CharField("状态", max_length=12, choices=PartState, default=PartState.NOT_BEGUN)
    progress = models.PositiveSmallIntegerField("完成程度", default=0)
    note = models.CharField("进展说明", max_length=300, blank=True, default="")
    begun_on = models.DateField("开始日期", null=True, blank=True)
    done_on = models.DateField("完成日期", null=True, blank=True)
    done_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="报告人"
    )
    confirmed_on = models.DateField("确认日期", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="确认人"
    )
    version = models.PositiveIntegerField("版本", default=1)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "承担部分"
        verbose_name_plural = "承担部分"
        indexes = (models.Index(fields=["unit", "state"], name="part_of_unit"),)
        constraints = (
            models.UniqueConstraint(fields=["task", "unit"], name="one_part_per_unit_and_task"),
            models.CheckConstraint(condition=Q(progress__lte=100), name="progress_up_to_100"),
            models.CheckConstraint(
                condition=~Q(state="confirmed")
                | (Q(confirmed_by__isnull=False) & ~Q(confirmed_by=F("done_by"))),
                name="a_part_is_confirmed_by_another",
            ),
        )

    def __str__(self) -> str:
        return f"{self.task}（{self.unit.short_name}）"

    @property
    def is_late(self) -> bool:
        """Whether its day has passed and it is not done; `task` must be loaded."""
        return self.state in OPEN_PARTS and self.task.due_on < clock.today()


class EvidenceLink(models.Model):
    """佐证链接：平台里能证明这一部分的页面（名单、指标、纪要等）。附件另存为附件。"""

    part = models.ForeignKey(TaskPart, models.CASCADE, related_name="links", verbose_name="部分")
    label = models.CharField("名称", max_length=60)
    address = models.CharField("页面地址", max_length=300)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="添加人")
    added_at = models.DateTimeField("添加时间", default=clock.now)

    class Meta:
        verbose_name = "佐证链接"
        verbose_name_plural = "佐证链接"
        constraints = (
            models.UniqueConstraint(fields=["part", "address"], name="a_page_is_linked_once"),
        )

    def __str__(self) -> str:
        return self.label
