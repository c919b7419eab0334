"""Words that people see for codes of policy support."""

from django.db import models


class SupportKind(models.TextChoices):
    """The five policies of S-114, finance and insurance (S-113), services bought (S-063)."""

    FACILITIES = "facilities", "基础设施"
    MARKETING = "marketing", "营销市场"
    TALENT = "talent", "人才培养引进"
    TECHNOLOGY = "technology", "农业科技服务"
    LAND = "land", "土地流转管理服务"
    FINANCE = "finance", "金融支持"
    INSURANCE = "insurance", "农业保险"
    PURCHASE = "purchase", "政府购买服务"


class FundLevel(models.TextChoices):
    """Which budget pays (S-111)."""

    CENTRAL = "central", "中央"
    PROVINCIAL = "provincial", "省级"
    MUNICIPAL = "municipal", "市级"
    DISTRICT = "district", "区级"


class InspectionResult(models.TextChoices):
    """What an inspection of a supported project found (S-115)."""

    GOOD = "good", "符合要求"
    CORRECT = "correct", "需整改"
    MISUSED = "misused", "资金使用不符"
