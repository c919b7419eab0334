"""Finding societies for the one search box: each way of finding is one indexed query with a limit.

The ways go from the surest to the widest. One condition that joined them all could use no index on
a register of millions; single ways can, and the search stops when enough is found.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import Q, QuerySet

from accounts.policy import Action, may
from registry.models import Cooperative, FormerName
from registry.search_terms import Term

# Of names that fit by their initials so many are read in full for whole pinyin.
READ_IN_FULL = 2_000
FIELDS = ("pk", "name", "uscc", "registration_no", "township__short_name", "status")


@dataclass(frozen=True)
class Found:
    """One society, with the reason where its present name does not show it."""

    key: int
    name: str
    code: str
    township: str
    status: str
    because: str = ""


def find_societies(
    user: Any, term: Term, most: int, action: Action = Action.VIEW_COOPERATIVE
) -> list[Found]:
    """Return up to `most` societies in reach, the surest first. Queries: one for each way tried."""
    found: dict[int, Found] = {}
    for because, rows in _ways(user, term, most, action):
        for row in rows:
            found.setdefault(row["pk"], _found(row, because))
        if len(found) >= most:
            break
    return list(islice(found.values(), most))


def _ways(user: Any, term: Term, most: int, action: Action) -> Iterator[tuple[str, Any]]:
    reach = Cooperative.objects.permitted(user, action)
    if term.code:
        ends = Q(uscc__ends=term.code) | Q(registration_no__ends=term.code)
        yield "代码相符", _first(reach.filter(ends), most)
    if term.phone_end and may(user, Action.UNMASK_CONTACT):
        open_to = Cooperative.objects.permitted(user, Action.UNMASK_CONTACT)
        ending = open_to.filter(contact_phone__ends=term.phone_end)
        yield "联系电话尾号相符", _first(ending & reach, most)
    yield "", _first(reach.filter(name__holds=term.parts), most)
    former = FormerName.objects.filter(name__holds=term.parts).values("cooperative")
    yield "曾用名相符", _first(reach.filter(pk__in=former), most)
    merged = Cooperative.objects.filter(merged_into__isnull=False, name__holds=term.parts)
    yield "已并入这一家", _first(reach.filter(pk__in=merged.values("merged_into")), most)
    if term.letters:
        yield (
            "拼音首字母相符",
            _first(reach.filter(name_initials__holds_letters=term.letters), most),
        )
    if term.readings:
        yield "拼音相符", _by_pinyin(reach, term, most)
    if not term.text.isascii():
        if term.person_begin:
            chaired = reach.filter(legal_representative__startswith=term.person_begin)
            yield "法定代表人相符", _first(chaired, most, "legal_representative")
        yield "住所相符", _first(reach.filter(domicile__holds=term.text.split()), most)


def _first(
    societies: QuerySet[Cooperative], most: int, order: str = "name_key"
) -> QuerySet[Any, Any]:
    """Return the first in an order; what one has few of is not looked for along the names."""
    rows: QuerySet[Any, Any] = societies.order_by(order, "id").values(*FIELDS)[:most]
    return rows


def _by_pinyin(reach: QuerySet[Cooperative], term: Term, most: int) -> list[dict[str, Any]]:
    """Narrow by initials in the database, then read the names."""
    initials = Q()
    for letters in term.readings:
        initials |= Q(name_initials__holds_letters=(letters,))
    candidates = _first(reach.filter(initials), READ_IN_FULL)
    return list(islice((row for row in candidates if term.is_pinyin_of(row["name"])), most))


def _found(row: dict[str, Any], because: str) -> Found:
    return Found(
        key=row["pk"],
        name=row["name"],
        code=row["uscc"] or row["registration_no"],
        township=row["township__short_name"] or "",
        status=row["status"],
        because=because,
    )
