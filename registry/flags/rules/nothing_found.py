"""R16: visits that found no office and nobody at work."""

import datetime as dt
from typing import Any

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable, Exists, Value

from registry.choices import FlagLabel, OperatingState, RuleAuthority, Seen, Severity
from registry.flags import legal
from registry.flags.days import in_words, months_later
from registry.flags.records import RecordRule, day_of, number_of
from registry.flags.rule import Evidence, Expressions, Limits, Threshold
from registry.flags.sources import SourceCell
from registry.models import Cooperative, SiteFinding

AT_WORK = (OperatingState.YES, OperatingState.SEASONAL)
EMPTY = Q(at_address=Seen.NO) & ~Q(operating__in=AT_WORK)
ALIVE = Q(at_address=Seen.YES) | Q(operating__in=AT_WORK)


def visits(limits: Limits, as_of: dt.date) -> "QuerySet[Any, Any]":
    """Return what was seen in person within some months up to a day."""
    since = months_later(as_of, -limits["months"])
    found: QuerySet[Any, Any] = SiteFinding.objects.standing().filter(
        in_person=True, seen_on__gte=since, seen_on__lte=as_of
    )
    return found.order_by()


def empty_places(limits: Limits, as_of: dt.date) -> "QuerySet[Any, Any]":
    """Return one line for each society that was not found often enough, and not at last either."""
    found: QuerySet[Any, Any] = (
        visits(limits, as_of)
        .values("cooperative")
        .annotate(
            empty=Count("pk", filter=EMPTY),
            last_empty=Max("seen_on", filter=EMPTY),
            last_alive=Max("seen_on", filter=ALIVE),
        )
        .filter(Q(last_alive__isnull=True) | Q(last_empty__gt=F("last_alive")))
        .filter(empty__gte=limits["visits"])
    )
    return found


class NothingFound(RecordRule):
    """2 visits in person that found nothing at the registered address, the latest among them."""

    code = "R16"
    title = "走访未见办公场所和经营"
    points_to = (FlagLabel.SHELL,)
    severity = Severity.HIGH
    basis = (legal.NOTHING_FOUND,)
    authority = RuleAuthority.PROPOSAL
    thresholds = (
        Threshold("visits", "未见的走访次数", 2, "次"),
        Threshold("months", "回看的月数", 24, "个月"),
    )
    period = "计算基准日之前24个月内的实地走访"
    data = "辅导员实地走访所见"
    look_at = (
        "登记住所与实际地点是否不符",
        "有没有雇工、有没有银行流水",
        "村干部怎么说，负责人在哪里",
    )
    question = "工作人员走访时没有在登记住所见到本社。请说明实际办公和经营地点，并附现场照片。"

    def measured(self, limits: Limits) -> str:
        return (
            f"{limits['months']}个月内至少{limits['visits']}次实地走访在登记住所未见该社、"
            "也未见经营，且此后没有走访见到过。"
        )

    def clears_when(self, limits: Limits) -> str:
        return "此后一次实地走访在登记住所见到该社或见到其经营，下次计算时自动解除。"

    def hits(self, limits: Limits, as_of: dt.date) -> Q:
        return Q(pk__in=empty_places(limits, as_of).values("cooperative"))

    def absent(self, limits: Limits, as_of: dt.date) -> Q:
        seen = visits(limits, as_of).filter(ALIVE, cooperative=OuterRef("pk"))
        # Grouped lines are found once for all, not again for every society.
        spoken = empty_places(limits, as_of).filter(cooperative__isnull=False)
        return ~Q(Exists(seen)) & ~Q(pk__in=spoken.values("cooperative"))

    def figures_on(self, limits: Limits, as_of: dt.date) -> Expressions:
        own = visits(limits, as_of).filter(EMPTY, cooperative=OuterRef("pk"))
        return {"empty": number_of(own, Count("pk")), "last": day_of(own, Max("seen_on"))}

    def cured(self, limits: Limits) -> Combinable:
        return Value("最近的实地走访已见到该社或其经营")

    def explain(self, evidence: Evidence) -> list[str]:
        return [
            (
                f"{evidence['months']}个月内有{evidence['empty']}次实地走访在登记住所未见该社，"
                f"最近一次在{in_words(evidence['last'])}。"
            ),
        ]

    def records(self, society: Cooperative, as_of: dt.date) -> list[SourceCell]:
        own = visits(self.version_on(as_of).limits, as_of).filter(cooperative=society)
        return [
            SourceCell(
                f"{in_words(each.seen_on)}走访",
                (
                    f"在登记住所：{each.get_at_address_display()}；"
                    f"经营状态：{each.get_operating_display()}"
                ),
                f"走访人{each.seen_by}",
            )
            for each in own.select_related("seen_by").order_by("-seen_on", "-pk")
        ]
