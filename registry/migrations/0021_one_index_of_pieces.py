"""One index over the pieces of names, addresses and initials instead of three.

A row then enters one list of the index and not three, which made half of the time in which a large
file became part of the register. The index finds by each of the three alone as before. Equal
pieces of a text are left to the index to throw out. PostgreSQL only.
"""

from django.db import migrations

PIECES = """
CREATE OR REPLACE FUNCTION text_pieces(whole text, width integer) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 2000 AS $$
    SELECT NULLIF(ARRAY(
        SELECT substr(whole, place, width)
        FROM generate_series(1, length(whole) - width + 1) AS place), '{}')
$$
"""
BEFORE = """
CREATE OR REPLACE FUNCTION text_pieces(whole text, width integer) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 2000 AS $$
    SELECT array_agg(DISTINCT substr(whole, place, width))
    FROM generate_series(1, length(whole) - width + 1) AS place
$$
"""
TOGETHER = """
CREATE INDEX IF NOT EXISTS coop_pieces ON registry_cooperative USING gin (
    text_pieces(name, 2), text_pieces(domicile, 2), text_pieces(name_initials, 3))
"""
APART = {
    "coop_name_pieces": "text_pieces(name, 2)",
    "coop_domicile_pieces": "text_pieces(domicile, 2)",
    "coop_initials_pieces": "text_pieces(name_initials, 3)",
}


def join(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for name in APART:
        schema_editor.execute(f"DROP INDEX IF EXISTS {name}")
    schema_editor.execute(PIECES)
    schema_editor.execute(TOGETHER)


def part(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute("DROP INDEX IF EXISTS coop_pieces")
    schema_editor.execute(BEFORE)
    for name, over in APART.items():
        schema_editor.execute(
            f"CREATE INDEX IF NOT EXISTS {name} ON registry_cooperative USING gin ({over})"
        )


class Migration(migrations.Migration):
    dependencies = [("registry", "0020_search_by_pieces")]

    operations = [migrations.RunPython(join, part)]
