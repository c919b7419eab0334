"""Indexes for the orders and the rare kinds of the register's list, and for codes.

Those over the codes are for PostgreSQL alone: SQLite serves one district, where comparing row by
row is fast enough.
"""

from django.db import migrations, models

INDEXES = {
    "coop_organisation_code": "(substring(uscc, 9) text_pattern_ops)",
    "coop_old_number": "(registration_no varchar_pattern_ops)",
}


def lay_down(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name, over in INDEXES.items():
            schema_editor.execute(
                f"CREATE INDEX IF NOT EXISTS {name} ON registry_cooperative {over}"
            )


def take_up(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name in INDEXES:
            schema_editor.execute(f"DROP INDEX IF EXISTS {name}")


class Migration(migrations.Migration):
    dependencies = [("registry", "0023_rehearsals_in_the_worker")]

    operations = [
        migrations.AddIndex(
            model_name="cooperative",
            index=models.Index(fields=["total_contribution", "id"], name="coop_by_capital"),
        ),
        migrations.AddIndex(
            model_name="cooperative",
            index=models.Index(
                fields=["kind", "name_key", "id"],
                condition=models.Q(("kind", "cooperative"), _negated=True),
                name="coop_of_rare_kind",
            ),
        ),
        migrations.RunPython(lay_down, take_up),
    ]
