"""Clean-up cases: what is done about one society, by whom, in which steps."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Q

from accounts.models import OrganisationUnit, User
from accounts.policy import Reach, reach_of
from common import clock
from registry.cleanup.choices import (
    EXIT_ROUTES,
    FINISHED_STEPS,
    OPEN_CASES,
    VOLUNTARY_ROUTES,
    CaseState,
    Route,
    StepState,
    TaskState,
)
from registry.models.cooperative import Cooperative
from registry.models.step_template import StepTemplate


class CaseQuerySet(models.QuerySet["CleanupCase"]):
    """Reads of cases."""

    def permitted(self, user: Any, action: str) -> Self:
        """Cases of the societies in reach; a department's liaison reaches those it has a part in.

        A society sees its own case, but none that is confidential.
        """
        if reach_of(user, action) != Reach.OWN:
            return self.filter(cooperative__in=Cooperative.objects.permitted(user, action))
        if user.acts_for_societies:
            own = Cooperative.objects.permitted(user, action)
            return self.filter(cooperative__in=own, confidential=False)
        return self.filter(
            Q(department=user.unit_id)
            | Q(pk__in=CaseStep.objects.filter(department=user.unit_id).values("case"))
        )

    def open(self) -> Self:
        return self.filter(state__in=OPEN_CASES)

    def overdue(self, day: dt.date | None = None) -> Self:
        """Open cases whose day has passed."""
        return self.open().filter(due_on__lt=day or clock.today())

    def cleared(self) -> Self:
        """Cases that count as cleared: closed so, and the regulator's data still say so."""
        return self.filter(
            state=CaseState.CLEARED, cooperative__in=Cooperative.objects.gone_by_regulator()
        )

    def agreed(self) -> Self:
        """Cases whose society has signed, or that went on without having to ask."""
        begun = Q(state__in=(CaseState.UNDER_WAY, CaseState.AWAITING, CaseState.CLEARED))
        return self.filter(Q(willing_on__isnull=False) | begun)

    def finished(self) -> Self:
        """Cases whose steps are all done, or whose society is gone already."""
        return self.filter(state__in=(CaseState.AWAITING, CaseState.CLEARED)).agreed()

    def aged(self, least: int, most: int | None) -> Self:
        """Cases opened at least so many and at most so many days ago."""
        today = clock.today()
        cases = self.filter(opened_on__lte=today - dt.timedelta(days=least))
        return (
            cases if most is None else cases.filter(opened_on__gte=today - dt.timedelta(days=most))
        )

    def waiting_for(self, user: Any) -> Self:
        """Running cases in which it is the turn of a person's own department."""
        steps = CaseStep.objects.waiting().filter(department=user.unit_id)
        return self.filter(pk__in=steps.values("case"))

    def with_review(self) -> Self:
        """Running cases with a task that was handed in for review."""
        tasks = RectificationTask.objects.filter(state=TaskState.DONE)
        return self.open().filter(pk__in=tasks.values("case"))

    def for_list(self) -> Self:
        """Everything that a list of cases shows."""
        return self.select_related("cooperative__township", "owner", "department")


