"""Meetings, their agenda, and which unit came."""

import datetime as dt
import re
from typing import Any, Self

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery

from accounts.models import OrganisationUnit, User
from accounts.policy import Action, Reach, reach_of
from common import clock
from common.quarter import Quarter, quarter_in
from liaison.meeting_choices import AgendaKind, MeetingState, Presence, ReplyKind
from liaison.models.body import CoordinationBody

TOLD = (MeetingState.CALLED, MeetingState.HELD, MeetingState.CANCELLED)
_OF_EVERY_NAME = re.compile(r"(例会)?(的?(会议)?纪要)?$")


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Reads of meetings."""

    def permitted(self, user: Any, action: str) -> Self:
        """All meetings, or those to which one's own unit was called."""
        match reach_of(user, action):
            case Reach.DISTRICT:
                return self
            case Reach.TOWNSHIP | Reach.OWN if user.unit_id:
                called = MeetingUnit.objects.filter(unit=user.unit_id).values("meeting")
                return self.filter(pk__in=called, state__in=TOLD)
            case _:
                return self.none()

    def standing(self) -> Self:
        return self.exclude(state=MeetingState.CANCELLED)

    def ahead(self) -> Self:
        """Not held yet."""
        return self.filter(state__in=(MeetingState.PLANNED, MeetingState.CALLED))

    def named(self, text: str) -> Self:
        """Those whose name holds a text, whole or in part: the body, its quarter, or both."""
        year, number, rest = quarter_in(text)
        name = _OF_EVERY_NAME.sub("", rest, count=1).strip()
        return self.filter(
            body__name__contains=name, quarter__startswith=year, quarter__endswith=number
        )

    def overdue(self, day: dt.date | None = None) -> Self:
        """Not held although its quarter is over."""
        return self.ahead().filter(last_day__lt=day or clock.today())

    def unrecorded(self, day: dt.date | None = None) -> Self:
        """Called for a day that is past, in a quarter that is not, and nobody wrote what became."""
        today = day or clock.today()
        return self.filter(
            state=MeetingState.CALLED, starts_at__lt=clock.start_of(today), last_day__gte=today
        )

    def for_list(self, user: Any) -> Self:
        """Everything that a list shows: the body, who came, and of the decisions that this person
        may open how many there are and how many are undone.
        """
        from liaison.models.decision import UNDONE, Decision  # noqa: PLC0415 - they name each other

        reach = Decision.objects.permitted(user, Action.VIEW_DECISION)
        made = reach.filter(meeting=OuterRef("pk")).order_by().values("meeting")
        number = Count("pk")
        rows = self.select_related("body", "minutes").defer("minutes__content")
        return rows.annotate(
            present=Count("units", filter=Q(units__presence=Presence.PRESENT)),
            decided=Subquery(made.annotate(n=number).values("n")),
            undone=Subquery(made.filter(state__in=UNDONE).annotate(n=number).values("n")),
        )


class Meeting(models.Model):
    """会议：一个机构一个季度一次例会（S-088、S-107）。季度写作 2021Q2，`last_day` 是季末。"""

    body = models.ForeignKey(
        CoordinationBody, models.PROTECT, related_name="meetings", verbose_name="机构"
    )
    quarter = models.CharField("季度", max_length=6)
    last_day = models.DateField("季末")
    state = models.CharField(
        "状态", max_length=12, choices=MeetingState, default=MeetingState.PLANNED
    )
    starts_at = models.DateTimeField("开会时间", null=True, blank=True)
    place = models.CharField("地点", max_length=80, blank=True)
    chair = models.CharField("主持人", max_length=60, blank=True)
    recorder = models.CharField("记录人", max_length=30, blank=True)
    reply_by = models.DateField("回复期限", null=True, blank=True)
    held_on = models.DateField("召开日期", null=True, blank=True)
    cancelled_because = models.CharField("取消原因", max_length=300, blank=True)
    created_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="设立人"
    )
    created_at = models.DateTimeField("设立时间", default=clock.now)
    version = models.PositiveIntegerField("版本", default=1)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "会议"
        verbose_name_plural = "会议"
        constraints = (
            models.UniqueConstraint(
                fields=["body", "quarter"],
                condition=~Q(state="cancelled"),
                name="one_regular_meeting_per_quarter",
            ),
            models.CheckConstraint(
                condition=~Q(state="held") | Q(held_on__isnull=False),
                name="a_held_meeting_has_a_day",
            ),
        )
        indexes = (models.Index(fields=["state", "last_day"], name="meeting_ahead"),)

    def __str__(self) -> str:
        return f"{self.body}{self.when.label}例会"

    @property
    def when(self) -> Quarter:
        return Quarter.parse(self.quarter)

    @property
    def is_ahead(self) -> bool:
        return self.state in (MeetingState.PLANNED, MeetingState.CALLED)

    @property
    def is_overdue(self) -> bool:
        """Whether its quarter is over and it was not held."""
        return self.is_ahead and self.last_day < clock.today()


