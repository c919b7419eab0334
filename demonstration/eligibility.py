"""Self-check against a set of criteria: met, not met, unknown; with value, source and what is missing.

Every measure is read once for all asked societies, so the number of queries does not grow with them.
"""

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from common import clock
from demonstration.choices import ItemKind, Verdict
from demonstration.measures import MEASURES, Reading, Societies, only
from demonstration.models import CriteriaItem, CriteriaSet, RatingApplication

BY_A_PERSON = "须由人判断"
NO_DATA = "没有资料"


@dataclass(frozen=True)
class Finding:
    """What one item says of one society, all in words."""

    item: int
    section: str
    text: str
    kind: str
    verdict: str
    value: str
    source: str
    missing: str

    @property
    def verdict_word(self) -> str:
        return Verdict(self.verdict).label

    @property
    def kind_word(self) -> str:
        return ItemKind(self.kind).label


def check(
    societies: Societies, criteria: CriteriaSet, *, day: dt.date | None = None
) -> dict[int, list[Finding]]:
    """Return, for each society's key, the findings of all items that are not scored by people."""
    when = day or clock.today()
    items = [item for item in criteria.items.all() if not item.is_scored]
    readings = {
        key: MEASURES[key].read(societies, when)
        for key in dict.fromkeys(item.measure for item in items)
        if key in MEASURES
    }
    return {
        pk: [_finding(item, readings.get(item.measure, {}).get(pk)) for item in items]
        for pk in societies.values_list("pk", flat=True)
    }


def check_one(society: Any, criteria: CriteriaSet, *, day: dt.date | None = None) -> list[Finding]:
    """Return the findings of one society."""
    return check(only(society), criteria, day=day)[society.pk]


def sealed_check(application: RatingApplication) -> list[dict[str, Any]]:
    """Return today's findings in the form that is kept with a submitted application."""
    found = check_one(application.cooperative, application.round.criteria)
    return [asdict(finding) for finding in found]


def unsealed(kept: list[dict[str, Any]]) -> list[Finding]:
    """Return the findings that were kept with an application."""
    return [Finding(**finding) for finding in kept]


def _finding(item: CriteriaItem, reading: Reading | None) -> Finding:
    measure = MEASURES.get(item.measure)
    if measure is None or reading is None:
        verdict, value, source = Verdict.UNKNOWN, "", BY_A_PERSON if measure is None else NO_DATA
        missing = ""
    else:
        holds = measure.holds(reading.value, item.threshold)
        verdict = Verdict.MET if holds else Verdict.NOT_MET
        value, source = reading.words, reading.source
        missing = "" if holds else measure.missing(reading.value, item.threshold)
    return Finding(
        item=item.pk,
        section=item.section,
        text=item.text,
        kind=item.kind,
        verdict=verdict.value,
        value=value,
        source=source,
        missing=missing,
    )
