"""INSERT … SELECT, the statement that the ORM does not have."""

from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet

from registry.flags.past import PRESENT, Register

Select = tuple[str, tuple[Any, ...]]  # a statement and its parameters


def insert_from(
    model: type[Model],
    columns: tuple[str, ...],
    rows: "QuerySet[Any, Any] | Select",
    *,
    register: Register = PRESENT,
    but: "tuple[str, QuerySet[Any, Any]] | None" = None,
    less: "tuple[str, str, tuple[str, ...]] | None" = None,
    **same: Any,
) -> int:
    """Insert what a `values_list` query returns, in the order of `columns`; return how many rows.

    A query that was worded before comes as a statement with its parameters.

    `same` names fields and the value that every new row gets; `register` may be that of a past
    day; `but` names a column and the query of the values that it may not have; `less` names a
    column, the JSON column that it repeats, and the keys that it leaves out. One statement,
    however many rows, on both databases.
    """
    select, parameters = rows if isinstance(rows, tuple) else rows.query.sql_with_params()
    quote = connection.ops.quote_name
    fields: list[Any] = [model._meta.get_field(name) for name in same]
    values = [
        field.get_db_prep_save(value, connection)
        for field, value in zip(fields, same.values(), strict=True)
    ]
    found = ", ".join(quote(column) for column in columns)
    targets = ", ".join([found, *(quote(field.column) for field in fields)])
    marks = "".join(", %s" for _ in values)
    names, held = register.expressions()
    # Worked out once, though more than one column may come of it.
    names.append(f"found ({found}) AS MATERIALIZED ({select})")
    where, kept = "", ()
    if less is not None:
        targets += f", {quote(less[0])}"
        marks += f", {_without(quote(less[1]), len(less[2]))}"
        values += less[2] if connection.vendor == "postgresql" else [f"$.{key}" for key in less[2]]
    if but is not None:
        left_out, kept = but[1].query.sql_with_params()
        where = f" WHERE {quote(but[0])} NOT IN ({left_out})"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(model._meta.db_table)} ({targets}) "
            f"WITH {', '.join(names)} SELECT {found}{marks} FROM found{where}",
            [*held, *parameters, *values, *kept],
        )
        return int(cursor.rowcount)


def _without(column: str, keys: int) -> str:
    """Return a JSON column without that many keys, which are parameters."""
    if not keys:
        return column
    marks = ", ".join(["%s"] * keys)
    if connection.vendor == "postgresql":
        return f"{column} - ARRAY[{marks}]::text[]"
    return f"json_remove({column}, {marks})"


def mark_from(
    model: type[Model],
    column: str,
    rows: "QuerySet[Any, Any]",
    *,
    register: Register = PRESENT,
    within: dict[str, Any],
    **same: Any,
) -> int:
    """Set `same` in the rows of a table whose `column` is among what a one-column query returns.

    `within` names fields and the values that the rows must have. One statement on both databases.
    """
    select, parameters = rows.query.sql_with_params()
    quote = connection.ops.quote_name
    names, held = register.expressions()
    names.append(f"found (key) AS ({select})")
    sets, set_values = _pairs(model, same)
    kept, kept_values = _pairs(model, within)
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH {', '.join(names)} UPDATE {quote(model._meta.db_table)} SET {', '.join(sets)} "
            f"WHERE {' AND '.join(kept)} AND {quote(column)} IN (SELECT key FROM found)",
            [*held, *parameters, *set_values, *kept_values],
        )
        return int(cursor.rowcount)


def _pairs(model: type[Model], values: dict[str, Any]) -> tuple[list[str], list[Any]]:
    fields: list[Any] = [model._meta.get_field(name) for name in values]
    quote = connection.ops.quote_name
    return (
        [f"{quote(field.column)} = %s" for field in fields],
        [
            field.get_db_prep_save(value, connection)
            for field, value in zip(fields, values.values(), strict=True)
        ],
    )
