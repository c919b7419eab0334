"""The account in whose name commands on the server act; nobody can sign in with it."""

from django.contrib.auth.hashers import make_password
from django.db import migrations


def add(apps, schema_editor):
    apps.get_model("accounts", "User").objects.create(
        username="machine",
        full_name="系统命令",
        role="bureau",
        unit=apps.get_model("accounts", "OrganisationUnit").objects.get(code="nyncj"),
        password=make_password(None),
    )


def remove(apps, schema_editor):
    apps.get_model("accounts", "User").objects.filter(username="machine").delete()


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_units_of_tongchuan")]
    operations = [migrations.RunPython(add, remove)]
