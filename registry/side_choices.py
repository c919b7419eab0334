"""Words for what several registers say about one society, and where they contradict each other."""

from django.db import models


class ContradictionKind(models.TextChoices):
    """Which two sources cannot both be right. Codes are never used again."""

    ACTIVE_UNTAXED = "active_untaxed", "登记存续，税务未登记或已注销"
    ENDED_TAXED = "ended_taxed", "登记已注销，税务仍为正常户"
    EXIT_UNRECORDED = "exit_unrecorded", "已有注销吊销通报，登记信息仍为存续"
    REVOKED_TRADING = "revoked_trading", "已吊销，仍在申报销售或仍在经营"
    ACTIVE_SHUT = "active_shut", "登记存续，走访见已停业"
    NOT_AT_DOMICILE = "not_at_domicile", "登记住所找不到"
    UNREACHABLE_SEEN = "unreachable_seen", "列为住所无法联系，走访见在登记住所"
    IDLE_WITH_SALES = "idle_with_sales", "年报称无经营，税务有申报销售额"
    INCOME_UNTAXED = "income_untaxed", "年报有经营收入，税务全年零申报"
    MEMBERS_DIFFER = "members_differ", "年报成员数与登记不一致"
    CHAIR_DIFFERS = "chair_differs", "年报理事长与登记法定代表人不一致"
    REPORT_UNPUBLISHED = "report_unpublished", "已向本平台报年报，国家公示系统未公示"
    ROSTER_DIFFERS = "roster_differs", "经确认的名册人数与登记不一致"
    CORRECTED_DIFFERS = "corrected_differs", "人工更正的内容与最近报送不一致"


class ContradictionState(models.TextChoices):
    """Closed only because the sources agree again, or because a person decided and said why."""

    OPEN = "open", "待核实"
    CURED = "cured", "已一致"
    SETTLED = "settled", "已作结论"


class Certainty(models.TextChoices):
    """How sure a fact is: by how many independent sources it stands."""

    SEEN = "seen", "实地见到"
    TWO = "two", "两个部门一致"
    ONE = "one", "一个部门"
    DECLARED = "declared", "仅自报"
    UNKNOWN = "unknown", "没有资料"
