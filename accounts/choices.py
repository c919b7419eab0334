"""Words that people see for the codes of this app."""

from django.db import models

LEADING_UNIT = "nyncj"  # 区农业农村局: leads the clean-up, answers for the programme as a whole


class Role(models.TextChoices):
    """What a person is to the portal; rights follow from `accounts.policy` alone."""

    BUREAU = "bureau", "农业农村局工作人员"
    CLERK = "clerk", "乡镇街道经办人"
    COUNSELLOR = "counsellor", "合作社辅导员"
    COOPERATIVE = "cooperative", "合作社"
    LIAISON = "liaison", "部门联络员"
    LEADER = "leader", "领导"
    AUDITOR = "auditor", "审计员"
    ADMINISTRATOR = "administrator", "系统管理员"


class UnitKind(models.TextChoices):
    """What an organisation unit is."""

    TOWN = "town", "镇"
    TOWNSHIP = "township", "乡"
    SUBDISTRICT = "subdistrict", "街道"
    COMMITTEE = "committee", "管委会"
    DEPARTMENT = "department", "区级部门"
    LEADERSHIP = "leadership", "区委区政府"


REPORTING_KINDS = (
    UnitKind.TOWN,
    UnitKind.TOWNSHIP,
    UnitKind.SUBDISTRICT,
    UnitKind.COMMITTEE,
)


_ANY_OFFICE = (UnitKind.DEPARTMENT, UnitKind.LEADERSHIP)

# Where a person of a role works; a cooperative's people may name the township of their society.
WORKPLACES: dict[Role, tuple[UnitKind, ...]] = {
    Role.BUREAU: (UnitKind.DEPARTMENT,),
    Role.CLERK: REPORTING_KINDS,
    Role.COUNSELLOR: REPORTING_KINDS,
    Role.COOPERATIVE: REPORTING_KINDS,
    Role.LIAISON: (UnitKind.DEPARTMENT,),
    Role.LEADER: _ANY_OFFICE,
    Role.AUDITOR: _ANY_OFFICE,
    Role.ADMINISTRATOR: _ANY_OFFICE,
}
WITHOUT_WORKPLACE = frozenset({Role.COOPERATIVE, Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR})


class AttachmentKind(models.TextChoices):
    """What an attachment is, judged by its content."""

    PHOTO = "photo", "照片"
    PDF = "pdf", "PDF"
    DOCX = "docx", "Word 文档"
    XLSX = "xlsx", "Excel 工作簿"
    XLS = "xls", "Excel 工作簿（旧版）"


class PaperKind(models.TextChoices):
    """What a numbered paper is that leaves the house."""

    ROSTER_CERTIFICATE = "roster_certificate", "社员名录证明"
    REPORT_RECEIPT = "report_receipt", "年报回执"
    HONOUR_CERTIFICATE = "honour_certificate", "示范社证书"
    PLAQUE = "plaque", "示范社牌匾"
    MINUTES = "minutes", "会议纪要"
    PROOF_SHEET = "proof_sheet", "核查表"
    LETTER = "letter", "公函"
    OTHER_PAPER = "other_paper", "其他文书"


class PaperState(models.TextChoices):
    """Whether a paper still counts."""

    VALID = "valid", "有效"
    SUPERSEDED = "superseded", "已被新文书替代"
    WITHDRAWN = "withdrawn", "已撤销"


class NoticeEvent(models.TextChoices):
    """What a notice tells of; `accounts.notice_words` has the words around each for every channel."""

    DELIVERY_REFUSED = "delivery_refused", "报送被退回"
    DELIVERY_COMMITTED = "delivery_committed", "报送已入库"
    DELIVERY_OVERDUE = "delivery_overdue", "报送逾期未到"
    MATTER_TO_VERIFY = "matter_to_verify", "需核实事项"
    CASE_OPENED = "case_opened", "清理事项待办"
    CASE_DECIDED = "case_decided", "清理事项结果"
    RECTIFICATION_ORDERED = "rectification_ordered", "限期整改"
    TERM_NEAR = "term_near", "期限临近"
    TERM_PASSED = "term_passed", "期限已过"
    REPORT_DUE = "report_due", "年度报告填报"
    REPORT_RECEIVED = "report_received", "年度报告已收到"
    REPORT_RETURNED = "report_returned", "年度报告退回修改"
    REPORT_ACCEPTED = "report_accepted", "年度报告已通过"
    CERTIFICATE_ISSUED = "certificate_issued", "证明已核发"
    CERTIFICATE_REFUSED = "certificate_refused", "证明不予核发"
    COUNSELLOR_ASSIGNED = "counsellor_assigned", "辅导安排"
    VISIT_DUE = "visit_due", "走访提醒"
    VISIT_TO_CONFIRM = "visit_to_confirm", "走访记录待确认"
    TRAINING_INVITED = "training_invited", "培训通知"
    TITLE_ROUND = "title_round", "示范社评定"
    TITLE_DECIDED = "title_decided", "示范社评定结果"
    MEETING_CALLED = "meeting_called", "会议通知"
    MINUTES_TO_AGREE = "minutes_to_agree", "会议纪要会签"
    TASK_ASSIGNED = "task_assigned", "任务交办"
    DATA_SHARED = "data_shared", "数据共享"
    EXPORT_READY = "export_ready", "导出已完成"
    OFFICIAL_LETTER = "official_letter", "正式通知"
    OTHER_NOTICE = "other_notice", "其他通知"


