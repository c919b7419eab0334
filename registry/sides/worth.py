"""Which societies a visit is worth most: by what is contradictory, suspected, stale or unknown.

One statement for a whole township; each point is told in words.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from accounts.models import User
from accounts.policy import Action
from common import clock
from registry.choices import Severity
from registry.models import (
    AbnormalListing,
    AnnualReport,
    Contradiction,
    Cooperative,
    Flag,
    SiteFinding,
    TaxStanding,
)
from registry.sides.board import age_in_words

MOST = 20
STALE = dt.timedelta(days=365)
# Points: a contradiction weighs most, for one of two offices is wrong and only a look can tell.
PER_CONTRADICTION, PER_GRAVE_FLAG, NEVER_SEEN, LONG_AGO, LISTED, SILENT = 3, 2, 2, 1, 2, 1
RULE = (
    f"计分：每处来源矛盾 {PER_CONTRADICTION} 分，每条重点疑似问题 {PER_GRAVE_FLAG} 分，"
    f"在经营异常名录 {LISTED} 分，从未走访 {NEVER_SEEN} 分，超过一年未走访 {LONG_AGO} 分，"
    f"税务和年报都没有资料 {SILENT} 分。"
)


@dataclass(frozen=True)
class Worth:
    """One society with its points and the reasons for them."""

    society: Cooperative
    points: int
    why: list[str]


def most_worth_checking(user: User, township: str = "") -> list[Worth]:
    """Return at most twenty living societies in reach (of one township), the most pressing first."""
    today = clock.today()
    societies = Cooperative.objects.permitted(user, Action.VIEW_CONTRADICTION).living()
    if township:
        societies = societies.filter(township__code=township)
    here = {"cooperative": OuterRef("pk")}
    seen = SiteFinding.objects.standing().filter(**here).order_by().values("cooperative")
    counted = societies.annotate(
        contradictory=_count(Contradiction.objects.open().filter(**here)),
        grave=_count(Flag.objects.open().filter(severity=Severity.HIGH, **here)),
        listed=Exists(AbnormalListing.objects.known().open().filter(**here)),
        last_seen=Subquery(seen.annotate(last=Max("seen_on")).values("last")),
        silent=Case(
            When(
                Exists(TaxStanding.objects.known().filter(**here))
                | Exists(AnnualReport.objects.filter(standing__isnull=False, **here)),
                then=Value(0),
            ),
            default=Value(1),
            output_field=IntegerField(),
        ),
    ).annotate(
        points=F("contradictory") * PER_CONTRADICTION
        + F("grave") * PER_GRAVE_FLAG
        + _when(Q(listed=True), LISTED)
        + _when(Q(last_seen__isnull=True), NEVER_SEEN)
        + _when(Q(last_seen__lt=today - STALE), LONG_AGO)
        + F("silent") * SILENT
    )
    chosen = (
        counted.filter(points__gt=0).select_related("township").order_by("-points", "name", "pk")
    )
    return [Worth(each, each.points, _why(each, today)) for each in chosen[:MOST]]  # type: ignore[attr-defined]


def _count(rows: object) -> Coalesce:
    counted = rows.order_by().values("cooperative").annotate(n=Count("pk")).values("n")  # type: ignore[attr-defined]
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def _when(condition: Q, points: int) -> Case:
    return Case(When(condition, then=Value(points)), default=Value(0), output_field=IntegerField())


def _why(society: Cooperative, today: dt.date) -> list[str]:
    said = []
    if number := society.contradictory:  # type: ignore[attr-defined]
        said.append(f"{number} 处来源矛盾")
    if number := society.grave:  # type: ignore[attr-defined]
        said.append(f"{number} 条重点疑似问题")
    if society.listed:  # type: ignore[attr-defined]
        said.append("在经营异常名录")
    last = society.last_seen  # type: ignore[attr-defined]
    if last is None:
        said.append("从未走访")
    elif last < today - STALE:
        said.append(f"上次走访在{age_in_words(last, today)}")
    if society.silent:  # type: ignore[attr-defined]
        said.append("税务和年报都没有资料")
    return said
