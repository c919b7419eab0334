"""The thresholds of the flag rules in force at the start, as dated data."""

import datetime

from django.db import migrations

IN_FORCE = datetime.date(2018, 7, 1)
REGISTRATION_RULES = datetime.date(2022, 3, 1)

# The versions in force at the start; a later change is a new row with its own day.
VERSIONS = (
    ("R8", 1, IN_FORCE, {"members": 5, "union_members": 3}, "statute", ""),
    ("R9", 1, IN_FORCE, {"percent": 80}, "statute", ""),
    ("R10", 1, IN_FORCE, {"small": 20, "small_units": 1, "percent": 5}, "statute", ""),
    ("R17", 1, IN_FORCE, {"contribution_wan": 100_000}, "proposal", ""),
    ("R18", 1, IN_FORCE, {"societies": 2}, "proposal", "法律只规定不得兼任，比对起点由区里约定。"),
    ("R19", 1, IN_FORCE, {"societies": 3}, "proposal", ""),
    ("R20", 1, IN_FORCE, {"months": 6}, "proposal", "当时没有法定的月数，由区里约定。"),
    ("R20", 2, REGISTRATION_RULES, {"months": 6}, "statute", "市场主体登记管理条例实施细则施行。"),
)


def add_versions(apps, schema_editor):
    model = apps.get_model("registry", "RuleVersion")
    model.objects.bulk_create(
        model(
            rule=rule,
            number=number,
            effective_from=day,
            thresholds=thresholds,
            authority=authority,
            note=note,
        )
        for rule, number, day, thresholds, authority, note in VERSIONS
    )


def remove_versions(apps, schema_editor):
    apps.get_model("registry", "RuleVersion").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_register_feeds_and_flags")]
    operations = [migrations.RunPython(add_versions, remove_versions)]
