"""Indexes for searching by parts of names and addresses, and by the end of codes and numbers.

PostgreSQL only: SQLite serves one district, where comparing row by row is fast enough. The cost of
the function is high so that the planner looks in the index instead of computing it for each row.
"""

from django.db import migrations

PIECES = """
CREATE OR REPLACE FUNCTION text_pieces(whole text, width integer) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 2000 AS $$
    SELECT array_agg(DISTINCT substr(whole, place, width))
    FROM generate_series(1, length(whole) - width + 1) AS place
$$
"""
INDEXES = {
    "coop_name_pieces": "registry_cooperative USING gin (text_pieces(name, 2))",
    "coop_domicile_pieces": "registry_cooperative USING gin (text_pieces(domicile, 2))",
    "coop_initials_pieces": "registry_cooperative USING gin (text_pieces(name_initials, 3))",
    "former_name_pieces": "registry_formername USING gin (text_pieces(name, 2))",
    "coop_code_end": "registry_cooperative (reverse(uscc) text_pattern_ops)",
    "coop_old_number_end": "registry_cooperative (reverse(registration_no) text_pattern_ops)",
    "coop_phone_end": "registry_cooperative (reverse(contact_phone) text_pattern_ops)",
    "coop_chair": "registry_cooperative (legal_representative, id)",
}


def lay_down(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute(PIECES)
    for name, over in INDEXES.items():
        schema_editor.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {over}")


def take_up(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for name in INDEXES:
        schema_editor.execute(f"DROP INDEX IF EXISTS {name}")
    schema_editor.execute("DROP FUNCTION IF EXISTS text_pieces(text, integer)")


class Migration(migrations.Migration):
    dependencies = [("registry", "0019_two_signers")]

    operations = [migrations.RunPython(lay_down, take_up)]
