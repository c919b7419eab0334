"""Words that people see for codes of the log of contacts with province and city."""

from django.db import models


class UpwardLevel(models.TextChoices):
    """Whose department it was."""

    PROVINCE = "province", "省级"
    CITY = "city", "市级"


class UpwardWay(models.TextChoices):
    """How it came about (plan S-092)."""

    SENT = "paper_sent", "报送材料"
    REPORTED = "reported_up", "当面汇报"
    CALLED = "phoned", "电话联系"
    ATTENDED = "attended", "参加会议"
    VISITED = "visited", "上级来人调研"
    RECEIVED = "paper_received", "收到来文"
