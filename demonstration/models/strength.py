"""What a society does and has: industry and chain, services, facilities, channels, certificates."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from common import clock
from demonstration.choices import ChainStage, Strength, StrengthKind, Verification
from registry.models import Cooperative

WARN_DAYS = 90  # renewal of a product certificate takes about three months


class Undertaking(models.Model):
    """经营情况：主导产业、产业链环节、基地面积等，一家一行（S-057、S-059）。面积单位：亩。"""

    cooperative = models.OneToOneField(
        Cooperative, models.CASCADE, related_name="undertaking", verbose_name="合作社"
    )
    industry = models.CharField("主导产业", max_length=60, blank=True)
    products = models.CharField("主要产品", max_length=120, blank=True)
    chain_stage = models.CharField("产业链环节", max_length=12, choices=ChainStage, blank=True)
    base_area = models.DecimalField(
        "基地面积（亩）", max_digits=10, decimal_places=1, null=True, blank=True
    )
    scale_members = models.PositiveIntegerField("规模生产成员数", null=True, blank=True)
    online_sales = models.DecimalField(
        "网上销售额（元）", max_digits=16, decimal_places=2, null=True, blank=True
    )
    led_by_family_farms = models.BooleanField("以家庭农场为主体组建", null=True)
    credit_cooperation = models.BooleanField("开展信用合作", null=True)
    verification = models.CharField(
        "核实程度", max_length=12, choices=Verification, default=Verification.DECLARED
    )
    entered_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="填写人"
    )
    entered_at = models.DateTimeField("填写时间", default=clock.now)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "经营情况"
        verbose_name_plural = "经营情况"
        constraints = (
            models.CheckConstraint(
                condition=Q(base_area__isnull=True) | Q(base_area__gte=0),
                name="a_base_is_not_negative",
            ),
        )

    def __str__(self) -> str:
        return f"{self.cooperative} 经营情况"


class StrengthQuerySet(models.QuerySet["SocietyStrength"]):
    """Reads of what societies do and have."""

    def permitted(self, user: Any, action: str) -> Self:
        """Rows of the societies in reach."""
        return self.filter(cooperative__in=Cooperative.objects.permitted(user, action))

    def current(self, day: dt.date | None = None) -> Self:
        """Rows that were not taken back and have not expired by a day."""
        when = day or clock.today()
        return self.filter(withdrawn_on__isnull=True).filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=when)
        )

    def expiring_soon(self) -> Self:
        """Rows that expire within the warning time or have expired, and were not taken back."""
        until = clock.today() + dt.timedelta(days=WARN_DAYS)
        return self.filter(withdrawn_on__isnull=True, valid_until__lte=until)


class SocietyStrength(models.Model):
    """合作社的一项服务、设施、渠道、业态、认证或品牌，注明核实程度；认证有编号和有效期。"""

    cooperative = models.ForeignKey(
        Cooperative, models.CASCADE, related_name="strengths", verbose_name="合作社"
    )
    kind = models.CharField("类别", max_length=12, choices=StrengthKind)
    what = models.CharField("项目", max_length=16, choices=Strength)
    name = models.CharField("名称或说明", max_length=100, blank=True)
    number = models.CharField("证书编号", max_length=60, blank=True)
    since = models.DateField("起始日期", null=True, blank=True)
    valid_until = models.DateField("有效期至", null=True, blank=True)
    verification = models.CharField(
        "核实程度", max_length=12, choices=Verification, default=Verification.DECLARED
    )
    entered_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="填写人"
    )
    entered_at = models.DateTimeField("填写时间", default=clock.now)
    withdrawn_on = models.DateField("停止日期", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = StrengthQuerySet.as_manager()

    class Meta:
        verbose_name = "服务与设施"
        verbose_name_plural = "服务与设施"
        constraints = (
            models.UniqueConstraint(
                fields=["cooperative", "what", "number"],
                condition=Q(withdrawn_on__isnull=True),
                name="a_strength_stands_once",
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("since")),
                name="a_certificate_ends_after_it_began",
            ),
        )
        indexes = (models.Index(fields=["what", "cooperative"], name="strength_by_kind"),)

    def __str__(self) -> str:
        return f"{self.cooperative} {self.get_what_display()}"

    @property
    def is_expired(self) -> bool:
        return self.valid_until is not None and self.valid_until < clock.today()

    @property
    def anchor(self) -> str:
        """The key as text, for the name of a dialog."""
        return str(self.pk)
