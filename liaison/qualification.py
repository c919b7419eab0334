"""Whether a society may receive support, fact by fact: met, not met, or not known (S-112)."""

import datetime as dt
from dataclasses import dataclass

from common import clock
from demonstration.choices import Honour, Verdict
from demonstration.measures import MEASURES, only
from demonstration.models import DemonstrationTitle
from registry.models import Cooperative

ASKED = ("not_listed", "report_published")


@dataclass(frozen=True)
class Condition:
    """One condition with its verdict, and the fact and its source in words."""

    label: str
    verdict: Verdict
    words: str


def conditions_of(
    society: Cooperative, *, needs_title: bool, day: dt.date | None = None
) -> list[Condition]:
    """Return the conditions of a society on a day; a missing fact is unknown, never met."""
    on = day or clock.today()
    alone = only(society)
    alive = alone.living().exists()
    found = [
        Condition("依法存续", _verdict(alive), f"登记状态：{society.get_status_display()}"),
    ]
    for key in ASKED:
        measure = MEASURES[key]
        reading = measure.read(alone, on).get(society.pk)
        if reading is None:
            found.append(Condition(measure.label, Verdict.UNKNOWN, "还没有相应的部门数据"))
        else:
            verdict = _verdict(measure.holds(reading.value, None))
            found.append(Condition(measure.label, verdict, f"{reading.words}（{reading.source}）"))
    if needs_title:
        titles = DemonstrationTitle.objects.filter(
            cooperative=society, honour=Honour.DEMONSTRATION
        ).held_on(on)
        names = "、".join(f"{t.get_level_display()}示范社" for t in titles)
        found.append(Condition("持有示范社称号", _verdict(bool(names)), names or "没有有效称号"))
    return found


def _verdict(holds: bool) -> Verdict:
    return Verdict.MET if holds else Verdict.NOT_MET
