"""Contacts with province and city (S-092) are proven by their log in programmes that run already."""

from typing import Any

from django.db import migrations
from django.db.models import F

from common import clock


def point_to_the_log(apps: Any, schema_editor: Any) -> None:
    """Re-point the duty where it had no list of the portal; a list that a person chose stays."""
    tasks = apps.get_model("pilot", "PlanTask").objects.using(schema_editor.connection.alias)
    bare = tasks.filter(source="S-092", proofs=[], programme__ends_on__gte=clock.today())
    bare.update(proofs=["upward"], version=F("version") + 1)


class Migration(migrations.Migration):
    dependencies = [("pilot", "0007_present_proofs_of_duties")]

    operations = [migrations.RunPython(point_to_the_log, migrations.RunPython.noop)]
