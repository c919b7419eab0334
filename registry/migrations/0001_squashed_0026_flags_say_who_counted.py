"""All of 26 migrations in one step: the tables, and the rows and guards that are laid down in them."""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import common.clock
from common.create_tables import CreateTables

first_thresholds = import_module("registry.migrations.0002_rule_thresholds")
further_thresholds = import_module("registry.migrations.0009_thresholds_of_further_rules")
steps = import_module("registry.migrations.0015_cleanup_steps")
pieces = import_module("registry.migrations.0020_search_by_pieces")
one_index = import_module("registry.migrations.0021_one_index_of_pieces")
orders = import_module("registry.migrations.0024_orders_of_the_register")


class Migration(migrations.Migration):
    replaces = [
        ("registry", "0001_register_feeds_and_flags"),
        ("registry", "0002_rule_thresholds"),
        ("registry", "0003_site_findings"),
        ("registry", "0004_rosters_and_annual_reports"),
        ("registry", "0005_statements_of_other_registers"),
        ("registry", "0006_surveys"),
        ("registry", "0007_conflicts_of_interest"),
        ("registry", "0008_flag_verification_and_rehearsal"),
        ("registry", "0009_thresholds_of_further_rules"),
        ("registry", "0010_matching"),
        ("registry", "0011_contradictions"),
        ("registry", "0012_words_and_sheets_of_feeds"),
        ("registry", "0013_helped_reports"),
        ("registry", "0014_cleanup_cases"),
        ("registry", "0015_cleanup_steps"),
        ("registry", "0016_batch_days_and_tip_offs"),
        ("registry", "0017_nil_returns_and_reminders"),
        ("registry", "0018_invitations_and_certificates"),
        ("registry", "0019_two_signers"),
        ("registry", "0020_search_by_pieces"),
        ("registry", "0021_one_index_of_pieces"),
        ("registry", "0022_a_lighter_table_of_candidates"),
        ("registry", "0023_rehearsals_in_the_worker"),
        ("registry", "0024_orders_of_the_register"),
        ("registry", "0025_roster_confirmations"),
        ("registry", "0026_flags_say_who_counted"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0008_notices"),
        # First, while few models are known: they work out anew whatever is linked to a person.
        ("otp_static", "0003_add_timestamps"),
        ("otp_totp", "0003_add_timestamps"),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="FeedRow",
                    fields=[
                        ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("ordinal", models.PositiveIntegerField(verbose_name="序")),
                        (
                            "sheet",
                            models.CharField(
                                blank=True, default="", max_length=60, verbose_name="工作表"
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="行号")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("header", "表头"),
                                    ("note", "说明或合计行"),
                                    ("data", "数据行"),
                                ],
                                max_length=8,
                                verbose_name="行类别",
                            ),
                        ),
                        (
                            "finding",
                            models.CharField(
                                blank=True, default="", max_length=10, verbose_name="检查结论"
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("new", "新增"),
                                    ("changed", "变动"),
                                    ("unchanged", "不变"),
                                    ("doubtful", "存疑"),
                                    ("rejected", "退回"),
                                    ("duplicate", "重复"),
                                    ("", "未核对"),
                                ],
                                default="",
                                max_length=10,
                                verbose_name="结果",
                            ),
                        ),
                        (
                            "doubt",
                            models.CharField(
                                blank=True, default="", max_length=40, verbose_name="存疑原因"
                            ),
                        ),
                        ("raw", models.JSONField(default=list, verbose_name="原样单元格")),
                        ("issues", models.JSONField(default=list, verbose_name="问题")),
                        (
                            "decision",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "未决定"),
                                    ("accepted", "接收"),
                                    ("declined", "不接收"),
                                ],
                                default="",
                                max_length=10,
                                verbose_name="决定",
                            ),
                        ),
                        (
                            "decision_reason",
                            models.TextField(blank=True, default="", verbose_name="决定理由"),
                        ),
                        (
                            "cooperative",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="feed_rows",
                                to="registry.cooperative",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "delivery",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rows",
                                to="registry.feeddelivery",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "报送行",
                        "verbose_name_plural": "报送行",
                        "indexes": [
                            models.Index(
                                fields=["delivery", "outcome", "ordinal"], name="row_outcome"
                            ),
                            models.Index(
                                condition=models.Q(("doubt", "UNKNOWN_SOCIETY")),
                                fields=["delivery"],
                                name="row_waits_for_society",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FlagRun",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("as_of", models.DateField(verbose_name="计算基准日")),
                        ("computed_at", models.DateTimeField(verbose_name="计算时间")),
                        ("counts", models.JSONField(default=dict, verbose_name="各规则数量")),
                        (
                            "unknown",
                            models.JSONField(default=dict, verbose_name="各规则资料不足的数量"),
                        ),
                        ("exempt", models.JSONField(default=dict, verbose_name="各规则豁免的数量")),
                        (
                            "changes",
                            models.JSONField(default=dict, verbose_name="新增、更新、解除的数量"),
                        ),
                        (
                            "cause",
                            models.CharField(blank=True, max_length=200, verbose_name="起因"),
                        ),
                    ],
                    options={
                        "verbose_name": "规则计算",
                        "verbose_name_plural": "规则计算",
                    },
                ),
                migrations.CreateModel(
                    name="Cooperative",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "registration_no",
                            models.CharField(
                                blank=True, default="", max_length=15, verbose_name="注册号"
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="名称")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("cooperative", "农民专业合作社"),
                                    ("union", "联合社"),
                                    ("branch", "分支机构"),
                                ],
                                default="cooperative",
                                max_length=20,
                                verbose_name="类别",
                            ),
                        ),
                        (
                            "entity_type",
                            models.CharField(
                                blank=True, default="", max_length=60, verbose_name="登记类型"
                            ),
                        ),
                        (
                            "legal_representative",
                            models.CharField(
                                blank=True, default="", max_length=60, verbose_name="法定代表人"
                            ),
                        ),
                        (
                            "total_contribution",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=18,
                                null=True,
                                verbose_name="成员出资总额",
                            ),
                        ),
                        (
                            "member_count",
                            models.IntegerField(blank=True, null=True, verbose_name="成员总数"),
                        ),
                        (
                            "farmer_member_count",
                            models.IntegerField(blank=True, null=True, verbose_name="农民成员数"),
                        ),
                        (
                            "unit_member_count",
                            models.IntegerField(blank=True, null=True, verbose_name="单位成员数"),
                        ),
                        (
                            "established_on",
                            models.DateField(blank=True, null=True, verbose_name="成立日期"),
                        ),
                        (
                            "approved_on",
                            models.DateField(blank=True, null=True, verbose_name="核准日期"),
                        ),
                        (
                            "registration_authority",
                            models.CharField(
                                blank=True, default="", max_length=100, verbose_name="登记机关"
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("active", "存续"),
                                    ("suspended", "歇业"),
                                    ("liquidating", "清算中"),
                                    ("revoked", "吊销未注销"),
                                    ("revoked_deregistered", "吊销已注销"),
                                    ("deregistered", "注销"),
                                    ("cancelled", "撤销登记"),
                                    ("moved_out", "迁出"),
                                    ("other", "其他"),
                                    ("", "未提供"),
                                ],
                                default="",
                                max_length=24,
                                verbose_name="登记状态",
                            ),
                        ),
                        (
                            "domicile",
                            models.CharField(
                                blank=True, default="", max_length=300, verbose_name="住所"
                            ),
                        ),
                        (
                            "business_scope",
                            models.TextField(blank=True, default="", verbose_name="业务范围"),
                        ),
                        (
                            "contact_person",
                            models.CharField(
                                blank=True, default="", max_length=60, verbose_name="联络员"
                            ),
                        ),
                        (
                            "contact_phone",
                            models.CharField(
                                blank=True, default="", max_length=60, verbose_name="联系电话"
                            ),
                        ),
                        (
                            "uscc",
                            models.CharField(
                                blank=True,
                                max_length=18,
                                null=True,
                                unique=True,
                                verbose_name="统一社会信用代码",
                            ),
                        ),
                        ("name_key", models.CharField(editable=False, max_length=200)),
                        (
                            "name_initials",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="拼音首字母"
                            ),
                        ),
                        (
                            "division",
                            models.CharField(
                                blank=True, default="", max_length=6, verbose_name="首次登记区划"
                            ),
                        ),
                        (
                            "township_basis",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("address", "住所写明"),
                                    ("alias", "旧地名对应"),
                                    ("village", "按村判定"),
                                    ("person", "人工判定"),
                                    ("unresolved", "待判定"),
                                    ("", "区外或未载明"),
                                ],
                                default="",
                                max_length=12,
                                verbose_name="归属依据",
                            ),
                        ),
                        (
                            "corrected_fields",
                            models.JSONField(
                                blank=True, default=list, verbose_name="人工更正过的项目"
                            ),
                        ),
                        (
                            "internal_note",
                            models.TextField(blank=True, default="", verbose_name="内部备注"),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(
                                default=common.clock.now, verbose_name="进入名录时间"
                            ),
                        ),
                        (
                            "updated_at",
                            models.DateTimeField(default=common.clock.now, verbose_name="更新时间"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "counsellor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="counselled",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="辅导员",
                            ),
                        ),
                        (
                            "township",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cooperatives",
                                to="accounts.organisationunit",
                                verbose_name="所属乡镇街道",
                            ),
                        ),
                        (
                            "last_row",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="registry.feedrow",
                                verbose_name="最近一次出现的报送行",
                            ),
                        ),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="absorbed",
                                to="registry.cooperative",
                                verbose_name="已并入",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "合作社",
                        "verbose_name_plural": "合作社",
                        "indexes": [
                            models.Index(
                                fields=["township", "name_key", "id"], name="coop_by_township"
                            ),
                            models.Index(fields=["name_key", "id"], name="coop_by_name"),
                            models.Index(fields=["established_on", "id"], name="coop_by_founding"),
                            models.Index(
                                fields=["status", "name_key", "id"], name="coop_by_status"
                            ),
                            models.Index(
                                fields=["total_contribution", "id"], name="coop_by_capital"
                            ),
                            models.Index(
                                condition=models.Q(("kind", "cooperative"), _negated=True),
                                fields=["kind", "name_key", "id"],
                                name="coop_of_rare_kind",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("uscc__isnull", False),
                                    models.Q(("registration_no", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="cooperative_has_an_identity",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("registration_no", ""), _negated=True),
                                fields=("registration_no",),
                                name="one_cooperative_per_old_number",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FeedDelivery",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("registration", "登记信息"),
                                    ("registration-changes", "变更登记"),
                                    ("deregistration", "注销吊销"),
                                    ("abnormal", "经营异常名录"),
                                    ("spot-check", "抽查检查"),
                                    ("report-publication", "年报公示"),
                                    ("tax", "税务登记"),
                                    ("workbook", "季度工作簿"),
                                ],
                                max_length=24,
                                verbose_name="来源",
                            ),
                        ),
                        ("quarter", models.CharField(max_length=6, verbose_name="所属季度")),
                        (
                            "scope",
                            models.CharField(
                                choices=[("full", "全部名单"), ("changes", "仅变动部分")],
                                max_length=8,
                                verbose_name="范围",
                            ),
                        ),
                        ("number", models.PositiveIntegerField(default=1, verbose_name="第几份")),
                        (
                            "relation",
                            models.CharField(
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
                        ("filename", models.CharField(max_length=200, verbose_name="文件名")),
                        ("stored_name", models.CharField(max_length=100, verbose_name="存放名")),
                        ("size", models.BigIntegerField(verbose_name="字节数")),
                        (
                            "sha256",
                            models.CharField(db_index=True, max_length=64, verbose_name="文件摘要"),
                        ),
                        (
                            "content_fingerprint",
                            models.CharField(
                                blank=True, db_index=True, max_length=64, verbose_name="内容摘要"
                            ),
                        ),
                        (
                            "received_at",
                            models.DateTimeField(default=common.clock.now, verbose_name="收到时间"),
                        ),
                        (
                            "report",
                            models.JSONField(blank=True, default=dict, verbose_name="检查报告"),
                        ),
                        (
                            "former",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="later",
                                to="registry.feeddelivery",
                                verbose_name="同季度前一份",
                            ),
                        ),
                        (
                            "received_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="接收人",
                            ),
                        ),
                        (
                            "sender",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="accounts.organisationunit",
                                verbose_name="报送单位",
                            ),
                        ),
                        (
                            "parts",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="所含各表"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "数据报送",
                        "verbose_name_plural": "数据报送",
                        "indexes": [
                            models.Index(fields=["-received_at", "-id"], name="delivery_newest")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("source", "quarter", "number"),
                                name="delivery_numbers_are_unique",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RegistrationRow",
                    fields=[
                        (
                            "registration_no",
                            models.CharField(
                                blank=True, default="", max_length=15, verbose_name="注册号"
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="名称")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("cooperative", "农民专业合作社"),
                                    ("union", "联合社"),
                                    ("branch", "分支机构"),
                                ],
                                default="cooperative",
                                max_length=20,
                                verbose_name="类别",
                            ),
                        ),
                        (
                            "entity_type",
                            models.CharField(
                                blank=True, default="", max_length=60, verbose_name="登记类型"
                            ),
                        ),
                        (
                            "legal_representative",
                            models.CharField(
                                blank=True, default="", max_length=60, verbose_name="法定代表人"
                            ),
                        ),
                        (
                            "total_contribution",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=18,
                                null=True,
                                verbose_name="成员出资总额",
                            ),
                        ),
                        (
                            "member_count",
                            models.IntegerField(blank=True, null=True, verbose_name="成员总数"),
                        ),
                        (
                            "farmer_member_count",
                            models.IntegerField(blank=True, null=True, verbose_name="农民成员数"),
                        ),
                        (
                            "unit_member_count",
                            models.IntegerField(blank=True, null=True, verbose_name="单位成员数"),
                        ),
                        (
                            "established_on",
                            models.DateField(blank=True, null=True, verbose_name="成立日期"),
                        ),
                        (
                            "approved_on",
                            models.DateField(blank=True, null=True, verbose_name="核准日期"),
                        ),
                        (
                            "registration_authority",
                            models.CharField(
                                blank=True, default="", max_length=100, verbose_name="登记机关"
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("active", "存续"),
                                    ("suspended", "歇业"),
                                    ("liquidating", "清算中"),
                                    ("revoked", "吊销未注销"),
                                    ("revoked_deregistered", "吊销已注销"),
                                    ("deregistered", "注销"),
                                    ("cancelled", "撤销登记"),
                                    ("moved_out", "迁出"),
                                    ("other", "其他"),
                                    ("", "未提供"),
                                ],
                                default="",
                                max_length=24,
                                verbose_name="登记状态",
                            ),
                        ),
                        (
                            "domicile",
                            models.CharField(
                                blank=True, default="", max_length=300, verbose_name="住所"
                            ),
                        ),
                        (
                            "business_scope",
                            models.TextField(blank=True, default="", verbose_name="业务范围"),
                        ),
                        (
                            "contact_person",
                            models.CharField(
                                blank=True, default="", max_length=60, verbose_name="联络员"
                            ),
                        ),
                        (
                            "contact_phone",
                            models.CharField(
                                blank=True, default="", max_length=60, verbose_name="联系电话"
                            ),
                        ),
                        (
                            "row",
                            models.OneToOneField(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="registration",
                                serialize=False,
                                to="registry.feedrow",
                            ),
                        ),
                        (
                            "uscc",
                            models.CharField(
                                blank=True,
                                default="",
                                max_length=18,
                                verbose_name="统一社会信用代码",
                            ),
                        ),
                        ("name_key", models.CharField(blank=True, default="", max_length=200)),
                        ("name_initials", models.CharField(blank=True, default="", max_length=200)),
                        ("division", models.CharField(blank=True, default="", max_length=6)),
                        ("township_basis", models.CharField(blank=True, default="", max_length=12)),
                        ("values_hash", models.CharField(max_length=32)),
                        ("changed_fields", models.TextField(blank=True, default="")),
                        (
                            "delivery",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="registry.feeddelivery",
                            ),
                        ),
                        (
                            "township",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisationunit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "登记信息行",
                        "verbose_name_plural": "登记信息行",
                        "indexes": [
                            models.Index(fields=["delivery", "uscc"], name="registration_row_uscc")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CooperativeVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "registration_no",
                            models.CharField(
                                blank=True, default="", max_length=15, verbose_name="注册号"
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="名称")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("cooperative", "农民专业合作社"),
                                    ("union", "联合社"),
                                    ("branch", "分支机构"),
                                ],
                                default="cooperative",
                                max_length=20,
                                verbose_name="类别",
                            ),
                        ),
                        (
                            "entity_type",
                            models.CharField(
                                blank=True, default="", max_length=60, verbose_name="登记类型"
                            ),
                        ),
                        (
                            "legal_representative",
                            models.CharField(
                                blank=True, default="", max_length=60, verbose_name="法定代表人"
                            ),
                        ),
                        (
                            "total_contribution",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=18,
                                null=True,
                                verbose_name="成员出资总额",
                            ),
                        ),
                        (
                            "member_count",
                            models.IntegerField(blank=True, null=True, verbose_name="成员总数"),
                        ),
                        (
                            "farmer_member_count",
                            models.IntegerField(blank=True, null=True, verbose_name="农民成员数"),
                        ),
                        (
                            "unit_member_count",
                            models.IntegerField(blank=True, null=True, verbose_name="单位成员数"),
                        ),
                        (
                            "established_on",
                            models.DateField(blank=True, null=True, verbose_name="成立日期"),
                        ),
                        (
                            "approved_on",
                            models.DateField(blank=True, null=True, verbose_name="核准日期"),
                        ),
                        (
                            "registration_authority",
                            models.CharField(
                                blank=True, default="", max_length=100, verbose_name="登记机关"
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("active", "存续"),
                                    ("suspended", "歇业"),
                                    ("liquidating", "清算中"),
                                    ("revoked", "吊销未注销"),
                                    ("revoked_deregistered", "吊销已注销"),
                                    ("deregistered", "注销"),
                                    ("cancelled", "撤销登记"),
                                    ("moved_out", "迁出"),
                                    ("other", "其他"),
                                    ("", "未提供"),
                                ],
                                default="",
                                max_length=24,
                                verbose_name="登记状态",
                            ),
                        ),
                        (
                            "domicile",
                            models.CharField(
                                blank=True, default="", max_length=300, verbose_name="住所"
                            ),
                        ),
                        (
                            "business_scope",
                            models.TextField(blank=True, default="", verbose_name="业务范围"),
                        ),
                        (
                            "contact_person",
                            models.CharField(
                                blank=True, default="", max_length=60, verbose_name="联络员"
                            ),
                        ),
                        (
                            "contact_phone",
                            models.CharField(
                                blank=True, default="", max_length=60, verbose_name="联系电话"
                            ),
                        ),
                        (
                            "uscc",
                            models.CharField(
                                max_length=18, null=True, verbose_name="统一社会信用代码"
                            ),
                        ),
                        ("township_basis", models.CharField(blank=True, default="", max_length=12)),
                        ("name_key", models.CharField(blank=True, default="", max_length=200)),
                        ("name_initials", models.CharField(blank=True, default="", max_length=200)),
                        ("true_from", models.DateField(verbose_name="生效日")),
                        ("true_to", models.DateField(null=True, verbose_name="失效日")),
                        ("known_from", models.DateTimeField(verbose_name="得知时间")),
                        ("known_to", models.DateTimeField(null=True, verbose_name="不再采信时间")),
                        (
                            "restored",
                            models.BooleanField(
                                db_default=False, default=False, verbose_name="由撤销恢复"
                            ),
                        ),
                        ("reason", models.TextField(blank=True, default="", verbose_name="理由")),
                        (
                            "changed_fields",
                            models.TextField(blank=True, default="", verbose_name="变动项目"),
                        ),
                        (
                            "changed_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "cooperative",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="registry.cooperative",
                                verbose_name="合作社",
                            ),
                        ),
                        (
                            "township",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisationunit",
                                verbose_name="所属乡镇街道",
                            ),
                        ),
                        (
                            "delivery",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="registry.feeddelivery",
                            ),
                        ),
                        (
                            "row",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="registry.feedrow",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "合作社历史",
                        "verbose_name_plural": "合作社历史",
                        "indexes": [
                            models.Index(
                                fields=["cooperative", "known_to", "true_from"],
                                name="version_current",
                            ),
                            models.Index(fields=["delivery"], name="version_delivery"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("true_to__isnull", True),
                                    ("true_to__gt", models.F("true_from")),
                                    _connector="OR",
                                ),
                                name="version_lasts",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Flag",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("rule", models.CharField(max_length=8, verbose_name="规则")),
                        (
                            "rule_version",
                            models.PositiveSmallIntegerField(default=1, verbose_name="规则版本"),
                        ),
                        (
                            "label",
                            models.CharField(
                                choices=[
                                    ("shell", "空壳社"),
                                    ("one_person", "一人社"),
                                    ("family", "家族社"),
                                    ("dormant", "休眠社"),
                                    ("zombie", "僵尸社"),
                                    ("unlawful_structure", "成员结构不合规"),
                                    ("exit_pending", "待退出"),
                                    ("data_error", "数据存疑"),
                                    ("review", "需要比对"),
                                    ("survey", "优先摸底"),
                                ],
                                max_length=20,
                                verbose_name="指向",
                            ),
                        ),
                        (
                            "severity",
                            models.CharField(
                                choices=[
                                    ("high", "重点核实"),
                                    ("medium", "需要核实"),
                                    ("low", "提示"),
                                ],
                                max_length=8,
                                verbose_name="程度",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("suspected", "疑似"),
                                    ("checking", "核实中"),
                                    ("confirmed", "属实"),
                                    ("dismissed", "不属实"),
                                    ("deferred", "暂缓"),
                                    ("cleared", "已解除"),
                                ],
                                default="suspected",
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        ("evidence", models.JSONField(default=dict, verbose_name="依据数值")),
                        ("as_of", models.DateField(verbose_name="基准日")),
                        ("opened_at", models.DateTimeField(verbose_name="发现时间")),
                        ("computed_at", models.DateTimeField(verbose_name="最近计算时间")),
                        (
                            "cleared_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="解除时间"),
                        ),
                        (
                            "cleared_by",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="解除原因"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "cooperative",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="flags",
                                to="registry.cooperative",
                                verbose_name="合作社",
                            ),
                        ),
                        (
                            "assigned_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="交办时间"),
                        ),
                        (
                            "assigned_to",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="flags",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="核实人",
                            ),
                        ),
                        (
                            "conclusion",
                            models.TextField(blank=True, default="", verbose_name="核实结论"),
                        ),
                        (
                            "decided_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="作出结论的时间"
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="作出结论的人",
                            ),
                        ),
                        (
                            "deferred_until",
                            models.DateField(blank=True, null=True, verbose_name="暂缓至"),
                        ),
                        (
                            "due_on",
                            models.DateField(blank=True, null=True, verbose_name="核实期限"),
                        ),
                        ("facts", models.JSONField(default=dict, verbose_name="依据的事实")),
                    ],
                    options={
                        "verbose_name": "疑似问题",
                        "verbose_name_plural": "疑似问题",
                        "indexes": [
                            models.Index(
                                fields=["state", "rule", "cooperative"], name="flag_by_rule"
                            ),
                            models.Index(
                                fields=["assigned_to", "state", "due_on"], name="flag_in_hand"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("state__in", ["cleared", "dismissed"]), _negated=True
                                ),
                                fields=("cooperative", "rule"),
                                name="one_standing_flag_per_rule",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "checking"), _negated=True),
                                    models.Q(
                                        ("assigned_to__isnull", False), ("due_on__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="flag_in_hand_has_a_person_and_a_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "deferred"), _negated=True),
                                    ("deferred_until__isnull", False),
                                    _connector="OR",
                                ),
                                name="flag_deferred_has_a_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["confirmed", "dismissed"]), _negated=True
                                    ),
                                    models.Q(
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                        models.Q(("conclusion", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="flag_decided_by_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FlagCandidate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("rule", models.CharField(max_length=8)),
                        ("verdict", models.CharField(default="", max_length=8)),
                        ("rule_version", models.PositiveSmallIntegerField(default=1)),
                        ("label", models.CharField(default="", max_length=20)),
                        ("severity", models.CharField(default="", max_length=8)),
                        ("evidence", models.JSONField(default=dict)),
                        (
                            "cooperative",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                to="registry.cooperative",
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                to="registry.flagrun",
                            ),
                        ),
                        ("facts", models.JSONField(default=dict)),
                    ],
                    options={
                        "verbose_name": "规则命中",
                        "verbose_name_plural": "规则命中",
                        "indexes": [
                            models.Index(
                                fields=["run", "rule", "cooperative"], name="candidate_lookup"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FormerName",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="曾用名")),
                        ("until", models.DateField(verbose_name="使用至")),
                        (
                            "cooperative",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="former_names",
                                to="registry.cooperative",
                                verbose_name="合作社",
                            ),
                        ),
                        (
                            "delivery",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                to="registry.feeddelivery",
                                verbose_name="来自报送",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "曾用名",
                        "verbose_name_plural": "曾用名",
                        "indexes": [models.Index(fields=["name"], name="former_name")],
                    },
                ),
                migrations.CreateModel(
                    name="GoneNotice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "cooperative",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="gone_notices",
                                to="registry.cooperative",
                            ),
                        ),
                        (
                            "delivery",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="gone",
                                to="registry.feeddelivery",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "名单未见",
                        "verbose_name_plural": "名单未见",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("delivery", "cooperative"), name="gone_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IngestJob",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("received", "已收到，等待检查"),
                                    ("parsing", "正在检查"),
                                    ("staged", "检查完毕，待核对"),
                                    ("held", "需要人工决定"),
                                    ("committing", "正在入库"),
                                    ("committed", "已入库"),
                                    ("undoing", "正在撤销"),
                                    ("undone", "已撤销入库"),
                                    ("refused", "已退回"),
                                    ("cancelled", "已作废"),
                                ],
                                default="received",
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "lease",
                            models.CharField(
                                blank=True, default="", max_length=32, verbose_name="租约"
                            ),
                        ),
                        ("lease_until", models.DateTimeField(null=True, verbose_name="租约到期")),
                        (
                            "attempt",
                            models.PositiveSmallIntegerField(default=0, verbose_name="第几次尝试"),
                        ),
                        (
                            "stage",
                            models.CharField(
                                blank=True, default="", max_length=40, verbose_name="正在做"
                            ),
                        ),
                        (
                            "rows_done",
                            models.PositiveIntegerField(default=0, verbose_name="已处理行数"),
                        ),
                        (
                            "rows_known",
                            models.PositiveIntegerField(default=0, verbose_name="总行数"),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True, default="", max_length=40, verbose_name="原因代码"
                            ),
                        ),
                        ("message", models.TextField(blank=True, default="", verbose_name="说明")),
                        ("counts", models.JSONField(blank=True, default=dict, verbose_name="行数")),
                        (
                            "holds",
                            models.JSONField(blank=True, default=list, verbose_name="待决定事项"),
                        ),
                        (
                            "decisions",
                            models.JSONField(blank=True, default=list, verbose_name="已作决定"),
                        ),
                        (
                            "register_mark",
                            models.CharField(
                                blank=True,
                                default="",
                                max_length=40,
                                verbose_name="比对时的名录状态",
                            ),
                        ),
                        ("started_at", models.DateTimeField(null=True, verbose_name="开始时间")),
                        ("finished_at", models.DateTimeField(null=True, verbose_name="结束时间")),
                        (
                            "commit_reason",
                            models.TextField(blank=True, default="", verbose_name="入库理由"),
                        ),
                        ("committed_at", models.DateTimeField(null=True, verbose_name="入库时间")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "delivery",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="job",
                                to="registry.feeddelivery",
                            ),
                        ),
                        (
                            "requested_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="发起人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "入库任务",
                        "verbose_name_plural": "入库任务",
                        "indexes": [
                            models.Index(fields=["state", "lease_until"], name="job_waiting")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RuleVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="说明"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "规则版本",
                        "verbose_name_plural": "规则版本",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("rule", "number"), name="rule_version_number"
                            ),
                            models.UniqueConstraint(
                                fields=("rule", "effective_from"), name="rule_version_day"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CooperativeAgent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("since", models.DateField(verbose_name="起始日期")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="终止日期")),
                        (
                            "cooperative",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="agents",
                                to="registry.cooperative",
                                verbose_name="合作社",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="cooperatives_served",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="使用人",
                            ),
                        ),
                        (
                            "post",
                            models.CharField(
                                choices=[("chair", "理事长"), ("staff", "经办人")],
                                default="staff",
                                max_length=8,
                                verbose_name="身份",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "合作社使用人",
                        "verbose_name_plural": "合作社使用人",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until__isnull", True)),
                                fields=("cooperative", "user"),
                                name="one_open_service_per_person",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SiteFinding",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "visit_key",
                            models.CharField(max_length=36, unique=True, verbose_name="走访编号"),
                        ),
                        ("seen_on", models.DateField(verbose_name="走访日期")),
                        ("in_person", models.BooleanField(default=True, verbose_name="实地走访")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("reported", "已上报"),
                                    ("signed", "双方已签字"),
                                    ("withdrawn", "已作废"),
                                ],
                                default="reported",
                                max_length=12,
                                verbose_name="效力",
                            ),
                        ),
                        (
                            "at_address",
                            models.CharField(
                                choices=[("yes", "是"), ("no", "否"), ("unknown", "未核实")],
                                default="unknown",
                                max_length=8,
                                verbose_name="在登记住所",
                            ),
                        ),
                        (
                            "operating",
                            models.CharField(
                                choices=[
                                    ("yes", "正常经营"),
                                    ("seasonal", "季节性停工"),
                                    ("no", "已停业"),
                                    ("unknown", "未核实"),
                                ],
                                default="unknown",
                                max_length=8,
                                verbose_name="经营状态",
                            ),
                        ),
                        (
                            "signboard",
                            models.CharField(
                                choices=[("yes", "是"), ("no", "否"), ("unknown", "未核实")],
                                default="unknown",
                                max_length=8,
                                verbose_name="挂有牌子",
                            ),
                        ),
                        (
                            "licence_shown",
                            models.CharField(
                                choices=[("yes", "是"), ("no", "否"), ("unknown", "未核实")],
                                default="unknown",
                                max_length=8,
                                verbose_name="亮照经营",
                            ),
                        ),
                        (
                            "charter_kept",
                            models.CharField(
                                choices=[("yes", "是"), ("no", "否"), ("unknown", "未核实")],
                                default="unknown",
                                max_length=8,
                                verbose_name="章程在册",
                            ),
                        ),
                        (
                            "accounts_kept",
                            models.CharField(
                                choices=[("yes", "是"), ("no", "否"), ("unknown", "未核实")],
                                default="unknown",
                                max_length=8,
                                verbose_name="设有账簿",
                            ),
                        ),
                        (
                            "member_accounts",
                            models.CharField(
                                choices=[("yes", "是"), ("no", "否"), ("unknown", "未核实")],
                                default="unknown",
                                max_length=8,
                                verbose_name="设有成员账户",
                            ),
                        ),
                        (
                            "affairs_disclosed",
                            models.CharField(
                                choices=[("yes", "是"), ("no", "否"), ("unknown", "未核实")],
                                default="unknown",
                                max_length=8,
                                verbose_name="社务公开",
                            ),
                        ),
                        (
                            "members_met",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="见到的成员数"
                            ),
                        ),
                        (
                            "members_told",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="自称成员数"
                            ),
                        ),
                        ("note", models.TextField(blank=True, default="", verbose_name="所见情况")),
                        (
                            "cooperative",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="site_findings",
                                to="registry.cooperative",
                                verbose_name="合作社",
                            ),
                        ),
                        (
                            "seen_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="site_findings",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="走访人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "走访所见",
                        "verbose_name_plural": "走访所见",
                        "indexes": [
                            models.Index(
                                fields=["cooperative", "-seen_on", "-id"], name="finding_of_society"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AnnualReport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="报告年度")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "填写中"),
                                    ("awaiting", "待理事长确认"),
                                    ("submitted", "已提交，待初核"),
                                    ("checked", "初核通过，待审核"),
                                    ("returned", "已退回，待修改"),
                                    ("accepted", "审核通过"),
                                    ("published", "已公开"),
                                ],
                                default="draft",
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "draft",
                            models.JSONField(blank=True, default=dict, verbose_name="填写内容"),
                        ),
                        (
                            "answers",
                            models.JSONField(blank=True, default=dict, verbose_name="不适用的项目"),
                        ),
                        (
                            "remarks",
                            models.JSONField(blank=True, default=dict, verbose_name="说明"),
                        ),
                        (
                            "shown",
                            models.JSONField(
                                blank=True, default=list, verbose_name="选择公示的项目"
                            ),
                        ),
                        (
                            "origins",
                            models.JSONField(blank=True, default=dict, verbose_name="预填来源"),
                        ),
                        (
                            "section_versions",
                            models.JSONField(blank=True, default=dict, verbose_name="各部分的版本"),
                        ),
                        (
                            "visited",
                            models.JSONField(
                                blank=True, default=list, verbose_name="已保存过的部分"
                            ),
                        ),
                        (
                            "reasons",
                            models.JSONField(blank=True, default=list, verbose_name="退回原因"),
                        ),
                        (
                            "correction_reason",
                            models.TextField(blank=True, default="", verbose_name="更正理由"),
                        ),
                        (
                            "late_reason",
                            models.TextField(blank=True, default="", verbose_name="逾期原因"),
                        ),
                        (
                            "saved_at",
                            models.DateTimeField(
                                default=common.clock.now, verbose_name="最近保存时间"
                            ),
                        ),
                        (
                            "confirm_hash",
                            models.CharField(
                                blank=True, default="", max_length=64, verbose_name="确认码摘要"
                            ),
                        ),
                        (
                            "confirm_tries",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="确认码错误次数"
                            ),
                        ),
                        ("published_at", models.DateTimeField(null=True, verbose_name="公开时间")),
                        (
                            "created_at",
                            models.DateTimeField(
                                default=common.clock.now, verbose_name="开始填写时间"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "cooperative",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="annual_reports",
                                to="registry.cooperative",
                                verbose_name="合作社",
                            ),
                        ),
                        (
                            "typed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="最近填写人",
                            ),
                        ),
                        (
                            "latest",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="latest_of",
                                to="registry.reportversion",
                            ),
                        ),
                        (
                            "standing",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="standing_of",
                                to="registry.reportversion",
                            ),
                        ),
                        ("helped", models.BooleanField(default=False, verbose_name="有人代填")),
                        (
                            "first_signed_at",
                            models.DateTimeField(null=True, verbose_name="填报人签字时间"),
                        ),
                        (
                            "first_signer",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="填报人签字",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "年度报告",
                        "verbose_name_plural": "年度报告",
                        "indexes": [
                            models.Index(
                                fields=["year", "state", "cooperative"], name="report_by_year"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("cooperative", "year"), name="one_report_per_year"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Member",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("name", models.CharField(max_length=100, verbose_name="姓名或名称")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("farmer", "农民成员"),
                                    ("non_farmer", "非农民成员"),
                                    ("enterprise", "企业成员"),
                                    ("institution", "事业单位成员"),
                                    ("social_organisation", "社会组织成员"),
                                    ("society", "合作社成员"),
                                ],
                                max_length=20,
                                verbose_name="成员类型",
                            ),
                        ),
                        (
                            "identity_number",
                            models.CharField(
                                blank=True, default="", max_length=20, verbose_name="证件号码"
                            ),
                        ),
                        (
                            "household",
                            models.CharField(
                                blank=True, default="", max_length=60, verbose_name="户主或户号"
                            ),
                        ),
                        (
                            "contribution",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=16,
                                null=True,
                                verbose_name="出资额",
                            ),
                        ),
                        (
                            "contribution_form",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("cash", "货币"),
                                    ("in_kind", "实物"),
                                    ("knowledge", "知识产权"),
                                    ("land", "土地经营权"),
                                    ("forest", "林权"),
                                    ("other", "其他非货币财产"),
                                    ("", "未填"),
                                ],
                                default="",
                                max_length=12,
                                verbose_name="出资方式",
                            ),
                        ),
                        (
                            "post",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("chair", "理事长"),
                                    ("council", "理事"),
                                    ("supervisor", "监事"),
                                    ("", "无"),
                                ],
                                default="",
                                max_length=12,
                                verbose_name="职务",
                            ),
                        ),
                        (
                            "additional_votes",
                            models.PositiveIntegerField(default=0, verbose_name="附加表决权"),
                        ),
                        (
                            "joined_on",
                            models.DateField(blank=True, null=True, verbose_name="入社日期"),
                        ),
                        (
                            "left_on",
                            models.DateField(blank=True, null=True, verbose_name="退社日期"),
                        ),
                        (
                            "changed_at",
                            models.DateTimeField(default=common.clock.now, verbose_name="更新时间"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "cooperative",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="members",
                                to="registry.cooperative",
                                verbose_name="合作社",
                            ),
                        ),
                        (
                            "village",
                            models.CharField(
                                blank=True, default="", max_length=60, verbose_name="所在村（社区）"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "成员",
                        "verbose_name_plural": "成员",
                        "indexes": [
                            models.Index(
                                fields=["cooperative", "left_on", "id"], name="member_of_society"
                            ),
                            models.Index(
                                condition=models.Q(("identity_number", ""), _negated=True),
                                fields=["identity_number"],
                                name="member_by_identity",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("contribution__isnull", True),
                                    ("contribution__gte", 0),
                                    _connector="OR",
                                ),
                                name="member_contribution_not_negative",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("joined_on__isnull", True),
                                    ("left_on__isnull", True),
                                    ("left_on__gte", models.F("joined_on")),
                                    _connector="OR",
                                ),
                                name="member_leaves_after_joining",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("left_on__isnull", True),
                                    models.Q(("identity_number", ""), _negated=True),
                                ),
                                fields=("cooperative", "identity_number"),
                                name="one_membership_per_identity",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MemberAccount",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                        (
                            "contribution",
                            models.DecimalField(
                                decimal_places=2, max_digits=16, null=True, verbose_name="出资额"
                            ),
                        ),
                        (
                            "reserve_share",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=16,
                                null=True,
                                verbose_name="量化公积金份额",
                            ),
                        ),
                        (
                            "transactions",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=16,
                                null=True,
                                verbose_name="与本社交易额",
                            ),
                        ),
                        (
                            "returned",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=16,
                                null=True,
                                verbose_name="盈余返还额",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="accounts",
                                to="registry.member",
                                verbose_name="成员",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "成员账户",
                        "verbose_name_plural": "成员账户",
                        "indexes": [
                            models.Index(fields=["year", "member"], name="account_by_year")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("member", "year"), name="one_account_per_year"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReportSeason",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "year",
                            models.PositiveSmallIntegerField(unique=True, verbose_name="报告年度"),
                        ),
                        ("opens_on", models.DateField(verbose_name="开始日期")),
                        ("due_on", models.DateField(verbose_name="截止日期")),
                        (
                            "grace_minutes",
                            models.PositiveSmallIntegerField(
                                default=5, verbose_name="截止后宽限（分钟）"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "two_signers",
                            models.BooleanField(
                                default=False, verbose_name="须填报人和理事长两人签字"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "报送期限",
                        "verbose_name_plural": "报送期限",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("due_on__gte", models.F("opens_on"))),
                                name="season_ends_after_opening",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReportVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "no_activity",
                            models.BooleanField(default=False, verbose_name="本年度无经营"),
                        ),
                        (
                            "no_assembly",
                            models.BooleanField(default=False, verbose_name="未召开成员大会"),
                        ),
                        (
                            "members_total",
                            models.PositiveIntegerField(null=True, verbose_name="成员总数"),
                        ),
                        (
                            "farmers",
                            models.PositiveIntegerField(null=True, verbose_name="农民成员数"),
                        ),
                        (
                            "other_persons",
                            models.PositiveIntegerField(null=True, verbose_name="非农民成员数"),
                        ),
                        (
                            "units",
                            models.PositiveIntegerField(null=True, verbose_name="单位成员数"),
                        ),
                        (
                            "joined",
                            models.PositiveIntegerField(null=True, verbose_name="本年度新增成员"),
                        ),
                        (
                            "left",
                            models.PositiveIntegerField(null=True, verbose_name="本年度退出成员"),
                        ),
                        (
                            "employees",
                            models.PositiveIntegerField(null=True, verbose_name="从业人数"),
                        ),
                        (
                            "assemblies_held",
                            models.PositiveIntegerField(null=True, verbose_name="成员大会次数"),
                        ),
                        (
                            "council_meetings",
                            models.PositiveIntegerField(null=True, verbose_name="理事会会议次数"),
                        ),
                        (
                            "supervisor_meetings",
                            models.PositiveIntegerField(null=True, verbose_name="监事会会议次数"),
                        ),
                        (
                            "disclosures",
                            models.PositiveIntegerField(null=True, verbose_name="社务公开次数"),
                        ),
                        (
                            "accounts_kept",
                            models.PositiveIntegerField(null=True, verbose_name="已建成员账户数"),
                        ),
                        (
                            "driven_households",
                            models.PositiveIntegerField(null=True, verbose_name="带动非成员农户数"),
                        ),
                        (
                            "base_area",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=12,
                                null=True,
                                verbose_name="基地面积（亩）",
                            ),
                        ),
                        (
                            "operating_income",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=18,
                                null=True,
                                verbose_name="销售额或营业收入",
                            ),
                        ),
                        (
                            "purchased_for_members",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=18,
                                null=True,
                                verbose_name="统一购买额",
                            ),
                        ),
                        (
                            "sold_for_members",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=18,
                                null=True,
                                verbose_name="统一销售额",
                            ),
                        ),
                        (
                            "tax_paid",
                            models.DecimalField(
                                decimal_places=2, max_digits=18, null=True, verbose_name="纳税金额"
                            ),
                        ),
                        (
                            "subsidies",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=18,
                                null=True,
                                verbose_name="政府扶持资金、补助",
                            ),
                        ),
                        (
                            "loans",
                            models.DecimalField(
                                decimal_places=2, max_digits=18, null=True, verbose_name="金融贷款"
                            ),
                        ),
                        (
                            "total_assets",
                            models.DecimalField(
                                decimal_places=2, max_digits=18, null=True, verbose_name="资产总额"
                            ),
                        ),
                        (
                            "fixed_assets",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=18,
                                null=True,
                                verbose_name="固定资产净值",
                            ),
                        ),
                        (
                            "equity",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=18,
                                null=True,
                                verbose_name="所有者权益",
                            ),
                        ),
                        (
                            "surplus",
                            models.DecimalField(
                                decimal_places=2, max_digits=18, null=True, verbose_name="盈余总额"
                            ),
                        ),
                        (
                            "reserve_taken",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=18,
                                null=True,
                                verbose_name="提取公积金",
                            ),
                        ),
                        (
                            "distributable_surplus",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=18,
                                null=True,
                                verbose_name="可分配盈余",
                            ),
                        ),
                        (
                            "returned_by_volume",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=18,
                                null=True,
                                verbose_name="按交易量（额）返还",
                            ),
                        ),
                        (
                            "returned_by_contribution",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=18,
                                null=True,
                                verbose_name="按出资等分配",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="第几次提交")),
                        ("content", models.JSONField(default=dict, verbose_name="内容")),
                        ("sha256", models.CharField(max_length=64, verbose_name="内容摘要")),
                        (
                            "society_name",
                            models.CharField(max_length=200, verbose_name="合作社名称"),
                        ),
                        (
                            "society_code",
                            models.CharField(max_length=18, verbose_name="统一社会信用代码"),
                        ),
                        (
                            "chair",
                            models.CharField(
                                blank=True, default="", max_length=60, verbose_name="理事长"
                            ),
                        ),
                        (
                            "township_name",
                            models.CharField(
                                blank=True, default="", max_length=60, verbose_name="乡镇街道"
                            ),
                        ),
                        ("submitted_at", models.DateTimeField(verbose_name="提交时间")),
                        ("due_on", models.DateField(verbose_name="报送期限")),
                        ("late", models.BooleanField(default=False, verbose_name="逾期")),
                        (
                            "reason",
                            models.TextField(blank=True, default="", verbose_name="更正或逾期理由"),
                        ),
                        (
                            "typed_by_name",
                            models.CharField(max_length=60, verbose_name="填写人姓名"),
                        ),
                        ("helped", models.BooleanField(default=False, verbose_name="代填")),
                        (
                            "confirmation",
                            models.CharField(
                                choices=[
                                    ("account", "本人登录提交"),
                                    ("code", "理事长报出确认码"),
                                    ("signature", "理事长屏上签名"),
                                    ("photo", "签字盖章纸质件照片"),
                                ],
                                max_length=12,
                                verbose_name="确认方式",
                            ),
                        ),
                        (
                            "confirmed_by_name",
                            models.CharField(max_length=60, verbose_name="确认人"),
                        ),
                        (
                            "paper_number",
                            models.CharField(
                                blank=True, default="", max_length=40, verbose_name="回执编号"
                            ),
                        ),
                        (
                            "corrects",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrections",
                                to="registry.reportversion",
                                verbose_name="所更正的版本",
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="registry.annualreport",
                                verbose_name="年度报告",
                            ),
                        ),
                        (
                            "typed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="填写人",
                            ),
                        ),
                        (
                            "filer_name",
                            models.CharField(
                                blank=True, default="", max_length=60, verbose_name="填报人签字"
                            ),
                        ),
                        (
                            "filer_signed_at",
                            models.DateTimeField(null=True, verbose_name="填报人签字时间"),
                        ),
                    ],
                    options={
                        "verbose_name": "年度报告版本",
                        "verbose_name_plural": "年度报告版本",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("report", "number"), name="submissions_are_numbered"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GovernanceFact",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("accounts", "成员账户完备"),
                                    ("disclosure", "实行社务公开"),
                                    ("distribution", "依法盈余分配"),
                                ],
                                max_length=12,
                                verbose_name="事项",
                            ),
                        ),
                        ("applies", models.BooleanField(default=True, verbose_name="适用")),
                        ("declared", models.BooleanField(null=True, verbose_name="自报")),
                        ("verified", models.BooleanField(null=True, verbose_name="核实")),
                        (
                            "basis",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="依据"
                            ),
                        ),
                        ("verified_on", models.DateField(null=True, verbose_name="核实日期")),
                        (
                            "note",
                            models.CharField(
                                blank=True, default="", max_length=300, verbose_name="核实说明"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "cooperative",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="governance_facts",
                                to="registry.cooperative",
                                verbose_name="合作社",
                            ),
                        ),
                        (
                            "verified_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="核实人",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="registry.reportversion",
                                verbose_name="来自报告",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "治理事实",
                        "verbose_name_plural": "治理事实",
                        "indexes": [
                            models.Index(
                                fields=["year", "kind", "cooperative"], name="governance_by_year"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("cooperative", "year", "kind"),
                                name="one_governance_fact_a_year",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RosterUpload",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("filename", models.CharField(max_length=200, verbose_name="文件名")),
                        ("sha256", models.CharField(max_length=64, verbose_name="文件摘要")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("checked", "已检查，待确认"),
                                    ("refused", "未通过检查"),
                                    ("applied", "已写入名册"),
                                    ("dropped", "已放弃"),
                                ],
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        ("rows", models.JSONField(default=list, verbose_name="读出的行")),
                        ("problems", models.JSONField(default=list, verbose_name="问题")),
                        (
                            "refusal",
                            models.TextField(blank=True, default="", verbose_name="未通过的原因"),
                        ),
                        (
                            "roster_mark",
                            models.CharField(
                                blank=True,
                                default="",
                                max_length=64,
                                verbose_name="比对时的名册状态",
                            ),
                        ),
                        (
                            "uploaded_at",
                            models.DateTimeField(default=common.clock.now, verbose_name="上传时间"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "cooperative",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="roster_uploads",
                                to="registry.cooperative",
                                verbose_name="合作社",
                            ),
                        ),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="上传人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "成员名册文件",
                        "verbose_name_plural": "成员名册文件",
                        "indexes": [
                            models.Index(fields=["cooperative", "-id"], name="roster_upload_newest")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AbnormalListing",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("quarter", models.CharField(max_length=6, verbose_name="报送季度")),
                        ("known_from", models.DateTimeField(verbose_name="得知时间")),
                        ("known_to", models.DateTimeField(null=True, verbose_name="不再采信时间")),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("report_not_published", "未按期报送、公示年度报告"),
                                    ("report_false", "年度报告隐瞒真实情况、弄虚作假"),
                                    ("unreachable", "通过登记的住所无法联系"),
                                ],
                                max_length=24,
                                verbose_name="列入原因",
                            ),
                        ),
                        ("listed_on", models.DateField(verbose_name="列入日期")),
                        (
                            "authority",
                            models.CharField(
                                blank=True, default="", max_length=100, verbose_name="列入决定机关"
                            ),
                        ),
                        (
                            "decision_no",
                            models.CharField(
                                blank=True, default="", max_length=80, verbose_name="列入决定文号"
                            ),
                        ),
                        (
                            "removed_on",
                            models.DateField(blank=True, null=True, verbose_name="移出日期"),
                        ),
                        (
                            "removal_reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("report_published", "已补报年度报告"),
                                    ("report_corrected", "已更正年度报告"),
                                    ("domicile_changed", "已变更登记住所"),
                                    ("contact_regained", "已重新取得联系"),
                                    ("ended", "已注销或被吊销，不再列入"),
                                    ("", "未载明"),
                                ],
                                default="",
                                max_length=24,
                                verbose_name="移出原因",
                            ),
                        ),
                        (
                            "removal_authority",
                            models.CharField(
                                blank=True, default="", max_length=100, verbose_name="移出决定机关"
                            ),
                        ),
                        (
                            "cooperative",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="abnormal_listings",
                                to="registry.cooperative",
                                verbose_name="合作社",
                            ),
                        ),
                        (
                            "delivery",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.feeddelivery",
                            ),
                        ),
                        (
                            "row",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.feedrow",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "经营异常名录",
                        "verbose_name_plural": "经营异常名录",
                        "abstract": False,
                        "indexes": [
                            models.Index(
                                fields=["cooperative", "known_to"], name="abnormallisting_known"
                            ),
                            models.Index(fields=["delivery"], name="abnormallisting_delivery"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("known_to__isnull", True)),
                                fields=("cooperative", "reason", "listed_on"),
                                name="one_known_listing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("removed_on__isnull", True),
                                    ("removed_on__gte", models.F("listed_on")),
                                    _connector="OR",
                                ),
                                name="listing_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DeregistrationNotice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("quarter", models.CharField(max_length=6, verbose_name="报送季度")),
                        ("known_from", models.DateTimeField(verbose_name="得知时间")),
                        ("known_to", models.DateTimeField(null=True, verbose_name="不再采信时间")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("announced", "拟注销（公告）"),
                                    ("revoked", "吊销营业执照"),
                                    ("revoked_deregistered", "吊销后注销"),
                                    ("deregistered", "注销登记"),
                                    ("cancelled", "撤销登记"),
                                ],
                                max_length=24,
                                verbose_name="类别",
                            ),
                        ),
                        ("happened_on", models.DateField(verbose_name="注销/吊销日期")),
                        (
                            "procedure",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("ordinary", "一般注销"),
                                    ("simplified", "简易注销"),
                                    ("", "未载明"),
                                ],
                                default="",
                                max_length=12,
                                verbose_name="办理方式",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True, default="", max_length=300, verbose_name="注销/吊销原因"
                            ),
                        ),
                        (
                            "authority",
                            models.CharField(
                                blank=True, default="", max_length=100, verbose_name="登记机关"
                            ),
                        ),
                        (
                            "cooperative",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="deregistration_notices",
                                to="registry.cooperative",
                                verbose_name="合作社",
                            ),
                        ),
                        (
                            "delivery",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.feeddelivery",
                            ),
                        ),
                        (
                            "row",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.feedrow",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "注销吊销",
                        "verbose_name_plural": "注销吊销",
                        "abstract": False,
                        "indexes": [
                            models.Index(
                                fields=["cooperative", "known_to"],
                                name="deregistrationnotice_known",
                            ),
                            models.Index(fields=["delivery"], name="deregistrationnotice_delivery"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("known_to__isnull", True)),
                                fields=("cooperative", "kind", "happened_on"),
                                name="one_known_exit",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RegistrationChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("quarter", models.CharField(max_length=6, verbose_name="报送季度")),
                        ("known_from", models.DateTimeField(verbose_name="得知时间")),
                        ("known_to", models.DateTimeField(null=True, verbose_name="不再采信时间")),
                        (
                            "item",
                            models.CharField(
                                choices=[
                                    ("name", "名称变更"),
                                    ("legal_representative", "法定代表人变更"),
                                    ("domicile", "住所变更"),
                                    ("contribution", "成员出资总额变更"),
                                    ("scope", "业务范围变更"),
                                    ("members", "成员变更"),
                                    ("type", "类型变更"),
                                    ("charter", "章程备案"),
                                    ("contact", "联络员备案"),
                                    ("other", "其他事项"),
                                ],
                                max_length=24,
                                verbose_name="变更事项",
                            ),
                        ),
                        (
                            "before",
                            models.TextField(blank=True, default="", verbose_name="变更前内容"),
                        ),
                        (
                            "after",
                            models.TextField(blank=True, default="", verbose_name="变更后内容"),
                        ),
                        ("changed_on", models.DateField(verbose_name="变更日期")),
                        (
                            "cooperative",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="registration_changes",
                                to="registry.cooperative",
                                verbose_name="合作社",
                            ),
                        ),
                        (
                            "delivery",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.feeddelivery",
                            ),
                        ),
                        (
                            "row",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.feedrow",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "变更登记",
                        "verbose_name_plural": "变更登记",
                        "abstract": False,
                        "indexes": [
                            models.Index(
                                fields=["cooperative", "known_to"], name="registrationchange_known"
                            ),
                            models.Index(fields=["delivery"], name="registrationchange_delivery"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("known_to__isnull", True)),
                                fields=("cooperative", "item", "changed_on"),
                                name="one_known_change",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReportPublication",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("quarter", models.CharField(max_length=6, verbose_name="报送季度")),
                        ("known_from", models.DateTimeField(verbose_name="得知时间")),
                        ("known_to", models.DateTimeField(null=True, verbose_name="不再采信时间")),
                        ("report_year", models.PositiveSmallIntegerField(verbose_name="报送年度")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("published", "已公示"),
                                    ("filed", "已报送未公示"),
                                    ("not_filed", "未报送、未公示"),
                                    ("not_due", "无需报送"),
                                ],
                                max_length=12,
                                verbose_name="年报状态",
                            ),
                        ),
                        (
                            "published_on",
                            models.DateField(blank=True, null=True, verbose_name="公示日期"),
                        ),
                        (
                            "on_time",
                            models.BooleanField(blank=True, null=True, verbose_name="是否按期"),
                        ),
                        (
                            "filing_way",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("online", "网上报送"),
                                    ("paper", "纸质报送"),
                                    ("", "未载明"),
                                ],
                                default="",
                                max_length=8,
                                verbose_name="报送方式",
                            ),
                        ),
                        (
                            "cooperative",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="report_publications",
                                to="registry.cooperative",
                                verbose_name="合作社",
                            ),
                        ),
                        (
                            "delivery",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.feeddelivery",
                            ),
                        ),
                        (
                            "row",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.feedrow",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "年报公示",
                        "verbose_name_plural": "年报公示",
                        "abstract": False,
                        "indexes": [
                            models.Index(
                                fields=["cooperative", "known_to"], name="reportpublication_known"
                            ),
                            models.Index(fields=["delivery"], name="reportpublication_delivery"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("known_to__isnull", True)),
                                fields=("cooperative", "report_year"),
                                name="one_known_publication",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SpotCheck",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("quarter", models.CharField(max_length=6, verbose_name="报送季度")),
                        ("known_from", models.DateTimeField(verbose_name="得知时间")),
                        ("known_to", models.DateTimeField(null=True, verbose_name="不再采信时间")),
                        ("checked_on", models.DateField(verbose_name="检查日期")),
                        (
                            "authority",
                            models.CharField(
                                blank=True, default="", max_length=100, verbose_name="检查机关"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("random", "不定向抽查"),
                                    ("targeted", "定向抽查"),
                                    ("special", "专项检查"),
                                    ("", "未载明"),
                                ],
                                default="",
                                max_length=12,
                                verbose_name="检查类型",
                            ),
                        ),
                        (
                            "result",
                            models.CharField(
                                choices=[
                                    ("false_information", "公示信息隐瞒真实情况、弄虚作假"),
                                    ("uncooperative", "不配合检查情节严重"),
                                    ("unreachable", "通过登记的住所（经营场所）无法联系"),
                                    ("no_activity", "未发现开展本次抽查涉及的经营活动"),
                                    ("closed", "已关闭停业或正在组织清算"),
                                    ("revoked", "被吊销营业执照"),
                                    ("cancelled", "被撤销登记"),
                                    ("deregistered", "已办理注销"),
                                    ("moved_out", "迁出"),
                                    ("report_not_published", "未按规定公示年报信息"),
                                    ("notice_not_published", "未按规定公示即时信息"),
                                    ("information_not_published", "未按规定公示应当公示的信息"),
                                    ("sector_rules_broken", "违反行业监管规定"),
                                    ("other_rules_broken", "违反其他登记管理规定"),
                                    ("corrected", "发现问题经责令已改正"),
                                    ("normal", "未发现问题"),
                                ],
                                max_length=28,
                                verbose_name="抽查结果",
                            ),
                        ),
                        ("results", models.CharField(max_length=300, verbose_name="全部结果")),
                        (
                            "published_on",
                            models.DateField(blank=True, null=True, verbose_name="公示日期"),
                        ),
                        (
                            "cooperative",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="spot_checks",
                                to="registry.cooperative",
                                verbose_name="合作社",
                            ),
                        ),
                        (
                            "delivery",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.feeddelivery",
                            ),
                        ),
                        (
                            "row",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.feedrow",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "抽查检查",
                        "verbose_name_plural": "抽查检查",
                        "abstract": False,
                        "indexes": [
                            models.Index(
                                fields=["cooperative", "known_to"], name="spotcheck_known"
                            ),
                            models.Index(fields=["delivery"], name="spotcheck_delivery"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("known_to__isnull", True)),
                                fields=("cooperative", "checked_on", "authority"),
                                name="one_known_check",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TaxStanding",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("quarter", models.CharField(max_length=6, verbose_name="报送季度")),
                        ("known_from", models.DateTimeField(verbose_name="得知时间")),
                        ("known_to", models.DateTimeField(null=True, verbose_name="不再采信时间")),
                        ("as_of", models.DateField(verbose_name="季度末")),
                        (
                            "registered",
                            models.BooleanField(
                                blank=True, null=True, verbose_name="是否办理税务登记"
                            ),
                        ),
                        (
                            "registered_on",
                            models.DateField(blank=True, null=True, verbose_name="税务登记日期"),
                        ),
                        (
                            "state",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("normal", "正常"),
                                    ("suspended", "停业"),
                                    ("abnormal", "非正常户"),
                                    ("abnormal_closed", "非正常户注销"),
                                    ("clearing", "清算"),
                                    ("deregistered", "注销"),
                                    ("not_registered", "未办理税务登记"),
                                    ("", "未载明"),
                                ],
                                default="",
                                max_length=16,
                                verbose_name="纳税人状态",
                            ),
                        ),
                        (
                            "taxpayer_kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("general", "一般纳税人"),
                                    ("small", "小规模纳税人"),
                                    ("", "未载明"),
                                ],
                                default="",
                                max_length=8,
                                verbose_name="纳税人类型",
                            ),
                        ),
                        (
                            "zero_declared",
                            models.BooleanField(blank=True, null=True, verbose_name="是否零申报"),
                        ),
                        (
                            "declared_sales",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=18,
                                null=True,
                                verbose_name="申报销售额",
                            ),
                        ),
                        (
                            "invoice_count",
                            models.IntegerField(blank=True, null=True, verbose_name="开票份数"),
                        ),
                        (
                            "last_declared_on",
                            models.DateField(blank=True, null=True, verbose_name="最近申报日期"),
                        ),
                        (
                            "cooperative",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tax_standings",
                                to="registry.cooperative",
                                verbose_name="合作社",
                            ),
                        ),
                        (
                            "delivery",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.feeddelivery",
                            ),
                        ),
                        (
                            "row",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.feedrow",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "税务登记",
                        "verbose_name_plural": "税务登记",
                        "abstract": False,
                        "indexes": [
                            models.Index(
                                fields=["cooperative", "known_to"], name="taxstanding_known"
                            ),
                            models.Index(fields=["delivery"], name="taxstanding_delivery"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("known_to__isnull", True)),
                                fields=("cooperative", "as_of"),
                                name="one_known_tax_standing",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SurveyCampaign",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("title", models.CharField(max_length=60, verbose_name="名称")),
                        ("opens_on", models.DateField(verbose_name="开始日期")),
                        ("due_on", models.DateField(verbose_name="要求完成日期")),
                        (
                            "note",
                            models.CharField(
                                blank=True, default="", max_length=300, verbose_name="要求"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "进行中"), ("closed", "已结束")],
                                default="open",
                                max_length=8,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "closed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="结束时间"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "opened_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="发起人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "摸底排查",
                        "verbose_name_plural": "摸底排查",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "open")),
                                fields=("state",),
                                name="one_open_survey_campaign",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("due_on__gte", models.F("opens_on"))),
                                name="survey_due_after_opening",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SurveyRecord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("pending", "待摸底"), ("recorded", "已摸底")],
                                default="pending",
                                max_length=8,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "surveyed_on",
                            models.DateField(blank=True, null=True, verbose_name="摸底日期"),
                        ),
                        (
                            "method",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("on_site", "实地查看"),
                                    ("village", "向村社干部了解"),
                                    ("phone", "电话了解"),
                                ],
                                default="",
                                max_length=8,
                                verbose_name="方式",
                            ),
                        ),
                        (
                            "operating_state",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("normal", "正常经营"),
                                    ("seasonal", "季节性停工"),
                                    ("ceased", "停业"),
                                    ("not_found", "找不到"),
                                ],
                                default="",
                                max_length=10,
                                verbose_name="经营状况",
                            ),
                        ),
                        (
                            "met",
                            models.CharField(
                                blank=True, default="", max_length=60, verbose_name="见到的人"
                            ),
                        ),
                        (
                            "disposition",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("support", "扶持发展"),
                                    ("rectify", "规范整改"),
                                    ("voluntary_deregistration", "引导自愿注销"),
                                    ("simplified_deregistration", "引导简易注销"),
                                    ("convert_family_farm", "社转场"),
                                    ("merge", "合并重组"),
                                    ("revoke", "提请依法吊销"),
                                    ("refer", "移交线索"),
                                ],
                                default="",
                                max_length=26,
                                verbose_name="处置意见",
                            ),
                        ),
                        (
                            "note",
                            models.CharField(
                                blank=True, default="", max_length=500, verbose_name="情况说明"
                            ),
                        ),
                        (
                            "recorded_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="记录时间"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="records",
                                to="registry.surveycampaign",
                                verbose_name="摸底",
                            ),
                        ),
                        (
                            "cooperative",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="survey_records",
                                to="registry.cooperative",
                                verbose_name="合作社",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="记录人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "摸底记录",
                        "verbose_name_plural": "摸底记录",
                        "indexes": [
                            models.Index(
                                fields=["campaign", "state", "cooperative"], name="survey_by_state"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("campaign", "cooperative"),
                                name="one_survey_record_per_society",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "pending"),
                                    models.Q(
                                        ("recorded_at__isnull", False),
                                        ("surveyed_on__isnull", False),
                                        models.Q(("operating_state", ""), _negated=True),
                                        models.Q(("disposition", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_recorded_survey_is_complete",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SurveyFinding",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "finding",
                            models.CharField(
                                choices=[
                                    ("no_farmer_participation", "无农民成员实际参与"),
                                    ("no_substantive_business", "无实质性生产经营活动"),
                                    ("ceased_poor_management", "因经营不善停止运行"),
                                    ("suspected_subsidy_fraud", "涉嫌骗取套取财政奖补和项目资金"),
                                    ("public_complaint", "群众举报的违法违规线索"),
                                    ("illegal_finance", "从事非法金融活动"),
                                    ("shell", "空壳社"),
                                    ("one_person", "一人社"),
                                    ("family", "家族社"),
                                    ("dormant", "休眠社"),
                                    ("zombie", "僵尸社"),
                                ],
                                max_length=26,
                                verbose_name="类别",
                            ),
                        ),
                        (
                            "record",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="findings",
                                to="registry.surveyrecord",
                                verbose_name="摸底记录",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "摸底类别",
                        "verbose_name_plural": "摸底类别",
                        "indexes": [
                            models.Index(fields=["finding", "record"], name="survey_by_finding")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("record", "finding"), name="one_finding_per_record"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConflictOfInterest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("member", "本人是成员或出资人"),
                                    ("post", "本人在社内任职"),
                                    ("relative", "近亲属是负责人或成员"),
                                    ("business", "有生意往来"),
                                    ("other", "其他"),
                                ],
                                max_length=12,
                                verbose_name="关系",
                            ),
                        ),
                        (
                            "note",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="说明"
                            ),
                        ),
                        ("since", models.DateField(verbose_name="起始日期")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="解除日期")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "cooperative",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="interests",
                                to="registry.cooperative",
                                verbose_name="合作社",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="interests",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="人员",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "利害关系",
                        "verbose_name_plural": "利害关系",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until__isnull", True)),
                                fields=("person", "cooperative"),
                                name="one_open_interest_per_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True),
                                    ("until__gte", models.F("since")),
                                    _connector="OR",
                                ),
                                name="interest_lasts",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FlagAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("text", models.TextField(verbose_name="答复")),
                        (
                            "answered_at",
                            models.DateTimeField(default=common.clock.now, verbose_name="答复时间"),
                        ),
                        (
                            "answered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="答复人",
                            ),
                        ),
                        (
                            "flag",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="answers",
                                to="registry.flag",
                                verbose_name="需核实事项",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "需核实事项答复",
                        "verbose_name_plural": "需核实事项答复",
                    },
                ),
                migrations.CreateModel(
                    name="Rehearsal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("rule", models.CharField(max_length=8, verbose_name="规则")),
                        ("thresholds", models.JSONField(default=dict, verbose_name="试用的阈值")),
                        ("compared", models.JSONField(default=dict, verbose_name="现行的阈值")),
                        (
                            "compared_version",
                            models.PositiveSmallIntegerField(default=1, verbose_name="现行版本"),
                        ),
                        ("quarter", models.CharField(max_length=6, verbose_name="试算季度")),
                        ("as_of", models.DateField(verbose_name="事实截止日")),
                        ("effective_from", models.DateField(verbose_name="拟启用日期")),
                        ("reason", models.TextField(verbose_name="调整理由")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "试算中"),
                                    ("proposed", "待发布"),
                                    ("released", "已发布"),
                                    ("dropped", "已放弃"),
                                ],
                                default="draft",
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        ("counts", models.JSONField(default=dict, verbose_name="试算结果")),
                        ("computed_at", models.DateTimeField(null=True, verbose_name="试算时间")),
                        (
                            "drafted_at",
                            models.DateTimeField(default=common.clock.now, verbose_name="试算日期"),
                        ),
                        ("released_at", models.DateTimeField(null=True, verbose_name="发布时间")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "drafted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="试算人",
                            ),
                        ),
                        (
                            "released_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="发布人",
                            ),
                        ),
                        (
                            "attempt",
                            models.PositiveSmallIntegerField(default=0, verbose_name="第几次尝试"),
                        ),
                        (
                            "failure",
                            models.CharField(
                                blank=True,
                                default="",
                                max_length=200,
                                verbose_name="没有算成的原因",
                            ),
                        ),
                        (
                            "lease",
                            models.CharField(
                                blank=True, default="", max_length=32, verbose_name="租约"
                            ),
                        ),
                        ("lease_until", models.DateTimeField(null=True, verbose_name="租约到期")),
                        (
                            "steps_done",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="已算完的步数"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "规则试算",
                        "verbose_name_plural": "规则试算",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "released"), _negated=True),
                                    models.Q(
                                        ("released_by__isnull", False),
                                        models.Q(
                                            ("released_by", models.F("drafted_by")), _negated=True
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="rule_released_by_a_second_person",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RehearsalFinding",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "side",
                            models.CharField(
                                choices=[
                                    ("new", "新列入"),
                                    ("kept", "仍列入"),
                                    ("gone", "不再列入"),
                                ],
                                max_length=8,
                                verbose_name="变化",
                            ),
                        ),
                        ("evidence", models.JSONField(default=dict, verbose_name="依据数值")),
                        (
                            "cooperative",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="registry.cooperative",
                            ),
                        ),
                        (
                            "rehearsal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="findings",
                                to="registry.rehearsal",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "试算结果",
                        "verbose_name_plural": "试算结果",
                        "indexes": [
                            models.Index(fields=["rehearsal", "side", "id"], name="finding_by_side")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("rehearsal", "cooperative"),
                                name="one_finding_per_rehearsal",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NameStem",
                    fields=[
                        (
                            "cooperative",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                serialize=False,
                                to="registry.cooperative",
                            ),
                        ),
                        ("name_key", models.CharField(max_length=200)),
                        ("stem", models.CharField(max_length=200)),
                    ],
                    options={
                        "verbose_name": "名称主干",
                        "verbose_name_plural": "名称主干",
                    },
                ),
                migrations.CreateModel(
                    name="MatchPair",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("same_name", "名称相同"),
                                    ("old_name", "与曾用名相同"),
                                    ("near_name", "名称相近"),
                                    ("person", "人工提出"),
                                ],
                                max_length=12,
                                verbose_name="线索",
                            ),
                        ),
                        (
                            "agreeing",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="相同的登记事项数"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "待判定"),
                                    ("same", "同一家，已合并"),
                                    ("different", "不是同一家"),
                                ],
                                default="waiting",
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "found_at",
                            models.DateTimeField(default=common.clock.now, verbose_name="发现时间"),
                        ),
                        ("decided_at", models.DateTimeField(null=True, verbose_name="判定时间")),
                        (
                            "decision_reason",
                            models.TextField(blank=True, default="", verbose_name="理由"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="判定人",
                            ),
                        ),
                        (
                            "left",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pairs_as_left",
                                to="registry.cooperative",
                                verbose_name="甲",
                            ),
                        ),
                        (
                            "right",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pairs_as_right",
                                to="registry.cooperative",
                                verbose_name="乙",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "疑似同一家",
                        "verbose_name_plural": "疑似同一家",
                        "indexes": [
                            models.Index(fields=["state", "-agreeing", "id"], name="pair_queue")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("left", "right"), name="pair_is_asked_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("left__lt", models.F("right"))),
                                name="pair_in_order",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CooperativeMerge",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "merged_at",
                            models.DateTimeField(default=common.clock.now, verbose_name="合并时间"),
                        ),
                        ("reason", models.TextField(verbose_name="理由")),
                        ("undone_at", models.DateTimeField(null=True, verbose_name="取消时间")),
                        (
                            "absorbed",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merges_absorbed",
                                to="registry.cooperative",
                                verbose_name="并入",
                            ),
                        ),
                        (
                            "kept",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merges_kept",
                                to="registry.cooperative",
                                verbose_name="保留",
                            ),
                        ),
                        (
                            "merged_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="合并人",
                            ),
                        ),
                        (
                            "undone_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="取消人",
                            ),
                        ),
                        (
                            "pair",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merges",
                                to="registry.matchpair",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "合作社合并",
                        "verbose_name_plural": "合作社合并",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("undone_at__isnull", True)),
                                fields=("absorbed",),
                                name="merged_into_one_at_a_time",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MovedRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("kind", models.CharField(max_length=100, verbose_name="类别")),
                        ("column", models.CharField(max_length=63, verbose_name="字段")),
                        ("row", models.CharField(max_length=40, verbose_name="行号")),
                        (
                            "merge",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="moved",
                                to="registry.cooperativemerge",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "合并时改挂的行",
                        "verbose_name_plural": "合并时改挂的行",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("merge", "kind", "column", "row"),
                                name="moved_once_per_merge",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NameKey",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("place", models.CharField(blank=True, default="", max_length=6)),
                        ("key", models.CharField(max_length=200)),
                        ("former", models.BooleanField(default=False)),
                        (
                            "cooperative",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="name_keys",
                                to="registry.cooperative",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "名称索引",
                        "verbose_name_plural": "名称索引",
                        "indexes": [models.Index(fields=["key", "place"], name="name_key_lookup")],
                    },
                ),
                migrations.CreateModel(
                    name="Contradiction",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("active_untaxed", "登记存续，税务未登记或已注销"),
                                    ("ended_taxed", "登记已注销，税务仍为正常户"),
                                    ("exit_unrecorded", "已有注销吊销通报，登记信息仍为存续"),
                                    ("revoked_trading", "已吊销，仍在申报销售或仍在经营"),
                                    ("active_shut", "登记存续，走访见已停业"),
                                    ("not_at_domicile", "登记住所找不到"),
                                    ("unreachable_seen", "列为住所无法联系，走访见在登记住所"),
                                    ("idle_with_sales", "年报称无经营，税务有申报销售额"),
                                    ("income_untaxed", "年报有经营收入，税务全年零申报"),
                                    ("members_differ", "年报成员数与登记不一致"),
                                    ("chair_differs", "年报理事长与登记法定代表人不一致"),
                                    ("report_unpublished", "已向本平台报年报，国家公示系统未公示"),
                                    ("roster_differs", "经确认的名册人数与登记不一致"),
                                    ("corrected_differs", "人工更正的内容与最近报送不一致"),
                                ],
                                max_length=24,
                                verbose_name="类型",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "待核实"),
                                    ("cured", "已一致"),
                                    ("settled", "已作结论"),
                                ],
                                default="open",
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        ("evidence", models.JSONField(default=dict, verbose_name="依据")),
                        (
                            "opened_at",
                            models.DateTimeField(default=common.clock.now, verbose_name="发现时间"),
                        ),
                        (
                            "computed_at",
                            models.DateTimeField(
                                default=common.clock.now, verbose_name="最近比对时间"
                            ),
                        ),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="期限")),
                        ("closed_at", models.DateTimeField(null=True, verbose_name="了结时间")),
                        (
                            "decision_reason",
                            models.TextField(blank=True, default="", verbose_name="结论"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "assignee",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contradictions",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="负责人",
                            ),
                        ),
                        (
                            "closed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="作结论的人",
                            ),
                        ),
                        (
                            "cooperative",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="contradictions",
                                to="registry.cooperative",
                                verbose_name="合作社",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "来源矛盾",
                        "verbose_name_plural": "来源矛盾",
                        "indexes": [
                            models.Index(
                                fields=["state", "kind", "cooperative"], name="contradiction_kind"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "open")),
                                fields=("cooperative", "kind"),
                                name="one_open_contradiction_per_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("assignee__isnull", True),
                                    ("due_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="an_assigned_contradiction_has_a_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContradictionCandidate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("kind", models.CharField(max_length=24)),
                        ("evidence", models.JSONField(default=dict)),
                        (
                            "cooperative",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                to="registry.cooperative",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "矛盾候选",
                        "verbose_name_plural": "矛盾候选",
                        "indexes": [
                            models.Index(
                                fields=["kind", "cooperative"], name="contradiction_candidate"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StatementRow",
                    fields=[
                        (
                            "row",
                            models.OneToOneField(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="statement",
                                serialize=False,
                                to="registry.feedrow",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("registration", "登记信息"),
                                    ("registration-changes", "变更登记"),
                                    ("deregistration", "注销吊销"),
                                    ("abnormal", "经营异常名录"),
                                    ("spot-check", "抽查检查"),
                                    ("report-publication", "年报公示"),
                                    ("tax", "税务登记"),
                                    ("workbook", "季度工作簿"),
                                ],
                                max_length=24,
                                verbose_name="来源",
                            ),
                        ),
                        (
                            "uscc",
                            models.CharField(
                                blank=True,
                                default="",
                                max_length=18,
                                verbose_name="统一社会信用代码",
                            ),
                        ),
                        (
                            "registration_no",
                            models.CharField(
                                blank=True, default="", max_length=15, verbose_name="注册号"
                            ),
                        ),
                        (
                            "name",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="名称"
                            ),
                        ),
                        ("name_key", models.CharField(blank=True, default="", max_length=200)),
                        ("record", models.CharField(blank=True, default="", max_length=200)),
                        ("said", models.JSONField(default=dict, verbose_name="记载内容")),
                        ("values_hash", models.CharField(max_length=32)),
                        ("changed_fields", models.TextField(blank=True, default="")),
                        (
                            "delivery",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="registry.feeddelivery",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "其他来源行",
                        "verbose_name_plural": "其他来源行",
                    },
                ),
                migrations.CreateModel(
                    name="WordMeaning",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("key", models.CharField(max_length=60, verbose_name="词表")),
                        ("word", models.CharField(max_length=200, verbose_name="整理后的词语")),
                        ("written", models.CharField(max_length=200, verbose_name="文件里的写法")),
                        ("code", models.CharField(max_length=40, verbose_name="意思")),
                        ("decided_at", models.DateTimeField(verbose_name="判定时间")),
                        ("reason", models.CharField(max_length=500, verbose_name="理由")),
                        (
                            "revoked_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="撤销时间"),
                        ),
                        (
                            "revoked_why",
                            models.CharField(
                                blank=True, default="", max_length=500, verbose_name="撤销理由"
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="判定人",
                            ),
                        ),
                        (
                            "revoked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="撤销人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "词语对照",
                        "verbose_name_plural": "词语对照",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("revoked_at__isnull", True)),
                                fields=("key", "word"),
                                name="one_meaning_per_word",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CleanupCase",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "number",
                            models.CharField(max_length=16, unique=True, verbose_name="案号"),
                        ),
                        (
                            "route",
                            models.CharField(
                                choices=[
                                    ("simplified", "简易注销"),
                                    ("ordinary", "一般注销"),
                                    ("conversion", "社转场"),
                                    ("merger", "合并重组"),
                                    ("rectification", "规范改造"),
                                    ("revocation", "提请依法吊销"),
                                    ("referral", "移交线索"),
                                ],
                                max_length=16,
                                verbose_name="途径",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("opened", "已立案"),
                                    ("under_way", "办理中"),
                                    ("awaiting_register", "待登记数据确认"),
                                    ("struck_off", "已清退"),
                                    ("settled", "已办结"),
                                    ("unwilling", "合作社不同意"),
                                    ("called_off", "已终止"),
                                ],
                                default="opened",
                                max_length=20,
                                verbose_name="状态",
                            ),
                        ),
                        ("because", models.CharField(max_length=500, verbose_name="立案理由")),
                        (
                            "confidential",
                            models.BooleanField(default=False, verbose_name="不对合作社显示"),
                        ),
                        ("opened_on", models.DateField(verbose_name="立案日期")),
                        ("due_on", models.DateField(verbose_name="办结期限")),
                        (
                            "willing_on",
                            models.DateField(blank=True, null=True, verbose_name="意愿书签署日期"),
                        ),
                        (
                            "willing_by",
                            models.CharField(
                                blank=True, default="", max_length=60, verbose_name="意愿书签署人"
                            ),
                        ),
                        (
                            "no_debts",
                            models.BooleanField(
                                blank=True, null=True, verbose_name="无债权债务或已结清"
                            ),
                        ),
                        (
                            "no_pledge",
                            models.BooleanField(
                                blank=True, null=True, verbose_name="无出质、抵押和对外投资"
                            ),
                        ),
                        (
                            "no_proceedings",
                            models.BooleanField(
                                blank=True, null=True, verbose_name="无立案调查、诉讼仲裁和执行"
                            ),
                        ),
                        (
                            "no_fines",
                            models.BooleanField(blank=True, null=True, verbose_name="无未缴罚款"),
                        ),
                        (
                            "cost",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=10,
                                null=True,
                                verbose_name="办理费用（元）",
                            ),
                        ),
                        (
                            "cost_waived",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=10,
                                null=True,
                                verbose_name="减免金额（元）",
                            ),
                        ),
                        (
                            "waiver_basis",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="减免依据"
                            ),
                        ),
                        (
                            "closed_on",
                            models.DateField(blank=True, null=True, verbose_name="结案日期"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "cooperative",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cleanup_cases",
                                to="registry.cooperative",
                                verbose_name="合作社",
                            ),
                        ),
                        (
                            "department",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisationunit",
                                verbose_name="责任部门",
                            ),
                        ),
                        (
                            "flag",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="cleanup_cases",
                                to="registry.flag",
                                verbose_name="来自疑似问题",
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="立案人",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cleanup_cases",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="责任人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "清理案件",
                        "verbose_name_plural": "清理案件",
                        "indexes": [models.Index(fields=["state", "due_on"], name="case_by_state")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("state__in", ["opened", "under_way", "awaiting_register"])
                                ),
                                fields=("cooperative",),
                                name="one_open_case_per_society",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("cost_waived__isnull", True),
                                    models.Q(
                                        ("cost__isnull", False),
                                        ("cost_waived__lte", models.F("cost")),
                                    ),
                                    _connector="OR",
                                ),
                                name="no_more_waived_than_charged",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("cost__isnull", True), ("cost__gte", 0), _connector="OR"
                                ),
                                name="no_negative_cost",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConversionHelp",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("policy", "政策咨询"),
                                    ("fiscal", "财政扶持"),
                                    ("land", "土地流转"),
                                    ("management", "经营方式"),
                                ],
                                max_length=12,
                                verbose_name="帮助",
                            ),
                        ),
                        ("given_on", models.DateField(verbose_name="日期")),
                        (
                            "note",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="内容"
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="helps",
                                to="registry.cleanupcase",
                                verbose_name="清理案件",
                            ),
                        ),
                        (
                            "given_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="登记人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "社转场帮助",
                        "verbose_name_plural": "社转场帮助",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("case", "kind"), name="one_help_of_each_kind"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FarmSubject",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "uscc",
                            models.CharField(
                                max_length=18, unique=True, verbose_name="统一社会信用代码"
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="名称")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("family_farm", "家庭农场（个体工商户）"),
                                    ("sole_proprietor", "个人独资企业"),
                                    ("company", "公司"),
                                    ("other", "其他农业主体"),
                                ],
                                max_length=16,
                                verbose_name="类别",
                            ),
                        ),
                        (
                            "registered_on",
                            models.DateField(blank=True, null=True, verbose_name="登记日期"),
                        ),
                        (
                            "directory_no",
                            models.CharField(
                                blank=True,
                                default="",
                                max_length=40,
                                verbose_name="家庭农场名录编号",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "township",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisationunit",
                                verbose_name="所在乡镇街道",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "其他农业主体",
                        "verbose_name_plural": "其他农业主体",
                    },
                ),
                migrations.CreateModel(
                    name="RectificationTask",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("title", models.CharField(max_length=120, verbose_name="改造事项")),
                        ("due_on", models.DateField(verbose_name="完成期限")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("to_mend", "待改造"),
                                    ("mended", "待复查"),
                                    ("approved", "已通过"),
                                ],
                                default="to_mend",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                blank=True, default="", max_length=300, verbose_name="改造情况"
                            ),
                        ),
                        (
                            "done_on",
                            models.DateField(blank=True, null=True, verbose_name="完成日期"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tasks",
                                to="registry.cleanupcase",
                                verbose_name="清理案件",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "规范改造任务",
                        "verbose_name_plural": "规范改造任务",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("case", "title"), name="one_task_per_title"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Relation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("conversion", "社转场"),
                                    ("household_to_farm", "户转场"),
                                    ("farm_joins", "场入社"),
                                    ("united", "社联合"),
                                    ("merged", "社合并"),
                                ],
                                max_length=20,
                                verbose_name="关系",
                            ),
                        ),
                        (
                            "household",
                            models.CharField(
                                blank=True, default="", max_length=40, verbose_name="农户（户主）"
                            ),
                        ),
                        ("since", models.DateField(verbose_name="起始日期")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="终止日期")),
                        (
                            "note",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="说明"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "case",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="relations",
                                to="registry.cleanupcase",
                                verbose_name="清理案件",
                            ),
                        ),
                        (
                            "cooperative",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="relations",
                                to="registry.cooperative",
                                verbose_name="合作社",
                            ),
                        ),
                        (
                            "other_cooperative",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="relations_of_others",
                                to="registry.cooperative",
                                verbose_name="另一家合作社",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="登记人",
                            ),
                        ),
                        (
                            "subject",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="relations",
                                to="registry.farmsubject",
                                verbose_name="其他农业主体",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "主体关系",
                        "verbose_name_plural": "主体关系",
                        "indexes": [
                            models.Index(fields=["kind", "since"], name="relation_by_kind")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("cooperative__isnull", False),
                                        ("kind__in", ["conversion", "farm_joins"]),
                                        ("other_cooperative__isnull", True),
                                        ("subject__isnull", False),
                                    ),
                                    models.Q(
                                        ("cooperative__isnull", True),
                                        ("kind", "household_to_farm"),
                                        ("subject__isnull", False),
                                        models.Q(("household", ""), _negated=True),
                                    ),
                                    models.Q(
                                        ("cooperative__isnull", False),
                                        ("kind__in", ["united", "merged"]),
                                        ("other_cooperative__isnull", False),
                                        ("subject__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_relation_has_its_two_sides",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True),
                                    ("until__gte", models.F("since")),
                                    _connector="OR",
                                ),
                                name="relation_ends_after_it_begins",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("cooperative__isnull", False),
                                    ("subject__isnull", False),
                                    ("until__isnull", True),
                                ),
                                fields=("kind", "cooperative", "subject"),
                                name="one_standing_farm_relation",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("other_cooperative__isnull", False), ("until__isnull", True)
                                ),
                                fields=("kind", "cooperative", "other_cooperative"),
                                name="one_standing_society_relation",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "conversion"), ("until__isnull", True)),
                                fields=("cooperative",),
                                name="a_society_converts_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("kind", "household_to_farm"), ("until__isnull", True)
                                ),
                                fields=("subject",),
                                name="a_farm_comes_from_one_household",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StepTemplate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "route",
                            models.CharField(
                                choices=[
                                    ("simplified", "简易注销"),
                                    ("ordinary", "一般注销"),
                                    ("conversion", "社转场"),
                                    ("merger", "合并重组"),
                                    ("rectification", "规范改造"),
                                    ("revocation", "提请依法吊销"),
                                    ("referral", "移交线索"),
                                ],
                                max_length=16,
                                verbose_name="途径",
                            ),
                        ),
                        ("key", models.CharField(max_length=24, verbose_name="步骤代码")),
                        ("position", models.PositiveSmallIntegerField(verbose_name="次序")),
                        ("title", models.CharField(max_length=60, verbose_name="步骤")),
                        (
                            "guidance",
                            models.CharField(
                                blank=True, default="", max_length=300, verbose_name="怎样办"
                            ),
                        ),
                        (
                            "basis",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="依据"
                            ),
                        ),
                        (
                            "term",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "没有规定期限"),
                                    ("notice", "公告期（自然日，期满前不能办结）"),
                                    ("deadline", "期限（最后一日为休假日的顺延）"),
                                ],
                                default="",
                                max_length=10,
                                verbose_name="期限类型",
                            ),
                        ),
                        (
                            "days",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="天数"
                            ),
                        ),
                        (
                            "bars",
                            models.CharField(
                                blank=True, default="", max_length=80, verbose_name="受阻情形"
                            ),
                        ),
                        (
                            "only_when",
                            models.CharField(
                                blank=True, default="", max_length=24, verbose_name="适用情形"
                            ),
                        ),
                        ("valid_from", models.DateField(verbose_name="施行日期")),
                        (
                            "valid_to",
                            models.DateField(blank=True, null=True, verbose_name="施行至"),
                        ),
                        (
                            "department",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisationunit",
                                verbose_name="经办部门",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "办理步骤",
                        "verbose_name_plural": "办理步骤",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("route", "key", "valid_from"), name="one_step_per_day"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="step_lasts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("days__isnull", True), ("term", "")),
                                    models.Q(
                                        models.Q(("term", ""), _negated=True), ("days__gt", 0)
                                    ),
                                    _connector="OR",
                                ),
                                name="a_term_has_days",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="次序")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("todo", "未办"),
                                    ("running", "公告中"),
                                    ("done", "已办"),
                                    ("not_needed", "不需要"),
                                ],
                                default="todo",
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "ready_on",
                            models.DateField(blank=True, null=True, verbose_name="轮到日期"),
                        ),
                        (
                            "started_on",
                            models.DateField(blank=True, null=True, verbose_name="公告日期"),
                        ),
                        (
                            "due_on",
                            models.DateField(blank=True, null=True, verbose_name="期满或截止日期"),
                        ),
                        (
                            "done_on",
                            models.DateField(blank=True, null=True, verbose_name="办结日期"),
                        ),
                        (
                            "note",
                            models.CharField(
                                blank=True, default="", max_length=300, verbose_name="说明"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "department",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisationunit",
                                verbose_name="经办部门",
                            ),
                        ),
                        (
                            "done_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="办结人",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="registry.cleanupcase",
                                verbose_name="清理案件",
                            ),
                        ),
                        (
                            "template",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.steptemplate",
                                verbose_name="办理规程",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "案件步骤",
                        "verbose_name_plural": "案件步骤",
                        "indexes": [
                            models.Index(fields=["department", "state"], name="step_by_department")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("case", "position"), name="one_step_per_place"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "done"), _negated=True),
                                    ("done_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="a_done_step_has_a_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BatchDay",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("title", models.CharField(max_length=60, verbose_name="名称")),
                        ("held_on", models.DateField(verbose_name="日期")),
                        ("hours", models.CharField(max_length=40, verbose_name="时间")),
                        ("place", models.CharField(max_length=120, verbose_name="地点")),
                        ("slots", models.PositiveSmallIntegerField(verbose_name="名额")),
                        (
                            "note",
                            models.CharField(
                                blank=True, default="", max_length=300, verbose_name="要带的材料"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "已安排"),
                                    ("day_closed", "已结束"),
                                    ("day_cancelled", "已取消"),
                                ],
                                default="planned",
                                max_length=16,
                                verbose_name="状态",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "planned_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="组织人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "现场批量注销日",
                        "verbose_name_plural": "现场批量注销日",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("slots__gte", 1)), name="a_batch_day_has_slots"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BatchEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("slot", models.PositiveSmallIntegerField(verbose_name="号")),
                        (
                            "carried_from",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="registry.batchentry",
                                verbose_name="转自",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="batch_entries",
                                to="registry.cleanupcase",
                                verbose_name="清理案件",
                            ),
                        ),
                        (
                            "day",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="entries",
                                to="registry.batchday",
                                verbose_name="批量注销日",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "批量注销名单",
                        "verbose_name_plural": "批量注销名单",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("day", "case"), name="a_case_once_a_day"
                            ),
                            models.UniqueConstraint(fields=("day", "slot"), name="a_slot_for_one"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BatchResult",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("settled_there", "办结"),
                                    ("incomplete", "材料不齐"),
                                    ("absent", "没有到场"),
                                ],
                                max_length=16,
                                verbose_name="结果",
                            ),
                        ),
                        (
                            "note",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="说明"
                            ),
                        ),
                        ("taken_at", models.DateTimeField(verbose_name="登记时间")),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="results",
                                to="registry.batchentry",
                                verbose_name="名单",
                            ),
                        ),
                        (
                            "step",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="batch_results",
                                to="registry.casestep",
                                verbose_name="步骤",
                            ),
                        ),
                        (
                            "taken_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="登记人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "现场结果",
                        "verbose_name_plural": "现场结果",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("entry", "step"), name="one_result_per_step"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TipOff",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "number",
                            models.CharField(max_length=16, unique=True, verbose_name="编号"),
                        ),
                        ("about", models.CharField(max_length=120, verbose_name="被举报的合作社")),
                        ("content", models.TextField(max_length=2000, verbose_name="反映的情况")),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("web", "网上填写"),
                                    ("phone", "电话"),
                                    ("letter", "来信"),
                                    ("visit", "来访"),
                                    ("handed", "上级转办"),
                                ],
                                max_length=10,
                                verbose_name="来源",
                            ),
                        ),
                        ("received_on", models.DateField(verbose_name="收到日期")),
                        ("due_on", models.DateField(verbose_name="核查期限")),
                        (
                            "reporter_name",
                            models.CharField(
                                blank=True, default="", max_length=40, verbose_name="举报人"
                            ),
                        ),
                        (
                            "reporter_phone",
                            models.CharField(
                                blank=True, default="", max_length=20, verbose_name="举报人电话"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("tip_received", "待核查"),
                                    ("tip_checking", "核查中"),
                                    ("founded", "属实"),
                                    ("unfounded", "不属实"),
                                ],
                                default="tip_received",
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "finding",
                            models.CharField(
                                blank=True, default="", max_length=500, verbose_name="核查结果"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "case",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="tip_offs",
                                to="registry.cleanupcase",
                                verbose_name="清理案件",
                            ),
                        ),
                        (
                            "cooperative",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tip_offs",
                                to="registry.cooperative",
                                verbose_name="对应名录中的合作社",
                            ),
                        ),
                        (
                            "received_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="登记人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "群众举报",
                        "verbose_name_plural": "群众举报",
                        "indexes": [
                            models.Index(fields=["state", "due_on"], name="tip_off_by_state")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["founded", "unfounded"]), _negated=True
                                    ),
                                    models.Q(("finding", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="a_closed_tip_off_has_a_finding",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FeedReminder",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("day", models.DateField(verbose_name="日期")),
                        ("items", models.JSONField(default=list, verbose_name="所催项目")),
                        (
                            "notice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.notice",
                                verbose_name="通知",
                            ),
                        ),
                        (
                            "sender",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisationunit",
                                verbose_name="被催单位",
                            ),
                        ),
                        (
                            "sent_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="发送人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "催报",
                        "verbose_name_plural": "催报",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("sender", "day"), name="one_reminder_a_day"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NilReturn",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("registration", "登记信息"),
                                    ("registration-changes", "变更登记"),
                                    ("deregistration", "注销吊销"),
                                    ("abnormal", "经营异常名录"),
                                    ("spot-check", "抽查检查"),
                                    ("report-publication", "年报公示"),
                                    ("tax", "税务登记"),
                                    ("workbook", "季度工作簿"),
                                ],
                                max_length=24,
                                verbose_name="来源",
                            ),
                        ),
                        ("quarter", models.CharField(max_length=6, verbose_name="所属季度")),
                        (
                            "signed_at",
                            models.DateTimeField(default=common.clock.now, verbose_name="签报时间"),
                        ),
                        (
                            "sender",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="accounts.organisationunit",
                                verbose_name="报送单位",
                            ),
                        ),
                        (
                            "signed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="签报人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "零报告",
                        "verbose_name_plural": "零报告",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("source", "quarter"), name="one_nil_return_a_quarter"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgentInvitation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("person_name", models.CharField(max_length=30, verbose_name="被邀请人")),
                        (
                            "post",
                            models.CharField(
                                choices=[("chair", "理事长"), ("staff", "经办人")],
                                max_length=8,
                                verbose_name="身份",
                            ),
                        ),
                        ("code_hash", models.CharField(max_length=64, verbose_name="邀请码摘要")),
                        (
                            "issued_at",
                            models.DateTimeField(default=common.clock.now, verbose_name="开出时间"),
                        ),
                        ("expires_on", models.DateField(verbose_name="有效期至")),
                        ("used_at", models.DateTimeField(null=True, verbose_name="使用时间")),
                        ("revoked_at", models.DateTimeField(null=True, verbose_name="作废时间")),
                        (
                            "cooperative",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="invitations",
                                to="registry.cooperative",
                                verbose_name="合作社",
                            ),
                        ),
                        (
                            "issued_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="开出人",
                            ),
                        ),
                        (
                            "used_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="使用人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "账号邀请",
                        "verbose_name_plural": "账号邀请",
                        "indexes": [
                            models.Index(fields=["cooperative", "-id"], name="invitation_newest")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("used_at__isnull", True),
                                    ("used_by__isnull", False),
                                    _connector="OR",
                                ),
                                name="used_invitation_has_a_person",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReportReminder",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="报告年度")),
                        ("sent_on", models.DateField(verbose_name="催报日期")),
                        ("reached", models.BooleanField(verbose_name="有账号可收到")),
                        (
                            "cooperative",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reminders",
                                to="registry.cooperative",
                                verbose_name="合作社",
                            ),
                        ),
                        (
                            "sent_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="催报人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "催报",
                        "verbose_name_plural": "催报",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("cooperative", "year", "sent_on"),
                                name="one_report_reminder_a_day",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RosterCertificate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("purpose", models.CharField(max_length=200, verbose_name="用途")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("requested", "已申请，待核发"),
                                    ("issued", "已核发"),
                                    ("refused", "不予核发"),
                                    ("superseded", "已被新证明替代"),
                                    ("withdrawn", "已撤销"),
                                ],
                                default="requested",
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "requested_at",
                            models.DateTimeField(default=common.clock.now, verbose_name="申请时间"),
                        ),
                        ("decided_at", models.DateTimeField(null=True, verbose_name="核发时间")),
                        ("reason", models.TextField(blank=True, default="", verbose_name="理由")),
                        (
                            "members",
                            models.PositiveIntegerField(null=True, verbose_name="所载成员数"),
                        ),
                        (
                            "paper_number",
                            models.CharField(
                                blank=True, default="", max_length=80, verbose_name="编号"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "cooperative",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="certificates",
                                to="registry.cooperative",
                                verbose_name="合作社",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="核发人",
                            ),
                        ),
                        (
                            "requested_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="申请人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "社员名录证明",
                        "verbose_name_plural": "社员名录证明",
                        "indexes": [
                            models.Index(fields=["state", "-id"], name="certificate_by_state")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "requested")),
                                fields=("cooperative",),
                                name="one_waiting_certificate",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RosterConfirmation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("total", models.PositiveIntegerField(verbose_name="成员总数")),
                        ("farmers", models.PositiveIntegerField(verbose_name="农民成员数")),
                        ("units", models.PositiveIntegerField(verbose_name="单位成员数")),
                        ("mark", models.CharField(max_length=64, verbose_name="名册状态")),
                        ("basis", models.CharField(max_length=300, verbose_name="核对依据")),
                        ("confirmed_on", models.DateField(verbose_name="确认日期")),
                        (
                            "confirmed_at",
                            models.DateTimeField(default=common.clock.now, verbose_name="确认时间"),
                        ),
                        (
                            "ended_on",
                            models.DateField(blank=True, null=True, verbose_name="失效日期"),
                        ),
                        (
                            "ended_because",
                            models.CharField(
                                blank=True, default="", max_length=300, verbose_name="失效原因"
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="核对确认人",
                            ),
                        ),
                        (
                            "cooperative",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="roster_confirmations",
                                to="registry.cooperative",
                                verbose_name="合作社",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "名册确认",
                        "verbose_name_plural": "名册确认",
                        "indexes": [
                            models.Index(
                                fields=["cooperative", "-id"], name="roster_confirmation_newest"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_on__isnull", True)),
                                fields=("cooperative",),
                                name="one_standing_roster_confirmation",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_on__isnull", True),
                                    models.Q(
                                        ("ended_on__gte", models.F("confirmed_on")),
                                        models.Q(("ended_because", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="roster_confirmation_ends_later_and_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("basis", ""), _negated=True), ("total__gt", 0)
                                ),
                                name="roster_confirmed_on_some_basis",
                            ),
                        ],
                    },
                ),
            ],
        ),
        migrations.RunPython(first_thresholds.add_versions, first_thresholds.remove_versions),
        migrations.RunPython(further_thresholds.add_versions, further_thresholds.remove_versions),
        migrations.RunPython(steps.seed, steps.unseed),
        migrations.RunPython(pieces.lay_down, pieces.take_up),
        migrations.RunPython(one_index.join, one_index.part),
        migrations.RunPython(orders.lay_down, orders.take_up),
    ]
