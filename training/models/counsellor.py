"""Counsellors: who is appointed for which township, with what specialty, and until when."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Count, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from accounts.policy import Reach, reach_of
from registry.choices import ENDED_STATUSES, Severity
from registry.models import Flag
from training.choices import AssignmentKind, CounsellorSource, Specialty


class CounsellorQuerySet(models.QuerySet["Counsellor"]):
    """Reads of counsellors."""

    def permitted(self, user: Any, action: str) -> Self:
        """All counsellors, those of one's township, or oneself."""
        match reach_of(user, action):
            case Reach.DISTRICT:
                return self
            case Reach.TOWNSHIP if user.unit_id:
                return self.filter(user__unit=user.unit_id)
            case Reach.ASSIGNED | Reach.OWN:
                return self.filter(user=user.pk)
            case _:
                return self.none()

    def serving(self, day: dt.date) -> Self:
        """Those who are appointed on a day and whose account is in use."""
        lasting = Q(until__isnull=True) | Q(until__gt=day)
        return self.filter(lasting, appointed_on__lte=day, user__is_active=True)

    def with_load(self) -> Self:
        """Add `societies`, `pairs` and `grave_flags`: what each looks after now."""
        from training.models.assignment import CounsellorAssignment  # noqa: PLC0415 - circle

        mine = CounsellorAssignment.objects.open().filter(counsellor=OuterRef("user"))
        guided = mine.filter(kind=AssignmentKind.GUIDANCE).exclude(
            cooperative__status__in=ENDED_STATUSES
        )
        flags = (
            Flag.objects.open()
            .filter(cooperative__counsellor=OuterRef("user"), severity=Severity.HIGH)
            .order_by()
            .values("cooperative__counsellor")
        )
        return self.annotate(
            societies=_counted(guided.order_by().values("counsellor")),
            pairs=_counted(
                mine.filter(kind=AssignmentKind.PAIRING).order_by().values("counsellor")
            ),
            grave_flags=_counted(flags),
        )


def _counted(groups: Any) -> Coalesce:
    number = Subquery(groups.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    return Coalesce(number, 0)


class Counsellor(models.Model):
    """合作社辅导员：聘任、专长与任期；所在乡镇街道见其账号的所属机构。"""

    user = models.OneToOneField(
        User, models.PROTECT, related_name="counsellor_post", verbose_name="账号"
    )
    specialty = models.CharField("专长", max_length=16, choices=Specialty)
    source = models.CharField("来源", max_length=16, choices=CounsellorSource)
    full_time = models.BooleanField("专职", default=False)
    appointed_on = models.DateField("聘任日期")
    until = models.DateField("聘期至", null=True, blank=True)
    note = models.CharField("说明", max_length=200, blank=True, default="")
    version = models.PositiveIntegerField("版本", default=1)

    objects = CounsellorQuerySet.as_manager()

    class Meta:
        verbose_name = "辅导员"
        verbose_name_plural = "辅导员"
        constraints = (
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("appointed_on")),
                name="appointment_lasts",
            ),
        )

    def __str__(self) -> str:
        return str(self.user)

    def serves_on(self, day: dt.date) -> bool:
        """Tell whether this person is a counsellor on a day."""
        within = self.appointed_on <= day and (self.until is None or self.until > day)
        return within and self.user.is_active
