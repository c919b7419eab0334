"""Dated thresholds of the flag rules, and room for what a run found."""

import datetime

from django.db import migrations, models

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


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0001_register_feeds_and_flags"),
    ]

    operations = [
        migrations.AddField(
            model_name="flagcandidate",
            name="verdict",
            field=models.CharField(default="", max_length=8),
        ),
        migrations.AddField(
            model_name="flagcandidate",
            name="label",
            field=models.CharField(default="", max_length=20),
        ),
        migrations.AddField(
            model_name="flagcandidate",
            name="rule_version",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="flagcandidate",
            name="severity",
            field=models.CharField(default="", max_length=8),
        ),
        migrations.AddField(
            model_name="flagrun",
            name="changes",
            field=models.JSONField(default=dict, verbose_name="新增、更新、解除的数量"),
        ),
        migrations.AddField(
            model_name="flagrun",
            name="exempt",
            field=models.JSONField(default=dict, verbose_name="各规则豁免的数量"),
        ),
        migrations.AlterField(
            model_name="feeddelivery",
            name="relation",
            field=models.CharField(
                choices=[
                    ("first", "首次报送"),
                    ("correction", "更正（替换前一份）"),
                    ("supplement", "补充（并入前一份）"),
                ],
                default="first",
                max_length=12,
                verbose_name="与前一份的关系",
            ),
        ),
        migrations.CreateModel(
            name="RuleVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rule", models.CharField(max_length=8, verbose_name="规则")),
                ("number", models.PositiveSmallIntegerField(verbose_name="版本号")),
                ("effective_from", models.DateField(verbose_name="启用日期")),
                ("thresholds", models.JSONField(default=dict, verbose_name="阈值")),
                (
                    "authority",
                    models.CharField(
                        choices=[("statute", "法定"), ("proposal", "工作约定（可调整）")],
                        max_length=12,
                        verbose_name="效力",
                    ),
                ),
                (
                    "note",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="说明"),
                ),
            ],
            options={
                "verbose_name": "规则版本",
                "verbose_name_plural": "规则版本",
                "constraints": [
                    models.UniqueConstraint(fields=("rule", "number"), name="rule_version_number"),
                    models.UniqueConstraint(
                        fields=("rule", "effective_from"), name="rule_version_day"
                    ),
                ],
            },
        ),
        migrations.RunPython(add_versions, migrations.RunPython.noop),
    ]
