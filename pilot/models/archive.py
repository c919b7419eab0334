"""The archive of a programme: one zip, the job that builds it, and whether it still holds."""

from pathlib import Path
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from accounts.policy import may
from common import clock
from pilot.models.programme import Programme
from pilot.plan_choices import ArchiveState

FOLDER = "archives"


class ArchiveQuerySet(models.QuerySet["Archive"]):
    """Reads of archives."""

    def permitted(self, user: Any, action: str) -> Self:
        """An archive is of the whole district: whoever has the right sees all of them."""
        return self if may(user, action) else self.none()

    def waiting(self) -> Self:
        """Archives that a worker should build: nobody holds them, or the holder has gone silent."""
        free = Q(lease_until__isnull=True) | Q(lease_until__lt=clock.real_now())
        working = (ArchiveState.WAITING, ArchiveState.BUILDING)
        return self.filter(free, state__in=working).order_by("pk")

    def ready(self) -> Self:
        return self.filter(state=ArchiveState.READY)


class Archive(models.Model):
    """归档：后台生成的一个压缩包，含目录、每个文件的摘要和全部佐证（S-086）。

    The row is the queue: a worker takes it by one conditional update with a lease.
    """

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="archives", verbose_name="试点"
    )
    state = models.CharField(
        "状态", max_length=12, choices=ArchiveState, default=ArchiveState.WAITING
    )
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="发起人")
    requested_at = models.DateTimeField("发起时间", default=clock.now)
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)
    lease = models.CharField("租约", max_length=32, blank=True, default="")
    lease_until = models.DateTimeField("租约到期", null=True, blank=True)
    attempt = models.PositiveSmallIntegerField("第几次尝试", default=0)
    message = models.CharField("说明", max_length=300, blank=True, default="")
    stored_name = models.CharField("存放名", max_length=64, blank=True, default="")
    size = models.PositiveBigIntegerField("字节数", default=0)
    sha256 = models.CharField("摘要", max_length=64, blank=True, default="")
    files = models.PositiveIntegerField("文件数", default=0)
    missing = models.PositiveIntegerField("缺失的附件", default=0)
    checked_at = models.DateTimeField("核验时间", null=True, blank=True)
    intact = models.BooleanField("核验结果", null=True, blank=True)
    faults = models.JSONField("核验发现", default=list, blank=True)

    objects = ArchiveQuerySet.as_manager()

    class Meta:
        verbose_name = "试点归档"
        verbose_name_plural = "试点归档"
        constraints = (
            models.CheckConstraint(
                condition=~Q(state="ready") | (~Q(stored_name="") & ~Q(sha256="")),
                name="a_ready_archive_has_its_file",
            ),
            models.UniqueConstraint(
                fields=["programme"],
                condition=Q(state__in=("waiting", "building")),
                name="one_archive_is_built_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.programme}归档"

    @property
    def path(self) -> Path:
        """Where the zip lies."""
        return Path(settings.FILES_DIR) / FOLDER / self.stored_name

    @property
    def is_working(self) -> bool:
        return self.state in (ArchiveState.WAITING, ArchiveState.BUILDING)
