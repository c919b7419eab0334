"""群众举报: what somebody told about a society, kept from those concerned (S-097)."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from accounts.models import User
from accounts.policy import Reach, reach_of
from common import clock
from registry.cleanup.choices import OPEN_TIP_OFFS, TipOffChannel, TipOffState
from registry.models.cleanup_case import CleanupCase
from registry.models.cooperative import Cooperative, CooperativeAgent


class TipOffQuerySet(models.QuerySet["TipOff"]):
    """Reads of tip-offs."""

    def permitted(self, user: Any, action: str) -> Self:
        """All of the district or none; never one about a society that this person acts for."""
        if reach_of(user, action) != Reach.DISTRICT:
            return self.none()
        served = CooperativeAgent.objects.filter(user=user.pk, until__isnull=True)
        return self.filter(
            Q(cooperative__isnull=True) | ~Q(cooperative__in=served.values("cooperative"))
        )

    def open(self) -> Self:
        return self.filter(state__in=OPEN_TIP_OFFS)

    def overdue(self) -> Self:
        return self.open().filter(due_on__lt=clock.today())


class TipOff(models.Model):
    """群众举报的线索。只有有权的人能看；被举报的合作社和它的使用人看不到。"""

    number = models.CharField("编号", max_length=16, unique=True)
    about = models.CharField("被举报的合作社", max_length=120)
    cooperative = models.ForeignKey(
        Cooperative,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tip_offs",
        verbose_name="对应名录中的合作社",
    )
    content = models.TextField("反映的情况", max_length=2000)
    channel = models.CharField("来源", max_length=10, choices=TipOffChannel)
    received_on = models.DateField("收到日期")
    due_on = models.DateField("核查期限")
    reporter_name = models.CharField("举报人", max_length=40, blank=True, default="")
    reporter_phone = models.CharField("举报人电话", max_length=20, blank=True, default="")
    state = models.CharField(
        "状态", max_length=12, choices=TipOffState, default=TipOffState.RECEIVED
    )
    finding = models.CharField("核查结果", max_length=500, blank=True, default="")
    case = models.ForeignKey(
        CleanupCase,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="tip_offs",
        verbose_name="清理案件",
    )
    received_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="登记人"
    )
    version = models.PositiveIntegerField("版本", default=1)

    objects = TipOffQuerySet.as_manager()

    class Meta:
        verbose_name = "群众举报"
        verbose_name_plural = "群众举报"
        constraints = (
            models.CheckConstraint(
                condition=~Q(state__in=["founded", "unfounded"]) | ~Q(finding=""),
                name="a_closed_tip_off_has_a_finding",
            ),
        )
        indexes = (models.Index(fields=["state", "due_on"], name="tip_off_by_state"),)

    def __str__(self) -> str:
        return self.number  # nothing of its content stands in the trail's lists

    @property
    def is_overdue(self) -> bool:
        return self.state in OPEN_TIP_OFFS and self.due_on < clock.today()
