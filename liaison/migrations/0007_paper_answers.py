"""Answers to minutes on paper, recorded for units that have nobody in the portal."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import common.clock


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0013_first_hints"),
        ("liaison", "0006_fund_watches"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PaperAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        choices=[("letter", "来文"), ("fax", "传真")],
                        max_length=10,
                        verbose_name="形式",
                    ),
                ),
                ("number", models.CharField(max_length=80, verbose_name="来文文号或标题")),
                ("received_on", models.DateField(verbose_name="收到日期")),
                (
                    "recorded_at",
                    models.DateTimeField(default=common.clock.now, verbose_name="代登记时间"),
                ),
                (
                    "minutes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paper_answers",
                        to="liaison.minutes",
                        verbose_name="纪要",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="代登记人",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisationunit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "书面会签答复",
                "verbose_name_plural": "书面会签答复",
            },
        ),
        migrations.AddField(
            model_name="consent",
            name="paper",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="consents",
                to="liaison.paperanswer",
                verbose_name="书面答复",
            ),
        ),
    ]
