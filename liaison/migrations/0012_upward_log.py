"""Contacts with province and city, with their papers."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import common.clock


class Migration(migrations.Migration):
    dependencies = [
        ("liaison", "0011_services_bought"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="UpwardLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("happened_on", models.DateField(verbose_name="日期")),
                (
                    "level",
                    models.CharField(
                        choices=[("province", "省级"), ("city", "市级")],
                        max_length=12,
                        verbose_name="级别",
                    ),
                ),
                ("agency", models.CharField(max_length=60, verbose_name="主管部门")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("paper_sent", "报送材料"),
                            ("reported_up", "当面汇报"),
                            ("phoned", "电话联系"),
                            ("attended", "参加会议"),
                            ("visited", "上级来人调研"),
                            ("paper_received", "收到来文"),
                        ],
                        max_length=16,
                        verbose_name="方式",
                    ),
                ),
                ("subject", models.CharField(max_length=120, verbose_name="事项")),
                ("content", models.CharField(max_length=1000, verbose_name="内容")),
                (
                    "outcome",
                    models.CharField(blank=True, max_length=1000, verbose_name="上级意见或结果"),
                ),
                (
                    "document_number",
                    models.CharField(blank=True, max_length=60, verbose_name="文号"),
                ),
                (
                    "entered_at",
                    models.DateTimeField(default=common.clock.now, verbose_name="登记时间"),
                ),
                ("withdrawn_on", models.DateField(blank=True, null=True, verbose_name="撤销日期")),
                (
                    "withdrawn_because",
                    models.CharField(blank=True, max_length=300, verbose_name="撤销原因"),
                ),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
            ],
            options={
                "verbose_name": "上级沟通",
                "verbose_name_plural": "上级沟通",
                "indexes": [models.Index(fields=["level", "-happened_on"], name="upward_by_level")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_on__isnull", True)),
                        fields=("happened_on", "agency", "subject"),
                        name="a_matter_goes_up_once_a_day",
                    )
                ],
            },
        ),
    ]
