"""The few words in which the two databases differ, and the tables that statements here speak of."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import connection, models

from registry.models import (
    Cooperative,
    CooperativeVersion,
    FeedDelivery,
    FeedRow,
    FormerName,
    GoneNotice,
    IngestJob,
    RegistrationRow,
    StatementRow,
)

COOPERATIVE = Cooperative._meta.db_table
VERSION = CooperativeVersion._meta.db_table
ROW = FeedRow._meta.db_table
REGISTRATION = RegistrationRow._meta.db_table
STATEMENT = StatementRow._meta.db_table
DELIVERY = FeedDelivery._meta.db_table
JOB = IngestJob._meta.db_table
FORMER_NAME = FormerName._meta.db_table
GONE = GoneNotice._meta.db_table
_BATCH = 2_000
_ESCAPES = {"\\": "\\", "t": "\t", "n": "\n", "r": "\r"}
_ESCAPED = re.compile(r"\\([\\tnr])")


def on_postgresql() -> bool:
    """Tell which of the two databases this is."""
    return bool(connection.vendor == "postgresql")


def run_many(statement: str, params: Sequence[tuple[Any, ...]]) -> None:
    """Execute one statement once for each tuple of positional parameters."""
    with connection.cursor() as cursor:
        cursor.executemany(statement, params)


def run(statement: str, params: dict[str, Any] | None = None) -> int:
    """Execute one statement with named parameters; return how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params or {})
        return int(cursor.rowcount)


def rows(statement: str, params: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
    """Execute one query and return its rows."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params or {})
        return list(cursor.fetchall())


def differs(left: str, right: str) -> str:
    """Return the condition that two values differ, where blank is a value of its own."""
    word = "IS DISTINCT FROM" if on_postgresql() else "IS NOT"
    return f"{left} {word} {right}"


def greatest(left: str, right: str) -> str:
    """Return the later of two values."""
    word = "GREATEST" if on_postgresql() else "MAX"
    return f"{word}({left}, {right})"


def adapted(model: type[models.Model], name: str, value: Any) -> Any:
    """Return a value as this database stores it in that column."""
    field = model._meta.get_field(name)
    if not isinstance(field, models.Field):
        raise TypeError(name)
    return field.get_db_prep_value(value, connection)


def scratch_table(name: str, columns: Sequence[tuple[str, str]]) -> None:
    """Make an empty temporary table of this session."""
    run(f"DROP TABLE IF EXISTS {name}")
    listed = ", ".join(f"{column} {kind}" for column, kind in columns)
    run(f"CREATE TEMPORARY TABLE {name} ({listed})")


def analyse(table: str) -> None:
    """Let PostgreSQL see how large a fresh table is, or it plans for an empty one."""
    if on_postgresql():
        run(f"ANALYZE {table}")


def load_lines(path: Path, table: str, columns: Sequence[str]) -> None:
    """Fill a table from lines of fields under a heading; empty fields are NULL. COPY, or batches."""
    listed = ", ".join(columns)
    if on_postgresql():
        with connection.cursor() as cursor, path.open(encoding="utf-8", newline="\n") as stream:
            stream.readline()
            cursor.copy_expert(f"COPY {table} ({listed}) FROM STDIN WITH (NULL '')", stream)
        return
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        for batch in _batches(path):
            cursor.executemany(f"INSERT INTO {table} ({listed}) VALUES ({marks})", batch)


def _batches(path: Path) -> Iterator[list[list[str | None]]]:
    with path.open(encoding="utf-8", newline="\n") as stream:
        stream.readline()
        while batch := [_fields(line) for line in islice(stream, _BATCH)]:
            yield batch


def _fields(line: str) -> list[str | None]:
    fields = line[:-1].split("\t")
    if "\\" in line:
        fields = [_ESCAPED.sub(lambda found: _ESCAPES[found[1]], field) for field in fields]
    return [field or None for field in fields]
