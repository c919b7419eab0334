"""Words that people see for the codes of what other registers state about societies."""

from django.db import models


class AbnormalReason(models.TextChoices):
    """Why a cooperative is listed: articles 10 to 12 of Order 70 (2014); enterprises have a fourth."""

    REPORT_NOT_PUBLISHED = "report_not_published", "未按期报送、公示年度报告"
    REPORT_FALSE = "report_false", "年度报告隐瞒真实情况、弄虚作假"
    UNREACHABLE = "unreachable", "通过登记的住所无法联系"


class RemovalReason(models.TextChoices):
    """Why a cooperative was taken off the list again."""

    REPORT_PUBLISHED = "report_published", "已补报年度报告"
    REPORT_CORRECTED = "report_corrected", "已更正年度报告"
    DOMICILE_CHANGED = "domicile_changed", "已变更登记住所"
    CONTACT_REGAINED = "contact_regained", "已重新取得联系"
    ENDED = "ended", "已注销或被吊销，不再列入"
    UNSTATED = "", "未载明"


class SpotCheckKind(models.TextChoices):
    """How the societies of a check were chosen."""

    RANDOM = "random", "不定向抽查"
    TARGETED = "targeted", "定向抽查"
    SPECIAL = "special", "专项检查"
    UNSTATED = "", "未载明"


class SpotCheckResult(models.TextChoices):
    """What a check found, by the text of the result; provinces number the same texts differently.

    From grave to harmless: of several results the first of this list is the main one.
    """

    FALSE_INFORMATION = "false_information", "公示信息隐瞒真实情况、弄虚作假"
    UNCOOPERATIVE = "uncooperative", "不配合检查情节严重"
    UNREACHABLE = "unreachable", "通过登记的住所（经营场所）无法联系"
    NO_ACTIVITY = "no_activity", "未发现开展本次抽查涉及的经营活动"
    CLOSED = "closed", "已关闭停业或正在组织清算"
    REVOKED = "revoked", "被吊销营业执照"
    CANCELLED = "cancelled", "被撤销登记"
    DEREGISTERED = "deregistered", "已办理注销"
    MOVED_OUT = "moved_out", "迁出"
    REPORT_NOT_PUBLISHED = "report_not_published", "未按规定公示年报信息"
    NOTICE_NOT_PUBLISHED = "notice_not_published", "未按规定公示即时信息"
    INFORMATION_NOT_PUBLISHED = "information_not_published", "未按规定公示应当公示的信息"
    SECTOR_RULES_BROKEN = "sector_rules_broken", "违反行业监管规定"
    OTHER_RULES_BROKEN = "other_rules_broken", "违反其他登记管理规定"
    CORRECTED = "corrected", "发现问题经责令已改正"
    NORMAL = "normal", "未发现问题"


class ExitKind(models.TextChoices):
    """What a notice of the regulator says. Revoked is not deregistered."""

    ANNOUNCED = "announced", "拟注销（公告）"
    REVOKED = "revoked", "吊销营业执照"
    REVOKED_DEREGISTERED = "revoked_deregistered", "吊销后注销"
    DEREGISTERED = "deregistered", "注销登记"
    CANCELLED = "cancelled", "撤销登记"


# Notices after which a society is no more; announced or revoked it still exists.
GONE_KINDS = (ExitKind.REVOKED_DEREGISTERED, ExitKind.DEREGISTERED, ExitKind.CANCELLED)


class ExitProcedure(models.TextChoices):
    """Which way of deregistration was taken."""

    ORDINARY = "ordinary", "一般注销"
    SIMPLIFIED = "simplified", "简易注销"
    UNSTATED = "", "未载明"


class PublicationState(models.TextChoices):
    """Whether a statutory annual report stands in the national publicity system."""

    PUBLISHED = "published", "已公示"
    FILED = "filed", "已报送未公示"
    NOT_FILED = "not_filed", "未报送、未公示"
    NOT_DUE = "not_due", "无需报送"


class FilingWay(models.TextChoices):
    """How a statutory annual report was handed in."""

    ONLINE = "online", "网上报送"
    PAPER = "paper", "纸质报送"
    UNSTATED = "", "未载明"


class TaxpayerState(models.TextChoices):
    """The state of a taxpayer. 非正常户 is a word of the tax register, not of the regulator's."""

    NORMAL = "normal", "正常"
    SUSPENDED = "suspended", "停业"
    ABNORMAL = "abnormal", "非正常户"
    ABNORMAL_CLOSED = "abnormal_closed", "非正常户注销"
    CLEARING = "clearing", "清算"
    DEREGISTERED = "deregistered", "注销"
    NOT_REGISTERED = "not_registered", "未办理税务登记"
    UNSTATED = "", "未载明"


class TaxpayerKind(models.TextChoices):
    """How a taxpayer is taxed on its sales."""

    GENERAL = "general", "一般纳税人"
    SMALL = "small", "小规模纳税人"
    UNSTATED = "", "未载明"


class ChangeItem(models.TextChoices):
    """Which registered item a change is about."""

    NAME = "name", "名称变更"
    LEGAL_REPRESENTATIVE = "legal_representative", "法定代表人变更"
    DOMICILE = "domicile", "住所变更"
    CONTRIBUTION = "contribution", "成员出资总额变更"
    SCOPE = "scope", "业务范围变更"
    MEMBERS = "members", "成员变更"
    TYPE = "type", "类型变更"
    CHARTER = "charter", "章程备案"
    CONTACT = "contact", "联络员备案"
    OTHER = "other", "其他事项"


class YesNo(models.TextChoices):
    """The answer to a question of a file."""

    YES = "1", "是"
    NO = "0", "否"
