"""Pages of a long list, found by key instead of by number.

A page costs the same however deep it lies, and rows that come or go meanwhile shift nothing. Blanks
come last in both directions, on every database.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy

Place = tuple[Any, ...]


@dataclass(frozen=True)
class Key:
    """One column of an order. The last key of an order must be unique, or rows get lost."""

    field: str
    descending: bool = False
    nullable: bool = False

    def order(self, *, backward: bool) -> OrderBy:
        """Return how to sort by this key, forward or from the end."""
        column = F(self.field)
        down = self.descending != backward
        if not self.nullable:
            return column.desc() if down else column.asc()
        if backward:
            return column.desc(nulls_first=True) if down else column.asc(nulls_first=True)
        return column.desc(nulls_last=True) if down else column.asc(nulls_last=True)

    def beyond(self, value: Any, *, backward: bool) -> Q | None:
        """Return the condition of lying strictly behind a value; None when nothing can."""
        if value is None:
            return Q((f"{self.field}__isnull", False)) if backward else None
        comparison = "lt" if self.descending != backward else "gt"
        found = Q((f"{self.field}__{comparison}", value))
        if self.nullable and not backward:
            found |= Q((f"{self.field}__isnull", True))
        return found

    def at(self, value: Any) -> Q:
        """Return the condition of having that value."""
        return Q((f"{self.field}__isnull", True)) if value is None else Q((self.field, value))


@dataclass(frozen=True)
class Page:
    """The rows of one page and the marks of its neighbours, "" where there is none."""

    rows: list[Any]
    before: str = ""
    after: str = ""


def page_of(
    rows: QuerySet[Any, Any], keys: Sequence[Key], *, size: int, before: str = "", after: str = ""
) -> Page:
    """Return the page behind or ahead of a mark; the first one for a mark that does not fit.

    `rows` yields model instances or dictionaries that hold every key.
    """
    if (place := _place_of(before, rows, keys)) is not None:
        found = _beyond(rows, keys, place, size, backward=True)
        if len(found) > size:
            shown = found[:size][::-1]
            return Page(shown, _mark(shown[0], keys), _mark(shown[-1], keys))
        # Fewer rows than a page lie before: this is the first page, and it is shown in full.
    elif (place := _place_of(after, rows, keys)) is not None:
        found = _beyond(rows, keys, place, size, backward=False)
        if found:
            shown = found[:size]
            last = _mark(shown[-1], keys) if len(found) > size else ""
            return Page(shown, _mark(shown[0], keys), last)
    found = list(rows.order_by(*_order(keys))[: size + 1])
    shown = found[:size]
    return Page(shown, "", _mark(shown[-1], keys) if len(found) > size else "")


def in_order(rows: QuerySet[Any, Any], keys: Sequence[Key]) -> QuerySet[Any, Any]:
    """Sort all rows as the pages are sorted."""
    return rows.order_by(*_order(keys))


def _order(keys: Sequence[Key], *, backward: bool = False) -> list[OrderBy]:
    return [key.order(backward=backward) for key in keys]


def _beyond(
    rows: QuerySet[Any, Any], keys: Sequence[Key], place: Place, size: int, *, backward: bool
) -> list[Any]:
    found, same = Q(pk__in=[]), Q()
    for key, value in zip(keys, place, strict=True):
        further = key.beyond(value, backward=backward)
        if further is not None:
            found |= same & further
        same &= key.at(value)
    first = keys[0]
    if not first.nullable:
        # Says nothing new, but lets the database start in the middle of its index.
        comparison = "lte" if first.descending != backward else "gte"
        found &= Q((f"{first.field}__{comparison}", place[0]))
    chosen = rows.filter(found).order_by(*_order(keys, backward=backward))
    return list(chosen[: size + 1])


def _mark(row: Any, keys: Sequence[Key]) -> str:
    values = [row[key.field] if isinstance(row, dict) else getattr(row, key.field) for key in keys]
    plain = [
        value if value is None or isinstance(value, (int, str)) else str(value) for value in values
    ]
    return signing.dumps(plain, salt=_salt(keys), compress=True)


def _place_of(mark: str, rows: QuerySet[Any, Any], keys: Sequence[Key]) -> Place | None:
    """Read a mark; one that was altered or belongs to another order counts as none."""
    if not mark:
        return None
    try:
        values = signing.loads(mark, salt=_salt(keys))
        fields = [rows.model._meta.get_field(key.field) for key in keys]
        return tuple(field.to_python(value) for field, value in zip(fields, values, strict=True))
    except (signing.BadSignature, ValidationError, ValueError):
        return None


def _salt(keys: Sequence[Key]) -> str:
    return "keyset:" + ",".join(f"{'-' if key.descending else ''}{key.field}" for key in keys)
