"""Funds and projects that went to societies, and the inspections of their use."""

from decimal import Decimal
from typing import Any, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Count, Q, Sum

from accounts.models import User
from accounts.policy import Reach, reach_of
from common import clock
from liaison.support_choices import FundLevel, InspectionResult, SupportKind
from registry.models import Cooperative

FIRST_YEAR = 2000
NOTHING = Decimal(0)


class SupportQuerySet(models.QuerySet["SupportGrant"]):
    """Reads of funds and projects."""

    def permitted(self, user: Any, action: str) -> Self:
        """All, or those of the societies in reach."""
        if reach_of(user, action) == Reach.DISTRICT:
            return self
        return self.filter(cooperative__in=Cooperative.objects.permitted(user, action))

    def standing(self) -> Self:
        """Without what was entered by mistake and taken back."""
        return self.filter(withdrawn_on__isnull=True)

    def sums_by(self, *fields: str) -> list[dict[str, Any]]:
        """Return number, societies and yuan for each value of the fields, in their order."""
        sums = (
            self.order_by()
            .values(*fields)
            .annotate(
                number=Count("pk"),
                societies=Count("cooperative", distinct=True),
                total=Sum("amount"),
            )
        )
        return list(sums.order_by(*fields))

    def sum_of_all(self) -> dict[str, Any]:
        """Return number, societies and yuan of the whole list; no row gives zero yuan."""
        whole = self.order_by().aggregate(
            number=Count("pk"), societies=Count("cooperative", distinct=True), total=Sum("amount")
        )
        return {**whole, "total": whole["total"] or NOTHING}


class SupportGrant(models.Model):
    """扶持资金和项目：哪年、哪级、哪类、多少钱（元），给哪家合作社，依据什么文件（S-111、S-114）。"""

    cooperative = models.ForeignKey(
        Cooperative, models.PROTECT, related_name="supports", verbose_name="合作社"
    )
    year = models.PositiveSmallIntegerField("年度", validators=(MinValueValidator(FIRST_YEAR),))
    level = models.CharField("资金级别", max_length=12, choices=FundLevel)
    kind = models.CharField("类别", max_length=12, choices=SupportKind)
    project = models.CharField("资金或项目名称", max_length=120)
    document_number = models.CharField("下达文号", max_length=60)
    amount = models.DecimalField("金额（元）", max_digits=14, decimal_places=2)
    needs_title = models.BooleanField("限示范社", default=False)
    purpose = models.CharField("用途", max_length=300, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    entered_at = models.DateTimeField("登记时间", default=clock.now)
    withdrawn_on = models.DateField("撤回日期", null=True, blank=True)
    withdrawn_because = models.CharField("撤回原因", max_length=300, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = SupportQuerySet.as_manager()

    class Meta:
        verbose_name = "扶持资金和项目"
        verbose_name_plural = "扶持资金和项目"
        constraints = (
            models.UniqueConstraint(
                fields=["cooperative", "year", "project", "document_number"],
                condition=Q(withdrawn_on__isnull=True),
                name="a_support_is_entered_once",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_support_has_an_amount"),
        )
        indexes = (models.Index(fields=["year", "kind"], name="support_by_year"),)

    def __str__(self) -> str:
        return f"{self.year}年 {self.project}"

    @property
    def stands(self) -> bool:
        return self.withdrawn_on is None


class SupportInspection(models.Model):
    """监督检查：哪天查、看到什么、结论（S-115），一条不改。"""

    support = models.ForeignKey(
        SupportGrant, models.PROTECT, related_name="inspections", verbose_name="扶持项目"
    )
    inspected_on = models.DateField("检查日期")
    result = models.CharField("结论", max_length=12, choices=InspectionResult)
    finding = models.CharField("检查情况", max_length=500)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="填写人")
    at = models.DateTimeField("填写时间", default=clock.now)

    class Meta:
        verbose_name = "扶持项目检查"
        verbose_name_plural = "扶持项目检查"
        constraints = (
            models.UniqueConstraint(
                fields=["support", "inspected_on", "finding"], name="an_inspection_is_written_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_result_display()}：{self.finding[:30]}"
