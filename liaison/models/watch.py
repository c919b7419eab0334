"""Signs of illegal fund-raising in the name of a society: looked into, and referred."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from accounts.models import OrganisationUnit, User
from accounts.policy import Reach, reach_of
from common import clock
from demonstration.models import InnovationEntry
from liaison.watch_choices import OPEN_WATCHES, WatchOrigin, WatchSign, WatchState
from registry.models import Cooperative, CooperativeAgent


class WatchQuerySet(models.QuerySet["FundWatch"]):
    """Reads of signs."""

    def permitted(self, user: Any, action: str) -> Self:
        """All of the district or none; never one about a society that this person acts for."""
        if reach_of(user, action) != Reach.DISTRICT:
            return self.none()
        served = CooperativeAgent.objects.filter(user=user.pk, until__isnull=True)
        return self.exclude(cooperative__in=served.values("cooperative"))

    def open(self) -> Self:
        """Signs that somebody must still look into or decide about."""
        return self.filter(state__in=OPEN_WATCHES)

    def overdue(self) -> Self:
        return self.open().filter(due_on__lt=clock.today())

    def for_list(self) -> Self:
        """Everything that a list of signs shows."""
        return self.select_related("cooperative__township", "referred_to", "entry")


class FundWatch(models.Model):
    """集资风险线索：哪家合作社、什么迹象、核查结果、移送哪个部门（S-077）。

    Only those with the right see it, never the society. It changes neither the society's status
    nor its titles: what follows is decided by whom it was referred to.
    """

    cooperative = models.ForeignKey(
        Cooperative, models.PROTECT, related_name="fund_watches", verbose_name="合作社"
    )
    sign = models.CharField("迹象", max_length=16, choices=WatchSign)
    origin = models.CharField(
        "来源", max_length=10, choices=WatchOrigin, default=WatchOrigin.RECORDED
    )
    entry = models.ForeignKey(
        InnovationEntry,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="fund_watches",
        verbose_name="信用合作登记",
    )
    content = models.CharField("情况", max_length=500)
    noted_on = models.DateField("发现日期")
    due_on = models.DateField("核查期限")
    noted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="登记人"
    )
    state = models.CharField("状态", max_length=20, choices=WatchState, default=WatchState.NOTED)
    finding = models.CharField("核查结果", max_length=500, blank=True)
    checked_on = models.DateField("核查日期", null=True, blank=True)
    cleared_because = models.CharField("未见异常的理由", max_length=500, blank=True)
    referred_to = models.ForeignKey(
        OrganisationUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="移送部门",
    )
    referred_on = models.DateField("移送日期", null=True, blank=True)
    referral_number = models.CharField("移送文号", max_length=60, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = WatchQuerySet.as_manager()

    class Meta:
        verbose_name = "集资风险线索"
        verbose_name_plural = "集资风险线索"
        constraints = (
            models.UniqueConstraint(
                fields=["entry", "sign"],
                condition=Q(entry__isnull=False),
                name="a_sign_is_derived_once",
            ),
            models.CheckConstraint(
                condition=Q(state="watch_noted") | (~Q(finding="") & Q(checked_on__isnull=False)),
                name="a_checked_sign_has_a_finding",
            ),
            models.CheckConstraint(
                condition=~Q(state="watch_referred")
                | (
                    Q(referred_to__isnull=False)
                    & Q(referred_on__isnull=False)
                    & ~Q(referral_number="")
                ),
                name="a_referred_sign_says_where",
            ),
        )
        indexes = (models.Index(fields=["state", "due_on"], name="fund_watch_by_state"),)

    def __str__(self) -> str:
        return f"集资风险线索{self.pk}"  # nothing of its content stands in the trail's lists

    @property
    def is_overdue(self) -> bool:
        return self.state in OPEN_WATCHES and self.due_on < clock.today()
