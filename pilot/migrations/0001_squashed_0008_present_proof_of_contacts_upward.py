"""All of 8 migrations in one step: the tables as they stand after the last."""

from decimal import Decimal

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import common.clock
from common.create_tables import CreateTables


class Migration(migrations.Migration):
    replaces = [
        ("pilot", "0001_work_plan"),
        ("pilot", "0002_figures"),
        ("pilot", "0003_acceptance_and_archive"),
        ("pilot", "0004_baseline_day"),
        ("pilot", "0005_target_checks"),
        ("pilot", "0006_findings_of_targets"),
        ("pilot", "0007_present_proofs_of_duties"),
        ("pilot", "0008_present_proof_of_contacts_upward"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0018_library_and_notices_with_views"),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="Phase",
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
                        ("name", models.CharField(max_length=30, verbose_name="名称")),
                        ("starts_on", models.DateField(verbose_name="开始日期")),
                        ("ends_on", models.DateField(verbose_name="结束日期")),
                        (
                            "content",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="内容"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="phases",
                                to="pilot.programme",
                                verbose_name="试点",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "阶段",
                        "verbose_name_plural": "阶段",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("programme", "name"), name="a_phase_has_a_name_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="a_phase_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Programme",
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
                        ("name", models.CharField(max_length=60, unique=True, verbose_name="名称")),
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
                            "batch",
                            models.CharField(
                                blank=True, default="", max_length=20, verbose_name="批次"
                            ),
                        ),
                        (
                            "document",
                            models.CharField(
                                blank=True, default="", max_length=100, verbose_name="依据文件"
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="开始日期")),
                        ("ends_on", models.DateField(verbose_name="结束日期")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "baseline_on",
                            models.DateField(blank=True, null=True, verbose_name="基线日期"),
                        ),
                    ],
                    options={
                        "verbose_name": "试点",
                        "verbose_name_plural": "试点",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gt", models.F("starts_on"))),
                                name="a_programme_takes_time",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlanTask",
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
                                blank=True, default="", max_length=12, verbose_name="方案条目"
                            ),
                        ),
                        ("title", models.CharField(max_length=120, verbose_name="任务")),
                        (
                            "done_when",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="完成标准"
                            ),
                        ),
                        ("start_on", models.DateField(verbose_name="开始日期")),
                        ("due_on", models.DateField(verbose_name="完成期限")),
                        (
                            "proofs",
                            models.JSONField(blank=True, default=list, verbose_name="系统佐证"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "lead",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="led_tasks",
                                to="accounts.organisationunit",
                                verbose_name="牵头单位",
                            ),
                        ),
                        (
                            "phase",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tasks",
                                to="pilot.phase",
                                verbose_name="阶段",
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tasks",
                                to="pilot.programme",
                                verbose_name="试点",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "试点任务",
                        "verbose_name_plural": "试点任务",
                        "indexes": [
                            models.Index(
                                fields=["programme", "start_on", "id"], name="task_by_start"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("due_on__gte", models.F("start_on"))),
                                name="a_task_ends_after_it_begins",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("source", ""), _negated=True),
                                fields=("programme", "source"),
                                name="a_duty_of_the_plan_stands_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TaskDependency",
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
                            "task",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="dependencies",
                                to="pilot.plantask",
                                verbose_name="任务",
                            ),
                        ),
                        (
                            "waits_for",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="followers",
                                to="pilot.plantask",
                                verbose_name="前置任务",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "先后关系",
                        "verbose_name_plural": "先后关系",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("task", "waits_for"), name="waits_once_for_a_task"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("task", models.F("waits_for")), _negated=True),
                                name="no_task_waits_for_itself",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TaskPart",
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
                                    ("not_begun", "未开始"),
                                    ("under_way", "进行中"),
                                    ("done", "已完成"),
                                    ("confirmed", "经确认"),
                                ],
                                default="not_begun",
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "progress",
                            models.PositiveSmallIntegerField(default=0, verbose_name="完成程度"),
                        ),
                        (
                            "note",
                            models.CharField(
                                blank=True, default="", max_length=300, verbose_name="进展说明"
                            ),
                        ),
                        (
                            "begun_on",
                            models.DateField(blank=True, null=True, verbose_name="开始日期"),
                        ),
                        (
                            "done_on",
                            models.DateField(blank=True, null=True, verbose_name="完成日期"),
                        ),
                        (
                            "confirmed_on",
                            models.DateField(blank=True, null=True, verbose_name="确认日期"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="确认人",
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
                                verbose_name="报告人",
                            ),
                        ),
                        (
                            "task",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parts",
                                to="pilot.plantask",
                                verbose_name="任务",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="task_parts",
                                to="accounts.organisationunit",
                                verbose_name="承担单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "承担部分",
                        "verbose_name_plural": "承担部分",
                        "indexes": [models.Index(fields=["unit", "state"], name="part_of_unit")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("task", "unit"), name="one_part_per_unit_and_task"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("progress__lte", 100)),
                                name="progress_up_to_100",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "confirmed"), _negated=True),
                                    models.Q(
                                        ("confirmed_by__isnull", False),
                                        models.Q(
                                            ("confirmed_by", models.F("done_by")), _negated=True
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_part_is_confirmed_by_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EvidenceLink",
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
                        ("label", models.CharField(max_length=60, verbose_name="名称")),
                        ("address", models.CharField(max_length=300, verbose_name="页面地址")),
                        (
                            "added_at",
                            models.DateTimeField(default=common.clock.now, verbose_name="添加时间"),
                        ),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="添加人",
                            ),
                        ),
                        (
                            "part",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="links",
                                to="pilot.taskpart",
                                verbose_name="部分",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "佐证链接",
                        "verbose_name_plural": "佐证链接",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("part", "address"), name="a_page_is_linked_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Edition",
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
                            models.CharField(max_length=12, unique=True, verbose_name="编号"),
                        ),
                        ("title", models.CharField(max_length=100, verbose_name="标题")),
                        ("on", models.DateField(verbose_name="统计日")),
                        (
                            "known",
                            models.DateField(blank=True, null=True, verbose_name="采信截止日"),
                        ),
                        ("content", models.TextField(verbose_name="内容")),
                        ("sha256", models.CharField(max_length=64, verbose_name="内容摘要")),
                        (
                            "made_at",
                            models.DateTimeField(default=common.clock.now, verbose_name="定版时间"),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="定版人",
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="editions",
                                to="pilot.programme",
                                verbose_name="试点",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "定版",
                        "verbose_name_plural": "定版",
                    },
                ),
                migrations.CreateModel(
                    name="IndicatorFigure",
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
                        ("indicator", models.CharField(max_length=30, verbose_name="指标")),
                        (
                            "definition_version",
                            models.PositiveSmallIntegerField(default=1, verbose_name="口径版本"),
                        ),
                        ("on", models.DateField(verbose_name="统计日")),
                        (
                            "township",
                            models.CharField(
                                blank=True, default="", max_length=20, verbose_name="乡镇街道"
                            ),
                        ),
                        ("numerator", models.BigIntegerField(verbose_name="分子")),
                        ("denominator", models.BigIntegerField(null=True, verbose_name="分母")),
                        ("wide", models.BigIntegerField(null=True, verbose_name="另一口径分母")),
                        (
                            "computed_at",
                            models.DateTimeField(default=common.clock.now, verbose_name="计算时间"),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="pilot.programme",
                                verbose_name="试点",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "指标数值",
                        "verbose_name_plural": "指标数值",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("programme", "indicator", "on", "township"),
                                name="one_figure_a_day",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Target",
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
                        ("indicator", models.CharField(max_length=30, verbose_name="指标")),
                        (
                            "definition_version",
                            models.PositiveSmallIntegerField(default=1, verbose_name="口径版本"),
                        ),
                        (
                            "value",
                            models.DecimalField(
                                decimal_places=1, max_digits=10, verbose_name="目标值"
                            ),
                        ),
                        (
                            "baseline",
                            models.DecimalField(
                                decimal_places=1, default=0, max_digits=10, verbose_name="起点值"
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="起算日期")),
                        ("due_on", models.DateField(verbose_name="完成期限")),
                        (
                            "basis",
                            models.CharField(
                                blank=True, default="", max_length=100, verbose_name="依据"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="targets",
                                to="pilot.programme",
                                verbose_name="试点",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "目标",
                        "verbose_name_plural": "目标",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("programme", "indicator"), name="one_target_an_indicator"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("due_on__gt", models.F("starts_on"))),
                                name="a_target_takes_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("value__gt", 0)),
                                name="a_target_is_more_than_nothing",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Acceptance",
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
                                choices=[("preliminary", "预验收"), ("final", "总结核查")],
                                max_length=12,
                                verbose_name="类别",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "自查中"),
                                    ("concluded", "已出结论"),
                                    ("closed", "整改完毕"),
                                ],
                                default="draft",
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        ("as_of", models.DateField(verbose_name="核对日期")),
                        (
                            "opened_at",
                            models.DateTimeField(default=common.clock.now, verbose_name="发起时间"),
                        ),
                        (
                            "conclusion",
                            models.TextField(blank=True, default="", verbose_name="结论"),
                        ),
                        (
                            "concluded_on",
                            models.DateField(blank=True, null=True, verbose_name="出结论日期"),
                        ),
                        (
                            "closed_on",
                            models.DateField(blank=True, null=True, verbose_name="整改完毕日期"),
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
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="acceptances",
                                to="pilot.programme",
                                verbose_name="试点",
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="pilot.edition",
                                verbose_name="目标数字取自",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "验收核对",
                        "verbose_name_plural": "验收核对",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "draft")),
                                fields=("programme", "kind"),
                                name="one_check_of_a_kind_at_a_time",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Archive",
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
                                    ("waiting", "等待生成"),
                                    ("building", "正在生成"),
                                    ("ready", "已生成"),
                                    ("failed", "未能生成"),
                                ],
                                default="waiting",
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "requested_at",
                            models.DateTimeField(default=common.clock.now, verbose_name="发起时间"),
                        ),
                        (
                            "finished_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="完成时间"),
                        ),
                        (
                            "lease",
                            models.CharField(
                                blank=True, default="", max_length=32, verbose_name="租约"
                            ),
                        ),
                        (
                            "lease_until",
                            models.DateTimeField(blank=True, null=True, verbose_name="租约到期"),
                        ),
                        (
                            "attempt",
                            models.PositiveSmallIntegerField(default=0, verbose_name="第几次尝试"),
                        ),
                        (
                            "message",
                            models.CharField(
                                blank=True, default="", max_length=300, verbose_name="说明"
                            ),
                        ),
                        (
                            "stored_name",
                            models.CharField(
                                blank=True, default="", max_length=64, verbose_name="存放名"
                            ),
                        ),
                        ("size", models.PositiveBigIntegerField(default=0, verbose_name="字节数")),
                        (
                            "sha256",
                            models.CharField(
                                blank=True, default="", max_length=64, verbose_name="摘要"
                            ),
                        ),
                        ("files", models.PositiveIntegerField(default=0, verbose_name="文件数")),
                        (
                            "missing",
                            models.PositiveIntegerField(default=0, verbose_name="缺失的附件"),
                        ),
                        (
                            "checked_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="核验时间"),
                        ),
                        (
                            "intact",
                            models.BooleanField(blank=True, null=True, verbose_name="核验结果"),
                        ),
                        (
                            "faults",
                            models.JSONField(blank=True, default=list, verbose_name="核验发现"),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="archives",
                                to="pilot.programme",
                                verbose_name="试点",
                            ),
                        ),
                        (
                            "requested_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="发起人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "试点归档",
                        "verbose_name_plural": "试点归档",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "ready"), _negated=True),
                                    models.Q(
                                        models.Q(("stored_name", ""), _negated=True),
                                        models.Q(("sha256", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_ready_archive_has_its_file",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("waiting", "building"))),
                                fields=("programme",),
                                name="one_archive_is_built_at_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CheckItem",
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
                            "source",
                            models.CharField(
                                blank=True, default="", max_length=12, verbose_name="方案条目"
                            ),
                        ),
                        ("title", models.CharField(max_length=120, verbose_name="内容")),
                        (
                            "requirement",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="要求"
                            ),
                        ),
                        (
                            "verdict",
                            models.CharField(
                                choices=[
                                    ("met", "达到"),
                                    ("partly", "部分达到"),
                                    ("gap", "缺项"),
                                    ("not_due", "未到期"),
                                ],
                                max_length=8,
                                verbose_name="系统核对",
                            ),
                        ),
                        (
                            "found",
                            models.CharField(
                                blank=True, default="", max_length=300, verbose_name="核对情况"
                            ),
                        ),
                        ("gaps", models.JSONField(blank=True, default=list, verbose_name="缺什么")),
                        (
                            "points",
                            models.PositiveSmallIntegerField(default=1, verbose_name="满分"),
                        ),
                        (
                            "self_points",
                            models.DecimalField(
                                decimal_places=1, default=0, max_digits=4, verbose_name="自评分"
                            ),
                        ),
                        (
                            "note",
                            models.CharField(
                                blank=True, default="", max_length=300, verbose_name="自评说明"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "acceptance",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="pilot.acceptance",
                                verbose_name="核对",
                            ),
                        ),
                        (
                            "scored_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="自评人",
                            ),
                        ),
                        (
                            "task",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="check_items",
                                to="pilot.plantask",
                                verbose_name="任务",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "核对项",
                        "verbose_name_plural": "核对项",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("acceptance", "position"), name="a_place_for_one_item"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("self_points__gte", Decimal("0")),
                                    ("self_points__lte", models.F("points")),
                                ),
                                name="self_score_within_the_points",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AcceptanceFinding",
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
                        ("text", models.CharField(max_length=300, verbose_name="问题")),
                        ("due_on", models.DateField(verbose_name="整改期限")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "待整改"),
                                    ("done", "已整改，待复核"),
                                    ("confirmed", "复核通过"),
                                ],
                                default="open",
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                blank=True, default="", max_length=500, verbose_name="整改情况"
                            ),
                        ),
                        (
                            "done_on",
                            models.DateField(blank=True, null=True, verbose_name="整改日期"),
                        ),
                        (
                            "confirmed_on",
                            models.DateField(blank=True, null=True, verbose_name="复核日期"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="复核人",
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
                                verbose_name="整改人",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisationunit",
                                verbose_name="整改单位",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="findings",
                                to="pilot.checkitem",
                                verbose_name="核对项",
                            ),
                        ),
                        (
                            "target_check",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="findings",
                                to="pilot.targetcheck",
                                verbose_name="目标核对",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "验收问题",
                        "verbose_name_plural": "验收问题",
                        "indexes": [
                            models.Index(fields=["unit", "state", "due_on"], name="finding_of_unit")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("item", "unit"), name="one_finding_per_unit_and_item"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "confirmed"), _negated=True),
                                    models.Q(
                                        ("confirmed_by__isnull", False),
                                        models.Q(
                                            ("confirmed_by", models.F("done_by")), _negated=True
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_finding_is_confirmed_by_another",
                            ),
                            models.UniqueConstraint(
                                fields=("target_check", "unit"),
                                name="one_finding_per_unit_and_target",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("item__isnull", False), ("target_check__isnull", True)
                                    ),
                                    models.Q(
                                        ("item__isnull", True), ("target_check__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="a_finding_is_of_an_item_or_a_target",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TargetCheck",
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
                        ("indicator", models.CharField(max_length=30, verbose_name="指标")),
                        ("title", models.CharField(max_length=60, verbose_name="目标")),
                        ("unit", models.CharField(max_length=10, verbose_name="单位")),
                        ("is_share", models.BooleanField(verbose_name="是否占比")),
                        (
                            "definition_version",
                            models.PositiveSmallIntegerField(verbose_name="口径版本"),
                        ),
                        (
                            "target",
                            models.DecimalField(
                                decimal_places=1, max_digits=10, verbose_name="目标值"
                            ),
                        ),
                        (
                            "value",
                            models.DecimalField(
                                decimal_places=1, max_digits=12, null=True, verbose_name="数值"
                            ),
                        ),
                        ("numerator", models.BigIntegerField(null=True, verbose_name="分子")),
                        ("denominator", models.BigIntegerField(null=True, verbose_name="分母")),
                        (
                            "missing",
                            models.DecimalField(
                                decimal_places=1, max_digits=12, null=True, verbose_name="还差"
                            ),
                        ),
                        ("due_on", models.DateField(verbose_name="完成期限")),
                        (
                            "verdict",
                            models.CharField(
                                choices=[
                                    ("met", "达到"),
                                    ("partly", "部分达到"),
                                    ("gap", "缺项"),
                                    ("not_due", "未到期"),
                                ],
                                max_length=8,
                                verbose_name="系统核对",
                            ),
                        ),
                        (
                            "acceptance",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="target_checks",
                                to="pilot.acceptance",
                                verbose_name="核对",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "目标核对",
                        "verbose_name_plural": "目标核对",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("acceptance", "indicator"), name="a_target_is_checked_once"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
