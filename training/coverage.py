"""Visits counted by township, counsellor and class of society; who was not seen for longest."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from accounts.models import OrganisationUnit
from accounts.policy import Action, Reach, reach_of
from common import clock
from common.quarter import Quarter
from registry.models import Cooperative
from training.models import PairingNeed, Visit
from training.places import cells


@dataclass(frozen=True)
class Place:
    """One township on the schematic grid: societies, how many were seen, how many visits."""

    unit: OrganisationUnit
    column: int
    row: int
    societies: int
    seen: int
    visits: int

    @property
    def percent(self) -> int:
        """Seen societies in a hundred; 0 where there are none."""
        return round(100 * self.seen / self.societies) if self.societies else 0

    @property
    def tone(self) -> str:
        """Ok from two thirds on, warn from one third on."""
        if not self.societies:
            return "idle"
        return "ok" if self.percent >= 67 else "warn" if self.percent >= 34 else "bad"


def period(data: Any) -> tuple[dt.date, dt.date]:
    """Return the asked quarter's first and last day; the running one when none can be read."""
    try:
        quarter = Quarter.parse(str(data.get("quarter", "")))
    except ValueError:
        quarter = Quarter.of(clock.today())
    return quarter.first_day, quarter.last_day


def _visits(since: dt.date, until: dt.date) -> Any:
    return Visit.objects.standing().filter(visited_on__range=(since, until))


def reach_for(user: Any) -> Any:
    """Return the living societies whose coverage a person may see."""
    return Cooperative.objects.permitted(user, Action.VIEW_COVERAGE).living()


def places(user: Any, since: dt.date, until: dt.date) -> list[Place]:
    """Return every unit in reach with its numbers, in the cells of the grid. Three queries."""
    units = OrganisationUnit.objects.reporting()
    if reach_of(user, Action.VIEW_COVERAGE) != Reach.DISTRICT:
        units = units.filter(pk=user.unit_id)
    known = list(units)
    seen_now = _visits(since, until).filter(cooperative=OuterRef("pk"))
    counted = {
        line["township"]: line
        for line in reach_for(user)
        .annotate(is_seen=Exists(seen_now))
        .values("township")
        .order_by()
        .annotate(societies=Count("pk"), seen=Count("pk", filter=Q(is_seen=True)))
    }
    made = dict(
        _visits(since, until)
        .filter(cooperative__in=reach_for(user).values("pk"))
        .order_by()
        .values_list("cooperative__township")
        .annotate(n=Count("pk"))
    )
    where = cells([unit.code for unit in known])
    nothing = {"societies": 0, "seen": 0}
    return [
        Place(
            unit,
            where[unit.code][0] + 1 if len(known) > 1 else 1,
            where[unit.code][1] + 1 if len(known) > 1 else 1,
            counted.get(unit.pk, nothing)["societies"],
            counted.get(unit.pk, nothing)["seen"],
            made.get(unit.pk, 0),
        )
        for unit in known
    ]


def by_counsellor(user: Any, since: dt.date, until: dt.date) -> list[dict[str, Any]]:
    """Return how many visits each counsellor made to societies in reach, the busiest first."""
    return list(
        _visits(since, until)
        .filter(cooperative__in=reach_for(user).values("pk"))
        .values("counsellor", "counsellor__full_name", "counsellor__unit__short_name")
        .order_by()
        .annotate(number=Count("pk"), societies=Count("cooperative", distinct=True))
        .order_by("-number", "counsellor")
    )


def by_class(user: Any, since: dt.date, until: dt.date) -> list[dict[str, Any]]:
    """Return for each class that must be paired, and the others, how many societies were seen."""
    need = PairingNeed.objects.filter(cooperative=OuterRef("pk"), until__isnull=True)
    seen_now = _visits(since, until).filter(cooperative=OuterRef("pk"))
    rows = (
        reach_for(user)
        .annotate(of_class=Subquery(need.values("basis")[:1]), is_seen=Exists(seen_now))
        .values("of_class")
        .order_by()
        .annotate(societies=Count("pk"), seen=Count("pk", filter=Q(is_seen=True)))
    )
    words = dict(PairingNeed._meta.get_field("basis").choices or [])
    return [
        {**row, "label": words.get(row["of_class"], "其他合作社")}
        for row in sorted(rows, key=lambda row: (row["of_class"] is None, row["of_class"] or ""))
    ]


def longest_unseen(user: Any) -> Any:
    """Return the living societies in reach, those never seen first, then who waits for longest."""
    newest = Visit.objects.standing().filter(cooperative=OuterRef("pk"))
    last = newest.order_by("-visited_on", "-pk").values("visited_on")[:1]
    agreed = newest.order_by("-visited_on", "-pk").values("next_visit_on")[:1]
    return reach_for(user).annotate(last=Subquery(last), agreed=Subquery(agreed))


def unseen(user: Any, since: dt.date, until: dt.date) -> Any:
    """Return the living societies in reach that nobody visited in a period."""
    seen_now = _visits(since, until).filter(cooperative=OuterRef("pk"))
    return longest_unseen(user).filter(~Exists(seen_now))
