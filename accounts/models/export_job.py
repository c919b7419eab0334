"""Exports that are made in the background; the row is the queue."""

import datetime as dt
from pathlib import Path
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.choices import ExportForm, ExportState
from accounts.models.user import User
from accounts.policy import Reach, reach_of
from common import clock

KEPT_FOR = dt.timedelta(days=3)
UNFINISHED = (ExportState.WAITING, ExportState.WORKING)


class ExportQuerySet(models.QuerySet["ExportJob"]):
    """Reads of exports."""

    def permitted(self, user: Any, action: str) -> Self:
        """One's own exports: a file holds what its owner reached when it was made."""
        return self.none() if reach_of(user, action) == Reach.NONE else self.filter(owner=user.pk)

    def unfinished(self) -> Self:
        """Exports that are still being made."""
        return self.filter(state__in=UNFINISHED)

    def waiting(self) -> Self:
        """Exports that a worker should take: nobody holds them, or the holder has gone silent."""
        free = Q(lease_until__isnull=True) | Q(lease_until__lt=clock.real_now())
        return self.unfinished().filter(free).order_by("pk")

    def overdue(self) -> Self:
        """Exports whose file has been kept long enough."""
        return self.filter(state=ExportState.READY, expires_at__lt=clock.now())


class ExportJob(models.Model):
    """导出任务：谁按什么条件导出什么，做到哪里，文件留到什么时候。"""

    owner = models.ForeignKey(User, models.CASCADE, related_name="exports", verbose_name="导出人")
    kind = models.CharField("列表代码", max_length=40)
    title = models.CharField("列表", max_length=60)
    form = models.CharField("格式", max_length=4, choices=ExportForm)
    query = models.CharField("条件", max_length=2000, blank=True)
    conditions = models.TextField("筛选条件", blank=True)
    personal = models.BooleanField("含完整个人信息", default=False)
    reason = models.CharField("理由", max_length=200, blank=True)
    state = models.CharField("状态", max_length=8, choices=ExportState, default=ExportState.WAITING)
    rows_done = models.PositiveIntegerField("已写行数", default=0)
    rows_known = models.PositiveIntegerField("总行数", default=0)
    lease = models.CharField("租约", max_length=32, blank=True, default="")
    lease_until = models.DateTimeField("租约到期", null=True)
    attempt = models.PositiveSmallIntegerField("第几次尝试", default=0)
    fault = models.CharField("没有成功的原因", max_length=300, blank=True, default="")
    filename = models.CharField("文件名", max_length=200, blank=True, default="")
    stored_name = models.CharField("存放名", max_length=64, blank=True, default="")
    size = models.BigIntegerField("字节数", default=0)
    asked_at = models.DateTimeField("提出时间", default=clock.now)
    finished_at = models.DateTimeField("完成时间", null=True)
    expires_at = models.DateTimeField("保留至", null=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = "导出任务"
        verbose_name_plural = "导出任务"
        indexes = (
            models.Index(fields=["owner", "-id"], name="export_of_owner"),
            models.Index(fields=["state", "lease_until"], name="export_waiting"),
        )

    def __str__(self) -> str:
        return f"{self.title}（{self.get_form_display()}）"

    @property
    def is_working(self) -> bool:
        return self.state in UNFINISHED

    @property
    def path(self) -> Path:
        """Where the bytes lie."""
        return Path(settings.FILES_DIR) / "exports" / self.stored_name
