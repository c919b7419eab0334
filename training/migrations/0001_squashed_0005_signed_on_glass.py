"""All of 5 migrations in one step: the tables as they stand after the last."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import common.clock
import training.models.event
from common.create_tables import CreateTables


class Migration(migrations.Migration):
    replaces = [
        ("training", "0001_counsellors_and_assignments"),
        ("training", "0002_visits_and_promises"),
        ("training", "0003_events_and_guidance"),
        ("training", "0004_steps_of_plans"),
        ("training", "0005_signed_on_glass"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0009_saved_views"),
        ("registry", "0015_cleanup_steps"),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="Counsellor",
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
                            "specialty",
                            models.CharField(
                                choices=[
                                    ("organisation", "组织建设"),
                                    ("operation", "规范运行"),
                                    ("accounting", "财务会计"),
                                    ("marketing", "市场营销"),
                                    ("green", "绿色发展"),
                                    ("technical", "技术支撑"),
                                ],
                                max_length=16,
                                verbose_name="专长",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("staff", "农业部门人员"),
                                    ("other_staff", "其他部门人员"),
                                    ("expert", "专家"),
                                    ("graduate", "到村任职大学生"),
                                    ("chair", "优秀合作社负责人"),
                                    ("other", "其他"),
                                ],
                                max_length=16,
                                verbose_name="来源",
                            ),
                        ),
                        ("full_time", models.BooleanField(default=False, verbose_name="专职")),
                        ("appointed_on", models.DateField(verbose_name="聘任日期")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="聘期至")),
                        (
                            "note",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="说明"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="counsellor_post",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="账号",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "辅导员",
                        "verbose_name_plural": "辅导员",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True),
                                    ("until__gte", models.F("appointed_on")),
                                    _connector="OR",
                                ),
                                name="appointment_lasts",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CounsellorAssignment",
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
                                choices=[("guidance", "联系指导"), ("pairing", "结对指导")],
                                max_length=12,
                                verbose_name="类别",
                            ),
                        ),
                        ("since", models.DateField(verbose_name="起始日期")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="终止日期")),
                        (
                            "reason",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="说明"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "cooperative",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="counselling",
                                to="registry.cooperative",
                                verbose_name="合作社",
                            ),
                        ),
                        (
                            "counsellor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="counselling",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="辅导员",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "辅导关系",
                        "verbose_name_plural": "辅导关系",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until__isnull", True)),
                                fields=("cooperative", "kind"),
                                name="one_open_assignment_per_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True),
                                    ("until__gte", models.F("since")),
                                    _connector="OR",
                                ),
                                name="assignment_lasts",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Handover",
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
                            "on",
                            models.DateField(default=common.clock.today, verbose_name="交接日期"),
                        ),
                        ("reason", models.CharField(max_length=200, verbose_name="原因")),
                        ("societies", models.JSONField(default=list, verbose_name="移交的合作社")),
                        ("promises", models.JSONField(default=list, verbose_name="移交的整改事项")),
                        (
                            "kept_back",
                            models.JSONField(default=list, verbose_name="未移交的合作社"),
                        ),
                        (
                            "made_at",
                            models.DateTimeField(default=common.clock.now, verbose_name="办理时间"),
                        ),
                        (
                            "giver",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="handovers_given",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="移交人",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="经办人",
                            ),
                        ),
                        (
                            "taker",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="handovers_taken",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="接收人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "辅导工作交接",
                        "verbose_name_plural": "辅导工作交接",
                        "indexes": [models.Index(fields=["-on", "-id"], name="handover_newest")],
                    },
                ),
                migrations.CreateModel(
                    name="PairingNeed",
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
                                    ("national", "国家级示范社"),
                                    ("provincial", "省级示范社"),
                                    ("municipal", "市级示范社"),
                                    ("district", "区级示范社"),
                                    ("standard", "规范社"),
                                    ("cultivated", "培育对象"),
                                ],
                                max_length=12,
                                verbose_name="依据",
                            ),
                        ),
                        ("since", models.DateField(verbose_name="起始日期")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="终止日期")),
                        (
                            "cooperative",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pairing_needs",
                                to="registry.cooperative",
                                verbose_name="合作社",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "须结对的合作社",
                        "verbose_name_plural": "须结对的合作社",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until__isnull", True)),
                                fields=("cooperative",),
                                name="one_open_pairing_need",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FieldKey",
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
                        ("secret", models.CharField(max_length=44, verbose_name="密钥")),
                        (
                            "packed_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="最近取走离线资料"
                            ),
                        ),
                        (
                            "waiting",
                            models.PositiveIntegerField(
                                default=0, verbose_name="手机里未上传的走访"
                            ),
                        ),
                        (
                            "refused_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="最近被拒收"),
                        ),
                        (
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="field_key",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="账号",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "离线密钥",
                        "verbose_name_plural": "离线密钥",
                    },
                ),
                migrations.CreateModel(
                    name="Visit",
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
                            "key",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, unique=True, verbose_name="编号"
                            ),
                        ),
                        ("visited_on", models.DateField(verbose_name="走访日期")),
                        (
                            "method",
                            models.CharField(
                                choices=[
                                    ("on_site", "实地"),
                                    ("phone", "电话"),
                                    ("online", "线上"),
                                ],
                                max_length=8,
                                verbose_name="方式",
                            ),
                        ),
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("paired", "结对辅导"),
                                    ("survey", "清查摸底"),
                                    ("recheck", "整改复查"),
                                    ("cultivation", "示范创建"),
                                    ("report", "年报催报"),
                                    ("policy", "政策宣传"),
                                ],
                                max_length=12,
                                verbose_name="目的",
                            ),
                        ),
                        (
                            "met",
                            models.CharField(
                                blank=True, default="", max_length=100, verbose_name="见到的人"
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
                            "seen",
                            models.JSONField(blank=True, default=list, verbose_name="现场看到"),
                        ),
                        (
                            "members_met",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="见到的成员数"
                            ),
                        ),
                        (
                            "problems",
                            models.TextField(blank=True, default="", verbose_name="发现的问题"),
                        ),
                        (
                            "guidance",
                            models.TextField(blank=True, default="", verbose_name="辅导内容"),
                        ),
                        (
                            "answers",
                            models.JSONField(
                                blank=True, default=list, verbose_name="本社问题的回答"
                            ),
                        ),
                        (
                            "next_visit_on",
                            models.DateField(blank=True, null=True, verbose_name="下次走访"),
                        ),
                        (
                            "no_photo_reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("not_needed", "电话或线上，不需要"),
                                    ("declined", "对方不愿意"),
                                    ("nobody", "没见到人，无可拍"),
                                    ("device", "手机不能拍"),
                                ],
                                default="",
                                max_length=12,
                                verbose_name="没有照片的原因",
                            ),
                        ),
                        (
                            "no_place_reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("not_needed", "电话或线上，不需要"),
                                    ("refused", "没有打开定位"),
                                    ("no_signal", "定位不到"),
                                ],
                                default="",
                                max_length=12,
                                verbose_name="没有定位的原因",
                            ),
                        ),
                        (
                            "latitude",
                            models.DecimalField(
                                blank=True,
                                decimal_places=6,
                                max_digits=8,
                                null=True,
                                verbose_name="纬度",
                            ),
                        ),
                        (
                            "longitude",
                            models.DecimalField(
                                blank=True,
                                decimal_places=6,
                                max_digits=9,
                                null=True,
                                verbose_name="经度",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("reported", "待合作社确认"),
                                    ("confirmed", "双方已确认"),
                                    ("on_paper", "纸质双方签字"),
                                    ("on_glass", "屏上双方签字"),
                                    ("void", "已作废"),
                                ],
                                default="reported",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("head", models.UUIDField(verbose_name="现用版本")),
                        (
                            "device_time",
                            models.DateTimeField(blank=True, null=True, verbose_name="手机时间"),
                        ),
                        (
                            "skew_minutes",
                            models.IntegerField(default=0, verbose_name="手机时钟偏差（分钟）"),
                        ),
                        (
                            "received_at",
                            models.DateTimeField(default=common.clock.now, verbose_name="收到时间"),
                        ),
                        (
                            "confirmed_by",
                            models.CharField(
                                blank=True, default="", max_length=60, verbose_name="合作社确认人"
                            ),
                        ),
                        (
                            "confirmed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="确认时间"),
                        ),
                        (
                            "reviewed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="审阅时间"),
                        ),
                        (
                            "review_note",
                            models.TextField(blank=True, default="", verbose_name="审阅意见"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "cooperative",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits",
                                to="registry.cooperative",
                                verbose_name="合作社",
                            ),
                        ),
                        (
                            "counsellor",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="辅导员",
                            ),
                        ),
                        (
                            "reviewed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="审阅人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "走访记录",
                        "verbose_name_plural": "走访记录",
                        "indexes": [
                            models.Index(
                                fields=["cooperative", "-visited_on", "-id"],
                                name="visit_of_society",
                            ),
                            models.Index(
                                fields=["counsellor", "-visited_on", "-id"],
                                name="visit_of_counsellor",
                            ),
                            models.Index(fields=["-visited_on", "-id"], name="visit_newest"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Promise",
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
                            "key",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, unique=True, verbose_name="编号"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("report", "补报年报"),
                                    ("registration", "变更登记"),
                                    ("charter", "完善章程制度"),
                                    ("organs", "健全三会"),
                                    ("accounts", "建账与成员账户"),
                                    ("distribution", "盈余分配"),
                                    ("disclosure", "社务公开"),
                                    ("exit", "办理注销"),
                                    ("other", "其他"),
                                ],
                                max_length=16,
                                verbose_name="类别",
                            ),
                        ),
                        ("text", models.CharField(max_length=200, verbose_name="事项")),
                        (
                            "owner",
                            models.CharField(
                                choices=[
                                    ("society", "合作社"),
                                    ("counsellor", "辅导员"),
                                    ("township", "乡镇街道"),
                                    ("bureau", "区农业农村局"),
                                ],
                                max_length=12,
                                verbose_name="由谁办",
                            ),
                        ),
                        ("due_on", models.DateField(verbose_name="期限")),
                        ("grave", models.BooleanField(default=False, verbose_name="重大")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "办理中"),
                                    ("to_confirm", "待复核"),
                                    ("closed", "已办结"),
                                    ("cancelled", "已取消"),
                                ],
                                default="open",
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "made_at",
                            models.DateTimeField(default=common.clock.now, verbose_name="登记时间"),
                        ),
                        (
                            "outcome",
                            models.TextField(blank=True, default="", verbose_name="办理情况"),
                        ),
                        (
                            "closed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="报办结时间"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "closed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="报办结人",
                            ),
                        ),
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
                            "cooperative",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="promises",
                                to="registry.cooperative",
                                verbose_name="合作社",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="登记人",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="promises",
                                to="training.visit",
                                verbose_name="走访",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "整改事项",
                        "verbose_name_plural": "整改事项",
                        "indexes": [
                            models.Index(fields=["state", "due_on", "id"], name="promise_by_due")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "closed"), _negated=True),
                                    ("grave", False),
                                    models.Q(
                                        ("confirmed_by__isnull", False),
                                        models.Q(
                                            ("confirmed_by", models.F("closed_by")), _negated=True
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="grave_promise_has_second_person",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Addendum",
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
                        ("text", models.TextField(verbose_name="补充内容")),
                        (
                            "at",
                            models.DateTimeField(default=common.clock.now, verbose_name="补充时间"),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="补充人",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="addenda",
                                to="training.visit",
                                verbose_name="走访记录",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "补充说明",
                        "verbose_name_plural": "补充说明",
                    },
                ),
                migrations.CreateModel(
                    name="VisitHint",
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
                        ("code", models.CharField(max_length=20, verbose_name="提示")),
                        ("says", models.CharField(max_length=300, verbose_name="内容")),
                        (
                            "raised_at",
                            models.DateTimeField(default=common.clock.now, verbose_name="提出时间"),
                        ),
                        (
                            "shown_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="填写人看到的时间"
                            ),
                        ),
                        (
                            "reply",
                            models.CharField(
                                blank=True, default="", max_length=300, verbose_name="填写人的说明"
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="hints",
                                to="training.visit",
                                verbose_name="走访记录",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "走访提示",
                        "verbose_name_plural": "走访提示",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("visit", "code"), name="one_hint_of_a_kind"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VisitPhoto",
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
                        ("key", models.UUIDField(unique=True, verbose_name="手机端编号")),
                        ("size", models.PositiveIntegerField(verbose_name="字节数")),
                        (
                            "received",
                            models.PositiveIntegerField(default=0, verbose_name="已收字节数"),
                        ),
                        ("sha256", models.CharField(max_length=64, verbose_name="内容摘要")),
                        (
                            "taken_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="手机所记拍摄时间"
                            ),
                        ),
                        (
                            "note",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="说明"
                            ),
                        ),
                        (
                            "done_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="收齐时间"),
                        ),
                        (
                            "likeness",
                            models.CharField(
                                blank=True, default="", max_length=16, verbose_name="图像特征"
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="photos",
                                to="training.visit",
                                verbose_name="走访记录",
                            ),
                        ),
                        (
                            "signer",
                            models.CharField(
                                blank=True,
                                choices=[("society", "合作社一方"), ("counsellor", "辅导员")],
                                default="",
                                max_length=12,
                                verbose_name="屏上签字人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "走访照片",
                        "verbose_name_plural": "走访照片",
                    },
                ),
                migrations.CreateModel(
                    name="VisitProposal",
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
                        ("question", models.CharField(max_length=40, verbose_name="来自问题")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("fact", "更正登记信息"),
                                    ("confirm_flag", "疑似问题属实"),
                                    ("clear_flag", "疑似问题不属实"),
                                    ("done_elsewhere", "培育方案措施已完成"),
                                ],
                                max_length=14,
                                verbose_name="类别",
                            ),
                        ),
                        (
                            "field",
                            models.CharField(
                                blank=True, default="", max_length=40, verbose_name="项目"
                            ),
                        ),
                        (
                            "stood",
                            models.CharField(
                                blank=True, default="", max_length=300, verbose_name="登记值"
                            ),
                        ),
                        (
                            "value",
                            models.CharField(
                                blank=True, default="", max_length=300, verbose_name="走访所见"
                            ),
                        ),
                        (
                            "note",
                            models.CharField(
                                blank=True, default="", max_length=300, verbose_name="说明"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "待处理"),
                                    ("accepted", "已采纳"),
                                    ("declined", "未采纳"),
                                ],
                                default="waiting",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "decided_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="处理时间"),
                        ),
                        (
                            "reason",
                            models.TextField(blank=True, default="", verbose_name="处理理由"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="处理人",
                            ),
                        ),
                        (
                            "flag",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="visit_proposals",
                                to="registry.flag",
                                verbose_name="疑似问题",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="proposals",
                                to="training.visit",
                                verbose_name="走访记录",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "走访提出的更正",
                        "verbose_name_plural": "走访提出的更正",
                        "indexes": [models.Index(fields=["state", "id"], name="proposal_waiting")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("visit", "question"), name="one_proposal_a_question"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VisitRevision",
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
                        ("key", models.UUIDField(unique=True, verbose_name="版本编号")),
                        (
                            "base",
                            models.UUIDField(blank=True, null=True, verbose_name="所依据的版本"),
                        ),
                        ("body", models.JSONField(default=dict, verbose_name="内容")),
                        ("sha256", models.CharField(max_length=64, verbose_name="内容摘要")),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("applied", "已采用"),
                                    ("merged", "已合并"),
                                    ("conflict", "与另一版本冲突"),
                                    ("settled", "冲突已处理"),
                                ],
                                max_length=10,
                                verbose_name="结果",
                            ),
                        ),
                        (
                            "device_time",
                            models.DateTimeField(blank=True, null=True, verbose_name="手机时间"),
                        ),
                        (
                            "received_at",
                            models.DateTimeField(default=common.clock.now, verbose_name="收到时间"),
                        ),
                        ("from_phone", models.BooleanField(default=False, verbose_name="来自手机")),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="填写人",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="revisions",
                                to="training.visit",
                                verbose_name="走访记录",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "走访记录的版本",
                        "verbose_name_plural": "走访记录的版本",
                        "indexes": [
                            models.Index(fields=["visit", "-id"], name="revision_of_visit")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TrainingEvent",
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
                        ("title", models.CharField(max_length=100, verbose_name="名称")),
                        (
                            "audience",
                            models.CharField(
                                choices=[
                                    ("counsellors", "辅导员"),
                                    ("chairs", "合作社法人"),
                                    ("members", "合作社成员"),
                                    ("producers", "规模生产主体"),
                                ],
                                max_length=12,
                                verbose_name="对象",
                            ),
                        ),
                        ("held_on", models.DateField(verbose_name="日期")),
                        (
                            "begins_at",
                            models.TimeField(blank=True, null=True, verbose_name="开始时间"),
                        ),
                        (
                            "hours",
                            models.DecimalField(
                                decimal_places=1, max_digits=4, verbose_name="学时"
                            ),
                        ),
                        ("place", models.CharField(max_length=100, verbose_name="地点")),
                        (
                            "trainers",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="授课人"
                            ),
                        ),
                        ("topics", models.JSONField(default=list, verbose_name="内容")),
                        (
                            "cost",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=10,
                                null=True,
                                verbose_name="费用",
                            ),
                        ),
                        (
                            "assessment",
                            models.TextField(blank=True, default="", verbose_name="效果评估"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "已安排"),
                                    ("held", "已举办"),
                                    ("called_off", "已取消"),
                                ],
                                default="planned",
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "token",
                            models.CharField(
                                default=training.models.event.new_token,
                                max_length=16,
                                unique=True,
                                verbose_name="签到码",
                            ),
                        ),
                        (
                            "made_at",
                            models.DateTimeField(default=common.clock.now, verbose_name="登记时间"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "made_by",
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
                                blank=True,
                                help_text="空为区级举办",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="trainings",
                                to="accounts.organisationunit",
                                verbose_name="举办单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "培训",
                        "verbose_name_plural": "培训",
                        "indexes": [models.Index(fields=["-held_on", "-id"], name="event_newest")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("hours__gt", 0)), name="event_lasts"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("cost__isnull", True), ("cost__gte", 0), _connector="OR"
                                ),
                                name="event_cost_is_no_debt",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Attendance",
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
                        ("name", models.CharField(max_length=30, verbose_name="姓名")),
                        (
                            "organisation",
                            models.CharField(
                                blank=True, default="", max_length=100, verbose_name="单位"
                            ),
                        ),
                        ("invited", models.BooleanField(default=False, verbose_name="受邀")),
                        (
                            "signed",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "未签到"),
                                    ("qr", "扫码签到"),
                                    ("sheet", "纸质签到表"),
                                ],
                                default="",
                                max_length=6,
                                verbose_name="签到",
                            ),
                        ),
                        (
                            "signed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="签到时间"),
                        ),
                        (
                            "cooperative",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attendance",
                                to="registry.cooperative",
                                verbose_name="合作社",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="账号",
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attendance",
                                to="training.trainingevent",
                                verbose_name="培训",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "培训签到",
                        "verbose_name_plural": "培训签到",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("event", "name", "organisation"), name="one_line_a_person"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GuidanceRecord",
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
                                    ("before_registration", "登记前辅导"),
                                    ("charter", "章程制度指导"),
                                    ("study_tour", "外出学习考察"),
                                ],
                                max_length=20,
                                verbose_name="类别",
                            ),
                        ),
                        ("on", models.DateField(verbose_name="日期")),
                        (
                            "about",
                            models.CharField(
                                help_text="拟设立的合作社、合作社或考察团名称",
                                max_length=100,
                                verbose_name="对象",
                            ),
                        ),
                        (
                            "people",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="人数"
                            ),
                        ),
                        ("advice", models.TextField(verbose_name="辅导或考察内容")),
                        (
                            "outcome",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="结果"
                            ),
                        ),
                        (
                            "at",
                            models.DateTimeField(default=common.clock.now, verbose_name="登记时间"),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="登记人",
                            ),
                        ),
                        (
                            "cooperative",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="guidance",
                                to="registry.cooperative",
                                verbose_name="合作社",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="guidance",
                                to="accounts.organisationunit",
                                verbose_name="乡镇街道",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "辅导台账",
                        "verbose_name_plural": "辅导台账",
                        "indexes": [models.Index(fields=["-on", "-id"], name="guidance_newest")],
                    },
                ),
            ],
        ),
    ]
