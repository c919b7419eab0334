"""Typical cases: what was done well, reviewed, published, and agreed to by the society."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import common.clock


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0016_typical_cases_with_views"),
        ("liaison", "0008_library"),
        ("registry", "0026_flags_say_who_counted"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Exemplar",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=80, verbose_name="标题")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("society", "典型合作社"),
                            ("cleanup", "清理整顿做法"),
                            ("standard", "规范建设做法"),
                            ("demonstration", "示范创建做法"),
                            ("service", "服务带动做法"),
                            ("training", "辅导培训做法"),
                            ("mechanism", "体制机制创新"),
                            ("other", "其他经验"),
                        ],
                        max_length=16,
                        verbose_name="类别",
                    ),
                ),
                ("summary", models.CharField(max_length=200, verbose_name="摘要")),
                ("practice", models.TextField(blank=True, max_length=5000, verbose_name="做法")),
                ("results", models.TextField(blank=True, max_length=5000, verbose_name="成效")),
                ("lessons", models.TextField(blank=True, max_length=5000, verbose_name="启示")),
                (
                    "entered_at",
                    models.DateTimeField(default=common.clock.now, verbose_name="登记时间"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drafted", "草稿"),
                            ("handed_up", "待审核"),
                            ("vetted", "审核通过"),
                            ("spread", "已发布"),
                            ("taken_back", "已撤下"),
                        ],
                        default="drafted",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("submitted_on", models.DateField(blank=True, null=True, verbose_name="提交日期")),
                ("published_on", models.DateField(blank=True, null=True, verbose_name="发布日期")),
                ("open_to_public", models.BooleanField(default=False, verbose_name="向社会公开")),
                (
                    "consented_on",
                    models.DateField(blank=True, null=True, verbose_name="合作社同意公开日期"),
                ),
                (
                    "consented_by",
                    models.CharField(blank=True, max_length=60, verbose_name="同意人"),
                ),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "cooperative",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exemplars",
                        to="registry.cooperative",
                        verbose_name="合作社",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="撰写人",
                    ),
                ),
                (
                    "township",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisationunit",
                        verbose_name="乡镇街道",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisationunit",
                        verbose_name="报送单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "典型案例",
                "verbose_name_plural": "典型案例",
                "indexes": [
                    models.Index(fields=["state", "-published_on"], name="exemplar_by_state"),
                    models.Index(fields=["unit", "state"], name="exemplar_of_unit"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "taken_back"), _negated=True),
                        fields=("unit", "title"),
                        name="a_unit_tells_a_case_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "spread"), _negated=True),
                            ("published_on__isnull", False),
                            _connector="OR",
                        ),
                        name="a_published_case_has_its_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("open_to_public", False),
                            ("cooperative__isnull", True),
                            ("consented_on__isnull", False),
                            _connector="OR",
                        ),
                        name="a_public_case_has_its_societys_consent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("consented_by", ""), ("consented_on__isnull", True)),
                            models.Q(
                                ("consented_on__isnull", False),
                                models.Q(("consented_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_consent_names_who_gave_it",
                    ),
                ],
            },
        ),
    ]