class CleanupCase(models.Model):
    """清理整顿案件：责任到部门、到人，限期办理。不改变登记状态、示范称号和公示内容。"""

    number = models.CharField("案号", max_length=16, unique=True)
    cooperative = models.ForeignKey(
        Cooperative, models.PROTECT, related_name="cleanup_cases", verbose_name="合作社"
    )
    route = models.CharField("途径", max_length=16, choices=Route)
    state = models.CharField("状态", max_length=20, choices=CaseState, default=CaseState.OPENED)
    because = models.CharField("立案理由", max_length=500)
    confidential = models.BooleanField("不对合作社显示", default=False)
    flag = models.ForeignKey(
        "registry.Flag",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="cleanup_cases",
        verbose_name="来自疑似问题",
    )
    owner = models.ForeignKey(
        User, models.PROTECT, related_name="cleanup_cases", verbose_name="责任人"
    )
    department = models.ForeignKey(
        OrganisationUnit, models.PROTECT, related_name="+", verbose_name="责任部门"
    )
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="立案人")
    opened_on = models.DateField("立案日期")
    due_on = models.DateField("办结期限")
    willing_on = models.DateField("意愿书签署日期", null=True, blank=True)
    willing_by = models.CharField("意愿书签署人", max_length=60, blank=True, default="")
    no_debts = models.BooleanField("无债权债务或已结清", null=True, blank=True)
    no_pledge = models.BooleanField("无出质、抵押和对外投资", null=True, blank=True)
    no_proceedings = models.BooleanField("无立案调查、诉讼仲裁和执行", null=True, blank=True)
    no_fines = models.BooleanField("无未缴罚款", null=True, blank=True)
    cost = models.DecimalField(
        "办理费用（元）", max_digits=10, decimal_places=2, null=True, blank=True
    )
    cost_waived = models.DecimalField(
        "减免金额（元）", max_digits=10, decimal_places=2, null=True, blank=True
    )
    waiver_basis = models.CharField("减免依据", max_length=200, blank=True, default="")
    closed_on = models.DateField("结案日期", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = "清理案件"
        verbose_name_plural = "清理案件"
        constraints = (
            models.UniqueConstraint(
                fields=["cooperative"],
                condition=Q(state__in=["opened", "under_way", "awaiting_register"]),
                name="one_open_case_per_society",
            ),
            models.CheckConstraint(
                condition=Q(cost_waived__isnull=True)
                | Q(cost__isnull=False, cost_waived__lte=models.F("cost")),
                name="no_more_waived_than_charged",
            ),
            models.CheckConstraint(
                condition=Q(cost__isnull=True) | Q(cost__gte=0), name="no_negative_cost"
            ),
        )
        indexes = (models.Index(fields=["state", "due_on"], name="case_by_state"),)

    def __str__(self) -> str:
        return f"{self.number} {self.cooperative}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_CASES

    @property
    def is_voluntary(self) -> bool:
        return self.route in VOLUNTARY_ROUTES

    @property
    def is_exit(self) -> bool:
        return self.route in EXIT_ROUTES

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.due_on < clock.today()

    @property
    def days_open(self) -> int:
        """Days from opening to closing, or to today."""
        return ((self.closed_on or clock.today()) - self.opened_on).days


class StepQuerySet(models.QuerySet["CaseStep"]):
    """Reads of steps."""

    def permitted(self, user: Any, action: str) -> Self:
        """Steps of the cases in reach; who reaches only a part of a case has its own steps."""
        steps = self.filter(case__in=CleanupCase.objects.permitted(user, action))
        if reach_of(user, action) == Reach.OWN and not user.acts_for_societies:
            return steps.filter(department=user.unit_id)
        return steps

    def waiting(self) -> Self:
        """Steps that can be worked on now: of a running case, with nothing unfinished before."""
        earlier = CaseStep.objects.filter(
            case=models.OuterRef("case"), position__lt=models.OuterRef("position")
        ).exclude(state__in=FINISHED_STEPS)
        return self.filter(
            ~models.Exists(earlier),
            case__state=CaseState.UNDER_WAY,
            state__in=(StepState.TODO, StepState.RUNNING),
        )


class CaseStep(models.Model):
    """案件的一个步骤：哪个部门、怎样办、用了几天。"""

    case = models.ForeignKey(
        CleanupCase, models.CASCADE, related_name="steps", verbose_name="清理案件"
    )
    template = models.ForeignKey(
        StepTemplate, models.PROTECT, related_name="+", verbose_name="办理规程"
    )
    position = models.PositiveSmallIntegerField("次序")
    department = models.ForeignKey(
        OrganisationUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="经办部门",
    )
    state = models.CharField("状态", max_length=12, choices=StepState, default=StepState.TODO)
    ready_on = models.DateField("轮到日期", null=True, blank=True)
    started_on = models.DateField("公告日期", null=True, blank=True)
    due_on = models.DateField("期满或截止日期", null=True, blank=True)
    done_on = models.DateField("办结日期", null=True, blank=True)
    done_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="办结人"
    )
    note = models.CharField("说明", max_length=300, blank=True, default="")
    version = models.PositiveIntegerField("版本", default=1)

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = "案件步骤"
        verbose_name_plural = "案件步骤"
        constraints = (
            models.UniqueConstraint(fields=["case", "position"], name="one_step_per_place"),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(done_on__isnull=False), name="a_done_step_has_a_day"
            ),
        )
        indexes = (models.Index(fields=["department", "state"], name="step_by_department"),)

    def __str__(self) -> str:
        return f"{self.case.number} {self.template.title}"

    @property
    def is_finished(self) -> bool:
        return self.state in FINISHED_STEPS

    @property
    def days_taken(self) -> int | None:
        """Days from its turn to its end, or to today; None while others come first."""
        if self.ready_on is None or self.state == StepState.NOT_NEEDED:
            return None
        return ((self.done_on or clock.today()) - self.ready_on).days


class TaskQuerySet(models.QuerySet["RectificationTask"]):
    """Reads of tasks."""

    def permitted(self, user: Any, action: str) -> Self:
        """Tasks of the cases in reach."""
        return self.filter(case__in=CleanupCase.objects.permitted(user, action))

    def unfinished(self) -> Self:
        return self.exclude(state=TaskState.ACCEPTED)

    def overdue(self, day: dt.date | None = None) -> Self:
        """Tasks of running cases that should have been done."""
        return self.filter(
            state=TaskState.TODO, due_on__lt=day or clock.today(), case__state__in=OPEN_CASES
        )


class RectificationTask(models.Model):
    """规范改造任务：留下来的合作社要改什么、何时改好、凭什么说改好了。"""

    case = models.ForeignKey(
        CleanupCase, models.CASCADE, related_name="tasks", verbose_name="清理案件"
    )
    title = models.CharField("改造事项", max_length=120)
    due_on = models.DateField("完成期限")
    state = models.CharField("状态", max_length=10, choices=TaskState, default=TaskState.TODO)
    outcome = models.CharField("改造情况", max_length=300, blank=True, default="")
    done_on = models.DateField("完成日期", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = "规范改造任务"
        verbose_name_plural = "规范改造任务"
        constraints = (
            models.UniqueConstraint(fields=["case", "title"], name="one_task_per_title"),
        )

    def __str__(self) -> str:
        return f"{self.case.number} {self.title}"

    @property
    def is_overdue(self) -> bool:
        return self.state == TaskState.TODO and self.due_on < clock.today()
