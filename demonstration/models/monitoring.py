"""Monitoring of titles: rounds over all holders, and cases with due process."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from accounts.policy import Reach, reach_of
from common import clock
from demonstration.choices import Level, MonitoringCause, MonitoringDecision, MonitoringState
from demonstration.models.criteria import CriteriaSet
from demonstration.models.title import DemonstrationTitle
from registry.models import Cooperative

S = MonitoringState


class MonitoringRoundQuerySet(models.QuerySet["MonitoringRound"]):
    """Reads of monitoring rounds."""

    def permitted(self, user: Any, action: str) -> Self:
        """All rounds for those who look at the whole district or their part of it."""
        return self if reach_of(user, action) > Reach.OWN else self.none()


class MonitoringRound(models.Model):
    """监测批次：一个级别的全部持有者，对照一版标准，到期未报的如实列出。"""

    title = models.CharField("名称", max_length=60, unique=True)
    level = models.CharField("级别", max_length=12, choices=Level)
    criteria = models.ForeignKey(CriteriaSet, models.PROTECT, verbose_name="对照标准")
    opened_on = models.DateField("开始日期")
    due_on = models.DateField("材料报送期限")
    created_by = models.ForeignKey(User, models.PROTECT, null=True, verbose_name="设立人")

    objects = MonitoringRoundQuerySet.as_manager()

    class Meta:
        verbose_name = "监测批次"
        verbose_name_plural = "监测批次"
        constraints = (
            models.CheckConstraint(
                condition=Q(due_on__gt=F("opened_on")), name="a_monitoring_leaves_time"
            ),
        )

    def __str__(self) -> str:
        return self.title


class MonitoringCaseQuerySet(models.QuerySet["MonitoringCase"]):
    """Reads of cases."""

    def permitted(self, user: Any, action: str) -> Self:
        """Cases of the societies in reach."""
        return self.filter(title__cooperative__in=Cooperative.objects.permitted(user, action))

    def open(self) -> Self:
        return self.exclude(state=S.CLOSED)

    def for_list(self) -> Self:
        return self.select_related("title__cooperative__township", "round")


class MonitoringCase(models.Model):
    """监测案件：告知、答复、会议决定、公布，一步一证。"""

    title = models.ForeignKey(
        DemonstrationTitle, models.PROTECT, related_name="cases", verbose_name="称号"
    )
    round = models.ForeignKey(
        MonitoringRound,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
        verbose_name="监测批次",
    )
    cause = models.CharField("起因", max_length=20, choices=MonitoringCause)
    details = models.TextField("情况", blank=True)
    facts = models.JSONField("立案时的事实", default=list, blank=True)
    state = models.CharField("状态", max_length=12, choices=S, default=S.OPENED)
    opened_on = models.DateField("立案日期")
    opened_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="立案人"
    )
    told_on = models.DateField("告知日期", null=True, blank=True)
    told_how = models.CharField("告知方式", max_length=200, blank=True)
    reply_due = models.DateField("答复期限", null=True, blank=True)
    reply = models.TextField("合作社答复", blank=True)
    replied_on = models.DateField("答复日期", null=True, blank=True)
    decision = models.CharField("决定", max_length=12, choices=MonitoringDecision, blank=True)
    decided_on = models.DateField("决定日期", null=True, blank=True)
    meeting = models.CharField("会议纪要", max_length=100, blank=True)
    document_number = models.CharField("公布文号", max_length=60, blank=True)
    published_on = models.DateField("公布日期", null=True, blank=True)
    closed_on = models.DateField("结案日期", null=True, blank=True)
    outcome = models.CharField("结案说明", max_length=300, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = MonitoringCaseQuerySet.as_manager()

    class Meta:
        verbose_name = "监测案件"
        verbose_name_plural = "监测案件"
        constraints = (
            models.UniqueConstraint(
                fields=["title"],
                condition=~Q(state="closed"),
                name="one_open_monitoring_case_per_title",
            ),
            models.CheckConstraint(
                condition=Q(told_on__isnull=True)
                | (Q(reply_due__gt=F("told_on")) & ~Q(told_how="")),
                name="a_told_case_leaves_time_to_reply",
            ),
        )
        indexes = (models.Index(fields=["state", "id"], name="monitoring_state"),)

    def __str__(self) -> str:
        return f"{self.title} {self.get_cause_display()}"

    @property
    def may_be_answered(self) -> bool:
        """Whether the society can still answer: told, and the meeting has not decided."""
        return self.state in (S.TOLD, S.REPLIED)


class MonitoringTask(models.Model):
    """整改任务：限期整改的清单，取消称号的也列出规范改造任务（S-047）。"""

    case = models.ForeignKey(
        MonitoringCase, models.CASCADE, related_name="tasks", verbose_name="案件"
    )
    text = models.CharField("整改内容", max_length=200)
    due_on = models.DateField("期限")
    done_on = models.DateField("完成日期", null=True, blank=True)
    done_note = models.CharField("完成情况", max_length=300, blank=True)
    checked_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="核实人"
    )
    created_at = models.DateTimeField("登记时间", default=clock.now)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "整改任务"
        verbose_name_plural = "整改任务"
        constraints = (
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | ~Q(done_note=""),
                name="a_done_rectification_says_how",
            ),
        )

    def __str__(self) -> str:
        return self.text

    @property
    def anchor(self) -> str:
        """The key as text, for the name of a dialog."""
        return str(self.pk)
