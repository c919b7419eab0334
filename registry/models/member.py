"""The roster of a society: its members, what each holds in it, and files that were sent for it."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Count, Q, Sum

from accounts.models import User
from common import clock
from registry.choices import (
    UNIT_KINDS,
    ContributionForm,
    MemberKind,
    MemberPost,
    RosterUploadState,
)
from registry.models.cooperative import Cooperative


class MemberQuerySet(models.QuerySet["Member"]):
    """Reads of rosters."""

    def permitted(self, user: Any, action: str) -> Self:
        """Members of the societies in reach."""
        return self.filter(cooperative__in=Cooperative.objects.permitted(user, action))

    def on(self, day: dt.date) -> Self:
        """Members on a day: joined by then and not yet left; an unknown joining counts as long ago."""
        joined = Q(joined_on__isnull=True) | Q(joined_on__lte=day)
        return self.filter(joined, Q(left_on__isnull=True) | Q(left_on__gt=day))

    def current(self) -> Self:
        """Members today."""
        return self.on(clock.today())

    def counted(self) -> dict[str, Any]:
        """Return the figures of a roster: total, farmers, persons, units, contributions, votes."""
        return self.aggregate(
            total=Count("pk"),
            farmers=Count("pk", filter=Q(kind=MemberKind.FARMER)),
            other_persons=Count("pk", filter=Q(kind=MemberKind.NON_FARMER)),
            units=Count("pk", filter=Q(kind__in=UNIT_KINDS)),
            societies=Count("pk", filter=Q(kind=MemberKind.SOCIETY)),
            households=Count("household", filter=~Q(household=""), distinct=True),
            contribution=Sum("contribution"),
            additional_votes=Sum("additional_votes"),
        )


class Member(models.Model):
    """成员名册的一行（农民专业合作社法第十九条）。金额单位：元。

    Who leaves keeps the row with `left_on` (the first day outside), so that every past roster
    can be read again.
    """

    cooperative = models.ForeignKey(
        Cooperative, models.CASCADE, related_name="members", verbose_name="合作社"
    )
    name = models.CharField("姓名或名称", max_length=100)
    kind = models.CharField("成员类型", max_length=20, choices=MemberKind)
    identity_number = models.CharField("证件号码", max_length=20, blank=True, default="")
    household = models.CharField("户主或户号", max_length=60, blank=True, default="")
    village = models.CharField("所在村（社区）", max_length=60, blank=True, default="")
    contribution = models.DecimalField(
        "出资额", max_digits=16, decimal_places=2, null=True, blank=True
    )
    contribution_form = models.CharField(
        "出资方式",
        max_length=12,
        choices=ContributionForm,
        blank=True,
        default=ContributionForm.UNSTATED,
    )
    post = models.CharField(
        "职务", max_length=12, choices=MemberPost, blank=True, default=MemberPost.NONE
    )
    additional_votes = models.PositiveIntegerField("附加表决权", default=0)
    joined_on = models.DateField("入社日期", null=True, blank=True)
    left_on = models.DateField("退社日期", null=True, blank=True)
    changed_at = models.DateTimeField("更新时间", default=clock.now)
    version = models.PositiveIntegerField("版本", default=1)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = "成员"
        verbose_name_plural = "成员"
        constraints = (
            models.CheckConstraint(
                condition=Q(contribution__isnull=True) | Q(contribution__gte=0),
                name="member_contribution_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(joined_on__isnull=True)
                | Q(left_on__isnull=True)
                | Q(left_on__gte=models.F("joined_on")),
                name="member_leaves_after_joining",
            ),
            models.UniqueConstraint(
                fields=["cooperative", "identity_number"],
                condition=Q(left_on__isnull=True) & ~Q(identity_number=""),
                name="one_membership_per_identity",
            ),
        )
        indexes = (
            models.Index(fields=["cooperative", "left_on", "id"], name="member_of_society"),
            models.Index(
                fields=["identity_number"],
                condition=~Q(identity_number=""),
                name="member_by_identity",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_unit(self) -> bool:
        return self.kind in UNIT_KINDS or self.kind == MemberKind.SOCIETY


class MemberAccount(models.Model):
    """成员账户的一年：出资额、量化的公积金份额、与本社的交易额（第四十三条）。金额单位：元。

    Zero is an answer, blank is not: an account is complete when all three items are there.
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="accounts", verbose_name="成员")
    year = models.PositiveSmallIntegerField("年度")
    contribution = models.DecimalField("出资额", max_digits=16, decimal_places=2, null=True)
    reserve_share = models.DecimalField(
        "量化公积金份额", max_digits=16, decimal_places=2, null=True
    )
    transactions = models.DecimalField("与本社交易额", max_digits=16, decimal_places=2, null=True)
    returned = models.DecimalField("盈余返还额", max_digits=16, decimal_places=2, null=True)

    class Meta:
        verbose_name = "成员账户"
        verbose_name_plural = "成员账户"
        constraints = (
            models.UniqueConstraint(fields=["member", "year"], name="one_account_per_year"),
        )
        indexes = (models.Index(fields=["year", "member"], name="account_by_year"),)

    def __str__(self) -> str:
        return f"{self.member} {self.year}年"

    @property
    def is_complete(self) -> bool:
        return None not in {self.contribution, self.reserve_share, self.transactions}


class RosterUploadQuerySet(models.QuerySet["RosterUpload"]):
    """Reads of uploaded rosters."""

    def permitted(self, user: Any, action: str) -> Self:
        """Files for the societies in reach."""
        return self.filter(cooperative__in=Cooperative.objects.permitted(user, action))


class RosterUpload(models.Model):
    """一次成员名册文件：读出的行、每行的问题、与现有名册的差异，确认后才写入。"""

    cooperative = models.ForeignKey(
        Cooperative, models.CASCADE, related_name="roster_uploads", verbose_name="合作社"
    )
    filename = models.CharField("文件名", max_length=200)
    sha256 = models.CharField("文件摘要", max_length=64)
    state = models.CharField("状态", max_length=12, choices=RosterUploadState)
    rows = models.JSONField("读出的行", default=list)
    problems = models.JSONField("问题", default=list)
    refusal = models.TextField("未通过的原因", blank=True, default="")
    roster_mark = models.CharField("比对时的名册状态", max_length=64, blank=True, default="")
    uploaded_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="上传人"
    )
    uploaded_at = models.DateTimeField("上传时间", default=clock.now)
    version = models.PositiveIntegerField("版本", default=1)

    objects = RosterUploadQuerySet.as_manager()

    class Meta:
        verbose_name = "成员名册文件"
        verbose_name_plural = "成员名册文件"
        indexes = (models.Index(fields=["cooperative", "-id"], name="roster_upload_newest"),)

    def __str__(self) -> str:
        return f"{self.cooperative}成员名册文件"
