"""All of 12 migrations in one step: the tables, and the rows and guards that are laid down in them."""

from importlib import import_module

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import common.clock
from common.create_tables import CreateTables

library = import_module("liaison.migrations.0008_library")


class Migration(migrations.Migration):
    replaces = [
        ("liaison", "0001_sharing"),
        ("liaison", "0002_meetings_and_minutes"),
        ("liaison", "0003_sponsorships"),
        ("liaison", "0004_supports"),
        ("liaison", "0005_help_requests"),
        ("liaison", "0006_fund_watches"),
        ("liaison", "0007_paper_answers"),
        ("liaison", "0008_library"),
        ("liaison", "0009_typical_cases"),
        ("liaison", "0010_contacts"),
        ("liaison", "0011_services_bought"),
        ("liaison", "0012_upward_log"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0017_contacts_with_views"),
        ("demonstration", "0004_innovations"),
        ("registry", "0026_flags_say_who_counted"),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="ShareGrant",
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
                            "shared_list",
                            models.CharField(
                                choices=[
                                    ("abnormal", "经营异常名录"),
                                    ("spot_check", "抽查检查异常名单"),
                                    ("tax", "税务登记情况"),
                                ],
                                max_length=12,
                                verbose_name="名单",
                            ),
                        ),
                        ("fields", models.JSONField(default=list, verbose_name="字段")),
                        ("purpose", models.CharField(max_length=200, verbose_name="用途")),
                        ("valid_until", models.DateField(verbose_name="有效期至")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "待批准"),
                                    ("approved", "已批准"),
                                    ("declined", "未批准"),
                                    ("ended", "已终止"),
                                ],
                                default="proposed",
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "proposed_at",
                            models.DateTimeField(default=common.clock.now, verbose_name="提出时间"),
                        ),
                        ("approved_at", models.DateTimeField(null=True, verbose_name="批准时间")),
                        (
                            "decision_reason",
                            models.TextField(blank=True, default="", verbose_name="理由"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "approved_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="批准人",
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="提出人",
                            ),
                        ),
                        (
                            "receiver",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="share_grants",
                                to="accounts.organisationunit",
                                verbose_name="接收部门",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "共享授权",
                        "verbose_name_plural": "共享授权",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("proposed", "approved"))),
                                fields=("shared_list", "receiver"),
                                name="one_live_grant_per_list_and_department",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approved_by__isnull", True),
                                    models.Q(
                                        ("approved_by", models.F("proposed_by")), _negated=True
                                    ),
                                    _connector="OR",
                                ),
                                name="approved_by_another_person",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ShareFetch",
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
                            "at",
                            models.DateTimeField(default=common.clock.now, verbose_name="取用时间"),
                        ),
                        (
                            "form",
                            models.CharField(
                                choices=[("page", "网页查看"), ("xlsx", "下载 Excel")],
                                max_length=8,
                                verbose_name="方式",
                            ),
                        ),
                        ("rows", models.PositiveIntegerField(verbose_name="行数")),
                        ("received_at", models.DateTimeField(null=True, verbose_name="签收时间")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="取用人",
                            ),
                        ),
                        (
                            "received_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="签收人",
                            ),
                        ),
                        (
                            "grant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fetches",
                                to="liaison.sharegrant",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "共享取用记录",
                        "verbose_name_plural": "共享取用记录",
                        "indexes": [models.Index(fields=["grant", "-at"], name="fetch_of_grant")],
                    },
                ),
                migrations.CreateModel(
                    name="CoordinationBody",
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
                                    ("joint_meeting", "联席会议"),
                                    ("leading_group", "领导小组"),
                                    ("township_group", "乡镇街道领导小组"),
                                ],
                                max_length=20,
                                verbose_name="类别",
                            ),
                        ),
                        ("name", models.CharField(max_length=60, unique=True, verbose_name="名称")),
                        (
                            "founding",
                            models.CharField(blank=True, max_length=120, verbose_name="成立依据"),
                        ),
                        (
                            "meets_quarterly",
                            models.BooleanField(default=True, verbose_name="每季度召开例会"),
                        ),
                        (
                            "consent_days",
                            models.PositiveSmallIntegerField(
                                default=5, verbose_name="会签期限（天）"
                            ),
                        ),
                        (
                            "silence_agrees",
                            models.BooleanField(default=False, verbose_name="逾期未答复视为同意"),
                        ),
                        (
                            "number_label",
                            models.CharField(
                                help_text="例如：通农合联纪", max_length=20, verbose_name="文号字头"
                            ),
                        ),
                        (
                            "copy_label",
                            models.CharField(
                                choices=[("copy", "抄送"), ("copy_up", "抄报")],
                                default="copy",
                                max_length=8,
                                verbose_name="抄送的写法",
                            ),
                        ),
                        (
                            "copy_up",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="抄送（抄报）上级"
                            ),
                        ),
                        (
                            "copy_to",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="印发单位以外的抄送"
                            ),
                        ),
                        ("active", models.BooleanField(default=True, verbose_name="在用")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "office",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="hosted_bodies",
                                to="accounts.organisationunit",
                                verbose_name="办公室设在",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "协调机构",
                        "verbose_name_plural": "协调机构",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("consent_days__gte", 1), ("consent_days__lte", 60)
                                ),
                                name="consent_takes_one_to_sixty_days",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BodySeat",
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
                            "person",
                            models.CharField(blank=True, max_length=30, verbose_name="姓名"),
                        ),
                        ("post", models.CharField(blank=True, max_length=60, verbose_name="职务")),
                        (
                            "duty",
                            models.CharField(
                                choices=[
                                    ("head", "组长（召集人）"),
                                    ("deputy", "副组长（副召集人）"),
                                    ("member", "成员"),
                                    ("officer", "办公室主任"),
                                    ("contact", "联络员"),
                                ],
                                default="member",
                                max_length=12,
                                verbose_name="在机构中",
                            ),
                        ),
                        (
                            "office_phone",
                            models.CharField(blank=True, max_length=30, verbose_name="办公电话"),
                        ),
                        ("since", models.DateField(verbose_name="起")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
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
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seats",
                                to="accounts.organisationunit",
                                verbose_name="单位",
                            ),
                        ),
                        (
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seats",
                                to="liaison.coordinationbody",
                                verbose_name="机构",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "机构成员",
                        "verbose_name_plural": "机构成员",
                        "indexes": [models.Index(fields=["body", "unit"], name="seat_of_unit")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True),
                                    ("until__gte", models.F("since")),
                                    _connector="OR",
                                ),
                                name="a_seat_ends_after_it_begins",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Decision",
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
                        ("text", models.CharField(max_length=500, verbose_name="议定事项")),
                        ("due_on", models.DateField(verbose_name="完成时限")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "待印发"),
                                    ("open", "办理中"),
                                    ("reported", "已报办结，待确认"),
                                    ("done", "已办结"),
                                    ("dropped", "不再办理"),
                                ],
                                default="draft",
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "done_on",
                            models.DateField(blank=True, null=True, verbose_name="办结日期"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "helpers",
                            models.ManyToManyField(
                                blank=True,
                                related_name="helped_decisions",
                                to="accounts.organisationunit",
                                verbose_name="配合单位",
                            ),
                        ),
                        (
                            "lead",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="led_decisions",
                                to="accounts.organisationunit",
                                verbose_name="牵头单位",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="liaison.meeting",
                                verbose_name="会议",
                            ),
                        ),
                        (
                            "topic",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="liaison.minutestopic",
                                verbose_name="段落",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "议定事项",
                        "verbose_name_plural": "议定事项",
                        "indexes": [
                            models.Index(fields=["state", "due_on"], name="decision_undone")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "done"), _negated=True),
                                    ("done_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="a_done_decision_has_a_day",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DecisionProgress",
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
                                    ("progress", "进展"),
                                    ("finished", "报告办结"),
                                    ("returned", "退回"),
                                    ("confirmed", "确认办结"),
                                    ("dropped", "不再办理"),
                                    ("extended", "调整期限"),
                                ],
                                max_length=12,
                                verbose_name="类别",
                            ),
                        ),
                        ("text", models.CharField(max_length=500, verbose_name="情况")),
                        ("at", models.DateTimeField(default=common.clock.now, verbose_name="时间")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="填写人",
                            ),
                        ),
                        (
                            "decision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="progress",
                                to="liaison.decision",
                                verbose_name="议定事项",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisationunit",
                                verbose_name="单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "办理记录",
                        "verbose_name_plural": "办理记录",
                        "indexes": [
                            models.Index(fields=["decision", "-at"], name="progress_of_decision")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Meeting",
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
                        ("quarter", models.CharField(max_length=6, verbose_name="季度")),
                        ("last_day", models.DateField(verbose_name="季末")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "待召开"),
                                    ("called", "已通知"),
                                    ("held", "已召开"),
                                    ("cancelled", "已取消"),
                                ],
                                default="planned",
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "starts_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="开会时间"),
                        ),
                        ("place", models.CharField(blank=True, max_length=80, verbose_name="地点")),
                        (
                            "chair",
                            models.CharField(blank=True, max_length=60, verbose_name="主持人"),
                        ),
                        (
                            "recorder",
                            models.CharField(blank=True, max_length=30, verbose_name="记录人"),
                        ),
                        (
                            "reply_by",
                            models.DateField(blank=True, null=True, verbose_name="回复期限"),
                        ),
                        (
                            "held_on",
                            models.DateField(blank=True, null=True, verbose_name="召开日期"),
                        ),
                        (
                            "cancelled_because",
                            models.CharField(blank=True, max_length=300, verbose_name="取消原因"),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(default=common.clock.now, verbose_name="设立时间"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meetings",
                                to="liaison.coordinationbody",
                                verbose_name="机构",
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="设立人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "会议",
                        "verbose_name_plural": "会议",
                        "indexes": [
                            models.Index(fields=["state", "last_day"], name="meeting_ahead")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "cancelled"), _negated=True),
                                fields=("body", "quarter"),
                                name="one_regular_meeting_per_quarter",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "held"), _negated=True),
                                    ("held_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="a_held_meeting_has_a_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgendaItem",
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
                        ("position", models.PositiveSmallIntegerField(verbose_name="顺序")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("undone_decision", "上次未办结"),
                                    ("contradiction", "来源矛盾"),
                                    ("rating_round", "示范社评定"),
                                    ("monitoring_case", "示范社监测"),
                                    ("help_request", "乡镇求助"),
                                    ("other", "其他议题"),
                                ],
                                default="other",
                                max_length=20,
                                verbose_name="来源",
                            ),
                        ),
                        ("source", models.CharField(blank=True, max_length=60)),
                        ("title", models.CharField(max_length=120, verbose_name="议题")),
                        ("details", models.TextField(blank=True, verbose_name="说明")),
                        ("url", models.CharField(blank=True, max_length=200)),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="accounts.organisationunit",
                                verbose_name="汇报单位",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="agenda",
                                to="liaison.meeting",
                                verbose_name="会议",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "议题",
                        "verbose_name_plural": "议题",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("source", ""), _negated=True),
                                fields=("meeting", "source"),
                                name="a_matter_stands_once_on_an_agenda",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MeetingUnit",
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
                            "reply",
                            models.CharField(
                                choices=[
                                    ("waiting", "未回复"),
                                    ("coming", "参加"),
                                    ("leave", "请假"),
                                ],
                                default="waiting",
                                max_length=8,
                                verbose_name="回复",
                            ),
                        ),
                        (
                            "reply_note",
                            models.CharField(blank=True, max_length=200, verbose_name="回复说明"),
                        ),
                        ("replied_at", models.DateTimeField(null=True, verbose_name="回复时间")),
                        (
                            "presence",
                            models.CharField(
                                choices=[
                                    ("unknown", "未登记"),
                                    ("present", "出席"),
                                    ("leave", "请假"),
                                    ("sitting_in", "列席"),
                                    ("absent", "缺席"),
                                ],
                                default="unknown",
                                max_length=12,
                                verbose_name="到会",
                            ),
                        ),
                        (
                            "person",
                            models.CharField(blank=True, max_length=60, verbose_name="参会人"),
                        ),
                        ("post", models.CharField(blank=True, max_length=60, verbose_name="职务")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="units",
                                to="liaison.meeting",
                                verbose_name="会议",
                            ),
                        ),
                        (
                            "replied_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="回复人",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meeting_parts",
                                to="accounts.organisationunit",
                                verbose_name="单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "参会单位",
                        "verbose_name_plural": "参会单位",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("meeting", "unit"), name="a_unit_is_called_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Minutes",
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
                                    ("draft", "起草"),
                                    ("circulated", "会签中"),
                                    ("agreed", "已定稿"),
                                    ("signed", "已签发"),
                                    ("issued", "已印发"),
                                    ("archived", "已归档"),
                                ],
                                default="draft",
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        ("opening", models.TextField(blank=True, verbose_name="导语")),
                        (
                            "circulated_on",
                            models.DateField(blank=True, null=True, verbose_name="送会签日期"),
                        ),
                        (
                            "override_reason",
                            models.CharField(
                                blank=True, max_length=500, verbose_name="未全部同意而定稿的理由"
                            ),
                        ),
                        (
                            "signer",
                            models.CharField(blank=True, max_length=60, verbose_name="签发人"),
                        ),
                        (
                            "signed_on",
                            models.DateField(blank=True, null=True, verbose_name="签发日期"),
                        ),
                        (
                            "number",
                            models.CharField(blank=True, max_length=80, verbose_name="文号"),
                        ),
                        (
                            "issued_on",
                            models.DateField(blank=True, null=True, verbose_name="印发日期"),
                        ),
                        (
                            "copied_up_on",
                            models.DateField(blank=True, null=True, verbose_name="抄送上级日期"),
                        ),
                        (
                            "copied_up_how",
                            models.CharField(blank=True, max_length=120, verbose_name="抄送方式"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "meeting",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="minutes",
                                to="liaison.meeting",
                                verbose_name="会议",
                            ),
                        ),
                        (
                            "overridden_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="作此决定的人",
                            ),
                        ),
                        (
                            "paper",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="minutes",
                                to="accounts.issuedpaper",
                                verbose_name="文书",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "会议纪要",
                        "verbose_name_plural": "会议纪要",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ("issued", "archived")), _negated=True),
                                    models.Q(
                                        models.Q(("number", ""), _negated=True),
                                        ("issued_on__isnull", False),
                                        ("paper__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="issued_minutes_have_a_number",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("number", ""), _negated=True),
                                fields=("number",),
                                name="one_number_per_minutes",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MinutesTopic",
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
                        ("position", models.PositiveSmallIntegerField(verbose_name="顺序")),
                        ("title", models.CharField(max_length=120, verbose_name="标题")),
                        ("text", models.TextField(blank=True, verbose_name="内容")),
                        (
                            "edition",
                            models.PositiveSmallIntegerField(default=0, verbose_name="文字版次"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "concerned",
                            models.ManyToManyField(
                                blank=True,
                                related_name="+",
                                to="accounts.organisationunit",
                                verbose_name="有关单位",
                            ),
                        ),
                        (
                            "minutes",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="topics",
                                to="liaison.minutes",
                                verbose_name="纪要",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "纪要段落",
                        "verbose_name_plural": "纪要段落",
                    },
                ),
                migrations.CreateModel(
                    name="TopicEdition",
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
                        ("number", models.PositiveSmallIntegerField(verbose_name="版次")),
                        ("text", models.TextField(verbose_name="文字")),
                        (
                            "made_at",
                            models.DateTimeField(default=common.clock.now, verbose_name="形成时间"),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "topic",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="editions",
                                to="liaison.minutestopic",
                                verbose_name="段落",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "段落版次",
                        "verbose_name_plural": "段落版次",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("topic", "number"), name="editions_are_numbered"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Consent",
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
                            "answer",
                            models.CharField(
                                choices=[
                                    ("waiting", "未答复"),
                                    ("agreed", "同意"),
                                    ("wording", "同意，建议改文字"),
                                    ("objected", "不同意"),
                                    ("silent", "逾期未答复，视为同意"),
                                ],
                                default="waiting",
                                max_length=12,
                                verbose_name="答复",
                            ),
                        ),
                        (
                            "remark",
                            models.CharField(blank=True, max_length=500, verbose_name="意见"),
                        ),
                        ("asked_on", models.DateField(verbose_name="送签日期")),
                        ("due_on", models.DateField(verbose_name="答复期限")),
                        ("answered_at", models.DateTimeField(null=True, verbose_name="答复时间")),
                        (
                            "handled",
                            models.CharField(blank=True, max_length=300, verbose_name="意见处理"),
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
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisationunit",
                                verbose_name="单位",
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consents",
                                to="liaison.topicedition",
                                verbose_name="段落版次",
                            ),
                        ),
                        (
                            "paper",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consents",
                                to="liaison.paperanswer",
                                verbose_name="书面答复",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "会签答复",
                        "verbose_name_plural": "会签答复",
                        "indexes": [
                            models.Index(fields=["unit", "answer"], name="consent_of_unit")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("edition", "unit"), name="a_unit_answers_a_wording_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("answer__in", ("wording", "objected")), _negated=True
                                    ),
                                    models.Q(("remark", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="a_dissent_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Sponsorship",
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
                        ("person", models.CharField(max_length=30, verbose_name="挂包责任人")),
                        ("post", models.CharField(blank=True, max_length=60, verbose_name="职务")),
                        ("task", models.CharField(max_length=500, verbose_name="挂包任务")),
                        ("since", models.DateField(verbose_name="起")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                        (
                            "ended_because",
                            models.CharField(blank=True, max_length=300, verbose_name="结束原因"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "cooperative",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sponsorships",
                                to="registry.cooperative",
                                verbose_name="合作社",
                            ),
                        ),
                        (
                            "department",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sponsorships",
                                to="accounts.organisationunit",
                                verbose_name="挂包部门",
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
                        "verbose_name": "部门挂包",
                        "verbose_name_plural": "部门挂包",
                        "indexes": [
                            models.Index(
                                fields=["department", "until"], name="sponsorship_of_department"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until__isnull", True)),
                                fields=("cooperative", "department"),
                                name="a_department_sponsors_a_society_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True),
                                    ("until__gte", models.F("since")),
                                    _connector="OR",
                                ),
                                name="a_sponsorship_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SponsorFollowUp",
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
                        ("happened_on", models.DateField(verbose_name="日期")),
                        (
                            "form",
                            models.CharField(
                                choices=[
                                    ("visit", "到社走访"),
                                    ("phone", "电话联系"),
                                    ("meeting", "座谈协调"),
                                    ("matter", "办理具体事项"),
                                ],
                                max_length=12,
                                verbose_name="方式",
                            ),
                        ),
                        ("text", models.CharField(max_length=1000, verbose_name="情况")),
                        (
                            "solved",
                            models.CharField(blank=True, max_length=300, verbose_name="解决的问题"),
                        ),
                        (
                            "at",
                            models.DateTimeField(default=common.clock.now, verbose_name="填写时间"),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="填写人",
                            ),
                        ),
                        (
                            "sponsorship",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="follow_ups",
                                to="liaison.sponsorship",
                                verbose_name="挂包",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "挂包跟踪记录",
                        "verbose_name_plural": "挂包跟踪记录",
                        "indexes": [
                            models.Index(
                                fields=["sponsorship", "-happened_on"],
                                name="follow_up_of_sponsorship",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("sponsorship", "happened_on", "form", "text"),
                                name="a_follow_up_is_written_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SupportGrant",
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
                                validators=[django.core.validators.MinValueValidator(2000)],
                                verbose_name="年度",
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("central", "中央"),
                                    ("provincial", "省级"),
                                    ("municipal", "市级"),
                                    ("district", "区级"),
                                ],
                                max_length=12,
                                verbose_name="资金级别",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("facilities", "基础设施"),
                                    ("marketing", "营销市场"),
                                    ("talent", "人才培养引进"),
                                    ("technology", "农业科技服务"),
                                    ("land", "土地流转管理服务"),
                                    ("finance", "金融支持"),
                                    ("insurance", "农业保险"),
                                    ("purchase", "政府购买服务"),
                                ],
                                max_length=12,
                                verbose_name="类别",
                            ),
                        ),
                        (
                            "project",
                            models.CharField(max_length=120, verbose_name="资金或项目名称"),
                        ),
                        (
                            "document_number",
                            models.CharField(max_length=60, verbose_name="下达文号"),
                        ),
                        (
                            "amount",
                            models.DecimalField(
                                decimal_places=2, max_digits=14, verbose_name="金额（元）"
                            ),
                        ),
                        (
                            "needs_title",
                            models.BooleanField(default=False, verbose_name="限示范社"),
                        ),
                        (
                            "purpose",
                            models.CharField(blank=True, max_length=300, verbose_name="用途"),
                        ),
                        (
                            "entered_at",
                            models.DateTimeField(default=common.clock.now, verbose_name="登记时间"),
                        ),
                        (
                            "withdrawn_on",
                            models.DateField(blank=True, null=True, verbose_name="撤回日期"),
                        ),
                        (
                            "withdrawn_because",
                            models.CharField(blank=True, max_length=300, verbose_name="撤回原因"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "cooperative",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="supports",
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
                        "verbose_name": "扶持资金和项目",
                        "verbose_name_plural": "扶持资金和项目",
                        "indexes": [models.Index(fields=["year", "kind"], name="support_by_year")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_on__isnull", True)),
                                fields=("cooperative", "year", "project", "document_number"),
                                name="a_support_is_entered_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)),
                                name="a_support_has_an_amount",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SupportInspection",
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
                        ("inspected_on", models.DateField(verbose_name="检查日期")),
                        (
                            "result",
                            models.CharField(
                                choices=[
                                    ("good", "符合要求"),
                                    ("correct", "需整改"),
                                    ("misused", "资金使用不符"),
                                ],
                                max_length=12,
                                verbose_name="结论",
                            ),
                        ),
                        ("finding", models.CharField(max_length=500, verbose_name="检查情况")),
                        (
                            "at",
                            models.DateTimeField(default=common.clock.now, verbose_name="填写时间"),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="填写人",
                            ),
                        ),
                        (
                            "support",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="inspections",
                                to="liaison.supportgrant",
                                verbose_name="扶持项目",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "扶持项目检查",
                        "verbose_name_plural": "扶持项目检查",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("support", "inspected_on", "finding"),
                                name="an_inspection_is_written_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HelpRequest",
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
                                    ("policy", "政策解答"),
                                    ("funds", "资金项目"),
                                    ("land", "用地用水手续"),
                                    ("registration", "登记注销"),
                                    ("tax", "税务办理"),
                                    ("dispute", "矛盾纠纷"),
                                    ("staff", "人员和培训"),
                                    ("data", "数据和平台"),
                                    ("other", "其他困难"),
                                ],
                                max_length=12,
                                verbose_name="类别",
                            ),
                        ),
                        ("title", models.CharField(max_length=80, verbose_name="求助事项")),
                        ("text", models.CharField(max_length=1000, verbose_name="具体情况")),
                        (
                            "filed_on",
                            models.DateField(default=common.clock.today, verbose_name="填报日期"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("filed", "待受理"),
                                    ("assigned", "已交办"),
                                    ("answered", "已答复，待乡镇确认"),
                                    ("done", "已解决"),
                                    ("turned_down", "不予办理"),
                                    ("withdrawn", "已撤回"),
                                ],
                                default="filed",
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "due_on",
                            models.DateField(blank=True, null=True, verbose_name="答复期限"),
                        ),
                        (
                            "answer",
                            models.CharField(blank=True, max_length=1000, verbose_name="答复"),
                        ),
                        (
                            "answered_on",
                            models.DateField(blank=True, null=True, verbose_name="答复日期"),
                        ),
                        (
                            "closed_on",
                            models.DateField(blank=True, null=True, verbose_name="办结日期"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "cooperative",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="help_requests",
                                to="registry.cooperative",
                                verbose_name="涉及的合作社",
                            ),
                        ),
                        (
                            "department",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="asked_help",
                                to="accounts.organisationunit",
                                verbose_name="承办单位",
                            ),
                        ),
                        (
                            "filed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="填报人",
                            ),
                        ),
                        (
                            "township",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="help_requests",
                                to="accounts.organisationunit",
                                verbose_name="乡镇街道",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "乡镇街道求助",
                        "verbose_name_plural": "乡镇街道求助",
                        "indexes": [
                            models.Index(
                                fields=["department", "state", "due_on"], name="help_of_department"
                            ),
                            models.Index(fields=["township", "state"], name="help_of_township"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("township", "filed_on", "title"),
                                name="a_request_is_filed_once_a_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "assigned"), _negated=True),
                                    models.Q(
                                        ("department__isnull", False), ("due_on__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="an_assigned_request_has_a_unit_and_a_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "answered"), _negated=True),
                                    models.Q(
                                        models.Q(("answer", ""), _negated=True),
                                        ("answered_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="an_answered_request_has_an_answer",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HelpLine",
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
                            "step",
                            models.CharField(
                                choices=[
                                    ("assigned", "交办"),
                                    ("progress", "进展"),
                                    ("answered", "答复"),
                                    ("unsolved", "没有解决，退回"),
                                    ("done", "确认解决"),
                                    ("turned_down", "不予办理"),
                                    ("withdrawn", "撤回"),
                                ],
                                max_length=12,
                                verbose_name="类别",
                            ),
                        ),
                        ("text", models.CharField(max_length=1000, verbose_name="情况")),
                        ("at", models.DateTimeField(default=common.clock.now, verbose_name="时间")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="填写人",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisationunit",
                                verbose_name="单位",
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="liaison.helprequest",
                                verbose_name="求助",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "求助办理记录",
                        "verbose_name_plural": "求助办理记录",
                        "indexes": [
                            models.Index(fields=["request", "-at"], name="line_of_help_request")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FundWatch",
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
                                choices=[
                                    ("recorded", "人工登记"),
                                    ("derived", "由信用合作登记得出"),
                                ],
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
                        (
                            "finding",
                            models.CharField(blank=True, max_length=500, verbose_name="核查结果"),
                        ),
                        (
                            "checked_on",
                            models.DateField(blank=True, null=True, verbose_name="核查日期"),
                        ),
                        (
                            "cleared_because",
                            models.CharField(
                                blank=True, max_length=500, verbose_name="未见异常的理由"
                            ),
                        ),
                        (
                            "referred_on",
                            models.DateField(blank=True, null=True, verbose_name="移送日期"),
                        ),
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
                        "indexes": [
                            models.Index(fields=["state", "due_on"], name="fund_watch_by_state")
                        ],
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
                migrations.CreateModel(
                    name="PaperAnswer",
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
                            models.DateTimeField(
                                default=common.clock.now, verbose_name="代登记时间"
                            ),
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
                migrations.CreateModel(
                    name="LibraryDocument",
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
                            models.CharField(blank=True, max_length=60, verbose_name="文号"),
                        ),
                        ("title", models.CharField(max_length=120, verbose_name="标题")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("policy", "政策文件"),
                                    ("notice", "通知公告"),
                                    ("minutes", "印发的纪要"),
                                    ("other", "其他资料"),
                                ],
                                max_length=12,
                                verbose_name="类别",
                            ),
                        ),
                        ("issuer", models.CharField(max_length=60, verbose_name="发文单位")),
                        ("issued_on", models.DateField(verbose_name="发文日期")),
                        (
                            "summary",
                            models.CharField(blank=True, max_length=300, verbose_name="内容提要"),
                        ),
                        ("text", models.TextField(blank=True, verbose_name="正文")),
                        (
                            "sought",
                            models.TextField(blank=True, editable=False, verbose_name="查找用文字"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("in_force", "现行有效"),
                                    ("replaced", "已被替代"),
                                    ("repealed", "已废止"),
                                    ("taken_down", "已撤下"),
                                ],
                                default="in_force",
                                max_length=12,
                                verbose_name="效力",
                            ),
                        ),
                        (
                            "openness",
                            models.CharField(
                                choices=[
                                    ("private", "仅本单位和获准的人"),
                                    ("units", "指定单位"),
                                    ("staff", "全体工作人员"),
                                    ("public", "向社会公开"),
                                ],
                                default="staff",
                                max_length=12,
                                verbose_name="公开范围",
                            ),
                        ),
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
                            "replaced_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaces",
                                to="liaison.librarydocument",
                                verbose_name="替代文件",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisationunit",
                                verbose_name="登记单位",
                            ),
                        ),
                        (
                            "units",
                            models.ManyToManyField(
                                blank=True,
                                related_name="+",
                                to="accounts.organisationunit",
                                verbose_name="可以查看的单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "文件资料",
                        "verbose_name_plural": "文件资料",
                        "indexes": [
                            models.Index(fields=["kind", "-issued_on"], name="document_by_kind")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    models.Q(("number", ""), _negated=True),
                                    models.Q(("state", "taken_down"), _negated=True),
                                ),
                                fields=("issuer", "number"),
                                name="a_number_of_an_issuer_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("replaced_by__isnull", False), ("state", "replaced")),
                                    models.Q(
                                        models.Q(("state", "replaced"), _negated=True),
                                        ("replaced_by__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_replaced_document_names_the_new",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("replaced_by__isnull", True),
                                    models.Q(("replaced_by", models.F("id")), _negated=True),
                                    _connector="OR",
                                ),
                                name="no_document_replaces_itself",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DocumentReader",
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
                        ("reason", models.CharField(max_length=300, verbose_name="理由")),
                        (
                            "granted_on",
                            models.DateField(default=common.clock.today, verbose_name="批准日期"),
                        ),
                        (
                            "ended_on",
                            models.DateField(blank=True, null=True, verbose_name="收回日期"),
                        ),
                        (
                            "granted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="批准人",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="获准的人",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="readers",
                                to="liaison.librarydocument",
                                verbose_name="文件",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "文件获准查看人",
                        "verbose_name_plural": "文件获准查看人",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_on__isnull", True)),
                                fields=("document", "person"),
                                name="a_person_is_let_in_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Exemplar",
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
                        (
                            "practice",
                            models.TextField(blank=True, max_length=5000, verbose_name="做法"),
                        ),
                        (
                            "results",
                            models.TextField(blank=True, max_length=5000, verbose_name="成效"),
                        ),
                        (
                            "lessons",
                            models.TextField(blank=True, max_length=5000, verbose_name="启示"),
                        ),
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
                        (
                            "submitted_on",
                            models.DateField(blank=True, null=True, verbose_name="提交日期"),
                        ),
                        (
                            "published_on",
                            models.DateField(blank=True, null=True, verbose_name="发布日期"),
                        ),
                        (
                            "open_to_public",
                            models.BooleanField(default=False, verbose_name="向社会公开"),
                        ),
                        (
                            "consented_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="合作社同意公开日期"
                            ),
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
                            models.Index(
                                fields=["state", "-published_on"], name="exemplar_by_state"
                            ),
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
                migrations.CreateModel(
                    name="UnitContact",
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
                            "place",
                            models.CharField(
                                choices=[("first", "联络员"), ("substitute", "替补联络员")],
                                default="first",
                                max_length=12,
                                verbose_name="身份",
                            ),
                        ),
                        ("person", models.CharField(max_length=30, verbose_name="姓名")),
                        ("post", models.CharField(blank=True, max_length=60, verbose_name="职务")),
                        (
                            "office_phone",
                            models.CharField(blank=True, max_length=30, verbose_name="办公电话"),
                        ),
                        (
                            "mobile",
                            models.CharField(blank=True, max_length=20, verbose_name="手机号"),
                        ),
                        ("since", models.DateField(verbose_name="起")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                        (
                            "ended_because",
                            models.CharField(blank=True, max_length=300, verbose_name="结束原因"),
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
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contacts",
                                to="accounts.organisationunit",
                                verbose_name="单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "联络员",
                        "verbose_name_plural": "联络员名册",
                        "indexes": [
                            models.Index(fields=["unit", "place", "since"], name="contact_of_unit")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until__isnull", True)),
                                fields=("unit", "place"),
                                name="a_unit_has_one_contact_in_a_place",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True),
                                    ("until__gte", models.F("since")),
                                    _connector="OR",
                                ),
                                name="a_contact_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="UpwardLine",
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
                            models.CharField(
                                blank=True, max_length=1000, verbose_name="上级意见或结果"
                            ),
                        ),
                        (
                            "document_number",
                            models.CharField(blank=True, max_length=60, verbose_name="文号"),
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
                        "indexes": [
                            models.Index(fields=["level", "-happened_on"], name="upward_by_level")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_on__isnull", True)),
                                fields=("happened_on", "agency", "subject"),
                                name="a_matter_goes_up_once_a_day",
                            )
                        ],
                    },
                ),
            ],
        ),
        migrations.RunPython(library.index, library.drop),
    ]
