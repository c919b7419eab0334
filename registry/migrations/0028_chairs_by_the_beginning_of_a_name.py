"""The index over chairs also finds them by the beginning of a name.

PostgreSQL alone, whose indexes over text serve beginnings only with an operator class for that;
whole names are found in it as before.
"""

from django.db import migrations

OF_BEGINNINGS = "registry_cooperative (legal_representative varchar_pattern_ops, id)"
OF_WHOLE_NAMES = "registry_cooperative (legal_representative, id)"


def _lay(schema_editor, over):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS coop_chair")
        schema_editor.execute(f"CREATE INDEX coop_chair ON {over}")


def of_beginnings(apps, schema_editor):
    _lay(schema_editor, OF_BEGINNINGS)


def of_whole_names(apps, schema_editor):
    _lay(schema_editor, OF_WHOLE_NAMES)


class Migration(migrations.Migration):
    dependencies = [("registry", "0027_names_are_sorted_in_later")]

    operations = [migrations.RunPython(of_beginnings, of_whole_names)]
