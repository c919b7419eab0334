"""Signs of illegal fund-raising, looked into and referred."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0013_first_hints"),
        ("demonstration", "0004_innovations"),
        ("liaison", "0005_help_requests"),
        ("registry", "0021_one_index_of_pieces"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FundWatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "sign",
                    models.CharField(
                        choices=[
                            ("fixed_return", "承诺固定或高额回报"),
                            ("beyond_members", "信用合作超出成员范围"),
                            ("outsiders", "向非成员吸收资金"),
                            ("publicity", "公开宣传募集资金"),
                            ("lending", "资金对外放贷或投资"),
                            ("unpaid", "到期不能兑付"),
                        ],
                        max_length=16,
                        verbose_name="迹象",
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[("recorded", "人工登记"), ("derived", "由信用合作登记得出")],
                        default="recorded",
                        max_length=10,
                        verbose_name="来源",
                    ),
                ),
                ("content", models.CharField(max_length=500, verbose_name="情况")),
                ("noted_on", models.DateField(verbose_name="发现日期")),
                ("due_on", models.DateField(verbose_name="核查期限")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("watch_noted", "待核查"),
                            ("watch_checked", "已核查待处理"),
                            ("watch_no_concern", "未见异常"),
                            ("watch_referred", "已移送"),
                        ],
                        default="watch_noted",
                        max_length=20,
                        verbose_name="状态",
                    ),
                ),
                ("finding", models.CharField(blank=True, max_length=500, verbose_name="核查结果")),
                ("checked_on", models.DateField(blank=True, null=True, verbose_name="核查日期")),
                (
                    "cleared_because",
                    models.CharField(blank=True, max_length=500, verbose_name="未见异常的理由"),
                ),
                ("referred_on", models.DateField(blank=True, null=True, verbose_name="移送日期")),
                (
                    "referral_number",
                    models.CharField(blank=True, max_length=60, verbose_name="移送文号"),
                ),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fund_watches",
                        to="registry.cooperative",
                        verbose_name="合作社",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fund_watches",
                        to="demonstration.innovationentry",
                        verbose_name="信用合作登记",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "referred_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisationunit",
                        verbose_name="移送部门",
                    ),
                ),
            ],
            options={
                "verbose_name": "集资风险线索",
                "verbose_name_plural": "集资风险线索",
                "indexes": [models.Index(fields=["state", "due_on"], name="fund_watch_by_state")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("entry__isnull", False)),
                        fields=("entry", "sign"),
                        name="a_sign_is_derived_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "watch_noted"),
                            models.Q(
                                models.Q(("finding", ""), _negated=True),
                                ("checked_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="a_checked_sign_has_a_finding",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "watch_referred"), _negated=True),
                            models.Q(
                                ("referred_to__isnull", False),
                                ("referred_on__isnull", False),
                                models.Q(("referral_number", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_referred_sign_says_where",
                    ),
                ],
            },
        ),
    ]
