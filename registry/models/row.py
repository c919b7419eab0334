"""The rows of a file: raw cells and read values, kept for ever as the evidence."""

from typing import Any, Self

from django.db import models

from accounts.models import OrganisationUnit, User
from registry.choices import RowDecision, RowKind, RowOutcome
from registry.models.delivery import FeedDelivery
from registry.models.facts import RegisteredFacts

ORDINAL_BITS = 24  # a delivery holds at most 16.7 million rows


def row_id(delivery_id: int, ordinal: int) -> int:
    """Return the fixed id of a row, the same whenever a stage is run again."""
    return (delivery_id << ORDINAL_BITS) | ordinal


class FeedRowQuerySet(models.QuerySet["FeedRow"]):
    """Reads of file rows."""

    def permitted(self, user: Any, action: str) -> Self:
        """Rows of the deliveries in reach."""
        return self.filter(delivery__in=FeedDelivery.objects.permitted(user, action))


class FeedRow(models.Model):
    """文件的一行：原样单元格、问题、结果。编号由报送与行序决定，重做不变。"""

    id = models.BigIntegerField(primary_key=True)
    delivery = models.ForeignKey(
        FeedDelivery, models.CASCADE, related_name="rows", db_index=False, db_constraint=False
    )  # the index on delivery and outcome serves it; see CooperativeVersion for the constraint
    ordinal = models.PositiveIntegerField("序")
    sheet = models.CharField("工作表", max_length=60, blank=True, default="")
    number = models.PositiveIntegerField("行号")
    kind = models.CharField("行类别", max_length=8, choices=RowKind)
    finding = models.CharField("检查结论", max_length=10, blank=True, default="")
    outcome = models.CharField(
        "结果", max_length=10, choices=RowOutcome, blank=True, default=RowOutcome.PENDING
    )
    doubt = models.CharField("存疑原因", max_length=40, blank=True, default="")
    raw = models.JSONField("原样单元格", default=list)
    issues = models.JSONField("问题", default=list)
    cooperative = models.ForeignKey(
        "registry.Cooperative", models.SET_NULL, null=True, related_name="feed_rows"
    )
    decision = models.CharField(
        "决定", max_length=10, choices=RowDecision, blank=True, default=RowDecision.NONE
    )
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False
    )
    decision_reason = models.TextField("决定理由", blank=True, default="")

    objects = FeedRowQuerySet.as_manager()

    class Meta:
        verbose_name = "报送行"
        verbose_name_plural = "报送行"
        indexes = (models.Index(fields=["delivery", "outcome", "ordinal"], name="row_outcome"),)

    def __str__(self) -> str:
        return f"{self.sheet} 第{self.number}行"


class RegistrationRow(RegisteredFacts):
    """登记信息文件一行读出的值。"""

    row = models.OneToOneField(
        FeedRow,
        models.CASCADE,
        primary_key=True,
        related_name="registration",
        db_constraint=False,
    )
    delivery = models.ForeignKey(
        FeedDelivery, models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    uscc = models.CharField("统一社会信用代码", max_length=18, blank=True, default="")
    name_key = models.CharField(max_length=200, blank=True, default="")
    name_initials = models.CharField(max_length=200, blank=True, default="")
    division = models.CharField(max_length=6, blank=True, default="")
    township = models.ForeignKey(
        OrganisationUnit,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    township_basis = models.CharField(max_length=12, blank=True, default="")
    values_hash = models.CharField(max_length=32)
    changed_fields = models.TextField(blank=True, default="")

    class Meta:
        verbose_name = "登记信息行"
        verbose_name_plural = "登记信息行"
        indexes = (models.Index(fields=["delivery", "uscc"], name="registration_row_uscc"),)

    def __str__(self) -> str:
        return self.name
