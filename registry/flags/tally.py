"""How many societies each rule suspects, cannot judge or leaves alone, without touching any flag."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Count, Q, Value

from registry.flags.past import PRESENT, Register
from registry.flags.rule import FlagRule
from registry.models import Cooperative, FlagRun
from registry.models.cooperative import CooperativeQuerySet


def exempt_counts(
    rules: Sequence[FlagRule],
    as_of: dt.date,
    register: Register = PRESENT,
    *,
    reach: CooperativeQuerySet | None = None,
) -> dict[str, int]:
    """Return how many societies (in a reader's reach) each rule leaves alone: one query for all."""
    conditions = {rule.code: Q(kind__in=rule.kinds) & rule.exempted(as_of) for rule in rules}
    societies = Cooperative.objects.standing()
    if reach is not None:
        societies = societies.filter(pk__in=reach.values("pk"))
    counted = (
        societies.order_by()
        .values(every=Value(1))
        .annotate(**{code: Count("pk", filter=q) for code, q in conditions.items()})
        .values_list(*conditions)
    )
    found = register.values(counted)
    numbers = found[0] if found else [0] * len(conditions)
    return {code: int(number) for code, number in zip(conditions, numbers, strict=True)}


def look_back(as_of: dt.date, rules: Sequence[FlagRule]) -> FlagRun:
    """Compute every rule on the facts that were true on a past day; nothing is kept or changed."""
    register = Register(as_of)
    return FlagRun(
        as_of=as_of,
        counts={rule.code: register.count(rule.suspects(as_of)) for rule in rules},
        unknown={rule.code: register.count(rule.unknowns(as_of)) for rule in rules},
        exempt=exempt_counts(rules, as_of, register),
        changes={"opened": 0, "refreshed": 0, "cleared": 0},
    )
