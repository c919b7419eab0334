"""Promises: what somebody said would be done, by when, and how it was closed."""

import datetime as dt
import uuid
from typing import Any, Self

from django.db import models
from django.db.models import Q

from accounts.models import User
from accounts.policy import Reach, reach_of
from common import clock
from registry.models import Cooperative
from training.choices import PromiseKind, PromiseOwner, PromiseState
from training.models.visit import Visit


class PromiseQuerySet(models.QuerySet["Promise"]):
    """Reads of promises."""

    def permitted(self, user: Any, action: str) -> Self:
        """Promises about the societies in reach."""
        if reach_of(user, action) == Reach.DISTRICT:
            return self
        return self.filter(cooperative__in=Cooperative.objects.permitted(user, action))

    def open(self) -> Self:
        """Promises that are not kept yet."""
        return self.filter(state__in=(PromiseState.OPEN, PromiseState.TO_CONFIRM))

    def overdue(self, day: dt.date) -> Self:
        """Promises whose day has passed and that nobody has said to be kept."""
        return self.filter(state=PromiseState.OPEN, due_on__lt=day)

    def for_list(self) -> Self:
        """Everything that a list of promises shows."""
        return self.select_related("cooperative__township", "cooperative__counsellor", "visit")


class Promise(models.Model):
    """整改事项：答应办什么、谁办、何时办完；办结要有说明，重大的要有附件并由第二人复核。"""

    key = models.UUIDField("编号", unique=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(
        Cooperative, models.PROTECT, related_name="promises", verbose_name="合作社"
    )
    visit = models.ForeignKey(
        Visit, models.PROTECT, null=True, blank=True, related_name="promises", verbose_name="走访"
    )
    kind = models.CharField("类别", max_length=16, choices=PromiseKind)
    text = models.CharField("事项", max_length=200)
    owner = models.CharField("由谁办", max_length=12, choices=PromiseOwner)
    due_on = models.DateField("期限")
    grave = models.BooleanField("重大", default=False)
    state = models.CharField("状态", max_length=12, choices=PromiseState, default=PromiseState.OPEN)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    made_at = models.DateTimeField("登记时间", default=clock.now)
    outcome = models.TextField("办理情况", blank=True, default="")
    closed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="报办结人"
    )
    closed_at = models.DateTimeField("报办结时间", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="复核人"
    )
    version = models.PositiveIntegerField("版本", default=1)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        verbose_name = "整改事项"
        verbose_name_plural = "整改事项"
        indexes = (models.Index(fields=["state", "due_on", "id"], name="promise_by_due"),)
        constraints = (
            models.CheckConstraint(
                condition=~Q(state=PromiseState.CLOSED)
                | Q(grave=False)
                | (Q(confirmed_by__isnull=False) & ~Q(confirmed_by=models.F("closed_by"))),
                name="grave_promise_has_second_person",
            ),
        )

    def __str__(self) -> str:
        return self.text

    @property
    def days_over(self) -> int:
        """Days past its date while it is open; 0 when it is not late."""
        if self.state != PromiseState.OPEN:
            return 0
        return max(0, (clock.today() - self.due_on).days)
