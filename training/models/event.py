"""Training: events with their audience and topics, and who was there."""

import secrets
from typing import Any, Self

from django.db import models
from django.db.models import Count, Q

from accounts.models import OrganisationUnit, User
from accounts.policy import Reach, reach_of
from common import clock
from common.quarter import Quarter
from registry.models import Cooperative
from training.choices import Audience, EventState, SignedBy, Topic

_PLANNED = EventState.PLANNED


def new_token() -> str:
    """Return the secret part of a sign-in address."""
    return secrets.token_hex(8)


class EventQuerySet(models.QuerySet["TrainingEvent"]):
    """Reads of training events."""

    def permitted(self, user: Any, action: str) -> Self:
        """All events, those of one's township and the district, or those one is invited to."""
        match reach_of(user, action):
            case Reach.DISTRICT:
                return self
            case Reach.TOWNSHIP if user.unit_id:
                own = Q(unit=user.unit_id)
                # What the district holds is seen by all, and run by the district alone.
                return self.filter(own | Q(unit__isnull=True) if action == "view-event" else own)
            case Reach.OWN:
                societies = Cooperative.objects.permitted(user, action)
                return self.filter(
                    Q(attendance__cooperative__in=societies) | Q(attendance__person=user.pk)
                ).distinct()
            case _:
                return self.none()

    def held(self) -> Self:
        return self.filter(state=EventState.HELD)

    def counted(self) -> Self:
        """Add `invited` and `present`."""
        return self.annotate(
            invited=Count("attendance"),
            present=Count("attendance", filter=~Q(attendance__signed=SignedBy.NOT_YET)),
        )


class TrainingEvent(models.Model):
    """培训：谁办、给谁办、讲什么、讲几小时；签到表是到会的依据（domain §7.4）。费用单位：元。"""

    title = models.CharField("名称", max_length=100)
    audience = models.CharField("对象", max_length=12, choices=Audience)
    unit = models.ForeignKey(
        OrganisationUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="trainings",
        verbose_name="举办单位",
        help_text="空为区级举办",
    )
    held_on = models.DateField("日期")
    begins_at = models.TimeField("开始时间", null=True, blank=True)
    hours = models.DecimalField("学时", max_digits=4, decimal_places=1)
    place = models.CharField("地点", max_length=100)
    trainers = models.CharField("授课人", max_length=200, blank=True, default="")
    topics = models.JSONField("内容", default=list)
    cost = models.DecimalField("费用", max_digits=10, decimal_places=2, null=True, blank=True)
    assessment = models.TextField("效果评估", blank=True, default="")
    state = models.CharField("状态", max_length=12, choices=EventState, default=_PLANNED)
    token = models.CharField("签到码", max_length=16, unique=True, default=new_token)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    made_at = models.DateTimeField("登记时间", default=clock.now)
    version = models.PositiveIntegerField("版本", default=1)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "培训"
        verbose_name_plural = "培训"
        indexes = (models.Index(fields=["-held_on", "-id"], name="event_newest"),)
        constraints = (
            models.CheckConstraint(condition=Q(hours__gt=0), name="event_lasts"),
            models.CheckConstraint(
                condition=Q(cost__isnull=True) | Q(cost__gte=0), name="event_cost_is_no_debt"
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def quarter(self) -> Quarter:
        return Quarter.of(self.held_on)

    @property
    def topic_words(self) -> str:
        """The topics in words."""
        return "、".join(str(Topic(code).label) for code in self.topics if code in Topic.values)


class Attendance(models.Model):
    """受邀与到会：一人一行，未到也留着。"""

    event = models.ForeignKey(
        TrainingEvent, models.CASCADE, related_name="attendance", verbose_name="培训"
    )
    name = models.CharField("姓名", max_length=30)
    organisation = models.CharField("单位", max_length=100, blank=True, default="")
    cooperative = models.ForeignKey(
        Cooperative,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="attendance",
        verbose_name="合作社",
    )
    person = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="账号"
    )
    invited = models.BooleanField("受邀", default=False)
    signed = models.CharField("签到", max_length=6, choices=SignedBy, blank=True, default="")
    signed_at = models.DateTimeField("签到时间", null=True, blank=True)

    class Meta:
        verbose_name = "培训签到"
        verbose_name_plural = "培训签到"
        constraints = (
            models.UniqueConstraint(
                fields=["event", "name", "organisation"], name="one_line_a_person"
            ),
        )

    def __str__(self) -> str:
        return self.name
