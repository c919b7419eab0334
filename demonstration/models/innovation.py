"""How a society works in new ways: who brings in what, with whom it is linked, whom it employs."""

from decimal import Decimal
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery, Sum

from accounts.models import User
from common import clock
from demonstration.choices import Verification
from demonstration.innovation_choices import Innovation, InnovationKind
from registry.models import Cooperative

FIRST_YEAR, LAST_YEAR = 2007, 2100  # the law on cooperatives came into force in 2007
_IN_ORDER = ("kind", "-year", "what", "pk")
_SUMS = {
    "number": Count("pk"),
    "societies": Count("cooperative", distinct=True),
    "households_total": Sum("households"),
    "people_total": Sum("people"),
    "amount_total": Sum("amount"),
}


class InnovationQuerySet(models.QuerySet["InnovationEntry"]):
    """Reads of the innovation record."""

    def permitted(self, user: Any, action: str) -> Self:
        """Entries of the societies in reach."""
        return self.filter(cooperative__in=Cooperative.objects.permitted(user, action))

    def standing(self) -> Self:
        """Without what was taken back."""
        return self.filter(withdrawn_on__isnull=True)

    def in_order(self) -> Self:
        """By kind, the latest year first."""
        return self.order_by(*_IN_ORDER)

    def with_dividends(self) -> Self:
        """Add `dividends_total` (yuan) and `dividend_years`, None and 0 where none was paid."""
        paid = ShareDividend.objects.filter(entry=OuterRef("pk")).order_by().values("entry")
        return self.annotate(
            dividends_total=Subquery(paid.annotate(yuan=Sum("amount")).values("yuan")),
            dividend_years=Count("dividends"),
        )

    def for_list(self) -> Self:
        """Everything that a list of entries shows."""
        return self.select_related("cooperative__township", "entered_by").with_dividends()

    def sums_by(self, *fields: str) -> list[dict[str, Any]]:
        """Return entries, societies, households, people and yuan for each value of the fields."""
        return list(self.order_by().values(*fields).annotate(**_SUMS).order_by(*fields))

    def sum_of_all(self) -> dict[str, Any]:
        """Return the same of the whole list, with the dividends paid for it in yuan."""
        paid = ShareDividend.objects.filter(entry__in=self.order_by().values("pk"))
        return {
            **self.order_by().aggregate(**_SUMS),
            "dividends": paid.aggregate(yuan=Sum("amount"))["yuan"],
        }


class InnovationEntry(models.Model):
    """创新登记：哪年、哪一类、多少户、多少人、多少钱（元），依据什么材料（S-074至S-081）。

    What is asked of a kind stands in `innovation_choices.ASKED_OF`; the other columns stay empty.
    Zero is not blank. `outsiders` are people who are no members, `fixed_return` is per cent a year.
    """

    cooperative = models.ForeignKey(
        Cooperative, models.PROTECT, related_name="innovations", verbose_name="合作社"
    )
    year = models.PositiveSmallIntegerField(
        "年度", validators=(MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR))
    )
    kind = models.CharField("类别", max_length=16, choices=InnovationKind)
    what = models.CharField("项目", max_length=20, choices=Innovation)
    name = models.CharField("名称或姓名", max_length=100, blank=True)
    partner_code = models.CharField("集体股份合作社代码", max_length=18, blank=True)
    households = models.PositiveIntegerField("户数", null=True, blank=True)
    people = models.PositiveIntegerField("人数", null=True, blank=True)
    amount = models.DecimalField(
        "金额（元）",
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=(MinValueValidator(Decimal(0)),),
    )
    outsiders = models.PositiveIntegerField("非成员人数", null=True, blank=True)
    fixed_return = models.DecimalField(
        "固定回报（%/年）",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=(MinValueValidator(Decimal(0)),),
    )
    document = models.CharField("依据材料", max_length=120)
    note = models.CharField("说明", max_length=300, blank=True)
    verification = models.CharField(
        "核实程度", max_length=12, choices=Verification, default=Verification.DECLARED
    )
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    entered_at = models.DateTimeField("登记时间", default=clock.now)
    withdrawn_on = models.DateField("撤销日期", null=True, blank=True)
    withdrawn_because = models.CharField("撤销原因", max_length=300, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = InnovationQuerySet.as_manager()

    class Meta:
        verbose_name = "创新登记"
        verbose_name_plural = "创新登记"
        constraints = (
            models.UniqueConstraint(
                fields=["cooperative", "year", "what", "name"],
                condition=Q(withdrawn_on__isnull=True),
                name="an_innovation_is_entered_once",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
                name="an_innovation_amount_is_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(kind="credit") | Q(outsiders__isnull=True, fixed_return__isnull=True),
                name="only_credit_has_outsiders_and_returns",
            ),
        )
        indexes = (models.Index(fields=["kind", "year"], name="innovation_by_kind"),)

    def __str__(self) -> str:
        return f"{self.year}年 {self.get_what_display()}"

    @property
    def stands(self) -> bool:
        return self.withdrawn_on is None

    @property
    def pays_dividends(self) -> bool:
        """Whether dividends are recorded for it: poverty funds that became shares (S-081)."""
        return self.kind == InnovationKind.POVERTY_SHARE


class DividendQuerySet(models.QuerySet["ShareDividend"]):
    """Reads of dividends."""

    def permitted(self, user: Any, action: str) -> Self:
        """Dividends of the entries in reach."""
        reach = InnovationEntry.objects.permitted(user, action)
        return self.filter(entry__in=reach.values("pk"))


class ShareDividend(models.Model):
    """扶贫资金入股的分红：哪年、发了多少（元）、多少户，哪天发放，依据什么（S-081）。一年一条。"""

    entry = models.ForeignKey(
        InnovationEntry, models.PROTECT, related_name="dividends", verbose_name="扶贫资金入股"
    )
    year = models.PositiveSmallIntegerField(
        "分红年度", validators=(MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR))
    )
    amount = models.DecimalField(
        "分红金额（元）",
        max_digits=14,
        decimal_places=2,
        validators=(MinValueValidator(Decimal(0)),),
    )
    households = models.PositiveIntegerField("分红户数")
    paid_on = models.DateField("发放日期", null=True, blank=True)
    document = models.CharField("依据材料", max_length=120)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    entered_at = models.DateTimeField("登记时间", default=clock.now)
    version = models.PositiveIntegerField("版本", default=1)

    objects = DividendQuerySet.as_manager()

    class Meta:
        verbose_name = "扶贫资金入股分红"
        verbose_name_plural = "扶贫资金入股分红"
        constraints = (
            models.UniqueConstraint(fields=["entry", "year"], name="one_dividend_a_year"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="a_dividend_is_not_negative"),
        )

    def __str__(self) -> str:
        return f"{self.year}年分红"


def newest_first(entry: InnovationEntry) -> Any:
    """Return the dividends of an entry, the latest year first."""
    return entry.dividends.select_related("entered_by").order_by(F("year").desc())
