"""Pages of a long list, found by key instead of by number.

A page costs the same however deep it lies, and rows that come or go meanwhile shift nothing. Blanks
come last in both directions, on every database.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import BooleanField, F, Func, Q, QuerySet, Value
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


NEWEST_FIRST, OLDEST_FIRST = (Key("pk", descending=True),), (Key("pk"),)


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
        found = _cut(rows, keys, size + 1, place, backward=True)
        if len(found) > size:
            shown = found[:size][::-1]
            return Page(shown, _mark(shown[0], keys), _mark(shown[-1], keys))
        # Fewer rows than a page lie before: this is the first page, and it is shown in full.
    elif (place := _place_of(after, rows, keys)) is not None:
        found = _cut(rows, keys, size + 1, place)
        if found:
            shown = found[:size]
            last = _mark(shown[-1], keys) if len(found) > size else ""
            return Page(shown, _mark(shown[0], keys), last)
    found = _cut(rows, keys, size + 1)
    shown = found[:size]
    return Page(shown, "", _mark(shown[-1], keys) if len(found) > size else "")


def fits(mark: str, rows: QuerySet[Any, Any], keys: Sequence[Key]) -> bool:
    """Tell whether a mark is one that a page of this order gave out."""
    return _place_of(mark, rows, keys) is not None


def in_order(rows: QuerySet[Any, Any], keys: Sequence[Key]) -> QuerySet[Any, Any]:
    """Sort all rows as the pages are sorted."""
    return rows.order_by(*_order(keys))


def _order(keys: Sequence[Key], *, backward: bool = False) -> list[OrderBy]:
    return [key.order(backward=backward) for key in keys]


def _cut(
    rows: QuerySet[Any, Any],
    keys: Sequence[Key],
    wanted: int,
    place: Place | None = None,
    *,
    backward: bool = False,
) -> list[Any]:
    """Return so many rows from the beginning, or from behind a place; from the end backward.

    Where the first key may be blank, values and blanks are asked for apart: each is then one walk
    along a plain index, in either direction, and the blanks are asked for only when it is their turn.
    """
    first, rest = keys[0], keys[1:]
    if not first.nullable:
        return _walk(rows, keys, wanted, place, backward=backward)
    known = (Key(first.field, first.descending), *rest)
    found: list[Any] = []
    for blank in (True, False) if backward else (False, True):
        inside = place is not None and (place[0] is None) is blank
        passed = place is not None and not inside and blank is backward
        if not passed and len(found) < wanted:
            part = rows.filter(**{f"{first.field}__isnull": blank})
            at = place if inside else None
            found += _walk(part, known, wanted - len(found), at, backward=backward)
    return found


def _walk(
    rows: QuerySet[Any, Any],
    keys: Sequence[Key],
    wanted: int,
    place: Place | None,
    *,
    backward: bool,
) -> list[Any]:
    if place is not None:
        rows = rows.filter(_beyond(rows, keys, place, backward=backward))
    return list(rows.order_by(*_order(keys, backward=backward))[:wanted])


def _beyond(rows: QuerySet[Any, Any], keys: Sequence[Key], place: Place, *, backward: bool) -> Any:
    """Return the condition of lying strictly behind a place."""
    ways = {key.descending for key in keys}
    added = any(key.field in rows.query.annotations for key in keys)  # no column of the model
    nullable = any(key.nullable for key in keys)
    if len(ways) == 1 and None not in place and not nullable and not added:
        # All keys run one way: one comparison of rows, which the index answers as a whole.
        fields = [_field_of(rows, key.field) for key in keys]
        return _Behind(fields, place, ">" if ways.pop() == backward else "<")
    found, same = Q(pk__in=[]), Q()
    for key, value in zip(keys, place, strict=True):
        further = key.beyond(value, backward=backward)
        if further is not None:
            found |= same & further
        same &= key.at(value)
    return found


class _Behind(Func):
    """`(a, b) > (1, 2)`, which both databases read from left to right."""

    def __init__(self, fields: Sequence[Any], place: Place, comparison: str) -> None:
        sought = (
            Value(value, output_field=field) for field, value in zip(fields, place, strict=True)
        )
        columns = (F(field.name) for field in fields)
        super().__init__(*columns, *sought, output_field=BooleanField())
        self.comparison = comparison

    def as_sql(
        self, compiler: Any, connection: Any, *_: Any, **__: Any
    ) -> tuple[str, tuple[Any, ...]]:
        parts: list[str] = []
        params: tuple[Any, ...] = ()
        for expression in self.get_source_expressions():
            part, its = compiler.compile(expression)
            parts.append(part)
            params += tuple(its)
        half = len(parts) // 2
        columns, sought = ", ".join(parts[:half]), ", ".join(parts[half:])
        return f"({columns}) {self.comparison} ({sought})", params


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
        fields = [_field_of(rows, key.field) for key in keys]
        return tuple(field.to_python(value) for field, value in zip(fields, values, strict=True))
    except (signing.BadSignature, ValidationError, ValueError):
        return None


def _field_of(rows: QuerySet[Any, Any], name: str) -> Any:
    """Return what reads the values of a key: a column, or the kind of what was added to the rows."""
    added = rows.query.annotations.get(name)
    if added is not None:
        return added.output_field
    meta = rows.model._meta
    return meta.pk if name == "pk" else meta.get_field(name)


def _salt(keys: Sequence[Key]) -> str:
    return "keyset:" + ",".join(f"{'-' if key.descending else ''}{key.field}" for key in keys)
