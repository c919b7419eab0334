"""The annual report of a society: one row per year, one version per submission."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from common import clock
from registry.choices import FILED_REPORTS, Confirmation, GovernanceKind, ReportState
from registry.models.cooperative import Cooperative


class ReportFigures(models.Model):
    """年度报告中供规则与指标使用的数字。金额单位：元；空白为未填或不适用，零就是零。

    With `no_activity` (本年度无经营) the figures of business are blank; with `no_assembly`
    (未召开成员大会) `assemblies_held` is 0.
    """

    no_activity = models.BooleanField("本年度无经营", default=False)
    no_assembly = models.BooleanField("未召开成员大会", default=False)
    members_total = models.PositiveIntegerField("成员总数", null=True)
    farmers = models.PositiveIntegerField("农民成员数", null=True)
    other_persons = models.PositiveIntegerField("非农民成员数", null=True)
    units = models.PositiveIntegerField("单位成员数", null=True)
    joined = models.PositiveIntegerField("本年度新增成员", null=True)
    left = models.PositiveIntegerField("本年度退出成员", null=True)
    employees = models.PositiveIntegerField("从业人数", null=True)
    assemblies_held = models.PositiveIntegerField("成员大会次数", null=True)
    council_meetings = models.PositiveIntegerField("理事会会议次数", null=True)
    supervisor_meetings = models.PositiveIntegerField("监事会会议次数", null=True)
    disclosures = models.PositiveIntegerField("社务公开次数", null=True)
    accounts_kept = models.PositiveIntegerField("已建成员账户数", null=True)
    driven_households = models.PositiveIntegerField("带动非成员农户数", null=True)
    base_area = models.DecimalField("基地面积（亩）", max_digits=12, decimal_places=2, null=True)
    operating_income = models.DecimalField(
        "销售额或营业收入", max_digits=18, decimal_places=2, null=True
    )
    purchased_for_members = models.DecimalField(
        "统一购买额", max_digits=18, decimal_places=2, null=True
    )
    sold_for_members = models.DecimalField("统一销售额", max_digits=18, decimal_places=2, null=True)
    tax_paid = models.DecimalField("纳税金额", max_digits=18, decimal_places=2, null=True)
    subsidies = models.DecimalField(
        "政府扶持资金、补助", max_digits=18, decimal_places=2, null=True
    )
    loans = models.DecimalField("金融贷款", max_digits=18, decimal_places=2, null=True)
    total_assets = models.DecimalField("资产总额", max_digits=18, decimal_places=2, null=True)
    fixed_assets = models.DecimalField("固定资产净值", max_digits=18, decimal_places=2, null=True)
    equity = models.DecimalField("所有者权益", max_digits=18, decimal_places=2, null=True)
    surplus = models.DecimalField("盈余总额", max_digits=18, decimal_places=2, null=True)
    reserve_taken = models.DecimalField("提取公积金", max_digits=18, decimal_places=2, null=True)
    distributable_surplus = models.DecimalField(
        "可分配盈余", max_digits=18, decimal_places=2, null=True
    )
    returned_by_volume = models.DecimalField(
        "按交易量（额）返还", max_digits=18, decimal_places=2, null=True
    )
    returned_by_contribution = models.DecimalField(
        "按出资等分配", max_digits=18, decimal_places=2, null=True
    )

    class Meta:
        abstract = True


FIGURES: tuple[str, ...] = tuple(field.name for field in ReportFigures._meta.local_fields)


class ReportQuerySet(models.QuerySet["AnnualReport"]):
    """Reads of annual reports."""

    def permitted(self, user: Any, action: str) -> Self:
        """Reports of the societies in reach."""
        return self.filter(cooperative__in=Cooperative.objects.permitted(user, action))

    def of_year(self, year: int) -> Self:
        return self.filter(year=year)

    def filed(self) -> Self:
        """Reports that count as filed: submitted and not sent back, or standing already."""
        return self.filter(Q(state__in=FILED_REPORTS) | Q(standing__isnull=False))

    def for_list(self) -> Self:
        """Everything that a list of reports shows."""
        return self.select_related("cooperative__township", "latest")


class AnnualReport(models.Model):
    """一家合作社一个年度的报告：编辑中的内容与各次提交的版本。

    `draft` maps field keys to the text as typed, `answers` to an answer in place of a value
    (不适用), `remarks` to the reason beside a value, `shown` lists the fields that the society
    lets be published. `latest` is the last submission, `standing` the last accepted one: figures
    for rules and indicators are those of `standing`.
    """

    cooperative = models.ForeignKey(
        Cooperative, models.PROTECT, related_name="annual_reports", verbose_name="合作社"
    )
    year = models.PositiveSmallIntegerField("报告年度")
    state = models.CharField("状态", max_length=12, choices=ReportState, default=ReportState.DRAFT)
    draft = models.JSONField("填写内容", default=dict, blank=True)
    answers = models.JSONField("不适用的项目", default=dict, blank=True)
    remarks = models.JSONField("说明", default=dict, blank=True)
    shown = models.JSONField("选择公示的项目", default=list, blank=True)
    origins = models.JSONField("预填来源", default=dict, blank=True)
    section_versions = models.JSONField("各部分的版本", default=dict, blank=True)
    visited = models.JSONField("已保存过的部分", default=list, blank=True)
    reasons = models.JSONField("退回原因", default=list, blank=True)
    correction_reason = models.TextField("更正理由", blank=True, default="")
    late_reason = models.TextField("逾期原因", blank=True, default="")
    typed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="最近填写人"
    )
    helped = models.BooleanField("有人代填", default=False)
    saved_at = models.DateTimeField("最近保存时间", default=clock.now)
    confirm_hash = models.CharField("确认码摘要", max_length=64, blank=True, default="")
    confirm_tries = models.PositiveSmallIntegerField("确认码错误次数", default=0)
    first_signer = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="填报人签字"
    )
    first_signed_at = models.DateTimeField("填报人签字时间", null=True)
    latest = models.OneToOneField(
        "registry.ReportVersion", models.PROTECT, null=True, related_name="latest_of"
    )
    standing = models.OneToOneField(
        "registry.ReportVersion", models.PROTECT, null=True, related_name="standing_of"
    )
    published_at = models.DateTimeField("公开时间", null=True)
    created_at = models.DateTimeField("开始填写时间", default=clock.now)
    version = models.PositiveIntegerField("版本", default=1)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "年度报告"
        verbose_name_plural = "年度报告"
        constraints = (
            models.UniqueConstraint(fields=["cooperative", "year"], name="one_report_per_year"),
        )
        indexes = (models.Index(fields=["year", "state", "cooperative"], name="report_by_year"),)

    def __str__(self) -> str:
        return f"{self.cooperative}{self.year}年度报告"

    @property
    def is_correction(self) -> bool:
        """Whether an accepted version stands while this one is being corrected."""
        settled = (ReportState.ACCEPTED, ReportState.PUBLISHED)
        return self.standing_id is not None and self.state not in settled


class ReportVersionQuerySet(models.QuerySet["ReportVersion"]):
    """Reads of submissions."""

    def permitted(self, user: Any, action: str) -> Self:
        """Submissions of the societies in reach."""
        return self.filter(report__cooperative__in=Cooperative.objects.permitted(user, action))

    def standing(self) -> Self:
        """The accepted submission of each report: what rules and indicators count."""
        return self.filter(standing_of__isnull=False)


class ReportVersion(ReportFigures):
    """一次提交，写入后不再改动：内容、数字、当时的名称与理事长、填写人与确认人、回执。"""

    report = models.ForeignKey(
        AnnualReport, models.PROTECT, related_name="versions", verbose_name="年度报告"
    )
    number = models.PositiveSmallIntegerField("第几次提交")
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="corrections", verbose_name="所更正的版本"
    )
    content = models.JSONField("内容", default=dict)
    sha256 = models.CharField("内容摘要", max_length=64)
    society_name = models.CharField("合作社名称", max_length=200)
    society_code = models.CharField("统一社会信用代码", max_length=18)
    chair = models.CharField("理事长", max_length=60, blank=True, default="")
    township_name = models.CharField("乡镇街道", max_length=60, blank=True, default="")
    submitted_at = models.DateTimeField("提交时间")
    due_on = models.DateField("报送期限")
    late = models.BooleanField("逾期", default=False)
    reason = models.TextField("更正或逾期理由", blank=True, default="")
    typed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="填写人"
    )
    typed_by_name = models.CharField("填写人姓名", max_length=60)
    helped = models.BooleanField("代填", default=False)
    confirmation = models.CharField("确认方式", max_length=12, choices=Confirmation)
    confirmed_by_name = models.CharField("确认人", max_length=60)
    filer_name = models.CharField("填报人签字", max_length=60, blank=True, default="")
    filer_signed_at = models.DateTimeField("填报人签字时间", null=True)
    paper_number = models.CharField("回执编号", max_length=40, blank=True, default="")

    objects = ReportVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "年度报告版本"
        verbose_name_plural = "年度报告版本"
        constraints = (
            models.UniqueConstraint(fields=["report", "number"], name="submissions_are_numbered"),
        )

    def __str__(self) -> str:
        return f"{self.society_name}{self.report.year}年度报告第{self.number}版"


class ReportSeason(models.Model):
    """一个报告年度的报送期限；没有这一行的年度按法定期限（次年6月30日）。"""

    year = models.PositiveSmallIntegerField("报告年度", unique=True)
    opens_on = models.DateField("开始日期")
    due_on = models.DateField("截止日期")
    grace_minutes = models.PositiveSmallIntegerField("截止后宽限（分钟）", default=5)
    two_signers = models.BooleanField("须填报人和理事长两人签字", default=False)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "报送期限"
        verbose_name_plural = "报送期限"
        constraints = (
            models.CheckConstraint(
                condition=Q(due_on__gte=models.F("opens_on")), name="season_ends_after_opening"
            ),
        )

    def __str__(self) -> str:
        return f"{self.year}年度报告期限"


class GovernanceFactQuerySet(models.QuerySet["GovernanceFact"]):
    """Reads of governance facts."""

    def permitted(self, user: Any, action: str) -> Self:
        """Facts of the societies in reach."""
        return self.filter(cooperative__in=Cooperative.objects.permitted(user, action))

    def latest_by(self, day: dt.date) -> Self:
        """Narrow to the last year of each society and kind that was told by the end of a day."""
        told = _told_by(day)
        later = GovernanceFact.objects.filter(
            told,
            cooperative=OuterRef("cooperative"),
            kind=OuterRef("kind"),
            year__gt=OuterRef("year"),
        )
        return self.filter(told, ~Exists(later))

    def holding_by(self, day: dt.date) -> Self:
        """Narrow to facts that held by the end of a day: verified, or declared and not refuted."""
        looked_at = Q(verified__isnull=False, verified_on__lte=day)
        believed = Q(declared=True) & ~looked_at
        return self.filter(Q(verified=True, verified_on__lte=day) | believed)


def _told_by(day: dt.date) -> Q:
    """Facts that a report handed in, or a person who looked, had told by the end of a day."""
    handed_in = Q(source__submitted_at__lt=clock.start_of(day + dt.timedelta(days=1)))
    return handed_in | Q(verified_on__lte=day)


class GovernanceFact(models.Model):
    """成员账户、社务公开、盈余分配三项事实：合作社自报，或经人核实。

    `declared` comes from the accepted report, `verified` from a person who looked; None is
    unknown, or not applicable where there is no distributable surplus (`applies` False).
    """

    cooperative = models.ForeignKey(
        Cooperative, models.CASCADE, related_name="governance_facts", verbose_name="合作社"
    )
    year = models.PositiveSmallIntegerField("年度")
    kind = models.CharField("事项", max_length=12, choices=GovernanceKind)
    applies = models.BooleanField("适用", default=True)
    declared = models.BooleanField("自报", null=True)
    verified = models.BooleanField("核实", null=True)
    basis = models.CharField("依据", max_length=200, blank=True, default="")
    source = models.ForeignKey(
        ReportVersion, models.SET_NULL, null=True, related_name="+", verbose_name="来自报告"
    )
    verified_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="核实人"
    )
    verified_on = models.DateField("核实日期", null=True)
    note = models.CharField("核实说明", max_length=300, blank=True, default="")
    version = models.PositiveIntegerField("版本", default=1)

    objects = GovernanceFactQuerySet.as_manager()

    class Meta:
        verbose_name = "治理事实"
        verbose_name_plural = "治理事实"
        constraints = (
            models.UniqueConstraint(
                fields=["cooperative", "year", "kind"], name="one_governance_fact_a_year"
            ),
        )
        indexes = (models.Index(fields=["year", "kind", "cooperative"], name="governance_by_year"),)

    def __str__(self) -> str:
        return f"{self.cooperative}{self.year}年{self.get_kind_display()}"

    @property
    def holds(self) -> bool | None:
        """What is held to be so: verification goes before declaration."""
        return self.declared if self.verified is None else self.verified
