"""All of 19 migrations in one step: the tables, and the rows and guards that are laid down in them."""

import uuid
from importlib import import_module

import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import common.clock
from common.create_tables import CreateTables

trail = import_module("accounts.migrations.0002_audit_trail_only_grows")
units = import_module("accounts.migrations.0003_units_of_tongchuan")
machine = import_module("accounts.migrations.0004_machine_operator")


class Migration(migrations.Migration):
    replaces = [
        ("accounts", "0001_people_units_and_audit"),
        ("accounts", "0002_audit_trail_only_grows"),
        ("accounts", "0003_units_of_tongchuan"),
        ("accounts", "0004_machine_operator"),
        ("accounts", "0005_old_names_are_edited"),
        ("accounts", "0006_attachments_and_numbers"),
        ("accounts", "0007_issued_papers"),
        ("accounts", "0008_notices"),
        ("accounts", "0009_saved_views"),
        ("accounts", "0010_life_signs"),
        ("accounts", "0011_api_tokens"),
        ("accounts", "0012_export_jobs"),
        ("accounts", "0013_first_hints"),
        ("accounts", "0014_lists_with_views"),
        ("accounts", "0015_more_lists_with_views"),
        ("accounts", "0016_typical_cases_with_views"),
        ("accounts", "0017_contacts_with_views"),
        ("accounts", "0018_library_and_notices_with_views"),
        ("accounts", "0019_upward_log_with_views"),
    ]

    initial = True

    dependencies = []

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="OrganisationUnit",
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
                        ("code", models.CharField(max_length=20, unique=True, verbose_name="代码")),
                        ("name", models.CharField(max_length=40, unique=True, verbose_name="名称")),
                        ("short_name", models.CharField(max_length=20, verbose_name="简称")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("town", "镇"),
                                    ("township", "乡"),
                                    ("subdistrict", "街道"),
                                    ("committee", "管委会"),
                                    ("department", "区级部门"),
                                    ("leadership", "区委区政府"),
                                ],
                                max_length=20,
                                verbose_name="类别",
                            ),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=0, verbose_name="排序"),
                        ),
                        (
                            "in_joint_meeting",
                            models.BooleanField(default=False, verbose_name="联席会议成员单位"),
                        ),
                        ("active", models.BooleanField(default=True, verbose_name="在用")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                    ],
                    options={
                        "verbose_name": "机构",
                        "verbose_name_plural": "机构",
                    },
                ),
                migrations.CreateModel(
                    name="User",
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
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        (
                            "last_login",
                            models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                        ),
                        (
                            "username",
                            models.CharField(
                                error_messages={"unique": "这个用户名已有人使用。"},
                                max_length=30,
                                unique=True,
                                verbose_name="用户名",
                            ),
                        ),
                        ("full_name", models.CharField(max_length=30, verbose_name="姓名")),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("bureau", "农业农村局工作人员"),
                                    ("clerk", "乡镇街道经办人"),
                                    ("counsellor", "合作社辅导员"),
                                    ("cooperative", "合作社"),
                                    ("liaison", "部门联络员"),
                                    ("leader", "领导"),
                                    ("auditor", "审计员"),
                                    ("administrator", "系统管理员"),
                                ],
                                max_length=20,
                                verbose_name="角色",
                            ),
                        ),
                        ("post", models.CharField(blank=True, max_length=40, verbose_name="职务")),
                        (
                            "phone",
                            models.CharField(blank=True, max_length=20, verbose_name="手机号"),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="在用")),
                        (
                            "must_change_password",
                            models.BooleanField(default=False, verbose_name="须先改密码"),
                        ),
                        (
                            "password_changed_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="密码更改时间"
                            ),
                        ),
                        (
                            "joined_at",
                            models.DateTimeField(default=common.clock.now, verbose_name="开户时间"),
                        ),
                        (
                            "session_epoch",
                            models.PositiveIntegerField(default=0, verbose_name="会话批次"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="people",
                                to="accounts.organisationunit",
                                verbose_name="所属机构",
                            ),
                        ),
                        (
                            "email",
                            models.EmailField(blank=True, max_length=254, verbose_name="电子邮箱"),
                        ),
                        (
                            "notice_mode",
                            models.CharField(
                                choices=[
                                    ("each", "逐条发邮件"),
                                    ("digest", "每天汇总一封邮件"),
                                    ("portal_only", "只在平台内查看"),
                                ],
                                default="digest",
                                max_length=12,
                                verbose_name="通知方式",
                            ),
                        ),
                        (
                            "hints_away_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="收起首次提示的时间"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "用户",
                        "verbose_name_plural": "用户",
                    },
                ),
                migrations.CreateModel(
                    name="UnitAlias",
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
                            models.CharField(max_length=40, unique=True, verbose_name="旧名称"),
                        ),
                        (
                            "old_code",
                            models.CharField(blank=True, max_length=20, verbose_name="原代码"),
                        ),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                        (
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                help_text="分属两地的旧名留空，按村判定",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="aliases",
                                to="accounts.organisationunit",
                                verbose_name="现属机构",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                    ],
                    options={
                        "verbose_name": "旧地名",
                        "verbose_name_plural": "旧地名",
                    },
                ),
                migrations.CreateModel(
                    name="AuditEvent",
                    fields=[
                        (
                            "sequence",
                            models.BigIntegerField(
                                primary_key=True, serialize=False, verbose_name="序号"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="时间")),
                        ("actor_name", models.CharField(max_length=60, verbose_name="操作人姓名")),
                        ("action", models.CharField(max_length=60, verbose_name="操作")),
                        (
                            "subject_kind",
                            models.CharField(blank=True, max_length=60, verbose_name="对象类型"),
                        ),
                        (
                            "subject_key",
                            models.CharField(blank=True, max_length=40, verbose_name="对象编号"),
                        ),
                        (
                            "subject_label",
                            models.CharField(blank=True, max_length=200, verbose_name="对象"),
                        ),
                        ("reason", models.TextField(blank=True, verbose_name="理由")),
                        (
                            "detail",
                            models.JSONField(
                                default=dict,
                                encoder=django.core.serializers.json.DjangoJSONEncoder,
                                verbose_name="内容",
                            ),
                        ),
                        (
                            "previous_hash",
                            models.CharField(max_length=64, verbose_name="上一条校验值"),
                        ),
                        (
                            "hash",
                            models.CharField(max_length=64, unique=True, verbose_name="校验值"),
                        ),
                        (
                            "actor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="操作人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "操作记录",
                        "verbose_name_plural": "操作记录",
                        "indexes": [
                            models.Index(
                                fields=["subject_kind", "subject_key", "-sequence"],
                                name="audit_subject",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AliasVillage",
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
                        ("village", models.CharField(max_length=40, verbose_name="村（社区）")),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="accounts.organisationunit",
                                verbose_name="现属机构",
                            ),
                        ),
                        (
                            "alias",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="villages",
                                to="accounts.unitalias",
                                verbose_name="旧地名",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                    ],
                    options={
                        "verbose_name": "旧地名下的村",
                        "verbose_name_plural": "旧地名下的村",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("alias", "village"), name="one_home_per_old_village"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NumberSeries",
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
                            "series",
                            models.CharField(max_length=80, unique=True, verbose_name="序列"),
                        ),
                        ("last", models.PositiveBigIntegerField(default=0, verbose_name="已用到")),
                    ],
                    options={
                        "verbose_name": "编号序列",
                        "verbose_name_plural": "编号序列",
                    },
                ),
                migrations.CreateModel(
                    name="Attachment",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                                verbose_name="编号",
                            ),
                        ),
                        ("owner_kind", models.CharField(max_length=60, verbose_name="所属类型")),
                        ("owner_key", models.CharField(max_length=40, verbose_name="所属编号")),
                        ("purpose", models.CharField(max_length=40, verbose_name="用途")),
                        (
                            "client_id",
                            models.UUIDField(blank=True, null=True, verbose_name="手机端编号"),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("photo", "照片"),
                                    ("pdf", "PDF"),
                                    ("docx", "Word 文档"),
                                    ("xlsx", "Excel 工作簿"),
                                    ("xls", "Excel 工作簿（旧版）"),
                                ],
                                max_length=8,
                                verbose_name="类型",
                            ),
                        ),
                        ("filename", models.CharField(max_length=200, verbose_name="文件名")),
                        (
                            "stored_name",
                            models.CharField(max_length=64, unique=True, verbose_name="存放名"),
                        ),
                        ("content_type", models.CharField(max_length=100, verbose_name="内容类型")),
                        ("size", models.PositiveBigIntegerField(verbose_name="字节数")),
                        ("sha256", models.CharField(max_length=64, verbose_name="存放内容摘要")),
                        (
                            "received_sha256",
                            models.CharField(
                                db_index=True, max_length=64, verbose_name="收到内容摘要"
                            ),
                        ),
                        (
                            "width",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="宽"),
                        ),
                        (
                            "height",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="高"),
                        ),
                        (
                            "taken_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="拍摄时间"),
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
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                        (
                            "added_at",
                            models.DateTimeField(default=common.clock.now, verbose_name="上传时间"),
                        ),
                        (
                            "removed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="移除时间"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="上传人",
                            ),
                        ),
                        (
                            "removed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="移除人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "附件",
                        "verbose_name_plural": "附件",
                        "indexes": [
                            models.Index(
                                fields=["owner_kind", "owner_key", "added_at"],
                                name="attachment_owner",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("client_id__isnull", False)),
                                fields=("owner_kind", "owner_key", "client_id"),
                                name="attachment_sent_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("removed_at__isnull", True), ("removed_by__isnull", True)
                                    ),
                                    models.Q(
                                        ("removed_at__isnull", False), ("removed_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="attachment_removed_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("height__gt", 0), ("kind", "photo"), ("width__gt", 0)
                                    ),
                                    models.Q(
                                        models.Q(("kind", "photo"), _negated=True),
                                        ("height__isnull", True),
                                        ("width__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="attachment_photo_has_a_size",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PublicTry",
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
                        ("visitor", models.CharField(max_length=64, verbose_name="来访地址摘要")),
                        ("minute", models.BigIntegerField(verbose_name="分钟")),
                        ("tries", models.PositiveIntegerField(default=0, verbose_name="次数")),
                    ],
                    options={
                        "verbose_name": "公开查询次数",
                        "verbose_name_plural": "公开查询次数",
                        "indexes": [models.Index(fields=["minute"], name="public_try_minute")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("visitor", "minute"), name="public_try_once_a_minute"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IssuedPaper",
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
                                default=uuid.uuid4, editable=False, unique=True, verbose_name="地址"
                            ),
                        ),
                        ("owner_kind", models.CharField(max_length=60, verbose_name="所属类型")),
                        ("owner_key", models.CharField(max_length=40, verbose_name="所属编号")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("roster_certificate", "社员名录证明"),
                                    ("report_receipt", "年报回执"),
                                    ("honour_certificate", "示范社证书"),
                                    ("plaque", "示范社牌匾"),
                                    ("minutes", "会议纪要"),
                                    ("proof_sheet", "核查表"),
                                    ("letter", "公函"),
                                    ("other_paper", "其他文书"),
                                ],
                                max_length=24,
                                verbose_name="种类",
                            ),
                        ),
                        (
                            "number",
                            models.CharField(max_length=80, unique=True, verbose_name="编号"),
                        ),
                        (
                            "number_key",
                            models.CharField(editable=False, max_length=80, unique=True),
                        ),
                        ("check_code", models.CharField(max_length=12, verbose_name="校验码")),
                        ("title", models.CharField(max_length=200, verbose_name="标题")),
                        (
                            "public_facts",
                            models.JSONField(default=list, verbose_name="对外可查的项目"),
                        ),
                        (
                            "stored_name",
                            models.CharField(blank=True, max_length=64, verbose_name="存放名"),
                        ),
                        (
                            "sha256",
                            models.CharField(blank=True, max_length=64, verbose_name="内容摘要"),
                        ),
                        ("size", models.PositiveBigIntegerField(default=0, verbose_name="字节数")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("valid", "有效"),
                                    ("superseded", "已被新文书替代"),
                                    ("withdrawn", "已撤销"),
                                ],
                                default="valid",
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "issued_at",
                            models.DateTimeField(default=common.clock.now, verbose_name="签发时间"),
                        ),
                        (
                            "ended_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="失效时间"),
                        ),
                        (
                            "ended_reason",
                            models.CharField(blank=True, max_length=500, verbose_name="失效原因"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "issued_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="签发人",
                            ),
                        ),
                        (
                            "successor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="predecessors",
                                to="accounts.issuedpaper",
                                verbose_name="替代文书",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "签发文书",
                        "verbose_name_plural": "签发文书",
                        "indexes": [
                            models.Index(
                                fields=["owner_kind", "owner_key", "-issued_at"], name="paper_owner"
                            ),
                            models.Index(fields=["-issued_at", "-id"], name="paper_newest"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at__isnull", True), ("state", "valid")),
                                    models.Q(
                                        models.Q(("state", "valid"), _negated=True),
                                        ("ended_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="paper_that_ended_has_a_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("sha256", ""), ("size", 0), ("stored_name", "")),
                                    models.Q(
                                        models.Q(("stored_name", ""), _negated=True),
                                        models.Q(("sha256", ""), _negated=True),
                                        ("size__gt", 0),
                                    ),
                                    _connector="OR",
                                ),
                                name="paper_content_has_a_digest",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Notice",
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
                            "event",
                            models.CharField(
                                choices=[
                                    ("delivery_refused", "报送被退回"),
                                    ("delivery_committed", "报送已入库"),
                                    ("delivery_overdue", "报送逾期未到"),
                                    ("matter_to_verify", "需核实事项"),
                                    ("case_opened", "清理事项待办"),
                                    ("case_decided", "清理事项结果"),
                                    ("rectification_ordered", "限期整改"),
                                    ("term_near", "期限临近"),
                                    ("term_passed", "期限已过"),
                                    ("report_due", "年度报告填报"),
                                    ("report_received", "年度报告已收到"),
                                    ("report_returned", "年度报告退回修改"),
                                    ("report_accepted", "年度报告已通过"),
                                    ("certificate_issued", "证明已核发"),
                                    ("certificate_refused", "证明不予核发"),
                                    ("counsellor_assigned", "辅导安排"),
                                    ("visit_due", "走访提醒"),
                                    ("visit_to_confirm", "走访记录待确认"),
                                    ("training_invited", "培训通知"),
                                    ("title_round", "示范社评定"),
                                    ("title_decided", "示范社评定结果"),
                                    ("meeting_called", "会议通知"),
                                    ("minutes_to_agree", "会议纪要会签"),
                                    ("task_assigned", "任务交办"),
                                    ("data_shared", "数据共享"),
                                    ("export_ready", "导出已完成"),
                                    ("official_letter", "正式通知"),
                                    ("other_notice", "其他通知"),
                                ],
                                max_length=24,
                                verbose_name="事项",
                            ),
                        ),
                        ("title", models.CharField(max_length=120, verbose_name="标题")),
                        ("text", models.TextField(max_length=2000, verbose_name="内容")),
                        (
                            "url",
                            models.CharField(blank=True, max_length=300, verbose_name="办理页面"),
                        ),
                        ("formal", models.BooleanField(default=False, verbose_name="正式通知")),
                        (
                            "sent_at",
                            models.DateTimeField(default=common.clock.now, verbose_name="发送时间"),
                        ),
                        (
                            "sent_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="发送人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "通知",
                        "verbose_name_plural": "通知",
                        "indexes": [
                            models.Index(fields=["formal", "-sent_at", "-id"], name="notice_formal")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("title", ""), _negated=True),
                                name="notice_has_a_title",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NoticeReceipt",
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
                            "delivered_at",
                            models.DateTimeField(default=common.clock.now, verbose_name="送达时间"),
                        ),
                        (
                            "read_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="阅读时间"),
                        ),
                        (
                            "confirmed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="确认时间"),
                        ),
                        (
                            "notice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="receipts",
                                to="accounts.notice",
                                verbose_name="通知",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notice_receipts",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="收件人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "通知送达",
                        "verbose_name_plural": "通知送达",
                        "indexes": [
                            models.Index(
                                fields=["person", "-delivered_at", "-id"], name="notice_of_person"
                            ),
                            models.Index(
                                condition=models.Q(("read_at__isnull", True)),
                                fields=["person"],
                                name="notice_unread",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("notice", "person"), name="notice_once_a_person"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("confirmed_at__isnull", True),
                                    ("read_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="notice_confirmed_was_read",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OutboxMessage",
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
                            "digest_of",
                            models.DateField(blank=True, null=True, verbose_name="汇总日期"),
                        ),
                        (
                            "channel",
                            models.CharField(
                                choices=[("email", "电子邮件"), ("sms", "短信")],
                                max_length=8,
                                verbose_name="方式",
                            ),
                        ),
                        ("address", models.CharField(max_length=254, verbose_name="邮箱或手机号")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "等待发送"),
                                    ("sent", "已发出"),
                                    ("failed", "发送失败"),
                                ],
                                default="waiting",
                                max_length=8,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "attempts",
                            models.PositiveSmallIntegerField(default=0, verbose_name="尝试次数"),
                        ),
                        (
                            "next_try_at",
                            models.DateTimeField(
                                default=common.clock.real_now, verbose_name="下次尝试"
                            ),
                        ),
                        (
                            "sent_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="发出时间"),
                        ),
                        (
                            "fault",
                            models.CharField(blank=True, max_length=200, verbose_name="失败原因"),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="outbox_messages",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="收件人",
                            ),
                        ),
                        (
                            "receipt",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="messages",
                                to="accounts.noticereceipt",
                                verbose_name="通知送达",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "待发消息",
                        "verbose_name_plural": "待发消息",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "waiting")),
                                fields=["next_try_at", "id"],
                                name="outbox_waiting",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("receipt__isnull", False)),
                                fields=("receipt", "channel"),
                                name="message_once_a_channel",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("digest_of__isnull", False)),
                                fields=("person", "digest_of"),
                                name="digest_once_a_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("digest_of__isnull", True), ("receipt__isnull", False)
                                    ),
                                    models.Q(
                                        ("digest_of__isnull", False), ("receipt__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="message_tells_of_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("sent_at__isnull", False), ("state", "sent")),
                                    models.Q(
                                        models.Q(("state", "sent"), _negated=True),
                                        ("sent_at__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="message_sent_has_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SavedView",
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
                            "page",
                            models.CharField(
                                choices=[
                                    ("register", "合作社名录"),
                                    ("flags", "疑似问题"),
                                    ("contradictions", "来源矛盾"),
                                    ("cleanup", "清理整顿"),
                                    ("tip-offs", "群众举报"),
                                    ("deliveries", "数据报送"),
                                    ("reports", "年度报告"),
                                    ("visits", "走访记录"),
                                    ("promises", "整改事项"),
                                    ("counsellors", "辅导员"),
                                    ("events", "培训"),
                                    ("guidance", "辅导台账"),
                                    ("titles", "示范社称号"),
                                    ("nearly", "达标差距"),
                                    ("monitoring", "称号监测"),
                                    ("plans", "培育方案"),
                                    ("strengths", "服务与设施"),
                                    ("innovations", "创新登记"),
                                    ("meetings", "联席会议"),
                                    ("decisions", "议定事项"),
                                    ("help", "乡镇求助"),
                                    ("sponsorships", "部门挂包"),
                                    ("supports", "扶持资金和项目"),
                                    ("watches", "集资风险线索"),
                                    ("exemplars", "典型案例"),
                                    ("contacts", "联络员名册"),
                                    ("library", "文件资料"),
                                    ("upward", "上级沟通"),
                                    ("parts", "分单位任务"),
                                    ("findings", "验收整改"),
                                    ("people", "用户"),
                                    ("audit", "操作记录"),
                                    ("papers", "签发文书"),
                                    ("letters", "通知送达记录"),
                                    ("notices", "通知"),
                                ],
                                max_length=20,
                                verbose_name="列表",
                            ),
                        ),
                        ("name", models.CharField(max_length=30, verbose_name="名称")),
                        (
                            "query",
                            models.CharField(blank=True, max_length=2000, verbose_name="条件"),
                        ),
                        (
                            "share",
                            models.CharField(
                                choices=[
                                    ("own", "只有我自己"),
                                    ("unit", "本单位的人"),
                                    ("role", "与我同角色的人"),
                                ],
                                default="own",
                                max_length=8,
                                verbose_name="谁能看到",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("bureau", "农业农村局工作人员"),
                                    ("clerk", "乡镇街道经办人"),
                                    ("counsellor", "合作社辅导员"),
                                    ("cooperative", "合作社"),
                                    ("liaison", "部门联络员"),
                                    ("leader", "领导"),
                                    ("auditor", "审计员"),
                                    ("administrator", "系统管理员"),
                                ],
                                max_length=20,
                                verbose_name="共享给角色",
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(default=common.clock.now, verbose_name="保存时间"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="saved_views",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="保存人",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="accounts.organisationunit",
                                verbose_name="共享给机构",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "常用查询",
                        "verbose_name_plural": "常用查询",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("owner", "page", "name"), name="one_view_a_name"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("share", "unit"), _negated=True),
                                    ("unit__isnull", False),
                                    _connector="OR",
                                ),
                                name="view_shared_with_a_unit",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("share", "role"), _negated=True),
                                    models.Q(("role", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="view_shared_with_a_role",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DefaultView",
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
                            "page",
                            models.CharField(
                                choices=[
                                    ("register", "合作社名录"),
                                    ("flags", "疑似问题"),
                                    ("contradictions", "来源矛盾"),
                                    ("cleanup", "清理整顿"),
                                    ("tip-offs", "群众举报"),
                                    ("deliveries", "数据报送"),
                                    ("reports", "年度报告"),
                                    ("visits", "走访记录"),
                                    ("promises", "整改事项"),
                                    ("counsellors", "辅导员"),
                                    ("events", "培训"),
                                    ("guidance", "辅导台账"),
                                    ("titles", "示范社称号"),
                                    ("nearly", "达标差距"),
                                    ("monitoring", "称号监测"),
                                    ("plans", "培育方案"),
                                    ("strengths", "服务与设施"),
                                    ("innovations", "创新登记"),
                                    ("meetings", "联席会议"),
                                    ("decisions", "议定事项"),
                                    ("help", "乡镇求助"),
                                    ("sponsorships", "部门挂包"),
                                    ("supports", "扶持资金和项目"),
                                    ("watches", "集资风险线索"),
                                    ("exemplars", "典型案例"),
                                    ("contacts", "联络员名册"),
                                    ("library", "文件资料"),
                                    ("upward", "上级沟通"),
                                    ("parts", "分单位任务"),
                                    ("findings", "验收整改"),
                                    ("people", "用户"),
                                    ("audit", "操作记录"),
                                    ("papers", "签发文书"),
                                    ("letters", "通知送达记录"),
                                    ("notices", "通知"),
                                ],
                                max_length=20,
                                verbose_name="列表",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="default_views",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "view",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="defaults",
                                to="accounts.savedview",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "默认查询",
                        "verbose_name_plural": "默认查询",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("user", "page"), name="one_default_a_page"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LifeSign",
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
                        ("kind", models.CharField(max_length=20, verbose_name="类别")),
                        ("name", models.CharField(blank=True, max_length=120, verbose_name="名称")),
                        ("at", models.DateTimeField(verbose_name="时间")),
                        ("good", models.BooleanField(default=True, verbose_name="正常")),
                        ("detail", models.JSONField(default=dict, verbose_name="结果")),
                    ],
                    options={
                        "verbose_name": "运行信号",
                        "verbose_name_plural": "运行信号",
                        "constraints": [
                            models.UniqueConstraint(fields=("kind", "name"), name="life_sign_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApiToken",
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
                        ("name", models.CharField(max_length=40, verbose_name="用途")),
                        ("hint", models.CharField(max_length=12, verbose_name="开头几位")),
                        (
                            "digest",
                            models.CharField(max_length=64, unique=True, verbose_name="摘要"),
                        ),
                        (
                            "scope",
                            models.CharField(
                                choices=[
                                    ("read", "只读取"),
                                    ("deliver", "只报送数据"),
                                    ("write", "读取和办理"),
                                ],
                                default="read",
                                max_length=8,
                                verbose_name="范围",
                            ),
                        ),
                        ("expires_on", models.DateField(verbose_name="有效期至")),
                        (
                            "created_at",
                            models.DateTimeField(default=common.clock.now, verbose_name="发放时间"),
                        ),
                        ("last_used_at", models.DateTimeField(null=True, verbose_name="最近使用")),
                        ("withdrawn_at", models.DateTimeField(null=True, verbose_name="收回时间")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="发放人",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="api_tokens",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="使用人",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="api_tokens",
                                to="accounts.organisationunit",
                                verbose_name="所属部门",
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="收回人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "接口令牌",
                        "verbose_name_plural": "接口令牌",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("withdrawn_at__isnull", True),
                                        ("withdrawn_by__isnull", True),
                                    ),
                                    models.Q(
                                        ("withdrawn_at__isnull", False),
                                        ("withdrawn_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="token_withdrawn_by_somebody",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExportJob",
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
                        ("kind", models.CharField(max_length=40, verbose_name="列表代码")),
                        ("title", models.CharField(max_length=60, verbose_name="列表")),
                        (
                            "form",
                            models.CharField(
                                choices=[("xlsx", "Excel（xlsx）"), ("csv", "CSV（不限行数）")],
                                max_length=4,
                                verbose_name="格式",
                            ),
                        ),
                        (
                            "query",
                            models.CharField(blank=True, max_length=2000, verbose_name="条件"),
                        ),
                        ("conditions", models.TextField(blank=True, verbose_name="筛选条件")),
                        (
                            "personal",
                            models.BooleanField(default=False, verbose_name="含完整个人信息"),
                        ),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=200, verbose_name="理由"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "排队中"),
                                    ("working", "正在生成"),
                                    ("ready", "可以下载"),
                                    ("failed", "没有成功"),
                                    ("expired", "已过期"),
                                ],
                                default="waiting",
                                max_length=8,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "rows_done",
                            models.PositiveIntegerField(default=0, verbose_name="已写行数"),
                        ),
                        (
                            "rows_known",
                            models.PositiveIntegerField(default=0, verbose_name="总行数"),
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
                            "fault",
                            models.CharField(
                                blank=True,
                                default="",
                                max_length=300,
                                verbose_name="没有成功的原因",
                            ),
                        ),
                        (
                            "filename",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="文件名"
                            ),
                        ),
                        (
                            "stored_name",
                            models.CharField(
                                blank=True, default="", max_length=64, verbose_name="存放名"
                            ),
                        ),
                        ("size", models.BigIntegerField(default=0, verbose_name="字节数")),
                        (
                            "asked_at",
                            models.DateTimeField(default=common.clock.now, verbose_name="提出时间"),
                        ),
                        ("finished_at", models.DateTimeField(null=True, verbose_name="完成时间")),
                        ("expires_at", models.DateTimeField(null=True, verbose_name="保留至")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="exports",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="导出人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "导出任务",
                        "verbose_name_plural": "导出任务",
                        "indexes": [
                            models.Index(fields=["owner", "-id"], name="export_of_owner"),
                            models.Index(fields=["state", "lease_until"], name="export_waiting"),
                        ],
                    },
                ),
            ],
        ),
        migrations.RunPython(trail.guard, trail.unguard),
        migrations.RunPython(units.seed, units.unseed),
        migrations.RunPython(machine.add, machine.remove),
    ]
