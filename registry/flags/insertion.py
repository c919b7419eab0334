"""INSERT … SELECT, the statement that the ORM does not have."""

from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet

from registry.flags.past import PRESENT, Register


def insert_from(
    model: type[Model],
    columns: tuple[str, ...],
    rows: "QuerySet[Any, Any]",
    *,
    register: Register = PRESENT,
    only: "tuple[str, QuerySet[Any, Any]] | None" = None,
    but: "tuple[str, QuerySet[Any, Any]] | None" = None,
    **same: Any,
) -> int:
    """Insert what a `values_list` query returns, in the order of `columns`; return how many rows.

    `same` names fields and the value that every new row gets; `register` may be that of a past
    day; `only` and `but` name a column and the query of the values that it
    may or may not have. One statement, however
    many rows, on both databases.
    """
    select, parameters = rows.query.sql_with_params()
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
    names.append(f"found ({found}) AS ({select})")
    conditions: list[str] = []
    kept: list[Any] = []
    for said, chosen in (("IN", only), ("NOT IN", but)):
        if chosen is not None:
            within, within_parameters = chosen[1].query.sql_with_params()
            conditions.append(f"{quote(chosen[0])} {said} ({within})")
            kept += within_parameters
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(model._meta.db_table)} ({targets}) "
            f"WITH {', '.join(names)} SELECT {found}{marks} FROM found{where}",
            [*held, *parameters, *values, *kept],
        )
        return int(cursor.rowcount)


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
