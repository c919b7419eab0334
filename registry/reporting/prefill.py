"""What a new report is filled with before anybody types: from the roster, the register, last year."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from common import clock
from common.template_tags import day
from registry.models import Cooperative, CooperativeVersion, Member
from registry.operations.member_accounts import complete_accounts
from registry.reporting.checks import REGISTER
from registry.reporting.sections import FIELDS

ROSTER, LAST = "roster", "last"


@dataclass(frozen=True)
class Prefilled:
    """One value that was found: for which field, where, as of when."""

    key: str
    value: str
    source: str
    label: str


def prefill(society: Cooperative, year: int, last: Mapping[str, Any]) -> list[Prefilled]:
    """Return what is known for a report; the roster goes before the register. Amounts are never guessed."""
    found: dict[str, Prefilled] = {}
    for each in (
        *_from_last(last, year - 1),
        *_from_register(society, year),
        *_from_roster(society, year),
    ):
        if each.value:
            found[each.key] = each
    return list(found.values())


def _from_last(last: Mapping[str, Any], year: int) -> Iterator[Prefilled]:
    values = last.get("values", {})
    for key, each in FIELDS.items():
        if each.last and values.get(key):
            yield Prefilled(key, values[key], LAST, f"{year}年度报告")


def _from_register(society: Cooperative, year: int) -> Iterator[Prefilled]:
    version = (
        CooperativeVersion.objects.filter(cooperative=society)
        .known()
        .true_on(clock.year_end(year))
        .order_by("-true_from", "-pk")
        .first()
    )
    facts: Any = version or society
    label = "登记信息" + (f"（{day(clock.year_end(year))}）" if version else "")
    yield Prefilled("address", facts.domicile, REGISTER, label)
    yield Prefilled("main_business", facts.business_scope[:300], REGISTER, label)
    yield Prefilled("contact_person", facts.contact_person, REGISTER, label)
    total, farmers, units = (
        facts.member_count,
        facts.farmer_member_count,
        facts.unit_member_count,
    )
    if total is None:
        return
    yield Prefilled("members_total", str(total), REGISTER, label)
    if farmers is not None:
        yield Prefilled("farmers", str(farmers), REGISTER, label)
    if units is not None:
        yield Prefilled("units", str(units), REGISTER, label)
    if farmers is not None and total >= farmers + (units or 0):
        yield Prefilled("other_persons", str(total - farmers - (units or 0)), REGISTER, label)


def _from_roster(society: Cooperative, year: int) -> Iterator[Prefilled]:
    end = clock.year_end(year)
    counts = Member.objects.filter(cooperative=society).on(end).counted()
    if not counts["total"]:
        return
    label = f"成员名册（{day(end)}）"
    moved = Member.objects.filter(cooperative=society)
    figures = {
        "members_total": counts["total"],
        "farmers": counts["farmers"],
        "other_persons": counts["other_persons"],
        "units": counts["units"] + counts["societies"],
        "joined": moved.filter(joined_on__year=year).count(),
        "left": moved.filter(left_on__year=year).count(),
        "additional_votes": counts["additional_votes"] or 0,
        "accounts_kept": complete_accounts(society, year)[0],
    }
    for key, value in figures.items():
        yield Prefilled(key, str(value), ROSTER, label)
