"""Where each shown fact of a society comes from: file, sheet, row and cell, or the person.

Three queries for a whole page, however many facts and deliveries there are.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field as made
from functools import cached_property
from typing import Any

from common import clock
from registry.choices import JobState, RowOutcome, TownshipBasis
from registry.layouts import SheetMap
from registry.masking import masked_cell
from registry.models import Cooperative, CooperativeVersion, FeedRow
from registry.wording import label_of, value_in_words

_STANDING = (RowOutcome.NEW, RowOutcome.CHANGED, RowOutcome.UNCHANGED)
# Facts that no column holds: what they are told from.
TOLD_FROM = {"kind": "name", "township": "domicile"}
_COLUMN_HINT = {"kind": "由名称和登记类型判断", "township": "由住所判断"}


@dataclass(frozen=True)
class Source:
    """Where a value comes from. `row` is None for a person's correction and for the unknown."""

    label: str
    row: FeedRow | None = None
    letter: str = ""
    heading: str = ""
    cell: str = ""
    note: str = ""
    person: str = ""
    at: dt.datetime | None = None
    reason: str = ""


@dataclass(frozen=True)
class Earlier:
    """A value that was held before, until when, and from where it came."""

    value: str
    until: dt.date | None
    source: str


@dataclass(frozen=True)
class Fact:
    """One fact as the page shows it."""

    field: str
    label: str
    value: str
    missing: str
    source: Source
    earlier: list[Earlier] = made(default_factory=list)
    differing: str = ""
    wide: bool = False


@dataclass(frozen=True)
class FormerFact:
    """One fact as it was on another day; the whole version names its source once."""

    field: str
    label: str
    value: str
    missing: str
    wide: bool


class Provenance:
    """The sources of one society's facts."""

    def __init__(self, cooperative: Cooperative) -> None:
        self.cooperative = cooperative

    @cached_property
    def rows(self) -> list[FeedRow]:
        """The rows of committed files that stand for this society, the latest quarter first."""
        standing = FeedRow.objects.filter(
            cooperative=self.cooperative,
            outcome__in=_STANDING,
            registration__isnull=False,
            delivery__job__state=JobState.COMMITTED,
        ).select_related(
            "registration",
            "delivery__sender",
            "delivery__received_by",
            "delivery__job__requested_by",
        )
        return list(standing.order_by("-delivery__quarter", "-delivery__job__committed_at", "-pk"))

    @cached_property
    def versions(self) -> list[CooperativeVersion]:
        """All that was ever held about this society, the latest knowledge first."""
        return list(
            self.cooperative.versions.select_related(
                "delivery__job", "row", "changed_by", "township"
            ).order_by("-known_from", "-true_from", "-pk")
        )

    @cached_property
    def _maps(self) -> dict[int, SheetMap]:
        return {row.delivery_id: SheetMap(row.delivery) for row in self.rows}

    def fact(self, name: str, *, wide: bool = False) -> Fact:
        """Return a fact with its value, its source and what was held before."""
        value = getattr(self.cooperative, name)
        empty = value is None or value == ""
        source = self._source(name)
        return Fact(
            field=name,
            label=label_of(name),
            value="" if empty else value_in_words(name, value),
            missing=_missing(name, self.cooperative, source) if empty else "",
            source=source,
            earlier=self._earlier(name),
            differing=self._differing(name),
            wide=wide,
        )

    def _source(self, name: str) -> Source:
        if name in self.cooperative.corrected_fields and (by_hand := self._correction(name)):
            return by_hand
        told_from = TOLD_FROM.get(name, name)
        if told_from != name and told_from in self.cooperative.corrected_fields:
            by_hand = self._correction(told_from)
            if by_hand:
                return by_hand
        row = self._row_of(told_from)
        if row is None:
            return self._correction(name) or Source("来源未记录")
        return self._cell(row, told_from, note=_COLUMN_HINT.get(name, ""))

    def _cell(self, row: FeedRow, name: str, *, note: str) -> Source:
        layout = self._maps[row.delivery_id]
        column = next((c for c in layout.columns(row.sheet) if c["field"] == name), None)
        return Source(
            label=row.delivery.period.label,
            row=row,
            letter=column["letter"] if column else "",
            heading=column["heading"] if column else "",
            cell=masked_cell(layout.text(row, name), name),
            note=note,
            at=row.delivery.job.committed_at,
        )

    def _row_of(self, name: str) -> FeedRow | None:
        """The latest row whose file has a column for the fact and says what is shown."""
        speaking = [row for row in self.rows if name in row.delivery.columns_present]
        shown = getattr(self.cooperative, name)
        for row in speaking:
            if _read(row, name) == (shown or _read(row, name)):
                return row
        return speaking[0] if speaking else None

    def _correction(self, name: str) -> Source | None:
        for version in self.versions:
            if version.changed_by_id and name in version.changed and version.true_to is None:
                return Source(
                    "人工判定" if name == "township" else "人工更正",
                    person=str(version.changed_by),
                    at=version.known_from,
                    reason=version.reason,
                )
        return None

    def _differing(self, name: str) -> str:
        """What the latest file says instead of a corrected value, in words."""
        if name not in self.cooperative.corrected_fields or name in TOLD_FROM:
            return ""
        latest = next((r for r in self.rows if name in r.delivery.columns_present), None)
        read = _read(latest, name) if latest else None
        if latest is None or read in {None, ""} or read == getattr(self.cooperative, name):
            return ""
        return f"{latest.delivery.period.label}报送为“{value_in_words(name, read)}”"

    def _earlier(self, name: str) -> list[Earlier]:
        """The other values that were held, the latest first, each with the day it ended."""
        found: dict[str, Earlier] = {}
        shown = value_in_words(name, getattr(self.cooperative, name))
        for version in self.versions:
            if is_undone(version):
                continue
            words = value_in_words(name, getattr(version, name))
            if words != shown and words not in found:
                ended = version.true_to or _day_of(version.known_to)
                found[words] = Earlier(words, ended, _origin(version))
        return list(found.values())


def is_undone(version: CooperativeVersion) -> bool:
    """Tell whether a version came with a file that was taken back."""
    return version.delivery is not None and version.delivery.job.state == JobState.UNDONE


def _read(row: FeedRow, name: str) -> Any:
    read = getattr(row, "registration", None)
    return getattr(read, name, None)


def _missing(name: str, society: Cooperative, source: Source) -> str:
    """Say why there is no value: an empty cell is not the same as a missing column."""
    if name == "township":
        return str(TownshipBasis(society.township_basis).label)
    return "报送文件中为空" if source.row is not None else "未提供"


def _origin(version: CooperativeVersion) -> str:
    if version.changed_by_id:
        return f"{version.changed_by}更正"
    return version.delivery.period.label if version.delivery else ""


def _day_of(moment: dt.datetime | None) -> dt.date | None:
    return moment.astimezone(clock.SHANGHAI).date() if moment else None


def facts_of(provenance: Provenance, names: Iterable[str], wide: frozenset[str]) -> list[Fact]:
    """Return several facts in order."""
    return [provenance.fact(name, wide=name in wide) for name in names]


def former_facts(
    version: CooperativeVersion, names: Iterable[str], wide: frozenset[str]
) -> list[FormerFact]:
    """Return several facts of a version in order."""
    facts = []
    for name in names:
        value = getattr(version, name)
        empty = value is None or value == ""
        words = "" if empty else value_in_words(name, value)
        missing = "当时没有记录" if empty else ""
        facts.append(FormerFact(name, label_of(name), words, missing, name in wide))
    return facts
