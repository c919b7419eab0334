"""Bodies that coordinate the pilot, and who sits in them."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import F, Prefetch, Q

from accounts.models import OrganisationUnit, User
from accounts.policy import Reach, reach_of
from common import clock
from liaison.meeting_choices import BodyKind, CopyLabel, SeatDuty


class BodyQuerySet(models.QuerySet["CoordinationBody"]):
    """Reads of bodies."""

    def permitted(self, user: Any, action: str) -> Self:
        """All bodies; those of one's own unit; for a township those it hosts or sits in."""
        match reach_of(user, action):
            case Reach.DISTRICT:
                return self
            case Reach.TOWNSHIP | Reach.OWN if user.unit_id:
                sits = BodySeat.objects.current().filter(unit=user.unit_id).values("body")
                return self.filter(Q(office=user.unit_id) | Q(pk__in=sits))
            case _:
                return self.none()

    def active(self) -> Self:
        return self.filter(active=True)

    def with_seats(self) -> Self:
        """Add the current seats in their order, as `seated`."""
        seats = BodySeat.objects.current().select_related("unit").in_order()
        return self.select_related("office").prefetch_related(
            Prefetch("seats", queryset=seats, to_attr="seated")
        )


class CoordinationBody(models.Model):
    """协调机构：联席会议、领导小组、乡镇街道领导小组，及其例会和会签规则（S-087、S-094、S-105）。

    `consent_days` is the term of an answer to the minutes, in calendar days; with
    `silence_agrees` a unit that lets it pass counts as agreeing, and the minutes say so.
    """

    kind = models.CharField("类别", max_length=20, choices=BodyKind)
    name = models.CharField("名称", max_length=60, unique=True)
    office = models.ForeignKey(
        OrganisationUnit, models.PROTECT, related_name="hosted_bodies", verbose_name="办公室设在"
    )
    founding = models.CharField("成立依据", max_length=120, blank=True)
    meets_quarterly = models.BooleanField("每季度召开例会", default=True)
    consent_days = models.PositiveSmallIntegerField("会签期限（天）", default=5)
    silence_agrees = models.BooleanField("逾期未答复视为同意", default=False)
    number_label = models.CharField("文号字头", max_length=20, help_text="例如：通农合联纪")
    copy_label = models.CharField(
        "抄送的写法", max_length=8, choices=CopyLabel, default=CopyLabel.COPY
    )
    copy_up = models.CharField("抄送（抄报）上级", max_length=120, blank=True)
    copy_to = models.CharField("印发单位以外的抄送", max_length=200, blank=True)
    active = models.BooleanField("在用", default=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = BodyQuerySet.as_manager()

    class Meta:
        verbose_name = "协调机构"
        verbose_name_plural = "协调机构"
        constraints = (
            models.CheckConstraint(
                condition=Q(consent_days__gte=1, consent_days__lte=60),
                name="consent_takes_one_to_sixty_days",
            ),
        )

    def __str__(self) -> str:
        return self.name


class SeatQuerySet(models.QuerySet["BodySeat"]):
    """Reads of seats."""

    def permitted(self, user: Any, action: str) -> Self:
        """Seats of the bodies in reach."""
        return self.filter(body__in=CoordinationBody.objects.permitted(user, action).values("pk"))

    def current(self, day: dt.date | None = None) -> Self:
        """Seats taken on a day."""
        on = day or clock.today()
        return self.filter(since__lte=on).filter(Q(until__isnull=True) | Q(until__gte=on))

    def in_order(self) -> Self:
        """Heads first, then as numbered, then in the official order of units."""
        rank = models.Case(
            *(models.When(duty=duty, then=place) for place, duty in enumerate(SeatDuty.values)),
            output_field=models.IntegerField(),
        )
        return self.annotate(rank=rank).order_by("rank", "unit__position", "pk")


class BodySeat(models.Model):
    """成员：单位、姓名、职务、起止日期；办公电话即通讯录（S-094）。换人另起一行，旧行留档。"""

    body = models.ForeignKey(
        CoordinationBody, models.PROTECT, related_name="seats", verbose_name="机构"
    )
    unit = models.ForeignKey(
        OrganisationUnit, models.PROTECT, related_name="seats", verbose_name="单位"
    )
    person = models.CharField("姓名", max_length=30, blank=True)
    post = models.CharField("职务", max_length=60, blank=True)
    duty = models.CharField("在机构中", max_length=12, choices=SeatDuty, default=SeatDuty.MEMBER)
    office_phone = models.CharField("办公电话", max_length=30, blank=True)
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)
    entered_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )
    version = models.PositiveIntegerField("版本", default=1)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = "机构成员"
        verbose_name_plural = "机构成员"
        constraints = (
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="a_seat_ends_after_it_begins",
            ),
        )
        indexes = (models.Index(fields=["body", "unit"], name="seat_of_unit"),)

    def __str__(self) -> str:
        return f"{self.unit.short_name}{self.person}"

    @property
    def anchor(self) -> str:
        """The key as text, for the name of a dialog."""
        return str(self.pk)