class AgendaItem(models.Model):
    """议题。`source` 指明来自哪条记录（如 decision:12），同一来源在一次会上只列一次。"""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda", verbose_name="会议")
    position = models.PositiveSmallIntegerField("顺序")
    kind = models.CharField("来源", max_length=20, choices=AgendaKind, default=AgendaKind.OTHER)
    source = models.CharField(max_length=60, blank=True)
    title = models.CharField("议题", max_length=120)
    details = models.TextField("说明", blank=True)
    url = models.CharField(max_length=200, blank=True)
    unit = models.ForeignKey(
        OrganisationUnit, models.PROTECT, null=True, blank=True, verbose_name="汇报单位"
    )
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "议题"
        verbose_name_plural = "议题"
        constraints = (
            models.UniqueConstraint(
                fields=["meeting", "source"],
                condition=~Q(source=""),
                name="a_matter_stands_once_on_an_agenda",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> str:
        """The key as text, for the name of a dialog."""
        return str(self.pk)


class MeetingUnitQuerySet(models.QuerySet["MeetingUnit"]):
    """Reads of who was called."""

    def permitted(self, user: Any, action: str) -> Self:
        """All, or one's own unit's part in the meetings that it was told of."""
        match reach_of(user, action):
            case Reach.DISTRICT:
                return self
            case Reach.TOWNSHIP | Reach.OWN if user.unit_id:
                return self.filter(unit=user.unit_id, meeting__state__in=TOLD)
            case _:
                return self.none()

    def to_reply(self) -> Self:
        """Called, and silent so far."""
        return self.filter(reply=ReplyKind.WAITING, meeting__state=MeetingState.CALLED)

    def present(self) -> Self:
        return self.filter(presence=Presence.PRESENT)


class MeetingUnit(models.Model):
    """参会单位：通知的回复，和到会的情况（出席、请假、列席、缺席）。"""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="units", verbose_name="会议")
    unit = models.ForeignKey(
        OrganisationUnit, models.PROTECT, related_name="meeting_parts", verbose_name="单位"
    )
    reply = models.CharField("回复", max_length=8, choices=ReplyKind, default=ReplyKind.WAITING)
    reply_note = models.CharField("回复说明", max_length=200, blank=True)
    replied_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="回复人"
    )
    replied_at = models.DateTimeField("回复时间", null=True)
    presence = models.CharField("到会", max_length=12, choices=Presence, default=Presence.UNKNOWN)
    person = models.CharField("参会人", max_length=60, blank=True)
    post = models.CharField("职务", max_length=60, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = MeetingUnitQuerySet.as_manager()

    class Meta:
        verbose_name = "参会单位"
        verbose_name_plural = "参会单位"
        constraints = (
            models.UniqueConstraint(fields=["meeting", "unit"], name="a_unit_is_called_once"),
        )

    def __str__(self) -> str:
        return f"{self.meeting} {self.unit.short_name}"

    @property
    def named(self) -> str:
        """Who came, with post and unit: 区水务局 李明（副局长）."""
        post = f"（{self.post}）" if self.post else ""
        return f"{self.unit.name}{' ' if self.person else ''}{self.person}{post if self.person else ''}"
