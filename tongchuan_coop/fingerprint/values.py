"""Rows in natural keys, and their canonical lines."""

import datetime as dt
import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

Table = tuple[str, Iterable[tuple[Any, ...]]]

SOCIETY = ("cooperative__uscc", "cooperative__registration_no")


def values(rows: Any, *names: str) -> Iterable[tuple[Any, ...]]:
    """Return the named values of every row."""
    found: Iterable[tuple[Any, ...]] = rows.values_list(*names).iterator(chunk_size=2_000)
    return found


def sorted_lines(rows: Iterable[tuple[Any, ...]]) -> list[str]:
    """Return one line a row. Sort in Python: the databases order Chinese text, and the keys of JSON, differently."""
    return sorted(
        json.dumps([_plain(v) for v in row], ensure_ascii=False, sort_keys=True) + "\n"
        for row in rows
    )


def _plain(value: Any) -> Any:
    match value:
        case Decimal():
            return f"{value.normalize():f}"
        case dt.datetime():
            return value.astimezone(dt.UTC).isoformat()
        case dt.date():
            return value.isoformat()
        case _:
            return value
