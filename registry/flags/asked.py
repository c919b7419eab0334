"""What a rule asks the register on a day, worded in SQL once: several files may come on one day.

The words depend on the rule, the day and the thresholds in force, and on no row of the register.
"""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from registry.flags.insertion import Select
from registry.flags.rule import FlagRule
from registry.models import Flag

COLUMNS = ("cooperative_id", "verdict", "evidence")
_KEPT = 100  # the rules of a few days


@dataclass(frozen=True)
class Asked:
    """The statements of a rule: whom it suspects, whom it cannot judge (None: it always can).

    `doubted` are those it cannot judge among the societies with an open suspicion of this rule.
    """

    suspects: Select | None
    doubted: Select | None
    judged_not: Select | None
    no_facts: tuple[str, ...]

    def count_unknowns(self) -> int:
        """Return of how many societies the rule does not know enough."""
        if self.judged_not is None:
            return 0
        statement, parameters = self.judged_not
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM ({statement}) AS asked", parameters)
            return int(cursor.fetchone()[0])


@lru_cache(maxsize=_KEPT)
def asked(rule: FlagRule, as_of: dt.date, limits: tuple[tuple[str, int], ...]) -> Asked:
    """Return the statements of a rule on a day under thresholds."""
    held = dict(limits)
    suspects: QuerySet[Any, Any] = rule.suspects(as_of, held).order_by()
    unknowns: QuerySet[Any, Any] = rule.unknowns(as_of, held).order_by()
    # Whether a rule can judge is asked of each society alone, so the few are narrowed to at once.
    spoken_of = Flag.objects.open().filter(rule=rule.code).order_by().values("cooperative")
    return Asked(
        suspects=_worded(suspects, "pk", *COLUMNS[1:]),
        doubted=_worded(unknowns.filter(pk__in=spoken_of), "pk", *COLUMNS[1:]),
        judged_not=_worded(unknowns, "pk"),
        no_facts=rule.no_facts(as_of, held),
    )


def _worded(rows: QuerySet[Any, Any], *columns: str) -> Select | None:
    try:
        return rows.values_list(*columns).query.sql_with_params()
    except EmptyResultSet:
        return None
