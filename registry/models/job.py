"""The queue of truth: a file's way into the register."""

from typing import Any, Self

from django.db import models

from common import clock
from registry.choices import WORKING_STATES, JobState
from registry.models.delivery import FeedDelivery


class JobQuerySet(models.QuerySet["IngestJob"]):
    """Reads of jobs."""

    def permitted(self, user: Any, action: str) -> Self:
        """Jobs of the deliveries in reach."""
        return self.filter(delivery__in=FeedDelivery.objects.permitted(user, action))

    def given_up(self) -> Self:
        """Jobs that failed as often as they may: a person has to look."""
        return self.filter(state=JobState.HELD, reason="ATTEMPTS_EXHAUSTED")

    def waiting(self) -> Self:
        """Jobs that a worker should take: nobody holds them, or the holder has gone silent."""
        free = models.Q(lease_until__isnull=True) | models.Q(lease_until__lt=clock.real_now())
        return self.filter(free, state__in=WORKING_STATES).order_by("pk")


class IngestJob(models.Model):
    """入库任务。Celery 只负责叫醒，做到哪一步以本行为准。"""

    delivery = models.OneToOneField(FeedDelivery, models.CASCADE, related_name="job")
    state = models.CharField("状态", max_length=12, choices=JobState, default=JobState.RECEIVED)
    lease = models.CharField("租约", max_length=32, blank=True, default="")
    lease_until = models.DateTimeField("租约到期", null=True)
    attempt = models.PositiveSmallIntegerField("第几次尝试", default=0)
    stage = models.CharField("正在做", max_length=40, blank=True, default="")
    rows_done = models.PositiveIntegerField("已处理行数", default=0)
    rows_known = models.PositiveIntegerField("总行数", default=0)
    reason = models.CharField("原因代码", max_length=40, blank=True, default="")
    message = models.TextField("说明", blank=True, default="")
    counts = models.JSONField("行数", default=dict, blank=True)
    holds = models.JSONField("待决定事项", default=list, blank=True)
    decisions = models.JSONField("已作决定", default=list, blank=True)
    register_mark = models.CharField("比对时的名录状态", max_length=40, blank=True, default="")
    requested_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="发起人"
    )
    started_at = models.DateTimeField("开始时间", null=True)
    finished_at = models.DateTimeField("结束时间", null=True)
    commit_reason = models.TextField("入库理由", blank=True, default="")
    committed_at = models.DateTimeField("入库时间", null=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "入库任务"
        verbose_name_plural = "入库任务"
        indexes = (models.Index(fields=["state", "lease_until"], name="job_waiting"),)

    def __str__(self) -> str:
        return f"{self.delivery} {self.get_state_display()}"

    @property
    def is_working(self) -> bool:
        return self.state in WORKING_STATES
