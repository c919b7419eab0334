"""What the cells of one row say about each other. One function per check, all asked in turn."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from registry.ingestion.columns import BY_FIELD

_LAW_IN_FORCE: Final = "2007-07-01"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the checks need to know beside the row."""

    today: str
    jurisdiction: str
    quarter: str = ""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A reason's code, the field it is shown at, and the words for its placeholders."""

    code: str
    field: str
    details: dict[str, object]


Values = Callable[[str], str]
Check = Callable[[Values, Surroundings], Iterator[Contradiction]]


def division_of(value: Values) -> str:
    """Return where the society was first registered, as its code or its old number tells."""
    return value("uscc")[2:8] or value("registration_no")[:6]


def other_division(value: Values, around: Surroundings) -> Iterator[Contradiction]:
    """A code given out elsewhere: the society may have moved in, so a person decides."""
    division = division_of(value)
    if division and not division.startswith(around.jurisdiction):
        details: dict[str, object] = {"division": division, "jurisdiction": around.jurisdiction}
        yield Contradiction("OTHER_DIVISION", "uscc", details)


def dates_in_order(value: Values, around: Surroundings) -> Iterator[Contradiction]:
    """Nothing is founded or approved tomorrow; approval does not precede foundation."""
    established, approved = value("established_on"), value("approved_on")
    for name, day in (("established_on", established), ("approved_on", approved)):
        if day > around.today:
            yield Contradiction("DATE_IN_FUTURE", name, {"value": day})
    if established and established < _LAW_IN_FORCE:
        yield Contradiction("BEFORE_LAW", "established_on", {"value": established})
    if approved and established and approved < established:
        details: dict[str, object] = {
            "later": BY_FIELD["approved_on"].label,
            "later_value": approved,
            "earlier": BY_FIELD["established_on"].label,
            "earlier_value": established,
        }
        yield Contradiction("DATE_ORDER", "approved_on", details)


def members_add_up(value: Values, _around: Surroundings) -> Iterator[Contradiction]:
    """Parts cannot exceed the whole. They may fall short of it: citizens need not be farmers."""
    if not value("member_count"):
        return
    total = int(value("member_count"))
    counted = 0
    for name in ("farmer_member_count", "unit_member_count"):
        part = int(value(name) or 0)
        counted += part
        if part > total:
            label = BY_FIELD[name].label
            details: dict[str, object] = {"part": label, "part_value": part, "total": total}
            yield Contradiction("MEMBERS_EXCEED_TOTAL", name, details)
            return
    if counted > total:
        yield Contradiction("MEMBER_SUM", "member_count", {"parts": counted, "total": total})


CHECKS: Final[tuple[Check, ...]] = (other_division, dates_in_order, members_add_up)
