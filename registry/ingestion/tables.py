"""What a table of a source is: its columns, its checks, and how its headings are told."""

import difflib
import re
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from registry.ingestion.checks import CHECKS, Check, Values
from registry.ingestion.columns import AUXILIARY, COLUMNS, Column, plain, without_brackets

_LONGEST_HEADING: Final = 400
_UNIT_TAIL: Final = re.compile(r"(?:单位)?(?:(?:人民币)?(?:万元|元|人|户|个|份))?$")
IDENTITY: Final = ("uscc", "registration_no", "name")
Derive = Callable[[Values, str], Mapping[str, str]]


@dataclass(frozen=True)
class Table:
    """One kind of sheet. `source` is the value of FeedSource, `label` also the sheet's usual name.

    `telling` are fields that tell it from other lists of names and codes. `money` is the field with
    an amount whose unit the heading may state; `summed` are checked against a stated total.
    `record` names the fields that, beside the society, tell its records apart; empty for the
    registration, whose rows are the societies themselves. `derive(values, quarter)` adds fields
    that no cell holds.
    """

    source: str
    label: str
    columns: tuple[Column, ...]
    checks: tuple[Check, ...] = ()
    telling: frozenset[str] = frozenset()
    auxiliary: frozenset[str] = frozenset()
    money: str = ""
    summed: tuple[str, ...] = ()
    record: tuple[str, ...] = ()
    derive: Derive | None = None

    @cached_property
    def by_field(self) -> dict[str, Column]:
        """Return the columns by the name of their field."""
        return {column.field: column for column in self.columns}

    @cached_property
    def required(self) -> tuple[str, ...]:
        """Return the fields without whose column a sheet is none of this kind."""
        return tuple(column.field for column in self.columns if column.required)

    @cached_property
    def slots(self) -> dict[str, int]:
        """Return the place of each field in the values of a row; auxiliary ones come last."""
        last = [c.field for c in self.columns if c.field in self.auxiliary]
        first = [c.field for c in self.columns if c.field not in self.auxiliary]
        return {name: slot for slot, name in enumerate((*first, *last))}

    @cached_property
    def stated(self) -> tuple[str, ...]:
        """Return the fields that are neither identity nor auxiliary."""
        left = {*IDENTITY, *self.auxiliary}
        return tuple(c.field for c in self.columns if c.field not in left)

    @cached_property
    def is_register(self) -> bool:
        """Tell the registration, whose rows are societies, from what is stated about societies."""
        return not self.record

    @cached_property
    def _fields(self) -> dict[str, str]:
        return {plain(h): column.field for column in self.columns for h in column.headings}

    def field_of(self, heading: str) -> str | None:
        """Return the field that a heading means: with its brackets first, then without (units)."""
        if not heading.strip() or len(heading) > _LONGEST_HEADING:
            return None
        tight = without_brackets(heading)
        return (
            self._fields.get(plain(heading))
            or self._fields.get(tight)
            or self._fields.get(_UNIT_TAIL.sub("", tight))
        )

    def suggestion(self, heading: str, present: Container[str] = ()) -> str:
        """Return the label of the field that this heading may mean, unless the field is present."""
        close = difflib.get_close_matches(plain(heading), tuple(self._fields), n=1, cutoff=0.7)
        if not close or self._fields[close[0]] in present:
            return ""
        return self.by_field[self._fields[close[0]]].label


REGISTRATION: Final = Table(
    "registration",
    "登记信息",
    COLUMNS,
    CHECKS,
    telling=frozenset(
        {"total_contribution", "business_scope", "domicile", "entity_type", "member_count"}
    ),
    auxiliary=AUXILIARY,
    money="total_contribution",
    summed=("total_contribution", "member_count"),
)
