"""The survey 摸底: a campaign and, for every society that existed, one record of what was seen."""

from typing import Any, Self

from django.db import models
from django.db.models import Count, Q

from accounts.models import User
from accounts.policy import reach_of
from registry.choices import ENDED_STATUSES
from registry.cleanup.choices import (
    FINDING_CHOICES,
    CampaignState,
    Condition,
    Disposition,
    SurveyMethod,
    SurveyState,
)
from registry.models.cooperative import Cooperative


class CampaignQuerySet(models.QuerySet["SurveyCampaign"]):
    """Reads of campaigns."""

    def permitted(self, user: Any, action: str) -> Self:
        """A campaign is the district's: whoever has the right at all sees it, not all its records."""
        return self if reach_of(user, action) else self.none()

    def newest_first(self) -> Self:
        return self.order_by("-opens_on", "-pk")


class SurveyCampaign(models.Model):
    """摸底排查：一次全面摸底，每家存续的合作社都有一份记录（S-023）。"""

    title = models.CharField("名称", max_length=60)
    opens_on = models.DateField("开始日期")
    due_on = models.DateField("要求完成日期")
    note = models.CharField("要求", max_length=300, blank=True, default="")
    state = models.CharField(
        "状态", max_length=8, choices=CampaignState, default=CampaignState.OPEN
    )
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="发起人")
    closed_at = models.DateTimeField("结束时间", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = "摸底排查"
        verbose_name_plural = "摸底排查"
        constraints = (
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="open"), name="one_open_survey_campaign"
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=models.F("opens_on")), name="survey_due_after_opening"
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state == CampaignState.OPEN


class SurveyQuerySet(models.QuerySet["SurveyRecord"]):
    """Reads of survey records."""

    def advising_clean_up(self) -> Self:
        """Records that say what is to become of a society other than to support it."""
        recorded = self.filter(state=SurveyState.RECORDED)
        return recorded.exclude(disposition__in=("", Disposition.SUPPORT))

    def permitted(self, user: Any, action: str) -> Self:
        """Records of the societies in reach."""
        return self.filter(cooperative__in=Cooperative.objects.permitted(user, action))

    def due(self) -> Self:
        """Records that count: a society that ended before anybody came needs no survey."""
        return self.exclude(state=SurveyState.PENDING, cooperative__status__in=ENDED_STATUSES)

    def pending(self) -> Self:
        """Societies of running campaigns that nobody has looked at yet."""
        return self.due().filter(state=SurveyState.PENDING, campaign__state=CampaignState.OPEN)

    def for_list(self) -> Self:
        """Everything that a list of records shows."""
        return self.select_related("cooperative__township", "recorded_by").prefetch_related(
            "findings"
        )

    def coverage(self) -> list[dict[str, Any]]:
        """Count by township: `total`, `done`, and of the done how many need each kind of care."""
        done = Q(state=SurveyState.RECORDED)
        rows: Any = (
            self.due()
            .values("cooperative__township__code", "cooperative__township__short_name")
            .annotate(
                position=models.Min("cooperative__township__position"),
                total=Count("pk"),
                done=Count("pk", filter=done),
                idle=Count(
                    "pk",
                    filter=Q(operating_state__in=(Condition.CEASED, Condition.NOT_FOUND)),
                ),
                **{
                    f"as_{value}": Count("pk", filter=Q(disposition=value)) for value in Disposition
                },
            )
            .order_by()
        )
        return sorted(rows, key=lambda row: (row["position"] is None, row["position"] or 0))


class SurveyRecord(models.Model):
    """摸底记录：一家合作社在一次摸底里的所见、类别和处置意见。只是建议，不改变登记状态。"""

    campaign = models.ForeignKey(
        SurveyCampaign, models.CASCADE, related_name="records", verbose_name="摸底"
    )
    cooperative = models.ForeignKey(
        Cooperative, models.CASCADE, related_name="survey_records", verbose_name="合作社"
    )
    state = models.CharField("状态", max_length=8, choices=SurveyState, default=SurveyState.PENDING)
    surveyed_on = models.DateField("摸底日期", null=True, blank=True)
    method = models.CharField("方式", max_length=8, choices=SurveyMethod, blank=True, default="")
    operating_state = models.CharField(
        "经营状况", max_length=10, choices=Condition, blank=True, default=""
    )
    met = models.CharField("见到的人", max_length=60, blank=True, default="")
    disposition = models.CharField(
        "处置意见", max_length=26, choices=Disposition, blank=True, default=""
    )
    note = models.CharField("情况说明", max_length=500, blank=True, default="")
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="记录人"
    )
    recorded_at = models.DateTimeField("记录时间", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        verbose_name = "摸底记录"
        verbose_name_plural = "摸底记录"
        constraints = (
            models.UniqueConstraint(
                fields=["campaign", "cooperative"], name="one_survey_record_per_society"
            ),
            models.CheckConstraint(
                condition=Q(state="pending")
                | (
                    Q(surveyed_on__isnull=False, recorded_at__isnull=False)
                    & ~Q(operating_state="")
                    & ~Q(disposition="")
                ),
                name="a_recorded_survey_is_complete",
            ),
        )
        indexes = (
            models.Index(fields=["campaign", "state", "cooperative"], name="survey_by_state"),
        )

    def __str__(self) -> str:
        return f"{self.cooperative}摸底记录"

    @property
    def is_recorded(self) -> bool:
        return self.state == SurveyState.RECORDED


class SurveyFinding(models.Model):
    """摸底认定的问题类别或标签；一家可以有几个。"""

    record = models.ForeignKey(
        SurveyRecord, models.CASCADE, related_name="findings", verbose_name="摸底记录"
    )
    finding = models.CharField("类别", max_length=26, choices=FINDING_CHOICES)

    class Meta:
        verbose_name = "摸底类别"
        verbose_name_plural = "摸底类别"
        constraints = (
            models.UniqueConstraint(fields=["record", "finding"], name="one_finding_per_record"),
        )
        indexes = (models.Index(fields=["finding", "record"], name="survey_by_finding"),)

    def __str__(self) -> str:
        return self.get_finding_display()
