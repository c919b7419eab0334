"""Words that people see for codes of the library of typical cases."""

from django.db import models


class ExemplarKind(models.TextChoices):
    """What others can learn from a case (plan S-007, S-018 to S-081)."""

    SOCIETY = "society", "典型合作社"
    CLEANUP = "cleanup", "清理整顿做法"
    STANDARD = "standard", "规范建设做法"
    DEMONSTRATION = "demonstration", "示范创建做法"
    SERVICE = "service", "服务带动做法"
    TRAINING = "training", "辅导培训做法"
    MECHANISM = "mechanism", "体制机制创新"
    OTHER = "other", "其他经验"


class ExemplarState(models.TextChoices):
    """Where a case stands on its way to being spread."""

    DRAFT = "drafted", "草稿"
    SUBMITTED = "handed_up", "待审核"
    APPROVED = "vetted", "审核通过"
    PUBLISHED = "spread", "已发布"
    WITHDRAWN = "taken_back", "已撤下"
