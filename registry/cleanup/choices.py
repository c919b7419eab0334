"""Words that people see for the codes of survey and clean-up (domain dossier §5.1, §5.2)."""

from django.db import models

from registry.choices import FlagLabel


class ProblemClass(models.TextChoices):
    """The six classes of the national clean-up of 2019 (中农发〔2019〕3号)."""

    NO_FARMER_PARTICIPATION = "no_farmer_participation", "无农民成员实际参与"
    NO_SUBSTANTIVE_BUSINESS = "no_substantive_business", "无实质性生产经营活动"
    CEASED_POOR_MANAGEMENT = "ceased_poor_management", "因经营不善停止运行"
    SUSPECTED_SUBSIDY_FRAUD = "suspected_subsidy_fraud", "涉嫌骗取套取财政奖补和项目资金"
    PUBLIC_COMPLAINT = "public_complaint", "群众举报的违法违规线索"
    ILLEGAL_FINANCE = "illegal_finance", "从事非法金融活动"


# The labels of the pilot's plan; the other labels of suspicions point to faults of data or form.
CLEANUP_LABELS = (
    FlagLabel.SHELL,
    FlagLabel.ONE_PERSON,
    FlagLabel.FAMILY,
    FlagLabel.DORMANT,
    FlagLabel.ZOMBIE,
)
LABEL_CHOICES = [(label.value, label.label) for label in CLEANUP_LABELS]
FINDING_CHOICES = [*ProblemClass.choices, *LABEL_CHOICES]


class Disposition(models.TextChoices):
    """What should come next for a society; an advice, never a decision about its registration."""

    SUPPORT = "support", "扶持发展"
    RECTIFY = "rectify", "规范整改"
    VOLUNTARY_DEREGISTRATION = "voluntary_deregistration", "引导自愿注销"
    SIMPLIFIED_DEREGISTRATION = "simplified_deregistration", "引导简易注销"
    CONVERT_FAMILY_FARM = "convert_family_farm", "社转场"
    MERGE = "merge", "合并重组"
    REVOKE = "revoke", "提请依法吊销"
    REFER = "refer", "移交线索"


class Condition(models.TextChoices):
    """In what condition a survey found a society."""

    NORMAL = "normal", "正常经营"
    SEASONAL = "seasonal", "季节性停工"
    CEASED = "ceased", "停业"
    NOT_FOUND = "not_found", "找不到"


class SurveyMethod(models.TextChoices):
    """How it was learned."""

    ON_SITE = "on_site", "实地查看"
    VILLAGE = "village", "向村社干部了解"
    PHONE = "phone", "电话了解"


class CampaignState(models.TextChoices):
    """Whether records can still be made."""

    OPEN = "open", "进行中"
    CLOSED = "closed", "已结束"


class SurveyState(models.TextChoices):
    """Whether a society has been looked at."""

    PENDING = "pending", "待摸底"
    RECORDED = "recorded", "已摸底"


class Route(models.TextChoices):
    """The ways out, and the two for those that stay or go to another authority."""

    SIMPLIFIED = "simplified", "简易注销"
    ORDINARY = "ordinary", "一般注销"
    CONVERSION = "conversion", "社转场"
    MERGER = "merger", "合并重组"
    RECTIFICATION = "rectification", "规范改造"
    REVOCATION = "revocation", "提请依法吊销"
    REFERRAL = "referral", "移交线索"


# Routes that nobody may begin without the society's signed will.
VOLUNTARY_ROUTES = (Route.SIMPLIFIED, Route.ORDINARY, Route.CONVERSION, Route.MERGER)
# Routes at whose end the society is gone: only the regulator's data say when.
EXIT_ROUTES = (*VOLUNTARY_ROUTES, Route.REVOCATION)
# Simplified deregistration is closed to a society whose licence was revoked, and to one with debts.
SIMPLIFIED_ROUTES = (Route.SIMPLIFIED, Route.CONVERSION)


class CaseState(models.TextChoices):
    """Where a clean-up case stands."""

    OPENED = "opened", "已立案"
    UNDER_WAY = "under_way", "办理中"
    AWAITING = "awaiting_register", "待登记数据确认"
    CLEARED = "struck_off", "已清退"
    SETTLED = "settled", "已办结"
    DECLINED = "unwilling", "合作社不同意"
    WITHDRAWN = "called_off", "已终止"


OPEN_CASES = (CaseState.OPENED, CaseState.UNDER_WAY, CaseState.AWAITING)


class StepState(models.TextChoices):
    """Where one step of a case stands."""

    TODO = "todo", "未办"
    RUNNING = "running", "公告中"
    DONE = "done", "已办"
    NOT_NEEDED = "not_needed", "不需要"


FINISHED_STEPS = (StepState.DONE, StepState.NOT_NEEDED)


class TermKind(models.TextChoices):
    """What the days of a step mean."""

    NONE = "", "没有规定期限"
    NOTICE = "notice", "公告期（自然日，期满前不能办结）"
    DEADLINE = "deadline", "期限（最后一日为休假日的顺延）"


class TaskState(models.TextChoices):
    """Where a task of 规范改造 stands."""

    TODO = "to_mend", "待改造"
    DONE = "mended", "待复查"
    ACCEPTED = "approved", "已通过"


class CaseFile(models.TextChoices):
    """What a file of a case is."""

    WILLINGNESS = "willingness", "自愿办理意愿书"
    STEP = "step", "办理凭证"
    TASK = "task", "改造佐证"


class SubjectKind(models.TextChoices):
    """What a farming subject is that is no cooperative (S-035)."""

    FAMILY_FARM = "family_farm", "家庭农场（个体工商户）"
    SOLE_PROPRIETOR = "sole_proprietor", "个人独资企业"
    COMPANY = "company", "公司"
    OTHER = "other", "其他农业主体"


class RelationKind(models.TextChoices):
    """How farming subjects grow out of or into each other (S-034, plan 三（四）)."""

    CONVERSION = "conversion", "社转场"
    HOUSEHOLD_TO_FARM = "household_to_farm", "户转场"
    FARM_JOINS = "farm_joins", "场入社"
    UNITED = "united", "社联合"
    MERGED = "merged", "社合并"


class HelpKind(models.TextChoices):
    """The four kinds of help that the plan promises to converters (S-036)."""

    POLICY = "policy", "政策咨询"
    FISCAL = "fiscal", "财政扶持"
    LAND = "land", "土地流转"
    MANAGEMENT = "management", "经营方式"


class BatchState(models.TextChoices):
    """Whether a day of 现场批量注销 lies ahead."""

    PLANNED = "planned", "已安排"
    CLOSED = "day_closed", "已结束"
    CANCELLED = "day_cancelled", "已取消"


class BatchOutcome(models.TextChoices):
    """What became of one step on the spot."""

    DONE = "settled_there", "办结"
    INCOMPLETE = "incomplete", "材料不齐"
    ABSENT = "absent", "没有到场"


class TipOffChannel(models.TextChoices):
    """How a tip-off came in."""

    WEB = "web", "网上填写"
    PHONE = "phone", "电话"
    LETTER = "letter", "来信"
    VISIT = "visit", "来访"
    HANDED = "handed", "上级转办"


class TipOffState(models.TextChoices):
    """Where a tip-off stands."""

    RECEIVED = "tip_received", "待核查"
    CHECKING = "tip_checking", "核查中"
    FOUNDED = "founded", "属实"
    UNFOUNDED = "unfounded", "不属实"


OPEN_TIP_OFFS = (TipOffState.RECEIVED, TipOffState.CHECKING)
