"""Societies as they stood on a day, as far as one knew by another."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from accounts.policy import Action
from pilot.indicators.frame import AsOf, Line
from registry.choices import ENDED_STATUSES, CooperativeKind
from registry.models import Cooperative, CooperativeVersion

BEYOND = "未归到乡镇街道"
WIDE_RULE = "分母含试点期内注销的合作社。清理空壳社会使分母变小、比率变大，两个都列出。"


def societies(user: Any, when: AsOf) -> QuerySet[Cooperative]:
    """Return the societies in reach that existed on the day, branches left out."""
    reach = Cooperative.objects.permitted(user, Action.VIEW_INDICATOR)
    return existing(reach, when, when.on)


def societies_of_the_programme(user: Any, when: AsOf) -> QuerySet[Cooperative]:
    """Return the societies in reach that existed on any day from the first of the programme."""
    reach = Cooperative.objects.permitted(user, Action.VIEW_INDICATOR)
    held = CooperativeVersion.objects.filter(cooperative=OuterRef("pk")).known(when.known_at)
    lasting = held.true_within(when.since, when.on).exclude(status__in=ENDED_STATUSES)
    return reach.filter(Exists(lasting)).exclude(kind=CooperativeKind.BRANCH)


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
