"""Open suspicions: is what the rule saw true on the spot?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Case, IntegerField, Value, When

from registry.choices import Severity
from registry.flags.words import reasons_of, title_of
from registry.models import Cooperative, Flag
from training.questions.question import Question

MOST = 3
ABOUT_FLAG = "flag:"  # how the keys of these questions begin
_GRAVEST_FIRST = Case(
    When(severity=Severity.HIGH, then=Value(0)),
    When(severity=Severity.MEDIUM, then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)


def ask(societies: Iterable[Cooperative]) -> Mapping[int, list[Question]]:
    """Ask about the gravest open suspicions of each society."""
    found: dict[int, list[Question]] = defaultdict(list)
    open_ones = Flag.objects.open().filter(cooperative__in=societies)
    for flag in open_ones.order_by(_GRAVEST_FIRST, "pk"):
        asked = found[flag.cooperative_id]
        if len(asked) < MOST:
            why = "".join(reasons_of(flag))[:120] or "按登记信息计算。"
            text = f"疑似“{title_of(flag)}”，现场看属实吗？"
            asked.append(Question(f"{ABOUT_FLAG}{flag.pk}", text, why))
    return found
