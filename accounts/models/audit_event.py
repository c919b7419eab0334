"""The audit trail: an append-only chain of hashes."""

import hashlib
import json
from typing import Any, Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from accounts.models.user import User
from accounts.policy import Reach, reach_of

FIRST_HASH = "0" * 64


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    """Reads of the trail."""

    def permitted(self, user: Any, action: str) -> Self:
        """The whole trail or nothing."""
        return self if reach_of(user, action) == Reach.DISTRICT else self.none()

    def page(
        self, *, before: int | None = None, after: int | None = None, size: int
    ) -> "tuple[list[AuditEvent], bool, bool]":
        """Return one page, newest first, and whether there are newer and older ones.

        The sequence is the key, so a page costs the same however long the trail is.
        """
        if after is not None:
            rows = list(self.filter(sequence__gt=after).order_by("sequence")[: size + 1])
            return rows[:size][::-1], len(rows) > size, True
        older = self if before is None else self.filter(sequence__lt=before)
        rows = list(older.order_by("-sequence")[: size + 1])
        return rows[:size], before is not None, len(rows) > size

    def about(self, subject: models.Model) -> Self:
        """Events of one row, newest first."""
        return self.filter(
            subject_kind=subject._meta.label_lower, subject_key=str(subject.pk)
        ).order_by("-sequence")


class AuditEvent(models.Model):
    """操作记录。每条含上一条的校验值，只增不改。"""

    sequence = models.BigIntegerField("序号", primary_key=True)
    at = models.DateTimeField("时间")
    actor = models.ForeignKey(User, models.PROTECT, null=True, verbose_name="操作人")
    actor_name = models.CharField("操作人姓名", max_length=60)
    action = models.CharField("操作", max_length=60)
    subject_kind = models.CharField("对象类型", max_length=60, blank=True)
    subject_key = models.CharField("对象编号", max_length=40, blank=True)
    subject_label = models.CharField("对象", max_length=200, blank=True)
    reason = models.TextField("理由", blank=True)
    detail = models.JSONField("内容", default=dict, encoder=DjangoJSONEncoder)
    previous_hash = models.CharField("上一条校验值", max_length=64)
    hash = models.CharField("校验值", max_length=64, unique=True)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        verbose_name = "操作记录"
        verbose_name_plural = "操作记录"
        indexes = (
            models.Index(fields=["subject_kind", "subject_key", "-sequence"], name="audit_subject"),
        )

    def __str__(self) -> str:
        return f"{self.sequence} {self.action}"

    def computed_hash(self) -> str:
        """Return the SHA-256 that this event must carry."""
        facts = [
            self.sequence,
            self.at.astimezone().timestamp(),
            self.actor_id,
            self.actor_name,
            self.action,
            self.subject_kind,
            self.subject_key,
            self.subject_label,
            self.reason,
            json.loads(json.dumps(self.detail, cls=DjangoJSONEncoder)),
            self.previous_hash,
        ]
        text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()
