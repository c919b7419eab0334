"""That a society's roster was checked against papers on a day, and what it then counted."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from common import clock
from registry.models.cooperative import Cooperative


class RosterConfirmationQuerySet(models.QuerySet["RosterConfirmation"]):
    """Reads of confirmations."""

    def permitted(self, user: Any, action: str) -> Self:
        """Confirmations of the societies in reach."""
        return self.filter(cooperative__in=Cooperative.objects.permitted(user, action))

    def standing(self) -> Self:
        """Confirmations that hold now."""
        return self.filter(ended_on__isnull=True)


def held_on(day: dt.date, path: str = "") -> Q:
    """Return the condition that a confirmation held on a day; `path` leads to it, as `a__`.

    One that was replaced on its own day never held: so at most one of a society holds on any day.
    """
    lasting = Q((f"{path}ended_on__isnull", True)) | Q((f"{path}ended_on__gt", day))
    return Q((f"{path}confirmed_on__lte", day)) & lasting


class RosterConfirmation(models.Model):
    """成员名册的一次核对确认：核对当天的人数。名册此后有改动即失效，须重新确认。

    While it holds, the rules on members (law arts. 12, 20, 56) judge by these counts and not by
    the registered ones. `mark` is that of the roster as it was looked at.
    """

    cooperative = models.ForeignKey(
        Cooperative,
        models.CASCADE,
        related_name="roster_confirmations",
        verbose_name="合作社",
    )
    total = models.PositiveIntegerField("成员总数")
    farmers = models.PositiveIntegerField("农民成员数")
    units = models.PositiveIntegerField("单位成员数")
    mark = models.CharField("名册状态", max_length=64)
    basis = models.CharField("核对依据", max_length=300)
    confirmed_on = models.DateField("确认日期")
    confirmed_at = models.DateTimeField("确认时间", default=clock.now)
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name="核对确认人"
    )
    ended_on = models.DateField("失效日期", null=True, blank=True)
    ended_because = models.CharField("失效原因", max_length=300, blank=True, default="")

    objects = RosterConfirmationQuerySet.as_manager()

    class Meta:
        verbose_name = "名册确认"
        verbose_name_plural = "名册确认"
        constraints = (
            models.UniqueConstraint(
                fields=["cooperative"],
                condition=Q(ended_on__isnull=True),
                name="one_standing_roster_confirmation",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True)
                | Q(ended_on__gte=F("confirmed_on")) & ~Q(ended_because=""),
                name="roster_confirmation_ends_later_and_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(basis="") & Q(total__gt=0),
                name="roster_confirmed_on_some_basis",
            ),
        )
        indexes = (models.Index(fields=["cooperative", "-id"], name="roster_confirmation_newest"),)

    def __str__(self) -> str:
        return f"{self.cooperative}名册确认"
