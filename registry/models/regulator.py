"""What the market regulator states beside the registration: lists, checks, exits, reports, changes."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q

from registry.models.cooperative import Cooperative
from registry.models.statement import Statement, StatementQuerySet
from registry.statement_choices import (
    AbnormalReason,
    ChangeItem,
    ExitKind,
    ExitProcedure,
    FilingWay,
    PublicationState,
    RemovalReason,
    SpotCheckKind,
    SpotCheckResult,
)


class AbnormalListingQuerySet(StatementQuerySet):
    """Reads of the list of abnormal operations."""

    def open(self) -> Self:
        """Listings that have not been lifted, as far as is known."""
        return self.filter(removed_on__isnull=True)

    def listed_on_day(self, day: dt.date) -> Self:
        """Listings that stood on a day: listed by then and not lifted by then."""
        return self.true_on(day).filter(Q(removed_on__isnull=True) | Q(removed_on__gt=day))


class AbnormalListing(Statement):
    """经营异常名录的一次列入；一家合作社可有多次，未移出的 `removed_on` 为空。

    Fields: reason (AbnormalReason), listed_on, authority, decision_no; removed_on (None while it
    stands), removal_reason (RemovalReason), removal_authority. Told apart by reason and listed_on.
    """

    happens = "listed_on"
    record_key = ("reason", "listed_on")

    cooperative = models.ForeignKey(
        Cooperative,
        models.CASCADE,
        related_name="abnormal_listings",
        db_index=False,  # the index of known statements serves it
        verbose_name="合作社",
    )
    reason = models.CharField("列入原因", max_length=24, choices=AbnormalReason)
    listed_on = models.DateField("列入日期")
    authority = models.CharField("列入决定机关", max_length=100, blank=True, default="")
    decision_no = models.CharField("列入决定文号", max_length=80, blank=True, default="")
    removed_on = models.DateField("移出日期", null=True, blank=True)
    removal_reason = models.CharField(
        "移出原因", max_length=24, choices=RemovalReason, blank=True, default=""
    )
    removal_authority = models.CharField("移出决定机关", max_length=100, blank=True, default="")

    objects = AbnormalListingQuerySet.as_manager()

    class Meta(Statement.Meta):
        verbose_name = "经营异常名录"
        verbose_name_plural = "经营异常名录"
        constraints = (
            models.UniqueConstraint(
                fields=["cooperative", "reason", "listed_on"],
                condition=Q(known_to__isnull=True),
                name="one_known_listing",
            ),
            models.CheckConstraint(
                condition=Q(removed_on__isnull=True) | Q(removed_on__gte=models.F("listed_on")),
                name="listing_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_reason_display()} {self.listed_on}"


class SpotCheckQuerySet(StatementQuerySet):
    """Reads of spot checks."""

    def finding(self, result: str) -> Self:
        """Checks with this among their results."""
        return self.filter(results__contains=f",{result},")


class SpotCheck(Statement):
    """一次抽查检查的结果；同一次可有多项结果，`result` 为其中最重的一项。

    Fields: checked_on, authority, kind (SpotCheckKind), result (SpotCheckResult, the gravest),
    results (all of them as `,code,code,`; ask by `finding`), published_on. Told apart by
    checked_on and authority.
    """

    happens = "checked_on"
    record_key = ("checked_on", "authority")

    cooperative = models.ForeignKey(
        Cooperative,
        models.CASCADE,
        related_name="spot_checks",
        db_index=False,  # the index of known statements serves it
        verbose_name="合作社",
    )
    checked_on = models.DateField("检查日期")
    authority = models.CharField("检查机关", max_length=100, blank=True, default="")
    kind = models.CharField(
        "检查类型", max_length=12, choices=SpotCheckKind, blank=True, default=""
    )
    result = models.CharField("抽查结果", max_length=28, choices=SpotCheckResult)
    results = models.CharField("全部结果", max_length=300)
    published_on = models.DateField("公示日期", null=True, blank=True)

    objects = SpotCheckQuerySet.as_manager()

    class Meta(Statement.Meta):
        verbose_name = "抽查检查"
        verbose_name_plural = "抽查检查"
        constraints = (
            models.UniqueConstraint(
                fields=["cooperative", "checked_on", "authority"],
                condition=Q(known_to__isnull=True),
                name="one_known_check",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_result_display()} {self.checked_on}"


class DeregistrationNotice(Statement):
    """注销、吊销、撤销登记及拟注销公告；吊销不是注销，各占一条。

    Fields: kind (ExitKind: announced, revoked, revoked_deregistered, deregistered, cancelled),
    happened_on (the day of that act: for revoked the day of revocation, for deregistered that of
    deregistration, for announced that of the notice), procedure (ExitProcedure: ordinary or
    simplified), reason (text), authority. Told apart by kind and happened_on.
    """

    happens = "happened_on"
    record_key = ("kind", "happened_on")

    cooperative = models.ForeignKey(
        Cooperative,
        models.CASCADE,
        related_name="deregistration_notices",
        db_index=False,  # the index of known statements serves it
        verbose_name="合作社",
    )
    kind = models.CharField("类别", max_length=24, choices=ExitKind)
    happened_on = models.DateField("注销/吊销日期")
    procedure = models.CharField(
        "办理方式", max_length=12, choices=ExitProcedure, blank=True, default=""
    )
    reason = models.CharField("注销/吊销原因", max_length=300, blank=True, default="")
    authority = models.CharField("登记机关", max_length=100, blank=True, default="")

    objects = StatementQuerySet.as_manager()

    class Meta(Statement.Meta):
        verbose_name = "注销吊销"
        verbose_name_plural = "注销吊销"
        constraints = (
            models.UniqueConstraint(
                fields=["cooperative", "kind", "happened_on"],
                condition=Q(known_to__isnull=True),
                name="one_known_exit",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.happened_on}"


class ReportPublicationQuerySet(StatementQuerySet):
    """Reads of statutory annual reports."""

    def true_on(self, day: dt.date) -> Self:
        """Reports that stood published on a day."""
        return self.filter(published_on__lte=day)

    def unpublished(self) -> Self:
        """Reports that were due and have not been published, as far as is known."""
        return self.filter(state__in=(PublicationState.NOT_FILED, PublicationState.FILED))


class ReportPublication(Statement):
    """法定年度报告是否已在国家企业信用信息公示系统公示，每家每年度一条。

    Fields: report_year, state (PublicationState), published_on (None unless published), on_time
    (True by 30 June of the next year, False later, None while unpublished or undated), filing_way
    (FilingWay). Told apart by report_year. This is the regulator's word, not the bureau's report.
    """

    happens = "published_on"
    record_key = ("report_year",)

    cooperative = models.ForeignKey(
        Cooperative,
        models.CASCADE,
        related_name="report_publications",
        db_index=False,  # the index of known statements serves it
        verbose_name="合作社",
    )
    report_year = models.PositiveSmallIntegerField("报送年度")
    state = models.CharField("年报状态", max_length=12, choices=PublicationState)
    published_on = models.DateField("公示日期", null=True, blank=True)
    on_time = models.BooleanField("是否按期", null=True, blank=True)
    filing_way = models.CharField(
        "报送方式", max_length=8, choices=FilingWay, blank=True, default=""
    )

    objects = ReportPublicationQuerySet.as_manager()

    class Meta(Statement.Meta):
        verbose_name = "年报公示"
        verbose_name_plural = "年报公示"
        constraints = (
            models.UniqueConstraint(
                fields=["cooperative", "report_year"],
                condition=Q(known_to__isnull=True),
                name="one_known_publication",
            ),
        )

    def __str__(self) -> str:
        return f"{self.report_year}年度 {self.get_state_display()}"


class RegistrationChange(Statement):
    """一次变更登记：事项、变更前后内容、日期。

    Fields: item (ChangeItem), before, after (texts as sent), changed_on. Told apart by item and
    changed_on. It explains the register's history and never alters the register.
    """

    happens = "changed_on"
    record_key = ("item", "changed_on")

    cooperative = models.ForeignKey(
        Cooperative,
        models.CASCADE,
        related_name="registration_changes",
        db_index=False,  # the index of known statements serves it
        verbose_name="合作社",
    )
    item = models.CharField("变更事项", max_length=24, choices=ChangeItem)
    before = models.TextField("变更前内容", blank=True, default="")
    after = models.TextField("变更后内容", blank=True, default="")
    changed_on = models.DateField("变更日期")

    objects = StatementQuerySet.as_manager()

    class Meta(Statement.Meta):
        verbose_name = "变更登记"
        verbose_name_plural = "变更登记"
        constraints = (
            models.UniqueConstraint(
                fields=["cooperative", "item", "changed_on"],
                condition=Q(known_to__isnull=True),
                name="one_known_change",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_item_display()} {self.changed_on}"
