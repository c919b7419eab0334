"""Pre-acceptance and final check: a checklist made from the plan, its score, its findings."""

from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from accounts.models import OrganisationUnit, User
from accounts.policy import Reach, may, reach_of
from common import clock
from pilot.models.edition import Edition
from pilot.models.programme import Programme
from pilot.models.task import PlanTask
from pilot.plan_choices import AcceptanceKind, AcceptanceState, FindingState, Verdict


def _plain(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


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
    edition = models.ForeignKey(
        Edition,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="目标数字取自",
    )
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


class TargetCheck(models.Model):
    """核对的一项目标（S-010至S-017、S-085、S-086）：目标、当时的数值、达到还是有差距。

    Everything is written down, in the unit of the indicator, so that it stands after the conclusion.
    """

    acceptance = models.ForeignKey(
        Acceptance, models.CASCADE, related_name="target_checks", verbose_name="核对"
    )
    position = models.PositiveSmallIntegerField("次序")
    indicator = models.CharField("指标", max_length=30)
    title = models.CharField("目标", max_length=60)
    unit = models.CharField("单位", max_length=10)
    is_share = models.BooleanField("是否占比")
    definition_version = models.PositiveSmallIntegerField("口径版本")
    target = models.DecimalField("目标值", max_digits=10, decimal_places=1)
    value = models.DecimalField("数值", max_digits=12, decimal_places=1, null=True)
    numerator = models.BigIntegerField("分子", null=True)
    denominator = models.BigIntegerField("分母", null=True)
    missing = models.DecimalField("还差", max_digits=12, decimal_places=1, null=True)
    due_on = models.DateField("完成期限")
    verdict = models.CharField("系统核对", max_length=8, choices=Verdict)

    class Meta:
        verbose_name = "目标核对"
        verbose_name_plural = "目标核对"
        constraints = (
            models.UniqueConstraint(
                fields=["acceptance", "indicator"], name="a_target_is_checked_once"
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def wanted(self) -> str:
        """The target with its unit."""
        return f"{_plain(self.target)}{self.unit}"

    @property
    def reached(self) -> str:
        """What was reached, with its unit; a dash where there was nobody to count."""
        return "—" if self.value is None else f"{_plain(self.value)}{self.unit}"

    @property
    def result(self) -> str:
        """Met, or what is missing; a share is missing points, not per cent."""
        if self.verdict == Verdict.MET:
            return str(Verdict.MET.label)
        if self.missing is None:
            return "没有数据"
        return f"还差{_plain(self.missing)}{'个百分点' if self.is_share else self.unit}"


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
        return self.select_related(
            "item__task__lead",
            "item__acceptance__programme",
            "target_check__acceptance__programme",
            "unit",
        )

    def of_check(self, acceptance: Any) -> Self:
        """Those that a check has raised: of its items and of its targets."""
        return self.filter(Q(item__acceptance=acceptance) | Q(target_check__acceptance=acceptance))

    def of_programme(self, programme: Any) -> Self:
        """Those of every check of a programme."""
        return self.filter(
            Q(item__acceptance__programme=programme)
            | Q(target_check__acceptance__programme=programme)
        )

    def in_order(self) -> Self:
        """In the order of the checklist, the targets after the items."""
        place = F("item__position").asc(nulls_last=True)
        return self.select_related("item", "target_check", "unit").order_by(
            place, "target_check__position", "pk"
        )


class AcceptanceFinding(models.Model):
    """验收问题：哪个单位、差什么、何时改好、怎么改的、谁复核的。

    Raised by an item of the checklist or by a target that was missed: exactly one of the two.
    """

    item = models.ForeignKey(
        CheckItem, models.CASCADE, null=True, related_name="findings", verbose_name="核对项"
    )
    target_check = models.ForeignKey(
        TargetCheck, models.CASCADE, null=True, related_name="findings", verbose_name="目标核对"
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
            models.UniqueConstraint(
                fields=["target_check", "unit"], name="one_finding_per_unit_and_target"
            ),
            models.CheckConstraint(
                condition=Q(item__isnull=False, target_check__isnull=True)
                | Q(item__isnull=True, target_check__isnull=False),
                name="a_finding_is_of_an_item_or_a_target",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed")
                | (Q(confirmed_by__isnull=False) & ~Q(confirmed_by=F("done_by"))),
                name="a_finding_is_confirmed_by_another",
            ),
        )

    def __str__(self) -> str:
        return f"{self.title}（{self.unit.short_name}）"

    @property
    def title(self) -> str:
        """What the finding is about."""
        if self.item is not None:
            return self.item.title
        return f"目标：{self.target_check}"

    @property
    def requirement(self) -> str:
        """What was asked for, in words; "" where the plan says nothing."""
        if self.item is not None:
            return self.item.requirement
        return f"达到{self.target_check.wanted}" if self.target_check is not None else ""

    @property
    def acceptance(self) -> Acceptance:
        """The check that has raised it."""
        raised_by: Any = self.item if self.item is not None else self.target_check
        found: Acceptance = raised_by.acceptance
        return found

    @property
    def is_late(self) -> bool:
        return self.state == FindingState.OPEN and self.due_on < clock.today()
