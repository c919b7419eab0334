"""Societies as they stood on a day, as far as one knew by another."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from accounts.policy import Action
from pilot.indicators.frame import AsOf, Line
from registry.choices import ENDED_STATUSES, CooperativeKind
from registry.models import Cooperative, CooperativeVersion

BEYOND = "未归到乡镇街道"


def societies(user: Any, when: AsOf) -> QuerySet[Cooperative]:
    """Return the societies in reach that existed on the day, branches left out."""
    reach = Cooperative.objects.permitted(user, Action.VIEW_INDICATOR)
    return existing(reach, when, when.on)


def existing(reach: QuerySet[Cooperative], when: AsOf, day: Any) -> QuerySet[Cooperative]:
    """Narrow to societies that existed on a day, as known by `when.known`; branches left out."""
    held = CooperativeVersion.objects.filter(cooperative=OuterRef("pk")).known(when.known_at)
    lasting = held.true_on(day).exclude(status__in=ENDED_STATUSES)
    return reach.filter(Exists(lasting)).exclude(kind=CooperativeKind.BRANCH)


def society_line(society: Cooperative, note: str = "") -> Line:
    """Say a society: its name with its page, its township."""
    township = society.township.short_name if society.township else BEYOND
    return Line(
        society.name,
        reverse("registry:cooperative-detail", args=[society.code]),
        township,
        note,
    )
