"""Words that people see for codes of the watch against illegal fund-raising (S-077)."""

from django.db import models


class WatchSign(models.TextChoices):
    """What gives cause to look.

    Credit cooperation is closed to members, takes no deposits from outside and pays no fixed
    return (中发〔2014〕1号); money taken from anybody for a promised return is what the rules of
    2021 call illegal fund-raising (国务院令第737号).
    """

    FIXED_RETURN = "fixed_return", "承诺固定或高额回报"
    BEYOND_MEMBERS = "beyond_members", "信用合作超出成员范围"
    OUTSIDERS = "outsiders", "向非成员吸收资金"
    PUBLICITY = "publicity", "公开宣传募集资金"
    LENDING = "lending", "资金对外放贷或投资"
    UNPAID = "unpaid", "到期不能兑付"


class WatchOrigin(models.TextChoices):
    """How a sign came to be known."""

    RECORDED = "recorded", "人工登记"
    DERIVED = "derived", "由信用合作登记得出"


class WatchState(models.TextChoices):
    """Where a sign stands."""

    NOTED = "watch_noted", "待核查"
    CHECKED = "watch_checked", "已核查待处理"
    NO_CONCERN = "watch_no_concern", "未见异常"
    REFERRED = "watch_referred", "已移送"


OPEN_WATCHES = (WatchState.NOTED, WatchState.CHECKED)
