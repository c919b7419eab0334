"""INSERT … SELECT, the statement that the ORM does not have."""

from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet


def insert_from(
    model: type[Model], columns: tuple[str, ...], rows: "QuerySet[Any, Any]", **same: Any
) -> int:
    """Insert what a `values_list` query returns, in the order of `columns`; return how many rows.

    `same` names fields and the value that every new row gets. One statement, however many rows,
    on both databases.
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
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(model._meta.db_table)} ({targets}) "
            f"WITH found ({found}) AS ({select}) SELECT {found}{marks} FROM found",
            [*parameters, *values],
        )
        return int(cursor.rowcount)
