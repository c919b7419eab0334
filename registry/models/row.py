"""The rows of a file: raw cells and read values, kept for ever as the evidence."""

from typing import Any, Self

from django.db import models

from accounts.models import OrganisationUnit, User
from registry.choices import FeedSource, RowDecision, RowKind, RowOutcome
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
        indexes = (
            models.Index(fields=["delivery", "outcome", "ordinal"], name="row_outcome"),
            models.Index(
                fields=["delivery"],
                condition=models.Q(doubt="UNKNOWN_SOCIETY"),
                name="row_waits_for_society",
            ),
        )

    def __str__(self) -> str:
        return f"{self.sheet} 第{self.number}行"

    @property
    def read(self) -> "RegistrationRow | StatementRow | None":
        """What was read from the row; None for one that was sent back. Needs both relations."""
        return getattr(self, "registration", None) or getattr(self, "statement", None)


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


class StatementRow(models.Model):
    """其他来源文件一行读出的值：说的是哪家合作社、哪一条记载、记载了什么。

    `said` maps field → canonical text or None, for the columns that the sheet has and could be
    read; `record` tells the record from others of the society, "" while a part is unknown.
    """

    row = models.OneToOneField(
        FeedRow, models.CASCADE, primary_key=True, related_name="statement", db_constraint=False
    )
    delivery = models.ForeignKey(
        FeedDelivery, models.CASCADE, related_name="+", db_constraint=False
    )
    source = models.CharField("来源", max_length=24, choices=FeedSource)
    uscc = models.CharField("统一社会信用代码", max_length=18, blank=True, default="")
    registration_no = models.CharField("注册号", max_length=15, blank=True, default="")
    name = models.CharField("名称", max_length=200, blank=True, default="")
    name_key = models.CharField(max_length=200, blank=True, default="")
    record = models.CharField(max_length=200, blank=True, default="")
    said = models.JSONField("记载内容", default=dict)
    values_hash = models.CharField(max_length=32)
    changed_fields = models.TextField(blank=True, default="")

    class Meta:
        verbose_name = "其他来源行"
        verbose_name_plural = "其他来源行"

    def __str__(self) -> str:
        return f"{self.name} {self.record}"
