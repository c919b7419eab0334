"""The state of the register at a glance: by township, by label, by severity."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from accounts.models import OrganisationUnit, User
from accounts.policy import Action, Reach, may, reach_of
from registry.choices import FlagLabel, Severity
from registry.filters import LIVING, NOWHERE
from registry.flags.catalogue import counts_by_label
from registry.models import Cooperative, FeedDelivery, Flag, FlagRun
from registry.stages import tone
from tongchuan_coop.addresses import page

LATEST = 5
# How many suspicions stand open, by township, rule and severity.
Grouped = Counter[tuple[int | None, str, str]]


@dataclass(frozen=True)
class Line:
    """One township: how many societies live there and how many suspicions stand open."""

    name: str
    societies: int
    flags: int
    high: int
    societies_url: str
    flags_url: str
    high_url: str


@dataclass
class Overview:
    """What a person may see of the register as a whole; empty parts are left out of the page."""

    tiles: list[dict[str, Any]] = field(default_factory=list)
    townships: list[Line] = field(default_factory=list)
    labels: list[dict[str, Any]] = field(default_factory=list)
    total: Line | None = None
    computed: FlagRun | None = None


def overview_of(user: User) -> Overview:
    """Return the overview in this user's reach, in a fixed number of queries."""
    shown = Overview()
    if not may(user, Action.VIEW_COOPERATIVE) or not may(user, Action.VIEW_FLAG):
        return shown
    societies = _societies(user)
    flags = _flags(user)
    shown.computed = FlagRun.objects.order_by("-pk").first()
    shown.tiles = _tiles(sum(societies.values()), flags)
    shown.labels = _labels(flags)
    if reach_of(user, Action.VIEW_COOPERATIVE) == Reach.DISTRICT and (societies or flags):
        shown.townships = _townships(societies, flags)
        shown.total = Line(
            "合计",
            sum(line.societies for line in shown.townships),
            sum(line.flags for line in shown.townships),
            sum(line.high for line in shown.townships),
            page("registry:cooperative-list", query={"status": LIVING}),
            page("registry:flag-list"),
            page("registry:flag-list", query={"severity": Severity.HIGH.value}),
        )
    return shown


def own_societies(user: User) -> list[tuple[Cooperative, str]]:
    """Return the societies that a person acts for, each with the address of its page."""
    if reach_of(user, Action.VIEW_COOPERATIVE) != Reach.OWN:
        return []
    reachable = Cooperative.objects.permitted(user, Action.VIEW_COOPERATIVE)
    return [
        (society, page("registry:cooperative-detail", uscc=society.code))
        for society in reachable.select_related("township").order_by("name", "pk")
    ]


def own_deliveries(user: User) -> list[tuple[FeedDelivery, dict[str, str]]]:
    """Return the latest deliveries of a person's own department, each with its state in words."""
    if reach_of(user, Action.VIEW_DELIVERY) != Reach.OWN:
        return []
    reachable = FeedDelivery.objects.permitted(user, Action.VIEW_DELIVERY).select_related("job")
    return [(delivery, tone(delivery.job)) for delivery in reachable.order_by("-pk")[:LATEST]]


def _societies(user: User) -> dict[int | None, int]:
    living = Cooperative.objects.permitted(user, Action.VIEW_COOPERATIVE).living()
    return dict(living.values_list("township").annotate(n=Count("pk")).order_by())


def _flags(user: User) -> Grouped:
    open_flags = Flag.objects.permitted(user, Action.VIEW_FLAG).open()
    rows = open_flags.values_list("cooperative__township", "rule", "severity").annotate(
        n=Count("pk")
    )
    return Counter({row[:3]: row[3] for row in rows.order_by()})


def _tiles(societies: int, flags: Grouped) -> list[dict[str, Any]]:
    tiles = [
        {
            "label": "存续的合作社",
            "value": societies,
            "unit": "家",
            "url": page("registry:cooperative-list", query={"status": LIVING}),
        }
    ]
    for severity in Severity:
        number = sum(n for (_, _, found), n in flags.items() if found == severity)
        tiles.append(
            {
                "label": f"疑似问题：{severity.label}",
                "value": number,
                "unit": "条",
                "url": page("registry:flag-list", query={"severity": severity.value}),
            }
        )
    return tiles


def _labels(flags: Grouped) -> list[dict[str, Any]]:
    by_rule: Counter[str] = Counter()
    for (_, rule, _), number in flags.items():
        by_rule[rule] += number
    counted = Counter(counts_by_label(by_rule))
    return [
        {
            "label": FlagLabel(label).label,
            "count": number,
            "url": page("registry:flag-list", query={"label": label}),
        }
        for label, number in counted.most_common()
        if number
    ]


def _townships(societies: dict[int | None, int], flags: Grouped) -> list[Line]:
    lines = [
        _line(unit.name, unit.pk, unit.code, societies, flags)
        for unit in OrganisationUnit.objects.reporting()
    ]
    if None in societies or any(township is None for township, _, _ in flags):
        lines.append(_line("未归到乡镇街道", None, NOWHERE, societies, flags))
    return lines


def _line(
    name: str,
    township: int | None,
    code: str,
    societies: dict[int | None, int],
    flags: Grouped,
) -> Line:
    here = {key: number for key, number in flags.items() if key[0] == township}
    chosen = {"township": code}
    return Line(
        name=name,
        societies=societies.get(township, 0),
        flags=sum(here.values()),
        high=sum(number for (_, _, severity), number in here.items() if severity == Severity.HIGH),
        societies_url=page("registry:cooperative-list", query={**chosen, "status": LIVING}),
        flags_url=page("registry:flag-list", query=chosen),
        high_url=page("registry:flag-list", query={**chosen, "severity": Severity.HIGH.value}),
    )