class NoticeMode(models.TextChoices):
    """How a person wants to hear of notices outside the portal; formal ones always go out."""

    EACH = "each", "逐条发邮件"
    DIGEST = "digest", "每天汇总一封邮件"
    PORTAL_ONLY = "portal_only", "只在平台内查看"


class OutboxChannel(models.TextChoices):
    """By which way a message leaves the portal."""

    EMAIL = "email", "电子邮件"
    SMS = "sms", "短信"


class OutboxState(models.TextChoices):
    """Where a message on its way stands."""

    WAITING = "waiting", "等待发送"
    SENT = "sent", "已发出"
    FAILED = "failed", "发送失败"


class SavedPage(models.TextChoices):
    """A list whose conditions can be kept under a name."""

    REGISTER = "register", "合作社名录"
    FLAGS = "flags", "疑似问题"
    CONTRADICTIONS = "contradictions", "来源矛盾"
    CLEANUP = "cleanup", "清理整顿"
    TIP_OFFS = "tip-offs", "群众举报"
    DELIVERIES = "deliveries", "数据报送"
    REPORTS = "reports", "年度报告"
    VISITS = "visits", "走访记录"
    PROMISES = "promises", "整改事项"
    COUNSELLORS = "counsellors", "辅导员"
    EVENTS = "events", "培训"
    GUIDANCE = "guidance", "辅导台账"
    TITLES = "titles", "示范社称号"
    NEARLY = "nearly", "达标差距"
    MONITORING = "monitoring", "称号监测"
    PLANS = "plans", "培育方案"
    STRENGTHS = "strengths", "服务与设施"
    INNOVATIONS = "innovations", "创新登记"
    MEETINGS = "meetings", "联席会议"
    DECISIONS = "decisions", "议定事项"
    HELP = "help", "乡镇求助"
    SPONSORSHIPS = "sponsorships", "部门挂包"
    SUPPORTS = "supports", "扶持资金和项目"
    WATCHES = "watches", "集资风险线索"
    EXEMPLARS = "exemplars", "典型案例"
    CONTACTS = "contacts", "联络员名册"
    LIBRARY = "library", "文件资料"
    UPWARD = "upward", "上级沟通"
    PARTS = "parts", "分单位任务"
    FINDINGS = "findings", "验收整改"
    PEOPLE = "people", "用户"
    AUDIT = "audit", "操作记录"
    PAPERS = "papers", "签发文书"
    LETTERS = "letters", "通知送达记录"
    NOTICES = "notices", "通知"


class ViewShare(models.TextChoices):
    """Who finds a kept view beside the person who named it."""

    OWN = "own", "只有我自己"
    UNIT = "unit", "本单位的人"
    ROLE = "role", "与我同角色的人"


class TokenScope(models.TextChoices):
    """What a program may do with a token; the reach is that of the person in whose name it acts."""

    READ = "read", "只读取"
    DELIVER = "deliver", "只报送数据"
    WRITE = "write", "读取和办理"


class ExportForm(models.TextChoices):
    """The kind of file that an export becomes."""

    XLSX = "xlsx", "Excel（xlsx）"
    CSV = "csv", "CSV（不限行数）"


class ExportState(models.TextChoices):
    """Where an export stands."""

    WAITING = "waiting", "排队中"
    WORKING = "working", "正在生成"
    READY = "ready", "可以下载"
    FAILED = "failed", "没有成功"
    EXPIRED = "expired", "已过期"
