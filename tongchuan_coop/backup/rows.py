"""Rows as lines of JSON and back, the same for every database."""

import datetime as dt
import json
import uuid
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db import connection, models

# What may be lost: who is signed in, failed tries of the last minutes, and exports, whose files go
# away after some days and can be asked for again.
LEFT_OUT = frozenset(
    {
        "accounts_exportjob",
        "axes_accessattempt",
        "axes_accessfailurelog",
        "axes_accesslog",
        "django_session",
    }
)
VARIABLES = 30_000  # below the limit of both databases for one statement


def tables(apps: Any) -> list[Any]:
    """Return the models whose rows are kept, in a fixed order."""
    return sorted(
        (
            model
            for model in apps.get_models(include_auto_created=True)
            if model._meta.managed and not model._meta.proxy
        ),
        key=lambda model: model._meta.db_table,
    )


def kept(model: Any) -> bool:
    """Tell whether the rows of a table are part of a back-up."""
    return model._meta.db_table not in LEFT_OUT


def columns(model: Any) -> list[Any]:
    """Return the stored columns of a table by name: models of another time order them differently."""
    stored = (field for field in model._meta.concrete_fields if not field.generated)
    return sorted(stored, key=lambda field: field.attname)


def lines(model: Any) -> Iterator[str]:
    """Give the names of the columns, then one line a row in the order of the key."""
    fields = columns(model)
    names = [field.attname for field in fields]
    yield json.dumps(names)
    rows = model._base_manager.order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=2_000):
        yield json.dumps([_written(v) for v in row], ensure_ascii=False, sort_keys=True)


def load(model: Any, text: Iterable[str]) -> int:
    """Insert the lines of a table as they are; return how many rows there were.

    Nothing of the model runs: no defaults, no times of now, no signals.
    """
    source = iter(text)
    names: list[str] = json.loads(next(source))
    by_name = {field.attname: field for field in columns(model)}
    fields = [by_name[name] for name in names]
    readers = [_reader(field) for field in fields]
    quote = connection.ops.quote_name
    into = ", ".join(quote(field.column) for field in fields)
    one = f"({', '.join(['%s'] * len(fields))})"
    count = 0
    with connection.cursor() as cursor:
        while chunk := list(islice(source, max(1, min(1_000, VARIABLES // len(fields))))):
            values = [
                field.get_db_prep_save(read(value), connection)
                for line in chunk
                for field, read, value in zip(fields, readers, json.loads(line), strict=True)
            ]
            cursor.execute(
                f"INSERT INTO {quote(model._meta.db_table)} ({into}) VALUES "  # noqa: S608 - names of our own tables
                + ", ".join([one] * len(chunk)),
                values,
            )
            count += len(chunk)
    return count


def _written(value: Any) -> Any:
    match value:
        case Decimal():
            return f"{value:f}"
        case dt.datetime():
            return value.astimezone(dt.UTC).isoformat()
        case dt.date() | dt.time():
            return value.isoformat()
        case uuid.UUID():
            return str(value)
        case memoryview() | bytes():
            return bytes(value).hex()
        case _:
            return value


def _reader(field: Any) -> Callable[[Any], Any]:
    while field.remote_field:
        field = field.target_field
    convert: Callable[[Any], Any]
    match field:
        case models.DateTimeField():
            convert = dt.datetime.fromisoformat
        case models.DateField():
            convert = dt.date.fromisoformat
        case models.TimeField():
            convert = dt.time.fromisoformat
        case models.DecimalField():
            convert = Decimal
        case models.UUIDField():
            convert = uuid.UUID
        case models.BinaryField():
            convert = bytes.fromhex
        case _:
            return lambda value: value
    return lambda value: None if value is None else convert(value)
