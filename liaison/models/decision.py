"""What a meeting decided: tasks of units until done."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Q

from accounts.models import OrganisationUnit, User
from accounts.policy import Reach, reach_of
from common import clock
from liaison.meeting_choices import DecisionState, ProgressKind
from liaison.models.meeting import Meeting
from liaison.models.minutes import MinutesTopic

UNDONE = (DecisionState.OPEN, DecisionState.REPORTED)


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Reads of decisions."""

    def permitted(self, user: Any, action: str) -> Self:
        """All decisions; units see what was issued and they lead or help with."""
        match reach_of(user, action):
            case Reach.DISTRICT:
                return self
            case Reach.TOWNSHIP | Reach.OWN if user.unit_id:
                helps = Decision.helpers.through.objects.filter(
                    organisationunit=user.unit_id
                ).values("decision")
                return self.exclude(state=DecisionState.DRAFT).filter(
                    Q(lead=user.unit_id) | Q(pk__in=helps)
                )
            case _:
                return self.none()

    def issued(self) -> Self:
        """What is known outside the minutes."""
        return self.exclude(state=DecisionState.DRAFT)

    def undone(self) -> Self:
        return self.filter(state__in=UNDONE)

    def overdue(self, day: dt.date | None = None) -> Self:
        """Undone past their day."""
        return self.undone().filter(due_on__lt=day or clock.today())

    def for_list(self) -> Self:
        return self.select_related("lead", "meeting__body").prefetch_related("helpers")


class Decision(models.Model):
    """议定事项：内容、牵头单位、配合单位、完成时限；印发后成为牵头单位的任务。"""

    topic = models.ForeignKey(
        MinutesTopic, models.PROTECT, related_name="decisions", verbose_name="段落"
    )
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="decisions", verbose_name="会议"
    )
    text = models.CharField("议定事项", max_length=500)
    lead = models.ForeignKey(
        OrganisationUnit, models.PROTECT, related_name="led_decisions", verbose_name="牵头单位"
    )
    helpers = models.ManyToManyField(
        OrganisationUnit, related_name="helped_decisions", blank=True, verbose_name="配合单位"
    )
    due_on = models.DateField("完成时限")
    state = models.CharField(
        "状态", max_length=12, choices=DecisionState, default=DecisionState.DRAFT
    )
    done_on = models.DateField("办结日期", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "议定事项"
        verbose_name_plural = "议定事项"
        constraints = (
            models.CheckConstraint(
                condition=~Q(state="done") | Q(done_on__isnull=False),
                name="a_done_decision_has_a_day",
            ),
        )
        indexes = (models.Index(fields=["state", "due_on"], name="decision_undone"),)

    def __str__(self) -> str:
        return self.text if len(self.text) <= 40 else f"{self.text[:39]}…"

    @property
    def anchor(self) -> str:
        """The key as text, for the name of a dialog."""
        return str(self.pk)

    @property
    def is_undone(self) -> bool:
        return self.state in UNDONE

    @property
    def is_overdue(self) -> bool:
        return self.is_undone and self.due_on < clock.today()


class DecisionProgress(models.Model):
    """办理记录：进展、报告办结、退回、确认，一条不改。"""

    decision = models.ForeignKey(
        Decision, models.PROTECT, related_name="progress", verbose_name="议定事项"
    )
    kind = models.CharField("类别", max_length=12, choices=ProgressKind)
    text = models.CharField("情况", max_length=500)
    unit = models.ForeignKey(
        OrganisationUnit, models.PROTECT, null=True, related_name="+", verbose_name="单位"
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="填写人")
    at = models.DateTimeField("时间", default=clock.now)

    class Meta:
        verbose_name = "办理记录"
        verbose_name_plural = "办理记录"
        indexes = (models.Index(fields=["decision", "-at"], name="progress_of_decision"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.text[:30]}"
