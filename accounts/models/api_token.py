"""Tokens by which programs act in the name of a person."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from accounts.choices import TokenScope
from accounts.models.unit import OrganisationUnit
from accounts.models.user import User
from accounts.policy import Reach, reach_of
from common import clock


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    """Reads of tokens."""

    def permitted(self, user: Any, action: str) -> Self:
        """All tokens, or those that act in one's own name."""
        match reach_of(user, action):
            case Reach.DISTRICT:
                return self
            case Reach.OWN:
                return self.filter(person=user.pk)
            case _:
                return self.none()

    def for_list(self) -> Self:
        """Everything that a list of tokens shows, those in use first."""
        rows = self.select_related("person", "unit", "created_by", "withdrawn_by")
        return rows.order_by(F("withdrawn_at").desc(nulls_first=True), "-expires_on", "-pk")

    def usable(self) -> Self:
        """Tokens that are neither withdrawn nor past their last day."""
        return self.filter(withdrawn_at__isnull=True, expires_on__gte=clock.today())


class ApiToken(models.Model):
    """接口令牌：单位的信息系统以某人的名义调用数据接口。

    Only the SHA-256 of the secret is kept. `unit` is set for a department's token: it acts as that
    department's liaison, as long as the person belongs there.
    """

    name = models.CharField("用途", max_length=40)
    hint = models.CharField("开头几位", max_length=12)
    digest = models.CharField("摘要", max_length=64, unique=True)
    person = models.ForeignKey(
        User, models.PROTECT, related_name="api_tokens", verbose_name="使用人"
    )
    unit = models.ForeignKey(
        OrganisationUnit,
        models.PROTECT,
        null=True,
        related_name="api_tokens",
        verbose_name="所属部门",
    )
    scope = models.CharField("范围", max_length=8, choices=TokenScope, default=TokenScope.READ)
    expires_on = models.DateField("有效期至")
    created_at = models.DateTimeField("发放时间", default=clock.now)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="发放人")
    last_used_at = models.DateTimeField("最近使用", null=True)
    withdrawn_at = models.DateTimeField("收回时间", null=True)
    withdrawn_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="收回人"
    )
    version = models.PositiveIntegerField("版本", default=1)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = "接口令牌"
        verbose_name_plural = "接口令牌"
        constraints = (
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="token_withdrawn_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name}（{self.hint}…）"

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed."""
        return self.expires_on < clock.today()

    @property
    def is_in_use(self) -> bool:
        """Whether a program may still call with it."""
        return self.withdrawn_at is None and not self.is_over
