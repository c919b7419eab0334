"""R14: most members of a small society share surname and village."""

import datetime as dt

from django.db.models import Count, Exists, F, OuterRef, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Substr

from registry.choices import FlagLabel, RuleAuthority, Severity
from registry.flags import legal
from registry.flags.records import RecordRule, number_of
from registry.flags.roster import alike, all_of_society, largest_group, persons_on
from registry.flags.rule import Evidence, Expressions, Limits, Threshold
from registry.flags.sources import SourceCell
from registry.models import Cooperative

SURNAME = Substr("name", 1, 1)


class OneSurname(RecordRule):
    """Same surname and village × 100 at least all persons × 80, in a society of up to 10 persons.

    A weak sign: many villages are of one surname. It only asks a person to look.
    """

    code = "R14"
    title = "成员大多同姓同村"
    points_to = (FlagLabel.FAMILY,)
    severity = Severity.LOW
    basis = (legal.ONE_SURNAME,)
    authority = RuleAuthority.PROPOSAL
    thresholds = (
        Threshold("percent", "同姓同村成员占比起点", 80, "%"),
        Threshold("most", "只看自然人成员不超过", 10, "名"),
    )
    period = "计算基准日的成员名册"
    data = "成员名册中的姓名和所在村（社区）"
    look_at = (
        "同姓的成员是否近亲，还是本村本来就以一姓为主",
        "有没有外姓、外户的农民实际参加",
    )
    question = "请核对成员名册中每名成员所在的村（社区），并说明成员之间是否为一家人。"

    def measured(self, limits: Limits) -> str:
        return (
            f"名册中自然人成员不超过{limits['most']}名，其中同姓且同村的人数 × 100 "
            f"不小于 自然人成员总数 × {limits['percent']}。"
        )

    def clears_when(self, limits: Limits) -> str:
        return (
            f"同姓同村成员占比低于{limits['percent']}%，"
            f"或自然人成员超过{limits['most']}名，下次计算时自动解除。"
        )

    def hits(self, limits: Limits, as_of: dt.date) -> Q:
        grouped = (
            persons_on(as_of)
            .annotate(surname=SURNAME)
            .annotate(everybody=all_of_society(), same=alike(~Q(village=""), "surname", "village"))
            .filter(
                Q(everybody__lte=limits["most"]),
                Q(same__gte=2),
                Q(same__gte=F("everybody") * limits["percent"] / 100.0),
            )
        )
        blank = persons_on(as_of).filter(cooperative=OuterRef("pk"), village="")
        return Q(pk__in=grouped.values("cooperative")) & ~Q(Exists(blank))

    def absent(self, limits: Limits, as_of: dt.date) -> Q:
        own = persons_on(as_of).filter(cooperative=OuterRef("pk"))
        return ~Q(Exists(own)) | Q(Exists(own.filter(village="")))

    def figures_on(self, limits: Limits, as_of: dt.date) -> Expressions:
        own = persons_on(as_of).filter(cooperative=OuterRef("pk")).annotate(surname=SURNAME)
        return {
            "persons": number_of(own, Count("pk")),
            "largest": largest_group(own, "surname", "village"),
        }

    def cured(self, limits: Limits) -> Combinable:
        return Value("同姓同村成员的占比或人数已不在本规则的范围内")

    def explain(self, evidence: Evidence) -> list[str]:
        persons, largest = evidence["persons"], evidence["largest"]
        return [
            (
                f"名册中{persons}名自然人成员，同姓同村的最多一组有{largest}名，"
                f"占{largest * 100 / persons:.1f}%，起点为{evidence['percent']}%。"
            ),
            "不少村本就以一姓为主，这一条只作提示。",
        ]

    def records(self, society: Cooperative, as_of: dt.date) -> list[SourceCell]:
        own = persons_on(as_of).filter(cooperative=society).annotate(surname=SURNAME)
        groups = own.values_list("surname", "village").annotate(number=Count("pk"))
        return [
            SourceCell(f"{village}“{surname}”姓", f"{number}名成员", "成员名册")
            for surname, village, number in groups.order_by("-number", "surname")[:3]
        ]
