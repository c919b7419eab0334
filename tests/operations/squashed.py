"""The proof that the squashed migrations lay down what the single ones lay down one by one.

    python -m tests.operations.squashed

Migrates an empty database by the single migrations and another by the squashed ones, and compares
all tables, columns (on PostgreSQL in their order), defaults, constraints, indexes, triggers, functions and rows.
Uses the database of the environment, which must be empty, or the embedded default. The single
migrations take minutes. Prints the seconds of both ways, and every difference.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]
SETTINGS: Final = "tongchuan_coop.settings"
CATALOGUE: Final = {
    "columns": """
        SELECT c.relname, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
               a.attidentity, a.attgenerated, pg_get_expr(d.adbin, d.adrelid), l.collname
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
        LEFT JOIN pg_collation l ON l.oid = a.attcollation
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'm', 'S')
          AND a.attnum > 0 AND NOT a.attisdropped
    """,
    "constraints": """
        SELECT conrelid::regclass, conname, pg_get_constraintdef(oid), convalidated
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    """,
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "triggers": """
        SELECT tgrelid::regclass, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
    """,
    "functions": """
        SELECT proname, pg_get_functiondef(oid) FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace
    """,
    "extensions": "SELECT extname FROM pg_extension",
}


def schema() -> Iterator[str]:
    """Yield a line for everything that the connected database is made of."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for kind, query in CATALOGUE.items():
                cursor.execute(query)
                yield from (f"{kind} {row}" for row in cursor.fetchall())
            return
        cursor.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name")
        for kind, name, table, sql in cursor.fetchall():
            if kind != "table":
                yield f"{kind} {table} {name} {_plain(sql or '')}"
                continue
            yield from (f"table {name}: {each}" for each in _definitions(_plain(sql)))
            cursor.execute(f'PRAGMA table_xinfo("{name}")')
            # Without the place: SQLite makes a table anew for a change, and moves columns then.
            yield from (f"column {name} {row[1:]}" for row in cursor.fetchall())


def _plain(sql: str) -> str:
    return re.sub(r"\s+", " ", sql).replace("( ", "(").replace(" )", ")").strip()


def _definitions(sql: str) -> Iterator[str]:
    """Yield the definitions of columns and constraints between the outer brackets."""
    depth, piece = 0, ""
    for sign in sql[sql.index("(") + 1 : sql.rindex(")")]:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and not depth:
            yield piece.strip()
            piece = ""
        else:
            piece += sign
    yield piece.strip()


def rows() -> Iterator[str]:
    """Yield every row that was laid down; times and passwords that nobody has differ each time."""
    from django.apps import apps
    from django.db import models

    for model in apps.get_models(include_auto_created=True):
        fields = list(model._meta.local_concrete_fields)
        for values in model._default_manager.order_by("pk").values_list(
            *[f.attname for f in fields]
        ):
            told = {
                field.attname: value
                for field, value in zip(fields, values, strict=True)
                if not isinstance(field, models.DateTimeField) and field.attname != "password"
            }
            yield f"row {model._meta.db_table} {told}"


def migrate(*, squashed: bool) -> float:
    """Bring the empty database of the environment to its head; return the seconds taken."""
    from django.core.management import call_command

    from tongchuan_coop.backup import structure

    started = time.monotonic()
    if not squashed:
        executor = structure.executor_towards([])
        executor.migrate(executor.loader.graph.leaf_nodes())
    call_command("migrate", verbosity=0)
    return time.monotonic() - started


def _empty_again() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")


def lay_down(way: str) -> None:
    """Migrate one way and print what stands then as one JSON object."""
    import django

    django.setup()
    from django.db import connection

    if connection.introspection.table_names():
        raise SystemExit("the database of the environment must be empty")
    seconds = migrate(squashed=way == "squashed")
    found = sorted({*schema(), *rows()})
    if connection.vendor == "postgresql":
        _empty_again()
    print(json.dumps({"vendor": connection.vendor, "seconds": round(seconds, 1), "found": found}))


def result_of(way: str) -> dict[str, Any]:
    """Return what a process of its own laid down."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-m", "tests.operations.squashed", "--way", way],
            cwd=ROOT, env={**os.environ, "DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": SETTINGS},
            stdout=subprocess.PIPE, text=True, check=True,
        )  # fmt: skip
    return dict(json.loads(done.stdout.splitlines()[-1]))


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument(
        "--way", choices=("single", "squashed"), help="lay down one way and print it"
    )
    chosen = arguments.parse_args()
    if chosen.way:
        lay_down(chosen.way)
        return 0
    single, squashed = result_of("single"), result_of("squashed")
    before, after = set(single["found"]), set(squashed["found"])
    for line in sorted(before ^ after):
        print("-" if line in before else "+", line)
    print(
        f"{single['vendor']}: {len(before & after)} lines alike, {len(before ^ after)} differ; "
        f"{single['seconds']} s one by one, {squashed['seconds']} s squashed"
    )
    return 0 if before == after and before else 1


if __name__ == "__main__":
    sys.exit(main())
