"""Words that people see for codes of the library of documents."""

from django.db import models


class DocumentKind(models.TextChoices):
    """What a document is."""

    POLICY = "policy", "政策文件"
    NOTICE = "notice", "通知公告"
    MINUTES = "minutes", "印发的纪要"
    OTHER = "other", "其他资料"


class DocumentState(models.TextChoices):
    """Whether a document still holds."""

    IN_FORCE = "in_force", "现行有效"
    REPLACED = "replaced", "已被替代"
    REPEALED = "repealed", "已废止"
    WITHDRAWN = "taken_down", "已撤下"


class Openness(models.TextChoices):
    """Who may read a document without being named."""

    PRIVATE = "private", "仅本单位和获准的人"
    UNITS = "units", "指定单位"
    STAFF = "staff", "全体工作人员"
    PUBLIC = "public", "向社会公开"
