"""Statements that go through whole tables: let PostgreSQL plan them well.

It plans by what it knows of its tables, and its own look-out comes by every minute or so and never
sees what a running transaction has added. Right after a file came in such statements were planned
for tables of a few rows, and took forty times as long.
"""

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import JSONField, Model, TextField

# Large, and read by nothing that goes through the whole register.
_ROWS_OF_FILES = frozenset({"feedrow", "registrationrow", "statementrow"})
_APPS = ("registry", "training")
_GLANCE = 25  # of 100: PostgreSQL's default target of a look
# Half as large again as when it was last looked at, in pages; small tables are planned well anyway.
# One statement, so that what is asked of the database does not depend on what has grown.
_LOOK = """
    DO $look$
    DECLARE grown record;
    BEGIN
        FOR grown IN
            SELECT known.name, known.columns
            FROM (VALUES {known}) AS known (name, columns)
            JOIN pg_class ON relname = known.name AND relkind = 'r'
                AND relnamespace = current_schema()::regnamespace
            WHERE pg_relation_size(oid)
                > (relpages * 1.5 + 8) * current_setting('block_size')::integer
            ORDER BY known.name
        LOOP
            EXECUTE format('ANALYZE %I (%s)', grown.name, grown.columns);
        END LOOP;
    END $look$
"""


def analyse(model: type[Model], names: Sequence[str]) -> None:
    """Let PostgreSQL look at some columns of a table; indexes over expressions are left alone."""
    if connection.vendor != "postgresql":
        return
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {quote(model._meta.db_table)} ({columns})")


def plan_for_whole_tables(*, at_a_glance: bool = False) -> None:
    """Prepare the transaction for large statements, each of which runs once.

    PostgreSQL may hash whole columns of keys, and looks first at tables that have grown since; with
    `at_a_glance` at a quarter of the rows, which is enough to join by. Whoever asks for that has
    the tables that searches read looked at in full afterwards (`analyse_whole`).
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '128MB'")
        if at_a_glance:
            cursor.execute(f"SET LOCAL default_statistics_target = {_GLANCE}")
        _analyse_grown()
        if at_a_glance:
            cursor.execute("SET LOCAL default_statistics_target TO DEFAULT")


def analyse_whole(*models: type[Model]) -> None:
    """Let PostgreSQL look in full at tables of which it may know only what a glance told."""
    for model in models:
        analyse(model, [field.name for field in model._meta.local_fields if _compared(field)])


def _analyse_grown() -> None:
    """Look at the tables that have grown much since."""
    quote = connection.ops.quote_name
    known = []
    for label in _APPS:
        for model in apps.get_app_config(label).get_models():
            if model._meta.model_name not in _ROWS_OF_FILES:
                fields: list[Any] = [f for f in model._meta.local_fields if _compared(f)]
                columns = ", ".join(quote(field.column) for field in fields)
                known.append(f"('{model._meta.db_table}', '{columns}')")
    with connection.cursor() as cursor:
        cursor.execute(_LOOK.format(known=", ".join(known)))


def _compared(field: Any) -> bool:
    """Tell whether rows are found or joined by a column: to look at documents takes longest."""
    return not isinstance(field, (JSONField, TextField))
