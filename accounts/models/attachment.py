"""Files and photos that belong to a row of any part of the portal."""

import uuid
from pathlib import Path
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.attachments import ownership_of
from accounts.choices import AttachmentKind
from accounts.models.user import User
from common import clock


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """Reads of attachments."""

    def within_reach(
        self, user: Any, key: uuid.UUID, *, change: bool = False
    ) -> "Attachment | None":
        """Return one attachment, if this user reaches its owner to see (or change) it; else None.

        An attachment reaches exactly as far as its owner; a removed one is out of all reach.
        """
        found = self.filter(pk=key, removed_at__isnull=True).first()
        if found is None:
            return None
        try:
            ownership = ownership_of(found.owner_kind)
        except LookupError:
            return None
        owners = ownership.reach(user, ownership.edit if change else ownership.view)
        return found if owners.filter(pk=found.owner_key).exists() else None

    def of(self, owner: models.Model) -> Self:
        """Attachments of one row that were not removed, in the order in which they came."""
        return self.of_all(type(owner), [owner.pk])

    def of_all(self, model: type[models.Model], keys: Any) -> Self:
        """Attachments of many rows of one kind, for a list: one query for the whole page."""
        return self.filter(
            owner_kind=model._meta.label_lower,
            owner_key__in=[str(key) for key in keys],
            removed_at__isnull=True,
        ).order_by("added_at", "id")

    def for_purpose(self, purpose: str) -> Self:
        return self.filter(purpose=purpose)

    def photos(self) -> Self:
        return self.filter(kind=AttachmentKind.PHOTO)


class Attachment(models.Model):
    """附件：文件存放在服务器的私有目录，查看范围随所属记录。照片重新编码，不带拍摄信息。"""

    id = models.UUIDField("编号", primary_key=True, default=uuid.uuid4, editable=False)
    owner_kind = models.CharField("所属类型", max_length=60)
    owner_key = models.CharField("所属编号", max_length=40)
    purpose = models.CharField("用途", max_length=40)
    client_id = models.UUIDField("手机端编号", null=True, blank=True)
    kind = models.CharField("类型", max_length=8, choices=AttachmentKind)
    filename = models.CharField("文件名", max_length=200)
    stored_name = models.CharField("存放名", max_length=64, unique=True)
    content_type = models.CharField("内容类型", max_length=100)
    size = models.PositiveBigIntegerField("字节数")
    sha256 = models.CharField("存放内容摘要", max_length=64)
    received_sha256 = models.CharField("收到内容摘要", max_length=64, db_index=True)
    width = models.PositiveIntegerField("宽", null=True, blank=True)
    height = models.PositiveIntegerField("高", null=True, blank=True)
    taken_at = models.DateTimeField("拍摄时间", null=True, blank=True)
    latitude = models.DecimalField("纬度", max_digits=8, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField("经度", max_digits=9, decimal_places=6, null=True, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="上传人")
    added_at = models.DateTimeField("上传时间", default=clock.now)
    removed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="移除人"
    )
    removed_at = models.DateTimeField("移除时间", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = "附件"
        verbose_name_plural = "附件"
        constraints = (
            models.UniqueConstraint(
                fields=["owner_kind", "owner_key", "client_id"],
                condition=Q(client_id__isnull=False),
                name="attachment_sent_once",
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="attachment_removed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(kind=AttachmentKind.PHOTO, width__gt=0, height__gt=0)
                | (~Q(kind=AttachmentKind.PHOTO) & Q(width__isnull=True, height__isnull=True)),
                name="attachment_photo_has_a_size",
            ),
        )
        indexes = (
            models.Index(fields=["owner_kind", "owner_key", "added_at"], name="attachment_owner"),
        )

    def __str__(self) -> str:
        return self.filename

    @property
    def is_photo(self) -> bool:
        return self.kind == AttachmentKind.PHOTO

    @property
    def anchor(self) -> str:
        """The name of its place on a page."""
        return f"attachment-{self.pk}"

    @property
    def path(self) -> Path:
        """Where the bytes lie."""
        folder = Path(settings.FILES_DIR) / "attachments" / self.stored_name[:2]
        return folder / self.stored_name

    @property
    def small_path(self) -> Path:
        """Where the small picture of a photo lies."""
        return self.path.with_name(f"{self.stored_name}-small")
