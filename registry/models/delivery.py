"""A file that a department sent: its bytes are kept for ever."""

from pathlib import Path
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import OrganisationUnit, User
from accounts.policy import Reach, reach_of
from common import clock
from common.quarter import Quarter
from registry.choices import DeliveryRelation, FeedScope, FeedSource


class DeliveryQuerySet(models.QuerySet["FeedDelivery"]):
    """Reads of deliveries."""

    def permitted(self, user: Any, action: str) -> Self:
        """All deliveries, or those of one's own department."""
        match reach_of(user, action):
            case Reach.DISTRICT:
                return self
            case Reach.OWN if user.unit_id:
                return self.filter(sender=user.unit_id)
            case _:
                return self.none()

    def carrying(self, *sources: str) -> Self:
        """Files that hold a table of any of these sources, alone or as a sheet of a workbook."""
        held = Q()
        for source in sources:
            held |= Q(parts__contains=f",{source},")
        return self.filter(held)


class FeedDelivery(models.Model):
    """一次报送：原文件、摘要、来源、季度、范围与版本。`parts` 是文件里有哪些来源的表。"""

    source = models.CharField("来源", max_length=24, choices=FeedSource)
    parts = models.CharField("所含各表", max_length=200, blank=True, default="")
    quarter = models.CharField("所属季度", max_length=6)
    scope = models.CharField("范围", max_length=8, choices=FeedScope)
    number = models.PositiveIntegerField("第几份", default=1)
    relation = models.CharField(
        "与前一份的关系",
        max_length=12,
        choices=DeliveryRelation,
        default=DeliveryRelation.FIRST,
    )
    filename = models.CharField("文件名", max_length=200)
    stored_name = models.CharField("存放名", max_length=100)
    size = models.BigIntegerField("字节数")
    sha256 = models.CharField("文件摘要", max_length=64, db_index=True)
    content_fingerprint = models.CharField("内容摘要", max_length=64, blank=True, db_index=True)
    sender = models.ForeignKey(OrganisationUnit, models.PROTECT, null=True, verbose_name="报送单位")
    received_by = models.ForeignKey(User, models.PROTECT, null=True, verbose_name="接收人")
    received_at = models.DateTimeField("收到时间", default=clock.now)
    former = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="later", verbose_name="同季度前一份"
    )
    report = models.JSONField("检查报告", default=dict, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = "数据报送"
        verbose_name_plural = "数据报送"
        constraints = (
            models.UniqueConstraint(
                fields=["source", "quarter", "number"], name="delivery_numbers_are_unique"
            ),
        )
        indexes = (models.Index(fields=["-received_at", "-id"], name="delivery_newest"),)

    def __str__(self) -> str:
        # “季度工作簿” begins with what the quarter's own name ends with.
        source = self.get_source_display().removeprefix("季度")
        return f"{self.period.label}{source}第{self.number}份"

    @property
    def period(self) -> Quarter:
        return Quarter.parse(self.quarter)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A file that has not been read yet may hold every table of its source."""
        self.parts = self.parts or self.possible_parts
        super().save(*args, **kwargs)

    @property
    def possible_parts(self) -> str:
        """What `parts` is before anybody has looked into the file."""
        alone = self.source != FeedSource.WORKBOOK
        held = [self.source] if alone else [s for s in FeedSource.values if s != self.source]
        return f",{','.join(held)},"

    @property
    def sources(self) -> list[str]:
        """The sources whose tables are in the file; a workbook not yet read may hold any."""
        return [source for source in self.parts.split(",") if source]

    @property
    def carries_register(self) -> bool:
        """Tell whether societies themselves are in the file, not only statements about them."""
        return FeedSource.REGISTRATION in self.sources

    @property
    def path(self) -> Path:
        """Where the bytes lie."""
        return Path(settings.FILES_DIR) / "deliveries" / self.stored_name

    @property
    def columns_present(self) -> list[str]:
        """The facts that this file has a column for."""
        return list(self.report.get("columns_present", []))


class GoneNotice(models.Model):
    """全部名单里未见的合作社：只作提示，不据此注销。"""

    delivery = models.ForeignKey(FeedDelivery, models.CASCADE, related_name="gone")
    cooperative = models.ForeignKey(
        "registry.Cooperative", models.CASCADE, related_name="gone_notices"
    )

    class Meta:
        verbose_name = "名单未见"
        verbose_name_plural = "名单未见"
        constraints = (
            models.UniqueConstraint(fields=["delivery", "cooperative"], name="gone_once"),
        )

    def __str__(self) -> str:
        return f"{self.delivery_id}:{self.cooperative_id}"
