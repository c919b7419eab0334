"""What societies do in new ways, by year and document, and the dividends of poverty funds."""

from decimal import Decimal

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import common.clock


class Migration(migrations.Migration):
    dependencies = [
        ("demonstration", "0003_plaque"),
        ("registry", "0021_one_index_of_pieces"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="InnovationEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(2007),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="年度",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("contribution", "出资方式"),
                            ("collective", "对接村集体股份合作社"),
                            ("poverty_share", "扶贫资金入股"),
                            ("jobs", "吸纳就业"),
                            ("founder", "领办创办人"),
                            ("three_in_one", "三位一体"),
                            ("credit", "信用合作"),
                            ("insurance", "互助保险"),
                        ],
                        max_length=16,
                        verbose_name="类别",
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("money", "货币出资"),
                            ("machinery", "农机具等实物作价"),
                            ("land_right", "土地经营权作价"),
                            ("forest_right", "林权作价"),
                            ("homestead_right", "宅基地使用权作价"),
                            ("technology", "知识产权和技术作价"),
                            ("by_charter", "章程规定的其他方式"),
                            ("shares", "集体股份合作社入股"),
                            ("orders", "订单合作"),
                            ("entrusted", "委托经营"),
                            ("fiscal_fund", "财政扶贫资金量化入股"),
                            ("aid_fund", "帮扶资金量化入股"),
                            ("jobs_all", "用工总数"),
                            ("jobs_small", "小农户用工"),
                            ("jobs_low", "低收入农户用工"),
                            ("graduate", "高校毕业生"),
                            ("returnee", "返乡创业人员"),
                            ("new_farmer", "新型职业农民"),
                            ("production", "生产合作"),
                            ("supply", "供销合作"),
                            ("credit_side", "信用合作（三位一体）"),
                            ("mutual_fund", "内部资金互助"),
                            ("mutual_insurance", "互助保险试点"),
                        ],
                        max_length=20,
                        verbose_name="项目",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=100, verbose_name="名称或姓名")),
                (
                    "partner_code",
                    models.CharField(blank=True, max_length=18, verbose_name="集体股份合作社代码"),
                ),
                (
                    "households",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="户数"),
                ),
                ("people", models.PositiveIntegerField(blank=True, null=True, verbose_name="人数")),
                (
                    "amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                        verbose_name="金额（元）",
                    ),
                ),
                (
                    "outsiders",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="非成员人数"),
                ),
                (
                    "fixed_return",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                        verbose_name="固定回报（%/年）",
                    ),
                ),
                ("document", models.CharField(max_length=120, verbose_name="依据材料")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                (
                    "verification",
                    models.CharField(
                        choices=[
                            ("declared", "自报"),
                            ("seen", "走访核实"),
                            ("documented", "凭证核实"),
                        ],
                        default="declared",
                        max_length=12,
                        verbose_name="核实程度",
                    ),
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
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="innovations",
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
                        verbose_name="登记人",
                    ),
                ),
            ],
            options={
                "verbose_name": "创新登记",
                "verbose_name_plural": "创新登记",
            },
        ),
        migrations.CreateModel(
            name="ShareDividend",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(2007),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="分红年度",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=14,
                        validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                        verbose_name="分红金额（元）",
                    ),
                ),
                ("households", models.PositiveIntegerField(verbose_name="分红户数")),
                ("paid_on", models.DateField(blank=True, null=True, verbose_name="发放日期")),
                ("document", models.CharField(max_length=120, verbose_name="依据材料")),
                (
                    "entered_at",
                    models.DateTimeField(default=common.clock.now, verbose_name="登记时间"),
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
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dividends",
                        to="demonstration.innovationentry",
                        verbose_name="扶贫资金入股",
                    ),
                ),
            ],
            options={
                "verbose_name": "扶贫资金入股分红",
                "verbose_name_plural": "扶贫资金入股分红",
            },
        ),
        migrations.AddIndex(
            model_name="innovationentry",
            index=models.Index(fields=["kind", "year"], name="innovation_by_kind"),
        ),
        migrations.AddConstraint(
            model_name="innovationentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_on__isnull", True)),
                fields=("cooperative", "year", "what", "name"),
                name="an_innovation_is_entered_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="innovationentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__isnull", True), ("amount__gte", 0), _connector="OR"),
                name="an_innovation_amount_is_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="innovationentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind", "credit"),
                    models.Q(("fixed_return__isnull", True), ("outsiders__isnull", True)),
                    _connector="OR",
                ),
                name="only_credit_has_outsiders_and_returns",
            ),
        ),
        migrations.AddConstraint(
            model_name="sharedividend",
            constraint=models.UniqueConstraint(
                fields=("entry", "year"), name="one_dividend_a_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="sharedividend",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gte", 0)), name="a_dividend_is_not_negative"
            ),
        ),
    ]
