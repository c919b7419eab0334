"""What townships cannot solve by themselves, who was asked, and what came of it."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Q

from accounts.models import OrganisationUnit, User
from accounts.policy import Reach, reach_of
from common import clock
from liaison.help_choices import HelpState, HelpStep, NeedKind
from registry.models import Cooperative

WAITING = (HelpState.FILED, HelpState.ASSIGNED)  # somebody in the district owes an answer
OPEN = (*WAITING, HelpState.ANSWERED)


class HelpRequestQuerySet(models.QuerySet["HelpRequest"]):
    """Reads of requests for help."""

    def permitted(self, user: Any, action: str) -> Self:
        """All; those of one's own township; those that one's own department was asked to solve."""
        match reach_of(user, action):
            case Reach.DISTRICT:
                return self
            case Reach.TOWNSHIP if user.unit_id:
                return self.filter(township=user.unit_id)
            case Reach.OWN if user.unit_id:
                return self.filter(department=user.unit_id)
            case _:
                return self.none()

    def open(self) -> Self:
        """Not solved, declined or withdrawn."""
        return self.filter(state__in=OPEN)

    def waiting(self) -> Self:
        """Those that still have no answer."""
        return self.filter(state__in=WAITING)

    def overdue(self, day: dt.date | None = None) -> Self:
        """Given to a unit, and its day is over without an answer."""
        return self.filter(state=HelpState.ASSIGNED, due_on__lt=day or clock.today())

    def in_state(self, chosen: str) -> Self:
        """Those of a choice in the list's filter; "" is what is open."""
        match chosen:
            case "":
                return self.open()
            case "overdue":
                return self.overdue()
            case "all":
                return self
            case state:
                return self.filter(state=state)

    def for_list(self) -> Self:
        """Everything that a list of requests shows."""
        return self.select_related("township", "department", "cooperative")


class HelpRequest(models.Model):
    """乡镇街道求助：要解决什么困难，交哪个单位、何时前答复，结果如何（S-100）。"""

    township = models.ForeignKey(
        OrganisationUnit, models.PROTECT, related_name="help_requests", verbose_name="乡镇街道"
    )
    kind = models.CharField("类别", max_length=12, choices=NeedKind)
    title = models.CharField("求助事项", max_length=80)
    text = models.CharField("具体情况", max_length=1000)
    cooperative = models.ForeignKey(
        Cooperative,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="help_requests",
        verbose_name="涉及的合作社",
    )
    filed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="填报人")
    filed_on = models.DateField("填报日期", default=clock.today)
    state = models.CharField("状态", max_length=12, choices=HelpState, default=HelpState.FILED)
    department = models.ForeignKey(
        OrganisationUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="asked_help",
        verbose_name="承办单位",
    )
    due_on = models.DateField("答复期限", null=True, blank=True)
    answer = models.CharField("答复", max_length=1000, blank=True)
    answered_on = models.DateField("答复日期", null=True, blank=True)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = HelpRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "乡镇街道求助"
        verbose_name_plural = "乡镇街道求助"
        constraints = (
            models.UniqueConstraint(
                fields=["township", "filed_on", "title"], name="a_request_is_filed_once_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(state="assigned") | Q(department__isnull=False, due_on__isnull=False),
                name="an_assigned_request_has_a_unit_and_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | (~Q(answer="") & Q(answered_on__isnull=False)),
                name="an_answered_request_has_an_answer",
            ),
        )
        indexes = (
            models.Index(fields=["department", "state", "due_on"], name="help_of_department"),
            models.Index(fields=["township", "state"], name="help_of_township"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_overdue(self) -> bool:
        """Given to a unit whose day is over."""
        return bool(
            self.state == HelpState.ASSIGNED and self.due_on and self.due_on < clock.today()
        )


class HelpLine(models.Model):
    """求助办理记录：交办、进展、答复、退回、确认，一条不改。"""

    request = models.ForeignKey(
        HelpRequest, models.PROTECT, related_name="lines", verbose_name="求助"
    )
    step = models.CharField("类别", max_length=12, choices=HelpStep)
    text = models.CharField("情况", max_length=1000)
    unit = models.ForeignKey(
        OrganisationUnit, models.PROTECT, null=True, related_name="+", verbose_name="单位"
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="填写人")
    at = models.DateTimeField("时间", default=clock.now)

    class Meta:
        verbose_name = "求助办理记录"
        verbose_name_plural = "求助办理记录"
        indexes = (models.Index(fields=["request", "-at"], name="line_of_help_request"),)

    def __str__(self) -> str:
        return f"{self.get_step_display()}：{self.text[:30]}"
