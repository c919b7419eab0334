"""How often a stranger has asked a public page lately."""

from typing import Self

from django.db import models


class PublicTryQuerySet(models.QuerySet["PublicTry"]):
    """Reads of tries."""

    def before(self, minute: int) -> Self:
        return self.filter(minute__lt=minute)


class PublicTry(models.Model):
    """公开页面的查询次数：按来访地址（只存摘要）和分钟计数，用于限制频率，过后即删。"""

    visitor = models.CharField("来访地址摘要", max_length=64)
    minute = models.BigIntegerField("分钟")
    tries = models.PositiveIntegerField("次数", default=0)

    objects = PublicTryQuerySet.as_manager()

    class Meta:
        verbose_name = "公开查询次数"
        verbose_name_plural = "公开查询次数"
        constraints = (
            models.UniqueConstraint(fields=["visitor", "minute"], name="public_try_once_a_minute"),
        )
        indexes = (models.Index(fields=["minute"], name="public_try_minute"),)

    def __str__(self) -> str:
        return f"{self.minute} {self.tries}"
