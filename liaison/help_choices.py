"""Words that people see for codes of the help that townships ask for."""

from django.db import models


class NeedKind(models.TextChoices):
    """What a township needs (plan S-100)."""

    POLICY = "policy", "政策解答"
    FUNDS = "funds", "资金项目"
    LAND = "land", "用地用水手续"
    REGISTRATION = "registration", "登记注销"
    TAX = "tax", "税务办理"
    DISPUTE = "dispute", "矛盾纠纷"
    STAFF = "staff", "人员和培训"
    DATA = "data", "数据和平台"
    OTHER = "other", "其他困难"


class HelpState(models.TextChoices):
    """Where a request stands."""

    FILED = "filed", "待受理"
    ASSIGNED = "assigned", "已交办"
    ANSWERED = "answered", "已答复，待乡镇确认"
    DONE = "done", "已解决"
    DECLINED = "turned_down", "不予办理"
    WITHDRAWN = "withdrawn", "已撤回"


class HelpStep(models.TextChoices):
    """What a line in the record of a request is."""

    ASSIGNED = "assigned", "交办"
    PROGRESS = "progress", "进展"
    ANSWERED = "answered", "答复"
    UNSOLVED = "unsolved", "没有解决，退回"
    DONE = "done", "确认解决"
    DECLINED = "turned_down", "不予办理"
    WITHDRAWN = "withdrawn", "撤回"
