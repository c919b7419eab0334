"""What the machinery of the portal was last heard of."""

from typing import Any, Self

from django.db import models

from accounts.policy import Reach, reach_of


class LifeSignQuerySet(models.QuerySet["LifeSign"]):
    """Reads of life signs."""

    def permitted(self, user: Any, action: str) -> Self:
        """All of them or none."""
        return self if reach_of(user, action) == Reach.DISTRICT else self.none()

    def of(self, kind: str) -> "list[LifeSign]":
        """Return the signs of one kind, the latest first."""
        return list(self.filter(kind=kind).order_by("-at"))


class LifeSign(models.Model):
    """运行信号：后台进程、备份、文件核对最近一次的时间与结果。每项一行，后来的盖掉先前的。"""

    kind = models.CharField("类别", max_length=20)
    name = models.CharField("名称", max_length=120, blank=True)
    at = models.DateTimeField("时间")
    good = models.BooleanField("正常", default=True)
    detail: Any = models.JSONField("结果", default=dict)

    objects = LifeSignQuerySet.as_manager()

    class Meta:
        verbose_name = "运行信号"
        verbose_name_plural = "运行信号"
        constraints = (models.UniqueConstraint(fields=["kind", "name"], name="life_sign_once"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"
