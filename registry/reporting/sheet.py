"""The report in the field order of the national publicity system (domain §4.2)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from registry.reporting.fields import MONEY
from registry.reporting.lines import covered, value_in_words
from registry.reporting.sections import STATUTORY
from registry.reporting.values import Read, read_all

# That system keeps amounts in units of ten thousand yuan.
_WAN = Decimal(10_000)


@dataclass(frozen=True)
class StatutoryRow:
    """One line to be copied: label, value, the amount in 万元 as that system asks, publication."""

    label: str
    value: str
    wan: str
    public: str


def statutory_rows(
    content: Mapping[str, Any], year: int, today: dt.date, *, whole: bool
) -> list[StatutoryRow]:
    """Return the fields that the national system asks for, in its order; `whole` for the filer."""
    write = value_in_words if whole else covered
    fields = read_all(content["values"], content["answers"], year=year, today=today)
    shown = set(content["shown"])
    return [
        StatutoryRow(
            each.label,
            write(fields[each.key]),
            _wan(fields[each.key]),
            ("公示" if each.key in shown else "不公示") if each.public else "",
        )
        for each in STATUTORY
        if fields[each.key].asked
    ]


def _wan(read: Read) -> str:
    if read.field.kind != MONEY or not isinstance(read.value, Decimal):
        return ""
    return f"{(read.value / _WAN).normalize():f} 万元"
