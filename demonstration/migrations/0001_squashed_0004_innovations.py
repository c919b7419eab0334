"""All of 4 migrations in one step: the tables, and the rows and guards that are laid down in them."""

from decimal import Decimal
from importlib import import_module

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

import common.clock
from common.create_tables import CreateTables

criteria = import_module("demonstration.migrations.0002_shipped_criteria")


class Migration(migrations.Migration):
    replaces = [
        ("demonstration", "0001_honours_rounds_and_plans"),
        ("demonstration", "0002_shipped_criteria"),
        ("demonstration", "0003_plaque"),
        ("demonstration", "0004_innovations"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0008_notices"),
        ("registry", "0021_one_index_of_pieces"),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="CriteriaSet",
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
                            "level",
                            models.CharField(
                                choices=[
                                    ("national", "国家级"),
                                    ("provincial", "省级"),
                                    ("municipal", "市级"),
                                    ("district", "区级"),
                                ],
                                max_length=12,
                                verbose_name="级别",
                            ),
                        ),
                        (
                            "honour",
                            models.CharField(
                                choices=[("demonstration", "示范社"), ("standard", "规范社")],
                                default="demonstration",
                                max_length=16,
                                verbose_name="称号",
                            ),
                        ),
                        ("region", models.CharField(max_length=40, verbose_name="适用地区")),
                        ("number", models.PositiveSmallIntegerField(verbose_name="版次")),
                        ("title", models.CharField(max_length=100, verbose_name="标准名称")),
                        (
                            "document",
                            models.CharField(blank=True, max_length=200, verbose_name="依据文件"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "草稿"), ("released", "已发布")],
                                default="draft",
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "effective_from",
                            models.DateField(blank=True, null=True, verbose_name="施行日期"),
                        ),
                        (
                            "effective_until",
                            models.DateField(blank=True, null=True, verbose_name="失效日期"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                    ],
                    options={
                        "verbose_name": "评定标准",
                        "verbose_name_plural": "评定标准",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("level", "honour", "region", "number"),
                                name="criteria_numbers_are_unique",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "draft")),
                                fields=("level", "honour", "region"),
                                name="one_draft_of_criteria",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "draft"),
                                    ("effective_from__isnull", False),
                                    _connector="OR",
                                ),
                                name="released_criteria_have_a_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CriteriaItem",
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
                        ("section", models.CharField(max_length=30, verbose_name="方面")),
                        ("position", models.PositiveSmallIntegerField(verbose_name="次序")),
                        ("text", models.CharField(max_length=200, verbose_name="内容")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("condition", "基本条件"),
                                    ("scored", "评分项"),
                                    ("veto", "一票否决"),
                                ],
                                max_length=12,
                                verbose_name="种类",
                            ),
                        ),
                        (
                            "points",
                            models.DecimalField(
                                decimal_places=1, default=0, max_digits=5, verbose_name="满分"
                            ),
                        ),
                        (
                            "measure",
                            models.CharField(blank=True, max_length=40, verbose_name="取数口径"),
                        ),
                        (
                            "threshold",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=18,
                                null=True,
                                verbose_name="门槛",
                            ),
                        ),
                        (
                            "basis",
                            models.CharField(blank=True, max_length=200, verbose_name="出处"),
                        ),
                        (
                            "confirmed",
                            models.BooleanField(default=False, verbose_name="已核实出处"),
                        ),
                        (
                            "criteria",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="demonstration.criteriaset",
                                verbose_name="标准",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "标准项目",
                        "verbose_name_plural": "标准项目",
                        "ordering": ("position", "pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("criteria", "position"),
                                name="one_item_per_place_in_criteria",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "scored"), ("points__gt", 0)),
                                    models.Q(
                                        models.Q(("kind", "scored"), _negated=True), ("points", 0)
                                    ),
                                    _connector="OR",
                                ),
                                name="points_belong_to_scored_items",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("threshold__isnull", True),
                                    models.Q(("measure", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="a_threshold_needs_a_measure",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CultivationPlan",
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
                            "target",
                            models.CharField(
                                choices=[
                                    ("national", "国家级"),
                                    ("provincial", "省级"),
                                    ("municipal", "市级"),
                                    ("district", "区级"),
                                ],
                                max_length=12,
                                verbose_name="培育目标",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("active", "培育中"),
                                    ("reached", "已达标"),
                                    ("stopped", "已中止"),
                                ],
                                default="active",
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        ("opened_on", models.DateField(verbose_name="开始日期")),
                        ("due_on", models.DateField(verbose_name="达标期限")),
                        ("situation", models.TextField(blank=True, verbose_name="现状与差距")),
                        (
                            "closed_on",
                            models.DateField(blank=True, null=True, verbose_name="结束日期"),
                        ),
                        (
                            "closed_because",
                            models.CharField(blank=True, max_length=300, verbose_name="结束说明"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "cooperative",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cultivation_plans",
                                to="registry.cooperative",
                                verbose_name="合作社",
                            ),
                        ),
                        (
                            "department",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisationunit",
                                verbose_name="指导部门",
                            ),
                        ),
                        (
                            "responsible",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="培育责任人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "培育方案",
                        "verbose_name_plural": "培育方案",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "active")),
                                fields=("cooperative",),
                                name="one_active_plan_per_society",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("due_on__gt", models.F("opened_on"))),
                                name="a_plan_takes_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DemonstrationTitle",
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
                            "level",
                            models.CharField(
                                choices=[
                                    ("national", "国家级"),
                                    ("provincial", "省级"),
                                    ("municipal", "市级"),
                                    ("district", "区级"),
                                ],
                                max_length=12,
                                verbose_name="级别",
                            ),
                        ),
                        (
                            "honour",
                            models.CharField(
                                choices=[("demonstration", "示范社"), ("standard", "规范社")],
                                default="demonstration",
                                max_length=16,
                                verbose_name="称号",
                            ),
                        ),
                        ("batch", models.CharField(max_length=40, verbose_name="批次")),
                        (
                            "document_number",
                            models.CharField(max_length=60, verbose_name="认定文号"),
                        ),
                        ("recognised_on", models.DateField(verbose_name="认定日期")),
                        (
                            "valid_until",
                            models.DateField(blank=True, null=True, verbose_name="有效期至"),
                        ),
                        ("monitor_by", models.DateField(verbose_name="下次监测期限")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("valid", "有效"),
                                    ("monitoring", "监测中"),
                                    ("rectifying", "限期整改"),
                                    ("removed", "已取消"),
                                    ("withdrawn", "已退出"),
                                ],
                                default="valid",
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "ended_on",
                            models.DateField(blank=True, null=True, verbose_name="终止日期"),
                        ),
                        (
                            "ended_because",
                            models.CharField(blank=True, max_length=200, verbose_name="终止原因"),
                        ),
                        (
                            "ended_document",
                            models.CharField(blank=True, max_length=60, verbose_name="终止文号"),
                        ),
                        (
                            "entered_at",
                            models.DateTimeField(default=common.clock.now, verbose_name="登记时间"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "certificate",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="accounts.issuedpaper",
                                verbose_name="证书",
                            ),
                        ),
                        (
                            "cooperative",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="titles",
                                to="registry.cooperative",
                                verbose_name="合作社",
                            ),
                        ),
                        (
                            "plaque",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="accounts.issuedpaper",
                                verbose_name="牌匾",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "示范社称号",
                        "verbose_name_plural": "示范社称号",
                        "indexes": [
                            models.Index(
                                fields=["level", "-recognised_on", "id"], name="title_by_level"
                            ),
                            models.Index(
                                fields=["recognised_on", "id"], name="title_by_recognition"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("state__in", ["removed", "withdrawn"]), _negated=True
                                ),
                                fields=("cooperative", "level", "honour"),
                                name="one_standing_title_per_level",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ended_on__isnull", False),
                                        ("state__in", ["removed", "withdrawn"]),
                                    ),
                                    models.Q(
                                        ("ended_on__isnull", True),
                                        models.Q(
                                            ("state__in", ["removed", "withdrawn"]), _negated=True
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="ended_titles_have_a_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_on__isnull", True),
                                    ("ended_on__gte", models.F("recognised_on")),
                                    _connector="OR",
                                ),
                                name="a_title_ends_after_it_began",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MonitoringRound",
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
                            "title",
                            models.CharField(max_length=60, unique=True, verbose_name="名称"),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("national", "国家级"),
                                    ("provincial", "省级"),
                                    ("municipal", "市级"),
                                    ("district", "区级"),
                                ],
                                max_length=12,
                                verbose_name="级别",
                            ),
                        ),
                        ("opened_on", models.DateField(verbose_name="开始日期")),
                        ("due_on", models.DateField(verbose_name="材料报送期限")),
                        (
                            "created_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="设立人",
                            ),
                        ),
                        (
                            "criteria",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="demonstration.criteriaset",
                                verbose_name="对照标准",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "监测批次",
                        "verbose_name_plural": "监测批次",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("due_on__gt", models.F("opened_on"))),
                                name="a_monitoring_leaves_time",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MonitoringCase",
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
                            "cause",
                            models.CharField(
                                choices=[
                                    ("biennial", "两年一次的监测"),
                                    ("abnormal_listing", "新列入经营异常名录"),
                                    ("missed_reports", "连续两年未公示年度报告"),
                                    ("bad_visit", "走访发现不在登记住所或停业"),
                                    ("screening", "对照现行标准筛查不符合"),
                                    ("other", "其他线索"),
                                ],
                                max_length=20,
                                verbose_name="起因",
                            ),
                        ),
                        ("details", models.TextField(blank=True, verbose_name="情况")),
                        (
                            "facts",
                            models.JSONField(blank=True, default=list, verbose_name="立案时的事实"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("opened", "已立案"),
                                    ("told", "已告知"),
                                    ("replied", "已答复"),
                                    ("decided", "会议已决定"),
                                    ("published", "已公布"),
                                    ("closed", "已结案"),
                                ],
                                default="opened",
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        ("opened_on", models.DateField(verbose_name="立案日期")),
                        (
                            "told_on",
                            models.DateField(blank=True, null=True, verbose_name="告知日期"),
                        ),
                        (
                            "told_how",
                            models.CharField(blank=True, max_length=200, verbose_name="告知方式"),
                        ),
                        (
                            "reply_due",
                            models.DateField(blank=True, null=True, verbose_name="答复期限"),
                        ),
                        ("reply", models.TextField(blank=True, verbose_name="合作社答复")),
                        (
                            "replied_on",
                            models.DateField(blank=True, null=True, verbose_name="答复日期"),
                        ),
                        (
                            "decision",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("pass", "监测合格，保留称号"),
                                    ("rectify", "限期整改，暂时保留"),
                                    ("remove", "取消称号"),
                                ],
                                max_length=12,
                                verbose_name="决定",
                            ),
                        ),
                        (
                            "decided_on",
                            models.DateField(blank=True, null=True, verbose_name="决定日期"),
                        ),
                        (
                            "meeting",
                            models.CharField(blank=True, max_length=100, verbose_name="会议纪要"),
                        ),
                        (
                            "document_number",
                            models.CharField(blank=True, max_length=60, verbose_name="公布文号"),
                        ),
                        (
                            "published_on",
                            models.DateField(blank=True, null=True, verbose_name="公布日期"),
                        ),
                        (
                            "closed_on",
                            models.DateField(blank=True, null=True, verbose_name="结案日期"),
                        ),
                        (
                            "outcome",
                            models.CharField(blank=True, max_length=300, verbose_name="结案说明"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "opened_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="立案人",
                            ),
                        ),
                        (
                            "title",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cases",
                                to="demonstration.demonstrationtitle",
                                verbose_name="称号",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cases",
                                to="demonstration.monitoringround",
                                verbose_name="监测批次",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "监测案件",
                        "verbose_name_plural": "监测案件",
                        "indexes": [models.Index(fields=["state", "id"], name="monitoring_state")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "closed"), _negated=True),
                                fields=("title",),
                                name="one_open_monitoring_case_per_title",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("told_on__isnull", True),
                                    models.Q(
                                        ("reply_due__gt", models.F("told_on")),
                                        models.Q(("told_how", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_told_case_leaves_time_to_reply",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MonitoringTask",
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
                        ("text", models.CharField(max_length=200, verbose_name="整改内容")),
                        ("due_on", models.DateField(verbose_name="期限")),
                        (
                            "done_on",
                            models.DateField(blank=True, null=True, verbose_name="完成日期"),
                        ),
                        (
                            "done_note",
                            models.CharField(blank=True, max_length=300, verbose_name="完成情况"),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(default=common.clock.now, verbose_name="登记时间"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tasks",
                                to="demonstration.monitoringcase",
                                verbose_name="案件",
                            ),
                        ),
                        (
                            "checked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="核实人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "整改任务",
                        "verbose_name_plural": "整改任务",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("done_on__isnull", True),
                                    models.Q(("done_note", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="a_done_rectification_says_how",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NamedListEntry",
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
                            "name",
                            models.CharField(
                                choices=[
                                    ("typical", "典型示范社"),
                                    ("family_farm", "家庭农场为主体组建"),
                                    ("three_in_one", "三位一体"),
                                    ("promising", "带动能力强、有发展后劲"),
                                ],
                                max_length=16,
                                verbose_name="名单",
                            ),
                        ),
                        ("reason", models.CharField(max_length=300, verbose_name="入选理由")),
                        ("since", models.DateField(verbose_name="入选日期")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="退出日期")),
                        (
                            "left_because",
                            models.CharField(blank=True, max_length=300, verbose_name="退出原因"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "cooperative",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="named_lists",
                                to="registry.cooperative",
                                verbose_name="合作社",
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="登记人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "入选名单",
                        "verbose_name_plural": "入选名单",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until__isnull", True)),
                                fields=("cooperative", "name"),
                                name="listed_once_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="a_listing_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlanMeasure",
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
                            "dimension",
                            models.CharField(
                                choices=[
                                    ("members", "成员登记"),
                                    ("democracy", "民主管理"),
                                    ("property", "产权关系"),
                                    ("finance", "财务管理"),
                                    ("distribution", "盈余分配"),
                                    ("mechanism", "经营机制创新"),
                                    ("service", "自我服务能力"),
                                ],
                                max_length=16,
                                verbose_name="方面",
                            ),
                        ),
                        ("aim", models.CharField(max_length=200, verbose_name="目标")),
                        ("steps", models.TextField(verbose_name="措施")),
                        ("responsible", models.CharField(max_length=40, verbose_name="责任人")),
                        ("due_on", models.DateField(verbose_name="完成期限")),
                        (
                            "done_on",
                            models.DateField(blank=True, null=True, verbose_name="完成日期"),
                        ),
                        (
                            "done_note",
                            models.CharField(blank=True, max_length=300, verbose_name="完成情况"),
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
                                verbose_name="责任部门",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="measures",
                                to="demonstration.cultivationplan",
                                verbose_name="方案",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "培育措施",
                        "verbose_name_plural": "培育措施",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("done_on__isnull", True),
                                    models.Q(("done_note", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="a_done_measure_says_how",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RatingApplication",
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
                                    ("draft", "填写中"),
                                    ("submitted", "已申报"),
                                    ("returned", "退回补正"),
                                    ("recommended", "乡镇已推荐"),
                                    ("reviewed", "区级已审核"),
                                    ("consulted", "已征求部门意见"),
                                    ("approved", "联席会议通过"),
                                    ("noticed", "公示中"),
                                    ("objected", "有异议待答复"),
                                    ("recognised", "已认定"),
                                    ("rejected", "未通过"),
                                ],
                                default="draft",
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        ("statement", models.TextField(blank=True, verbose_name="申报理由")),
                        ("dispute", models.TextField(blank=True, verbose_name="对自查结果的说明")),
                        (
                            "self_check",
                            models.JSONField(blank=True, default=list, verbose_name="自查结果"),
                        ),
                        (
                            "submitted_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="提交时间"),
                        ),
                        (
                            "recommendation",
                            models.TextField(blank=True, verbose_name="乡镇推荐意见"),
                        ),
                        ("paper_check", models.TextField(blank=True, verbose_name="材料审核意见")),
                        (
                            "visited_on",
                            models.DateField(blank=True, null=True, verbose_name="实地核查日期"),
                        ),
                        (
                            "visit_findings",
                            models.TextField(blank=True, verbose_name="实地核查情况"),
                        ),
                        (
                            "spread_note",
                            models.TextField(blank=True, verbose_name="评分差距合议说明"),
                        ),
                        (
                            "total",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=6,
                                null=True,
                                verbose_name="总分",
                            ),
                        ),
                        (
                            "place",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="名次"
                            ),
                        ),
                        (
                            "closed_because",
                            models.CharField(blank=True, max_length=300, verbose_name="未通过原因"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "cooperative",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="title_applications",
                                to="registry.cooperative",
                                verbose_name="合作社",
                            ),
                        ),
                        (
                            "started_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="填写人",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="applications",
                                to="demonstration.ratinground",
                                verbose_name="批次",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "示范社申报",
                        "verbose_name_plural": "示范社申报",
                        "indexes": [models.Index(fields=["state", "id"], name="application_state")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("round", "cooperative"), name="one_application_per_round"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "draft"),
                                    ("submitted_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="a_submitted_application_has_a_moment",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Objection",
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
                        ("name", models.CharField(max_length=30, verbose_name="异议人姓名")),
                        ("phone", models.CharField(max_length=20, verbose_name="联系电话")),
                        ("text", models.TextField(verbose_name="异议内容")),
                        ("received_on", models.DateField(verbose_name="收到日期")),
                        ("answer", models.TextField(blank=True, verbose_name="答复")),
                        ("upheld", models.BooleanField(null=True, verbose_name="异议成立")),
                        (
                            "answered_on",
                            models.DateField(blank=True, null=True, verbose_name="答复日期"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "answered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="答复人",
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
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="objections",
                                to="demonstration.ratingapplication",
                                verbose_name="申报",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "公示异议",
                        "verbose_name_plural": "公示异议",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("answered_on__isnull", True), ("upheld__isnull", True)
                                    ),
                                    models.Q(
                                        ("answered_on__isnull", False),
                                        ("upheld__isnull", False),
                                        models.Q(("answer", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="an_answer_is_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("name", ""), _negated=True),
                                    models.Q(("phone", ""), _negated=True),
                                ),
                                name="an_objection_is_in_a_real_name",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DepartmentOpinion",
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
                            "opinion",
                            models.CharField(
                                choices=[("agree", "无异议"), ("object", "不同意")],
                                max_length=8,
                                verbose_name="意见",
                            ),
                        ),
                        ("text", models.CharField(blank=True, max_length=500, verbose_name="说明")),
                        (
                            "given_at",
                            models.DateTimeField(default=common.clock.now, verbose_name="时间"),
                        ),
                        (
                            "given_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="填写人",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="accounts.organisationunit",
                                verbose_name="部门",
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="opinions",
                                to="demonstration.ratingapplication",
                                verbose_name="申报",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "部门意见",
                        "verbose_name_plural": "部门意见",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("application", "unit"), name="one_opinion_per_department"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("opinion", "agree"),
                                    models.Q(("text", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="an_objection_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RatingRound",
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
                            "title",
                            models.CharField(max_length=60, unique=True, verbose_name="批次名称"),
                        ),
                        ("quota", models.PositiveSmallIntegerField(verbose_name="名额")),
                        (
                            "recommend_ratio",
                            models.DecimalField(
                                decimal_places=1,
                                default=Decimal("1.3"),
                                max_digits=3,
                                verbose_name="推荐比例",
                            ),
                        ),
                        ("apply_from", models.DateField(verbose_name="申报开始")),
                        ("apply_until", models.DateField(verbose_name="申报截止")),
                        (
                            "notice_days",
                            models.PositiveSmallIntegerField(default=7, verbose_name="公示天数"),
                        ),
                        (
                            "spread_limit",
                            models.PositiveSmallIntegerField(
                                default=15, verbose_name="评分差距上限"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("preparing", "筹备"),
                                    ("open", "受理申报"),
                                    ("reviewing", "审核评分"),
                                    ("ranked", "评分结束"),
                                    ("approved", "联席会议通过"),
                                    ("notice", "公示"),
                                    ("recognised", "已认定"),
                                    ("cancelled", "已取消"),
                                ],
                                default="preparing",
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "approved_by_meeting",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="联席会议纪要"
                            ),
                        ),
                        (
                            "approved_on",
                            models.DateField(blank=True, null=True, verbose_name="会议通过日期"),
                        ),
                        (
                            "notice_from",
                            models.DateField(blank=True, null=True, verbose_name="公示开始"),
                        ),
                        (
                            "notice_until",
                            models.DateField(blank=True, null=True, verbose_name="公示截止"),
                        ),
                        (
                            "document_number",
                            models.CharField(blank=True, max_length=60, verbose_name="认定文号"),
                        ),
                        (
                            "recognised_on",
                            models.DateField(blank=True, null=True, verbose_name="认定日期"),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(default=common.clock.now, verbose_name="设立时间"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "consulted",
                            models.ManyToManyField(
                                blank=True,
                                related_name="+",
                                to="accounts.organisationunit",
                                verbose_name="征求意见的部门",
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="设立人",
                            ),
                        ),
                        (
                            "criteria",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rounds",
                                to="demonstration.criteriaset",
                                verbose_name="评定标准",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "评定批次",
                        "verbose_name_plural": "评定批次",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("apply_until__gte", models.F("apply_from"))),
                                name="a_round_closes_after_it_opens",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("notice_days__gte", 5)),
                                name="a_notice_lasts_five_days",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("quota__gt", 0)), name="a_round_has_a_quota"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reviewer",
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
                            "appointed_at",
                            models.DateTimeField(default=common.clock.now, verbose_name="聘请时间"),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reviewers",
                                to="demonstration.ratinground",
                                verbose_name="批次",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reviewing",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="评审人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "评审人",
                        "verbose_name_plural": "评审人",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("round", "user"), name="a_reviewer_is_named_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InterestDeclaration",
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
                        ("has_interest", models.BooleanField(verbose_name="有利害关系")),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                        (
                            "declared_at",
                            models.DateTimeField(default=common.clock.now, verbose_name="声明时间"),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="declarations",
                                to="demonstration.ratingapplication",
                                verbose_name="申报",
                            ),
                        ),
                        (
                            "reviewer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="declarations",
                                to="demonstration.reviewer",
                                verbose_name="评审人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "利害关系声明",
                        "verbose_name_plural": "利害关系声明",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("reviewer", "application"),
                                name="an_interest_is_declared_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ScoreSheet",
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
                                choices=[("open", "评分中"), ("submitted", "已提交")],
                                default="open",
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        ("comment", models.TextField(blank=True, verbose_name="评语")),
                        (
                            "submitted_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="提交时间"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sheets",
                                to="demonstration.ratingapplication",
                                verbose_name="申报",
                            ),
                        ),
                        (
                            "reviewer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sheets",
                                to="demonstration.reviewer",
                                verbose_name="评审人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "评分表",
                        "verbose_name_plural": "评分表",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("reviewer", "application"), name="one_sheet_per_reviewer"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ScoreChange",
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
                            "before",
                            models.DecimalField(
                                decimal_places=1, max_digits=5, verbose_name="改前"
                            ),
                        ),
                        (
                            "after",
                            models.DecimalField(
                                decimal_places=1, max_digits=5, verbose_name="改后"
                            ),
                        ),
                        ("reason", models.CharField(max_length=300, verbose_name="理由")),
                        (
                            "changed_at",
                            models.DateTimeField(default=common.clock.now, verbose_name="时间"),
                        ),
                        (
                            "changed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="改分人",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="demonstration.criteriaitem",
                                verbose_name="评分项",
                            ),
                        ),
                        (
                            "sheet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="changes",
                                to="demonstration.scoresheet",
                                verbose_name="评分表",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "改分记录",
                        "verbose_name_plural": "改分记录",
                    },
                ),
                migrations.CreateModel(
                    name="Score",
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
                            "points",
                            models.DecimalField(
                                decimal_places=1, max_digits=5, verbose_name="得分"
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="demonstration.criteriaitem",
                                verbose_name="评分项",
                            ),
                        ),
                        (
                            "sheet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="scores",
                                to="demonstration.scoresheet",
                                verbose_name="评分表",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "得分",
                        "verbose_name_plural": "得分",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("sheet", "item"), name="one_score_per_item"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("points__gte", Decimal("0"))),
                                name="no_negative_score",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SocietyStrength",
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
                                    ("service", "服务"),
                                    ("facility", "设施"),
                                    ("channel", "销售渠道"),
                                    ("business", "融合业态"),
                                    ("certificate", "产品认证"),
                                    ("brand", "品牌"),
                                ],
                                max_length=12,
                                verbose_name="类别",
                            ),
                        ),
                        (
                            "what",
                            models.CharField(
                                choices=[
                                    ("purchase", "原料采购"),
                                    ("packaging", "品牌包装"),
                                    ("logistics", "物流配送"),
                                    ("accounting", "财务代理"),
                                    ("planning", "项目规划"),
                                    ("extension", "技术推广"),
                                    ("field_store", "田头贮藏"),
                                    ("precooling", "预冷保鲜"),
                                    ("grading", "分级包装"),
                                    ("cold_chain", "冷链物流"),
                                    ("direct_sale", "直销直供"),
                                    ("e_commerce", "农产品电商"),
                                    ("wholesale", "批发市场"),
                                    ("processing", "农产品加工"),
                                    ("leisure", "休闲旅游"),
                                    ("creative", "创意农业"),
                                    ("experience", "农耕体验"),
                                    ("harmless", "无公害农产品"),
                                    ("green", "绿色食品"),
                                    ("organic", "有机农产品"),
                                    ("geographical", "农产品地理标志"),
                                    ("brand_name", "注册商标或品牌"),
                                ],
                                max_length=16,
                                verbose_name="项目",
                            ),
                        ),
                        (
                            "name",
                            models.CharField(blank=True, max_length=100, verbose_name="名称或说明"),
                        ),
                        (
                            "number",
                            models.CharField(blank=True, max_length=60, verbose_name="证书编号"),
                        ),
                        ("since", models.DateField(blank=True, null=True, verbose_name="起始日期")),
                        (
                            "valid_until",
                            models.DateField(blank=True, null=True, verbose_name="有效期至"),
                        ),
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
                            models.DateTimeField(default=common.clock.now, verbose_name="填写时间"),
                        ),
                        (
                            "withdrawn_on",
                            models.DateField(blank=True, null=True, verbose_name="停止日期"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "cooperative",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="strengths",
                                to="registry.cooperative",
                                verbose_name="合作社",
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="填写人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "服务与设施",
                        "verbose_name_plural": "服务与设施",
                        "indexes": [
                            models.Index(fields=["what", "cooperative"], name="strength_by_kind")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_on__isnull", True)),
                                fields=("cooperative", "what", "number"),
                                name="a_strength_stands_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("since__isnull", True),
                                    ("valid_until__isnull", True),
                                    ("valid_until__gte", models.F("since")),
                                    _connector="OR",
                                ),
                                name="a_certificate_ends_after_it_began",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Standing",
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
                        ("met", models.PositiveSmallIntegerField(verbose_name="符合项数")),
                        ("not_met", models.PositiveSmallIntegerField(verbose_name="不符合项数")),
                        ("unknown", models.PositiveSmallIntegerField(verbose_name="资料不足项数")),
                        ("missing", models.PositiveSmallIntegerField(verbose_name="还差项数")),
                        ("vetoed", models.BooleanField(default=False, verbose_name="触及否决项")),
                        ("gaps", models.JSONField(default=list, verbose_name="差在哪里")),
                        (
                            "computed_at",
                            models.DateTimeField(default=common.clock.now, verbose_name="计算时间"),
                        ),
                        (
                            "cooperative",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="standings",
                                to="registry.cooperative",
                                verbose_name="合作社",
                            ),
                        ),
                        (
                            "criteria",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="standings",
                                to="demonstration.criteriaset",
                                verbose_name="标准",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "达标差距",
                        "verbose_name_plural": "达标差距",
                        "indexes": [
                            models.Index(
                                fields=["criteria", "missing", "id"], name="standing_by_gap"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("cooperative", "criteria"), name="one_standing_per_criteria"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "missing",
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("not_met"), "+", models.F("unknown")
                                        ),
                                    )
                                ),
                                name="unknown_conditions_count_as_missing",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TitleEvent",
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
                                    ("recognised", "认定"),
                                    ("passed", "监测合格"),
                                    ("rectify", "限期整改"),
                                    ("removed", "取消"),
                                    ("reinstated", "恢复"),
                                    ("withdrawn", "退出"),
                                ],
                                max_length=16,
                                verbose_name="变化",
                            ),
                        ),
                        ("on", models.DateField(verbose_name="日期")),
                        (
                            "document_number",
                            models.CharField(blank=True, max_length=60, verbose_name="文号"),
                        ),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                        (
                            "recorded_at",
                            models.DateTimeField(default=common.clock.now, verbose_name="登记时间"),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="登记人",
                            ),
                        ),
                        (
                            "title",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="events",
                                to="demonstration.demonstrationtitle",
                                verbose_name="称号",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "称号变化",
                        "verbose_name_plural": "称号变化",
                        "ordering": ("-on", "-pk"),
                        "indexes": [
                            models.Index(fields=["title", "-on", "-id"], name="title_history")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Undertaking",
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
                            "industry",
                            models.CharField(blank=True, max_length=60, verbose_name="主导产业"),
                        ),
                        (
                            "products",
                            models.CharField(blank=True, max_length=120, verbose_name="主要产品"),
                        ),
                        (
                            "chain_stage",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("before", "产前（投入品、育苗）"),
                                    ("growing", "产中（种植养殖）"),
                                    ("after", "产后（加工、贮运、销售）"),
                                    ("whole", "全产业链"),
                                ],
                                max_length=12,
                                verbose_name="产业链环节",
                            ),
                        ),
                        (
                            "base_area",
                            models.DecimalField(
                                blank=True,
                                decimal_places=1,
                                max_digits=10,
                                null=True,
                                verbose_name="基地面积（亩）",
                            ),
                        ),
                        (
                            "scale_members",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="规模生产成员数"
                            ),
                        ),
                        (
                            "online_sales",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=16,
                                null=True,
                                verbose_name="网上销售额（元）",
                            ),
                        ),
                        (
                            "led_by_family_farms",
                            models.BooleanField(null=True, verbose_name="以家庭农场为主体组建"),
                        ),
                        (
                            "credit_cooperation",
                            models.BooleanField(null=True, verbose_name="开展信用合作"),
                        ),
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
                            models.DateTimeField(default=common.clock.now, verbose_name="填写时间"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "cooperative",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="undertaking",
                                to="registry.cooperative",
                                verbose_name="合作社",
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="填写人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "经营情况",
                        "verbose_name_plural": "经营情况",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("base_area__isnull", True),
                                    ("base_area__gte", 0),
                                    _connector="OR",
                                ),
                                name="a_base_is_not_negative",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="UpwardForwarding",
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
                            "level",
                            models.CharField(
                                choices=[
                                    ("national", "国家级"),
                                    ("provincial", "省级"),
                                    ("municipal", "市级"),
                                ],
                                max_length=12,
                                verbose_name="上报级别",
                            ),
                        ),
                        ("sent_on", models.DateField(verbose_name="上报日期")),
                        (
                            "document_number",
                            models.CharField(max_length=60, verbose_name="上报文号"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("sent", "已上报"),
                                    ("accepted", "上级认定"),
                                    ("declined", "上级未认定"),
                                ],
                                default="sent",
                                max_length=12,
                                verbose_name="答复",
                            ),
                        ),
                        (
                            "answered_on",
                            models.DateField(blank=True, null=True, verbose_name="答复日期"),
                        ),
                        (
                            "answer_document",
                            models.CharField(blank=True, max_length=60, verbose_name="答复文号"),
                        ),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="forwardings",
                                to="demonstration.ratingapplication",
                                verbose_name="申报",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "上报",
                        "verbose_name_plural": "上报",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("application", "level"), name="forwarded_once_to_each_level"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InnovationEntry",
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
                        (
                            "name",
                            models.CharField(blank=True, max_length=100, verbose_name="名称或姓名"),
                        ),
                        (
                            "partner_code",
                            models.CharField(
                                blank=True, max_length=18, verbose_name="集体股份合作社代码"
                            ),
                        ),
                        (
                            "households",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="户数"),
                        ),
                        (
                            "people",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="人数"),
                        ),
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
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="非成员人数"
                            ),
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
                        (
                            "withdrawn_on",
                            models.DateField(blank=True, null=True, verbose_name="撤销日期"),
                        ),
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
                        "indexes": [
                            models.Index(fields=["kind", "year"], name="innovation_by_kind")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_on__isnull", True)),
                                fields=("cooperative", "year", "what", "name"),
                                name="an_innovation_is_entered_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("amount__isnull", True), ("amount__gte", 0), _connector="OR"
                                ),
                                name="an_innovation_amount_is_not_negative",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind", "credit"),
                                    models.Q(
                                        ("fixed_return__isnull", True), ("outsiders__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="only_credit_has_outsiders_and_returns",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ShareDividend",
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
                        (
                            "paid_on",
                            models.DateField(blank=True, null=True, verbose_name="发放日期"),
                        ),
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
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("entry", "year"), name="one_dividend_a_year"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gte", 0)),
                                name="a_dividend_is_not_negative",
                            ),
                        ],
                    },
                ),
            ],
        ),
        migrations.RunPython(criteria.lay_down, migrations.RunPython.noop),
    ]
