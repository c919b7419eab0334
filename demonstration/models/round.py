"""A rating round: one level, one quota, one set of criteria, from the call to the document."""

import datetime as dt
from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import Count, F, Q

from accounts.models import OrganisationUnit, User
from accounts.policy import Action, Reach, reach_of
from common import clock
from demonstration.choices import ApplicationState, RoundState
from demonstration.models.criteria import CriteriaSet

NOTICE_DAYS_LEAST, NOTICE_DAYS_USUAL = 5, 7


class RoundQuerySet(models.QuerySet["RatingRound"]):
    """Reads of rounds."""

    def permitted(self, user: Any, action: str) -> Self:
        """All rounds, or nothing: a round belongs to the district."""
        return self if reach_of(user, action) == Reach.DISTRICT else self.none()

    def open_for_applications(self, day: dt.date) -> Self:
        """Rounds that take applications on a day."""
        return self.filter(state=RoundState.OPEN, apply_from__lte=day, apply_until__gte=day)

    def in_public_notice(self, day: dt.date) -> Self:
        """Rounds whose result is on public notice on a day, the notice that ends first before."""
        running = self.filter(state=RoundState.NOTICE, notice_from__lte=day, notice_until__gte=day)
        return running.order_by("notice_until", "pk")

    def under_way(self) -> Self:
        return self.exclude(state__in=(RoundState.RECOGNISED, RoundState.CANCELLED))

    def with_numbers(self, user: Any) -> Self:
        """Add `handed_in` and `recognised`: of the applications that this person may read."""
        from demonstration.models.application import RatingApplication  # noqa: PLC0415 - they name each other

        reach = RatingApplication.objects.permitted(user, Action.VIEW_APPLICATION)
        seen = Q(applications__in=reach.handed_in())
        done = Q(applications__state=ApplicationState.RECOGNISED)
        return self.annotate(
            handed_in=Count("applications", filter=seen),
            recognised=Count("applications", filter=seen & done),
        )


class RatingRound(models.Model):
    """评定批次：级别、名额、日期与所用标准；从受理申报到认定发文。"""

    title = models.CharField("批次名称", max_length=60, unique=True)
    criteria = models.ForeignKey(
        CriteriaSet, models.PROTECT, related_name="rounds", verbose_name="评定标准"
    )
    quota = models.PositiveSmallIntegerField("名额")
    recommend_ratio = models.DecimalField(
        "推荐比例", max_digits=3, decimal_places=1, default=Decimal("1.3")
    )
    apply_from = models.DateField("申报开始")
    apply_until = models.DateField("申报截止")
    notice_days = models.PositiveSmallIntegerField("公示天数", default=NOTICE_DAYS_USUAL)
    spread_limit = models.PositiveSmallIntegerField("评分差距上限", default=15)
    state = models.CharField(
        "状态", max_length=12, choices=RoundState, default=RoundState.PREPARING
    )
    consulted = models.ManyToManyField(
        OrganisationUnit, related_name="+", blank=True, verbose_name="征求意见的部门"
    )
    approved_by_meeting = models.CharField("联席会议纪要", max_length=100, blank=True)
    approved_on = models.DateField("会议通过日期", null=True, blank=True)
    notice_from = models.DateField("公示开始", null=True, blank=True)
    notice_until = models.DateField("公示截止", null=True, blank=True)
    document_number = models.CharField("认定文号", max_length=60, blank=True)
    recognised_on = models.DateField("认定日期", null=True, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, verbose_name="设立人")
    created_at = models.DateTimeField("设立时间", default=clock.now)
    version = models.PositiveIntegerField("版本", default=1)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = "评定批次"
        verbose_name_plural = "评定批次"
        constraints = (
            models.CheckConstraint(
                condition=Q(apply_until__gte=F("apply_from")), name="a_round_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(notice_days__gte=NOTICE_DAYS_LEAST), name="a_notice_lasts_five_days"
            ),
            models.CheckConstraint(condition=Q(quota__gt=0), name="a_round_has_a_quota"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> str:
        """What a condition about it is called in an address."""
        return str(self.pk)

    @property
    def most_recommended(self) -> int:
        """How many societies may be recommended: the quota times the ratio, rounded down."""
        return int(self.quota * self.recommend_ratio)

    @property
    def is_scoring(self) -> bool:
        return self.state == RoundState.REVIEWING


class Reviewer(models.Model):
    """评审人：由农业农村局为一个批次聘请。"""

    round = models.ForeignKey(
        RatingRound, models.CASCADE, related_name="reviewers", verbose_name="批次"
    )
    user = models.ForeignKey(User, models.PROTECT, related_name="reviewing", verbose_name="评审人")
    appointed_at = models.DateTimeField("聘请时间", default=clock.now)

    class Meta:
        verbose_name = "评审人"
        verbose_name_plural = "评审人"
        constraints = (
            models.UniqueConstraint(fields=["round", "user"], name="a_reviewer_is_named_once"),
        )

    def __str__(self) -> str:
        return f"{self.round} {self.user}"

    @property
    def anchor(self) -> str:
        """The key as text, for the name of a dialog."""
        return str(self.pk)
