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
