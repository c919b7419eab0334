"""Words that people see for the codes of this app."""

from django.db import models


class SharedList(models.TextChoices):
    """The lists that one department shares with others (plan S-101, S-102)."""

    ABNORMAL = "abnormal", "经营异常名录"
    SPOT_CHECK = "spot_check", "抽查检查异常名单"
    TAX = "tax", "税务登记情况"


class GrantState(models.TextChoices):
    """Where the sharing of a list stands; that its day has passed is told by the day itself."""

    PROPOSED = "proposed", "待批准"
    APPROVED = "approved", "已批准"
    DECLINED = "declined", "未批准"
    ENDED = "ended", "已终止"


class FetchForm(models.TextChoices):
    """How a department looked at what it was granted."""

    PAGE = "page", "网页查看"
    XLSX = "xlsx", "下载 Excel"
