"""Pre-acceptance and final check: a checklist made from the plan, its score, its findings."""

from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from accounts.models import OrganisationUnit, User
from accounts.policy import Reach, may, reach_of
from common import clock
from pilot.models.programme import Programme
from pilot.models.task import PlanTask
from pilot.plan_choices import AcceptanceKind, AcceptanceState, FindingState, Verdict


class AcceptanceQuerySet(models.QuerySet["Acceptance"]):
    """Reads of checks."""

    def permitted(self, user: Any, action: str) -> Self:
        """A check is of the whole district: whoever has the right sees all of them."""
        return self if may(user, action) else self.none()


class Acceptance(models.Model):
    """预验收或总结核查：对照工作表逐项核对（S-085、S-086），自评打分，缺项整改。"""

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="acceptances", verbose_name="试点"
    )
    kind = models.CharField("类别", max_length=12, choices=AcceptanceKind)
    state = models.CharField(
        "状态", max_length=12, choices=AcceptanceState, default=AcceptanceState.DRAFT
    )
    as_of = models.DateField("核对日期")
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="发起人")
    opened_at = models.DateTimeField("发起时间", default=clock.now)
    conclusion = models.TextField("结论", blank=True, default="")
    concluded_on = models.DateField("出结论日期", null=True, blank=True)
    closed_on = models.DateField("整改完毕日期", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = AcceptanceQuerySet.as_manager()

    class Meta:
        verbose_name = "验收核对"
        verbose_name_plural = "验收核对"
        constraints = (
            models.UniqueConstraint(
                fields=["programme", "kind"],
                condition=Q(state="draft"),
                name="one_check_of_a_kind_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.programme}{self.get_kind_display()}"


class CheckItem(models.Model):
    """核对的一项。`found` 与 `gaps` 由系统按当日的记录写出，自评分由人填写。"""

    acceptance = models.ForeignKey(
        Acceptance, models.CASCADE, related_name="items", verbose_name="核对"
    )
    task = models.ForeignKey(
        PlanTask, models.SET_NULL, null=True, related_name="check_items", verbose_name="任务"
    )
    position = models.PositiveSmallIntegerField("次序")
    source = models.CharField("方案条目", max_length=12, blank=True, default="")
    title = models.CharField("内容", max_length=120)
    requirement = models.CharField("要求", max_length=200, blank=True, default="")
    verdict = models.CharField("系统核对", max_length=8, choices=Verdict)
    found = models.CharField("核对情况", max_length=300, blank=True, default="")
    gaps = models.JSONField("缺什么", default=list, blank=True)
    points = models.PositiveSmallIntegerField("满分", default=1)
    self_points = models.DecimalField("自评分", max_digits=4, decimal_places=1, default=0)
    note = models.CharField("自评说明", max_length=300, blank=True, default="")
    scored_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="自评人"
    )
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "核对项"
        verbose_name_plural = "核对项"
        constraints = (
            models.UniqueConstraint(fields=["acceptance", "position"], name="a_place_for_one_item"),
            models.CheckConstraint(
                condition=Q(self_points__gte=Decimal(0), self_points__lte=F("points")),
                name="self_score_within_the_points",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def counts(self) -> bool:
        """Whether it is due and so counts in the score."""
        return self.verdict != Verdict.NOT_DUE


class FindingQuerySet(models.QuerySet["AcceptanceFinding"]):
    """Reads of findings."""

    def permitted(self, user: Any, action: str) -> Self:
        """All findings, or those of the person's own unit and of the tasks that it leads."""
        match reach_of(user, action):
            case Reach.DISTRICT:
                return self
            case Reach.TOWNSHIP | Reach.OWN if user.unit_id:
                return self.filter(Q(unit=user.unit_id) | Q(item__task__lead=user.unit_id))
            case _:
                return self.none()

    def open(self) -> Self:
        """Those that are not confirmed as put right."""
        return self.exclude(state=FindingState.CONFIRMED)

    def of_state(self, state: str) -> Self:
        """Findings of one state, "open" being what a unit has to do, or the late ones."""
        if state == "late":
            return self.filter(state=FindingState.OPEN, due_on__lt=clock.today())
        return self.filter(state=state)

    def for_list(self) -> Self:
        """Everything that a list of findings shows."""
        return self.select_related("item__task__lead", "item__acceptance__programme", "unit")


class AcceptanceFinding(models.Model):
    """验收问题：哪个单位、差什么、何时改好、怎么改的、谁复核的。"""

    item = models.ForeignKey(
        CheckItem, models.CASCADE, related_name="findings", verbose_name="核对项"
    )
    unit = models.ForeignKey(
        OrganisationUnit, models.PROTECT, related_name="+", verbose_name="整改单位"
    )
    text = models.CharField("问题", max_length=300)
    due_on = models.DateField("整改期限")
    state = models.CharField("状态", max_length=12, choices=FindingState, default=FindingState.OPEN)
    outcome = models.CharField("整改情况", max_length=500, blank=True, default="")
    done_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="整改人"
    )
    done_on = models.DateField("整改日期", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="复核人"
    )
    confirmed_on = models.DateField("复核日期", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = "验收问题"
        verbose_name_plural = "验收问题"
        indexes = (models.Index(fields=["unit", "state", "due_on"], name="finding_of_unit"),)
        constraints = (
            models.UniqueConstraint(fields=["item", "unit"], name="one_finding_per_unit_and_item"),
            models.CheckConstraint(
                condition=~Q(state="confirmed")
                | (Q(confirmed_by__isnull=False) & ~Q(confirmed_by=F("done_by"))),
                name="a_finding_is_confirmed_by_another",
            ),
        )

    def __str__(self) -> str:
        return f"{self.item}（{self.unit.short_name}）"

    @property
    def is_late(self) -> bool:
        return self.state == FindingState.OPEN and self.due_on < clock.today()
