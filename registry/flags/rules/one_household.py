"""R13: most members belong to one household."""

import datetime as dt

from django.db.models import Count, Exists, F, OuterRef, Q, Value
from django.db.models.expressions import Combinable

from registry.choices import FlagLabel, RuleAuthority, Severity
from registry.flags import legal
from registry.flags.records import RecordRule, number_of
from registry.flags.roster import alike, all_of_society, largest_group, persons_on
from registry.flags.rule import Evidence, Expressions, Limits, Threshold
from registry.flags.sources import SourceCell
from registry.models import Cooperative


class OneHousehold(RecordRule):
    """Persons of one household × 100 at least all persons × 80; every household must be stated."""

    code = "R13"
    title = "成员大多同属一户"
    points_to = (FlagLabel.FAMILY,)
    severity = Severity.MEDIUM
    basis = (legal.ONE_HOUSEHOLD,)
    authority = RuleAuthority.PROPOSAL
    thresholds = (
        Threshold("percent", "同户成员占比起点", 80, "%"),
        Threshold("members", "同户成员人数起点", 2, "名"),
    )
    period = "计算基准日的成员名册"
    data = "成员名册中的户主或户号"
    look_at = (
        "名册上的成员是不是一家人，有没有本户以外的农民",
        "其他农户是否参与生产、交易和分配",
        "是否更适合办家庭农场，本人意愿怎样",
    )
    question = "请核对成员名册中每名成员所属的户，并说明本户以外成员参与经营的情况。"

    def measured(self, limits: Limits) -> str:
        return (
            f"名册中同一户的自然人成员不少于{limits['members']}名，"
            f"且人数 × 100 不小于 自然人成员总数 × {limits['percent']}。"
        )

    def clears_when(self, limits: Limits) -> str:
        return f"名册中任何一户的成员占比都低于{limits['percent']}%，下次计算时自动解除。"

    def hits(self, limits: Limits, as_of: dt.date) -> Q:
        grouped = (
            persons_on(as_of)
            .annotate(everybody=all_of_society(), same=alike(~Q(household=""), "household"))
            .filter(
                Q(same__gte=limits["members"]),
                Q(same__gte=F("everybody") * limits["percent"] / 100.0),
            )
        )
        blank = persons_on(as_of).filter(cooperative=OuterRef("pk"), household="")
        return Q(pk__in=grouped.values("cooperative")) & ~Q(Exists(blank))

    def absent(self, limits: Limits, as_of: dt.date) -> Q:
        own = persons_on(as_of).filter(cooperative=OuterRef("pk"))
        return ~Q(Exists(own)) | Q(Exists(own.filter(household="")))

    def figures_on(self, limits: Limits, as_of: dt.date) -> Expressions:
        own = persons_on(as_of).filter(cooperative=OuterRef("pk"))
        return {
            "persons": number_of(own, Count("pk")),
            "households": number_of(own, Count("household", distinct=True)),
            "largest": largest_group(own, "household"),
        }

    def cured(self, limits: Limits) -> Combinable:
        return Value(f"名册中同户成员的占比已低于{limits['percent']}%")

    def explain(self, evidence: Evidence) -> list[str]:
        persons, largest = evidence["persons"], evidence["largest"]
        return [
            (
                f"名册中{persons}名自然人成员分属{evidence['households']}户，"
                f"最大的一户有{largest}名，占{largest * 100 / persons:.1f}%，"
                f"起点为{evidence['percent']}%。"
            ),
        ]

    def records(self, society: Cooperative, as_of: dt.date) -> list[SourceCell]:
        own = persons_on(as_of).filter(cooperative=society).values_list("household")
        groups = own.annotate(number=Count("pk")).order_by("-number", "household")[:3]
        return [
            SourceCell(f"户“{household[:1]}**”", f"{number}名成员", "成员名册")
            for household, number in groups
        ]
