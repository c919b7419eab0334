"""Let every suspicion about numbers of members say by which source they were counted.

Without it the facts of all of them would seem new, and what a person has dismissed would come back.
"""

from django.db import migrations

RULES = ("R8", "R9", "R10")
POSTGRESQL = """
    UPDATE registry_flag
    SET evidence = evidence || '{"counted_by": "register"}', facts = facts || '{"counted_by": "register"}'
    WHERE rule IN %s AND NOT facts ? 'counted_by'
"""
SQLITE = """
    UPDATE registry_flag
    SET evidence = json_set(evidence, '$.counted_by', 'register'),
        facts = json_set(facts, '$.counted_by', 'register')
    WHERE rule IN (%s, %s, %s) AND json_extract(facts, '$.counted_by') IS NULL
"""


def say_who_counted(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        if schema_editor.connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL, [RULES])
        else:
            cursor.execute(SQLITE, RULES)


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0025_roster_confirmations"),
    ]

    operations = [migrations.RunPython(say_who_counted, migrations.RunPython.noop)]
