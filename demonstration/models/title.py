"""The register of honours: which society holds which title, since when, until when."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Case, IntegerField, OuterRef, Q, Subquery, Value, When

from accounts.models import IssuedPaper, User
from common import clock
from demonstration.choices import (
    ENDED_STATES,
    HELD_STATES,
    STANDING_EVENTS,
    Honour,
    Level,
    TitleEventKind,
    TitleState,
)
from registry.models import Cooperative

RANK = {level: place for place, level in enumerate(Level)}


class TitleQuerySet(models.QuerySet["DemonstrationTitle"]):
    """Reads of the register of honours."""

    def permitted(self, user: Any, action: str) -> Self:
        """Titles of the societies in reach."""
        return self.filter(cooperative__in=Cooperative.objects.permitted(user, action))

    def held(self) -> Self:
        """Titles that stand today, those under monitoring or rectification included."""
        return self.filter(state__in=HELD_STATES)

    def held_on(self, day: dt.date) -> Self:
        """Titles that stood on a day, whatever became of them before and since."""
        latest = TitleEvent.objects.filter(title=OuterRef("pk"), on__lte=day).order_by("-on", "-pk")
        return self.annotate(last_event=Subquery(latest.values("kind")[:1])).filter(
            last_event__in=STANDING_EVENTS
        )

    def recognised_between(
        self, first: dt.date, last: dt.date, *, known: dt.date | None = None
    ) -> Self:
        """Titles by their day of recognition, both days included (S-010 to S-013).

        An upgrade counts at the new level and takes nothing from the old one; a removal lowers
        what is held, never what was recognised. With `known`, only what had been entered by then.
        """
        found = self.filter(recognised_on__range=(first, last))
        return found.filter(entered_at__date__lte=known) if known else found

    def by_rank(self) -> Self:
        """Highest level first, then the latest recognition."""
        ranks = [When(level=level, then=Value(place)) for level, place in RANK.items()]
        return self.annotate(rank=Case(*ranks, output_field=IntegerField())).order_by(
            "rank", "-recognised_on", "pk"
        )


class DemonstrationTitle(models.Model):
    """称号：一家合作社可同时持有几个级别的称号；最高级别由此推算，不另存。"""

    cooperative = models.ForeignKey(
        Cooperative, models.PROTECT, related_name="titles", verbose_name="合作社"
    )
    level = models.CharField("级别", max_length=12, choices=Level)
    honour = models.CharField("称号", max_length=16, choices=Honour, default=Honour.DEMONSTRATION)
    batch = models.CharField("批次", max_length=40)
    document_number = models.CharField("认定文号", max_length=60)
    recognised_on = models.DateField("认定日期")
    valid_until = models.DateField("有效期至", null=True, blank=True)
    monitor_by = models.DateField("下次监测期限")
    state = models.CharField("状态", max_length=12, choices=TitleState, default=TitleState.VALID)
    ended_on = models.DateField("终止日期", null=True, blank=True)
    ended_because = models.CharField("终止原因", max_length=200, blank=True)
    ended_document = models.CharField("终止文号", max_length=60, blank=True)
    certificate = models.ForeignKey(
        IssuedPaper, models.SET_NULL, null=True, related_name="+", verbose_name="证书"
    )
    plaque = models.ForeignKey(
        IssuedPaper, models.SET_NULL, null=True, related_name="+", verbose_name="牌匾"
    )
    entered_at = models.DateTimeField("登记时间", default=clock.now)
    version = models.PositiveIntegerField("版本", default=1)

    objects = TitleQuerySet.as_manager()

    class Meta:
        verbose_name = "示范社称号"
        verbose_name_plural = "示范社称号"
        constraints = (
            models.UniqueConstraint(
                fields=["cooperative", "level", "honour"],
                condition=~Q(state__in=[state.value for state in ENDED_STATES]),
                name="one_standing_title_per_level",
            ),
            models.CheckConstraint(
                condition=(Q(ended_on__isnull=False) & Q(state__in=[s.value for s in ENDED_STATES]))
                | (Q(ended_on__isnull=True) & ~Q(state__in=[s.value for s in ENDED_STATES])),
                name="ended_titles_have_a_day",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=models.F("recognised_on")),
                name="a_title_ends_after_it_began",
            ),
        )
        indexes = (
            models.Index(fields=["level", "-recognised_on", "id"], name="title_by_level"),
            models.Index(fields=["recognised_on", "id"], name="title_by_recognition"),
        )

    def __str__(self) -> str:
        return f"{self.cooperative} {self.get_level_display()}{self.get_honour_display()}"

    @property
    def is_held(self) -> bool:
        return self.state in HELD_STATES


class TitleEvent(models.Model):
    """称号的一次变化：认定、监测通过、取消、恢复等；只增不改，取消与恢复都留在履历里。"""

    title = models.ForeignKey(
        DemonstrationTitle, models.CASCADE, related_name="events", verbose_name="称号"
    )
    kind = models.CharField("变化", max_length=16, choices=TitleEventKind)
    on = models.DateField("日期")
    document_number = models.CharField("文号", max_length=60, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, verbose_name="登记人")
    recorded_at = models.DateTimeField("登记时间", default=clock.now)

    class Meta:
        verbose_name = "称号变化"
        verbose_name_plural = "称号变化"
        ordering = ("-on", "-pk")
        indexes = (models.Index(fields=["title", "-on", "-id"], name="title_history"),)

    def __str__(self) -> str:
        return f"{self.title} {self.get_kind_display()}"
