"""Whom to see next: the societies of one counsellor, the most pressing first, each with its reason."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Subquery

from common import clock
from common.template_tags import day
from registry.choices import Severity
from registry.models import Cooperative, Flag
from training.models import CounsellorAssignment, Promise, Visit

TODAY = 10


@dataclass(frozen=True)
class Item:
    """One society to see: why, and how pressing (0 is not at all)."""

    society: Cooperative
    reason: str
    weight: int
    last_visit: dt.date | None
    paired: bool


def agenda(societies: Any) -> list[Item]:
    """Return the societies of a queryset as items, the most pressing first. A single query.

    Late promises come first, then agreed next visits, grave suspicions, pairs and societies that
    were never seen; among equals, who was not seen for longest.
    """
    today = clock.today()
    newest = (
        Visit.objects.standing().filter(cooperative=OuterRef("pk")).order_by("-visited_on", "-pk")
    )
    late = Promise.objects.overdue(today).filter(cooperative=OuterRef("pk"))
    grave = Flag.objects.open().filter(cooperative=OuterRef("pk"), severity=Severity.HIGH)
    pairs = CounsellorAssignment.objects.open().pairing().filter(cooperative=OuterRef("pk"))
    rows = (
        societies.living()
        .select_related("township")
        .annotate(
            seen_last=Subquery(newest.values("visited_on")[:1]),
            agreed=Subquery(newest.values("next_visit_on")[:1]),
            is_late=Exists(late),
            is_grave=Exists(grave),
            is_paired=Exists(pairs),
        )
    )
    items = [_item(row, today) for row in rows]
    first = dt.date(1900, 1, 1)
    items.sort(key=lambda item: (-item.weight, item.last_visit or first, item.society.pk))
    return items


def _item(row: Any, today: dt.date) -> Item:
    society: Cooperative = row
    reasons, weight = [], 0
    agreed: dt.date | None = row.agreed
    last: dt.date | None = row.seen_last
    if row.is_late:
        reasons.append("有逾期的整改事项")
        weight += 8
    if agreed and agreed <= today:
        reasons.append(f"约定{day(agreed)}再来")
        weight += 4
    if row.is_grave:
        reasons.append("有重点核实的疑似问题")
        weight += 3
    if last is None:
        reasons.append("还没有走访过")
        weight += 2
    if row.is_paired:
        reasons.append("结对合作社")
        weight += 1
    return Item(society, "，".join(reasons), weight, last, row.is_paired)
