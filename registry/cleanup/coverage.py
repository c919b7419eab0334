"""How far a survey is: counted from the very rows that its lists show."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from registry.cleanup.choices import FINDING_CHOICES, Disposition
from registry.models import SurveyFinding
from registry.models.survey import SurveyQuerySet

NOWHERE = "none"


def percent(part: int, whole: int) -> int:
    """Return whole percents, rounded down: 100 only when nothing is left."""
    return part * 100 // whole if whole else 0


@dataclass(frozen=True)
class Row:
    """One township: how many societies count, how many were looked at, what should come next."""

    code: str
    name: str
    total: int
    done: int
    idle: int
    advice: list[tuple[str, str, int]] = field(default_factory=list)

    @property
    def left(self) -> int:
        return self.total - self.done

    @property
    def percent(self) -> int:
        return percent(self.done, self.total)


@dataclass(frozen=True)
class Coverage:
    """A survey within someone's reach: every township, their sum, and what was found."""

    rows: list[Row]
    whole: Row
    findings: list[tuple[str, str, int]]


def coverage_of(records: SurveyQuerySet) -> Coverage:
    """Count the records of a campaign in two queries."""
    rows = [_row(counted) for counted in records.coverage()]
    advice = [
        (value, word, sum(n for row in rows for each, _, n in row.advice if each == value))
        for value, word in Disposition.choices
    ]
    whole = Row(
        code="",
        name="合计",
        total=sum(row.total for row in rows),
        done=sum(row.done for row in rows),
        idle=sum(row.idle for row in rows),
        advice=advice,
    )
    found = dict(
        SurveyFinding.objects.filter(record__in=records)
        .order_by()
        .values_list("finding")
        .annotate(Count("pk"))
    )
    findings = [(value, str(label), found.get(value, 0)) for value, label in FINDING_CHOICES]
    return Coverage(rows, whole, findings)


def _row(counted: dict[str, Any]) -> Row:
    return Row(
        code=counted["cooperative__township__code"] or NOWHERE,
        name=counted["cooperative__township__short_name"] or "待判定",
        total=counted["total"],
        done=counted["done"],
        idle=counted["idle"],
        advice=[(value, word, counted[f"as_{value}"]) for value, word in Disposition.choices],
    )
