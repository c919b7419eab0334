"""From a registered address to the present township, through the names it once had."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, NamedTuple, Self

_SUFFIXES: Final = ("街道办事处", "街道", "镇", "乡")
# After a bare name these make it something else: 朝阳东路, 复兴村, 北山小区.
_NOT_A_TOWNSHIP: Final = "路街巷道大东西南北中上下小新老桥社村园广花水苑"
_OTHER_COUNTY: Final = re.compile(r"(?<![社小景园辖城发])区|县|市(?!场)")
_PROVINCE_AND_CITY: Final = re.compile(r"(?:[^省市区县]{2,6}省)?(?:[^省市区县]{2,6}市(?!场))?")

ADDRESS = "address"
ALIAS = "alias"
VILLAGE = "village"
UNRESOLVED = "unresolved"
OUTSIDE = ""


class Place(NamedTuple):
    """Where an address lies: the unit's code and how it was found."""

    code: str
    basis: str


NOWHERE: Final = Place("", OUTSIDE)


@dataclass(frozen=True, slots=True)
class Township:
    """A name that addresses use. `code` is empty for an old unit that was split by villages."""

    name: str
    code: str
    current: bool = True
    villages: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TownshipTable:
    """All names of a district's units, past and present."""

    names: tuple[Township, ...] = ()

    @classmethod
    def from_json(cls, document: Iterable[dict[str, Any]]) -> Self:
        """Read [{"name", "code", "current"?, "villages"?: {village: code}}].

        Without "current" a name counts as current when no earlier line has its code.
        """
        seen: set[str] = set()
        names = []
        for line in document:
            code = line.get("code") or ""
            current = line.get("current", bool(code) and code not in seen)
            seen.add(code)
            names.append(Township(line["name"], code, current, dict(line.get("villages") or {})))
        return cls(tuple(names))

    def to_json(self) -> list[dict[str, Any]]:
        """Write what `from_json` reads."""
        return [
            {"name": t.name, "code": t.code, "current": t.current, "villages": t.villages}
            for t in self.names
        ]

    @cached_property
    def _full(self) -> dict[str, Township]:
        full: dict[str, Township] = {}
        for township in self.names:
            for spelling in _spellings(township.name):
                full.setdefault(spelling, township)
        return full

    @cached_property
    def _bare(self) -> dict[str, Township]:
        """Names without suffix that mean one place only; a present unit beats a former one."""
        bare: dict[str, list[Township]] = {}
        for township in self.names:
            stem = _stem(township.name)
            if stem != township.name and len(stem) > 1:
                bare.setdefault(stem, []).append(township)
        meant: dict[str, Township] = {}
        for stem, candidates in bare.items():
            present = [each for each in candidates if each.current] or candidates
            if len({each.code for each in present}) == 1:
                meant[stem] = present[0]
        return meant

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return _longest_first(self._full)

    @cached_property
    def _bare_pattern(self) -> re.Pattern[str]:
        return re.compile(f"(?:{_longest_first(self._bare).pattern})(?![{_NOT_A_TOWNSHIP}])")

    def find(self, text: str) -> Township | None:
        """Return the first unit that a text inside the district names, present or past."""
        match = self._pattern.search(text)
        if match is not None:
            return self._full[match[0]]
        match = self._bare_pattern.match(text)
        return None if match is None else self._bare[match[0]]

    def place(self, text: str) -> Place:
        """Find the present unit that a text inside the district lies in."""
        found = self.find(text)
        return Place("", UNRESOLVED) if found is None else _settle(found, text)


class Resolver:
    """Answers for one file: which unit an address of this district belongs to."""

    def __init__(self, table: TownshipTable, district: str, jurisdiction: str) -> None:
        self._table = table
        self._district = district
        self._stem = _stem_of_district(district)
        self._jurisdiction = jurisdiction

    def resolve(self, domicile: str, division: str, township: str = "") -> Place:
        """Return the unit of an address; `division` are the code's positions 3 to 8.

        An address that names no county counts as inside when the code was given out here.
        """
        if not self._table.names or not (domicile or township):
            return NOWHERE
        inside, rest = self._inside(domicile, division)
        if not inside:
            return NOWHERE
        if township:
            named = self._table.place(township + rest)
            if named.basis != UNRESOLVED:
                return named
        return self._table.place(rest)

    def knows(self, township: str) -> bool:
        """Tell whether a township column's text names a unit of the district, present or past."""
        return self._table.find(township) is not None

    def _inside(self, domicile: str, division: str) -> tuple[bool, str]:
        at = domicile.find(self._district)
        if at >= 0:
            return True, domicile[at + len(self._district) :]
        if not self._is_local(division):
            return False, ""
        start = _PROVINCE_AND_CITY.match(domicile)
        rest = domicile[start.end() :] if start else domicile
        if rest.startswith(self._stem):
            return True, rest[len(self._stem) :]
        return (False, "") if _OTHER_COUNTY.search(rest) else (True, rest)

    def _is_local(self, division: str) -> bool:
        """Without a whole division code in the jurisdiction nothing is taken as local."""
        return len(self._jurisdiction) == 6 and division == self._jurisdiction


def _settle(township: Township, text: str) -> Place:
    if not township.villages:
        basis = ADDRESS if township.current else ALIAS
        return Place(township.code, basis if township.code else UNRESOLVED)
    for village, code in township.villages.items():
        stem = re.escape(village.removesuffix("社区").removesuffix("村"))
        if re.search(f"{stem}(?:村|社区|居委)", text):
            return Place(code, VILLAGE)
    if not township.code:
        return Place("", UNRESOLVED)
    return Place(township.code, ADDRESS if township.current else ALIAS)


def _spellings(name: str) -> tuple[str, ...]:
    stem = _stem(name)
    if name.endswith("街道"):
        return name, f"{stem}街道办事处", f"{stem}办事处", f"{stem}街办"
    return (name,)


def _stem(name: str) -> str:
    for suffix in _SUFFIXES:
        if name.endswith(suffix):
            return name.removesuffix(suffix)
    return name


def _stem_of_district(district: str) -> str:
    return district[:-1] if district[-1:] in {"区", "县", "市"} else district


def _longest_first(names: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, ordered)) or r"(?!)")
