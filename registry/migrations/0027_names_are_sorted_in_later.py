"""The index of pieces leaves out the societies that have just come in with a file.

They wait under a mark of their own until the worker has sorted them in, and are compared one by
one meanwhile. The index is made anew without them. PostgreSQL only, but for the mark.
"""

from django.db import migrations, models

PIECES = "text_pieces(name, 2), text_pieces(domicile, 2), text_pieces(name_initials, 3)"


def leave_out(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute("DROP INDEX IF EXISTS coop_pieces")
    schema_editor.execute(
        f"CREATE INDEX coop_pieces ON registry_cooperative USING gin ({PIECES}) "
        "WHERE NOT pieces_wait"
    )


def take_in(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute("DROP INDEX IF EXISTS coop_pieces")
    schema_editor.execute(f"CREATE INDEX coop_pieces ON registry_cooperative USING gin ({PIECES})")


class Migration(migrations.Migration):
    dependencies = [("registry", "0026_flags_say_who_counted")]

    operations = [
        migrations.AddField(
            model_name="cooperative",
            name="pieces_wait",
            field=models.BooleanField(
                db_default=False, default=False, editable=False, verbose_name="待编入检索"
            ),
        ),
        migrations.AddIndex(
            model_name="cooperative",
            index=models.Index(
                fields=["id"], condition=models.Q(("pieces_wait", True)), name="coop_waiting"
            ),
        ),
        migrations.RunPython(leave_out, take_in),
    ]
