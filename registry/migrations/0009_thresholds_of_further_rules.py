"""The thresholds of the rules on reports, lists, rosters, taxes and visits, as dated data."""

import datetime

from django.db import migrations

IN_FORCE = datetime.date(2018, 7, 1)
PROXY = "连续两年是法律的标准；以年度报告的零收入代替，只作线索。"
VERSIONS = (
    ("R1", {"years": 2}, "statute", PROXY),
    ("R2", {"years": 1}, "proposal", ""),
    ("R3", {}, "statute", ""),
    ("R4", {"years": 2}, "proposal", ""),
    ("R5", {}, "statute", ""),
    ("R6", {}, "proposal", ""),
    ("R7", {"months": 24}, "proposal", "抽查异常是全国清理工作的重点，回看月数由区里约定。"),
    ("R11", {"percent": 90}, "proposal", ""),
    ("R12", {"percent": 95}, "proposal", ""),
    ("R13", {"percent": 80, "members": 2}, "proposal", ""),
    ("R14", {"percent": 80, "most": 10}, "proposal", "不少村以一姓为主，只作提示。"),
    ("R15", {"months": 12, "long_months": 24}, "proposal", ""),
    ("R16", {"visits": 2, "months": 24}, "proposal", ""),
)


def add_versions(apps, schema_editor):
    model = apps.get_model("registry", "RuleVersion")
    model.objects.bulk_create(
        model(
            rule=rule,
            number=1,
            effective_from=IN_FORCE,
            thresholds=thresholds,
            authority=authority,
            note=note,
        )
        for rule, thresholds, authority, note in VERSIONS
    )


def remove_versions(apps, schema_editor):
    rules = [rule for rule, *_ in VERSIONS]
    apps.get_model("registry", "RuleVersion").objects.filter(rule__in=rules).delete()


class Migration(migrations.Migration):
    dependencies = [("registry", "0008_flag_verification_and_rehearsal")]
    operations = [migrations.RunPython(add_versions, remove_versions)]
