"""Which counsellor looks after which society, and which societies must be paired with one."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from accounts.models import User
from registry.models import Cooperative
from training.choices import AssignmentKind, PairingBasis


class AssignmentQuerySet(models.QuerySet["CounsellorAssignment"]):
    """Reads of assignments."""

    def permitted(self, user: Any, action: str) -> Self:
        """Assignments of the societies in reach."""
        return self.filter(cooperative__in=Cooperative.objects.permitted(user, action))

    def open(self) -> Self:
        return self.filter(until__isnull=True)

    def guidance(self) -> Self:
        return self.filter(kind=AssignmentKind.GUIDANCE)

    def pairing(self) -> Self:
        return self.filter(kind=AssignmentKind.PAIRING)


class CounsellorAssignment(models.Model):
    """辅导员与合作社的联系或结对：起止日期都留存，换人不改旧记录。"""

    cooperative = models.ForeignKey(
        Cooperative, models.CASCADE, related_name="counselling", verbose_name="合作社"
    )
    counsellor = models.ForeignKey(
        User, models.PROTECT, related_name="counselling", verbose_name="辅导员"
    )
    kind = models.CharField("类别", max_length=12, choices=AssignmentKind)
    since = models.DateField("起始日期")
    until = models.DateField("终止日期", null=True, blank=True)
    reason = models.CharField("说明", max_length=200, blank=True, default="")
    version = models.PositiveIntegerField("版本", default=1)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "辅导关系"
        verbose_name_plural = "辅导关系"
        constraints = (
            models.UniqueConstraint(
                fields=["cooperative", "kind"],
                condition=Q(until__isnull=True),
                name="one_open_assignment_per_kind",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="assignment_lasts",
            ),
        )

    def __str__(self) -> str:
        return f"{self.counsellor}{self.get_kind_display()}{self.cooperative}"


class PairingNeedQuerySet(models.QuerySet["PairingNeed"]):
    """Reads of what must be paired."""

    def permitted(self, user: Any, action: str) -> Self:
        """Needs of the societies in reach."""
        return self.filter(cooperative__in=Cooperative.objects.permitted(user, action))

    def on(self, day: dt.date) -> Self:
        """Needs that hold on a day."""
        return self.filter(since__lte=day).filter(Q(until__isnull=True) | Q(until__gt=day))

    def unmet(self) -> Self:
        """Needs of societies that no counsellor is paired with now."""
        pairs = CounsellorAssignment.objects.open().pairing()
        return self.filter(~Exists(pairs.filter(cooperative=OuterRef("cooperative"))))


class PairingNeed(models.Model):
    """须结对的合作社：示范社、规范社和培育对象都要有辅导员结对（方案S-067）。"""

    cooperative = models.ForeignKey(
        Cooperative, models.CASCADE, related_name="pairing_needs", verbose_name="合作社"
    )
    basis = models.CharField("依据", max_length=12, choices=PairingBasis)
    since = models.DateField("起始日期")
    until = models.DateField("终止日期", null=True, blank=True)

    objects = PairingNeedQuerySet.as_manager()

    class Meta:
        verbose_name = "须结对的合作社"
        verbose_name_plural = "须结对的合作社"
        constraints = (
            models.UniqueConstraint(
                fields=["cooperative"],
                condition=Q(until__isnull=True),
                name="one_open_pairing_need",
            ),
        )

    def __str__(self) -> str:
        return f"{self.cooperative}（{self.get_basis_display()}）"
