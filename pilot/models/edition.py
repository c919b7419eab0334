"""Editions: a set of figures that never changes again."""

import hashlib
import json
from typing import Any, Self

from django.db import models
from django.db.models import Q

from accounts.models import User
from accounts.policy import may
from common import clock
from pilot.models.programme import Programme


class EditionQuerySet(models.QuerySet["Edition"]):
    """Reads of editions."""

    def permitted(self, user: Any, action: str) -> Self:
        """Editions are of the whole district: whoever has the right sees all of them."""
        return self if may(user, action) else self.none()

    def matching(self, term: str) -> Self:
        """Find by part of the number (2021Q3-07) or of the title."""
        return self.filter(Q(number__icontains=term) | Q(title__contains=term))


class Edition(models.Model):
    """定版：某日的全部指标、名单和口径，编号后不再改变（例如2021Q3-07）。

    `content` is canonical JSON: figures with definitions, targets and lists as they were. Nothing
    reads anything else for an edition, so data and rules may change without touching it.
    """

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="editions", verbose_name="试点"
    )
    number = models.CharField("编号", max_length=12, unique=True)
    title = models.CharField("标题", max_length=100)
    on = models.DateField("统计日")
    known = models.DateField("采信截止日", null=True, blank=True)
    content = models.TextField("内容")
    sha256 = models.CharField("内容摘要", max_length=64)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="定版人")
    made_at = models.DateTimeField("定版时间", default=clock.now)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = "定版"
        verbose_name_plural = "定版"

    def __str__(self) -> str:
        return self.number

    @property
    def facts(self) -> dict[str, Any]:
        """What was frozen."""
        found: dict[str, Any] = json.loads(self.content)
        return found

    @property
    def is_whole(self) -> bool:
        """Whether the content is what was frozen."""
        return hashlib.sha256(self.content.encode()).hexdigest() == self.sha256
