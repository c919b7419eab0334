"""What the tax bureau states about a society, quarter by quarter."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q

from registry.models.cooperative import Cooperative
from registry.models.statement import Statement, StatementQuerySet
from registry.statement_choices import TaxpayerKind, TaxpayerState


class TaxStandingQuerySet(StatementQuerySet):
    """Reads of tax standings."""

    def true_on(self, day: dt.date) -> Self:
        """Standings of the quarters that had ended by a day."""
        return self.filter(as_of__lte=day)

    def newest(self, day: dt.date | None = None) -> Self:
        """The newest standing of each society, or the newest up to a day. Known ones only."""
        last = self.model.objects.known().filter(cooperative=models.OuterRef("cooperative"))
        if day is not None:
            last = last.filter(as_of__lte=day)
        last = last.order_by("-as_of").values("pk")[:1]
        return self.known().filter(pk=models.Subquery(last))


class TaxStanding(Statement):
    """税务登记与申报情况，每家每季度一条。金额单位：元。

    Fields: as_of (last day of the quarter it speaks for), registered (None: not stated),
    registered_on, state (TaxpayerState), taxpayer_kind (TaxpayerKind), zero_declared (every
    declaration of the quarter was nil; None: not stated), declared_sales (yuan), invoice_count,
    last_declared_on. Zero is not blank: None says that the bureau did not say. Told apart by as_of.
    """

    happens = "as_of"
    record_key = ("as_of",)

    cooperative = models.ForeignKey(
        Cooperative,
        models.CASCADE,
        related_name="tax_standings",
        db_index=False,  # the index of known statements serves it
        verbose_name="合作社",
    )
    as_of = models.DateField("季度末")
    registered = models.BooleanField("是否办理税务登记", null=True, blank=True)
    registered_on = models.DateField("税务登记日期", null=True, blank=True)
    state = models.CharField(
        "纳税人状态", max_length=16, choices=TaxpayerState, blank=True, default=""
    )
    taxpayer_kind = models.CharField(
        "纳税人类型", max_length=8, choices=TaxpayerKind, blank=True, default=""
    )
    zero_declared = models.BooleanField("是否零申报", null=True, blank=True)
    declared_sales = models.DecimalField(
        "申报销售额", max_digits=18, decimal_places=2, null=True, blank=True
    )
    invoice_count = models.IntegerField("开票份数", null=True, blank=True)
    last_declared_on = models.DateField("最近申报日期", null=True, blank=True)

    objects = TaxStandingQuerySet.as_manager()

    class Meta(Statement.Meta):
        verbose_name = "税务登记"
        verbose_name_plural = "税务登记"
        constraints = (
            models.UniqueConstraint(
                fields=["cooperative", "as_of"],
                condition=Q(known_to__isnull=True),
                name="one_known_tax_standing",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.as_of}"
