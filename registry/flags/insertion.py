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
    **same: Any,
) -> int:
    """Insert what a `values_list` query returns, in the order of `columns`; return how many rows.

    `same` names fields and the value that every new row gets; `register` may be that of a past
    day; `only` names a column and the query of the values that it may have. One statement, however
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
    where, kept = "", []
    if only is not None:
        within, within_parameters = only[1].query.sql_with_params()
        where, kept = f" WHERE {quote(only[0])} IN ({within})", list(within_parameters)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(model._meta.db_table)} ({targets}) "
            f"WITH {', '.join(names)} SELECT {found}{marks} FROM found{where}",
            [*held, *parameters, *values, *kept],
        )
        return int(cursor.rowcount)
