"""Forty societies, each named after what is odd about it, and what the rules must say of them."""

import datetime as dt
from decimal import Decimal
from typing import Any

from registry.choices import RegistrationStatus
from registry.models import Cooperative
from registry.statement_choices import (
    AbnormalReason,
    PublicationState,
    SpotCheckResult,
    TaxpayerState,
)
from tests.registry.flags.records import (
    check,
    healthy_records,
    listing,
    publication,
    report,
    roster,
    tax,
    trade,
    visit,
)
from tests.registry.flags.societies import society

DAY = dt.date(2016, 5, 4)
NOT_FILED = PublicationState.NOT_FILED
FEW = {"member_count": 4, "farmer_member_count": 4, "unit_member_count": 0}
MIXED = {"member_count": 10, "farmer_member_count": 7, "unit_member_count": 2}
BATCH = {"established_on": DAY, "contact_phone": "13900009999"}
# Facts of the register; every other register speaks well of these.
REGISTERED: dict[str, dict[str, Any]] = {
    "无瑕社": {},
    "四人社": FEW,
    "五人社": FEW | {"member_count": 5, "farmer_member_count": 5},
    "七成农民": MIXED | {"unit_member_count": 1},
    "八成农民": MIXED | {"farmer_member_count": 8, "unit_member_count": 1},
    "两个单位": MIXED | {"farmer_member_count": 8},
    "未报人数": {"member_count": None, "farmer_member_count": None, "unit_member_count": None},
    "十亿元": {"total_contribution": Decimal(1_000_000_000)},
    "差一分十亿元": {"total_contribution": Decimal("999999999.99")},
    "同社长甲": {"legal_representative": "钱多多"},
    "同社长乙": {"legal_representative": "钱多多"},
    "同批一": BATCH,
    "同批二": BATCH,
    "同批三": BATCH,
    "吊销已久": {"status": RegistrationStatus.REVOKED, "approved_on": dt.date(2020, 7, 1)},
    "歇业的四人社": FEW | {"status": RegistrationStatus.SUSPENDED},
    "清算中的四人社": FEW | {"status": RegistrationStatus.LIQUIDATING},
    "已注销的四人社": FEW | {"status": RegistrationStatus.DEREGISTERED},
    "迁出的四人社": FEW | {"status": RegistrationStatus.MOVED_OUT},
}


def _idle_twice(of: Cooperative) -> None:
    report(of, 2019, 0)
    report(of, 2020, None, no_activity=True)


def _idle_once(of: Cooperative) -> None:
    report(of, 2019)
    report(of, 2020, 0)


def _trades_without_income(of: Cooperative) -> None:
    report(of, 2019, 0, sold_for_members=1)
    report(of, 2020, 0, purchased_for_members=1)


def _unpublished(of: Cooperative) -> None:
    publication(of, 2019)
    publication(of, 2020, NOT_FILED)


def _unpublished_twice(of: Cooperative) -> None:
    publication(of, 2019, NOT_FILED)
    publication(of, 2020, PublicationState.FILED)


def _on_two_lists(of: Cooperative) -> None:
    listing(of, AbnormalReason.REPORT_NOT_PUBLISHED)
    listing(of, AbnormalReason.UNREACHABLE, listed_on=dt.date(2021, 7, 7))


def _off_the_list(of: Cooperative) -> None:
    listing(of, removed_on=dt.date(2021, 7, 20))


def _checked_closed(of: Cooperative) -> None:
    check(of, SpotCheckResult.CLOSED, SpotCheckResult.REPORT_NOT_PUBLISHED)


def _checked_long_ago(of: Cooperative) -> None:
    check(of, SpotCheckResult.NO_ACTIVITY, on=dt.date(2019, 7, 19))


def _one_pays(of: Cooperative) -> None:
    trade(roster(of, [90_000, 2_500, 2_500, 2_500, 2_500]), [1] * 5)


def _one_pays_less(of: Cooperative) -> None:
    trade(roster(of, [89_999, 2_501, 2_500, 2_500, 2_500]), [1] * 5)


def _one_trades(of: Cooperative) -> None:
    trade(roster(of, [1_000] * 5), [9_500, 500, 0, 0, 0])


def _one_house(of: Cooperative) -> None:
    trade(roster(of, [1_000] * 5, households=["甲"] * 4 + ["乙"]), [1] * 5)


def _one_name(of: Cooperative) -> None:
    names = ["吴一", "吴二", "吴三", "吴四", "郑五"]
    trade(roster(of, [1_000] * 5, names=names, villages=["石桥村"] * 5), [1] * 5)


def _eleven_of_one_name(of: Cooperative) -> None:
    names = [f"吴{n}" for n in range(11)]
    trade(roster(of, [1_000] * 11, names=names, villages=["石桥村"] * 11), [1] * 11)


def _half_a_roster(of: Cooperative) -> None:
    trade(roster(of, [1_000, None], households=["甲", ""], villages=["甲村", ""]), [1, None])


def _nil_for_a_year(of: Cooperative) -> None:
    tax(of, True, True, True, True)


def _nil_for_nine_months(of: Cooperative) -> None:
    tax(of, True, True, True)


def _no_tax_card(of: Cooperative) -> None:
    tax(of, None, registered=False, state=TaxpayerState.NOT_REGISTERED)


def _never_found(of: Cooperative) -> None:
    visit(of, dt.date(2020, 10, 1), found=False)
    visit(of, dt.date(2021, 5, 1), found=False)


def _found_once_more(of: Cooperative) -> None:
    _never_found(of)
    visit(of, dt.date(2021, 6, 1), found=True)


# What stands apart in one other register; the rest speaks well.
RECORDED: dict[str, tuple[str, Any]] = {
    "两年无经营": ("reports", _idle_twice),
    "一年无经营": ("reports", _idle_once),
    "无收入有购销": ("reports", _trades_without_income),
    "年报未公示": ("publications", _unpublished),
    "两年未公示": ("publications", _unpublished_twice),
    "异常名录": ("", _on_two_lists),
    "当天移出": ("", _off_the_list),
    "抽查停业": ("", _checked_closed),
    "抽查已过期": ("", _checked_long_ago),
    "一人出资九成": ("roster", _one_pays),
    "一人交易": ("roster", _one_trades),
    "一户五人": ("roster", _one_house),
    "同姓同村": ("roster", _one_name),
    "名册不全": ("roster", _half_a_roster),
    "零申报一年": ("tax", _nil_for_a_year),
    "零申报九个月": ("tax", _nil_for_nine_months),
    "未办税": ("tax", _no_tax_card),
    "两访未见": ("visits", _never_found),
    "后来见到": ("visits", _found_once_more),
}


def forty_societies() -> dict[str, Cooperative]:
    """Make them; the last two have no records at all, one of them founded this year."""
    made = {}
    for name, facts in REGISTERED.items():
        made[name] = society(name=name, **facts)
        healthy_records(made[name])
    for name, (register, tell) in RECORDED.items():
        made[name] = society(name=name)
        healthy_records(made[name], but=register)
        tell(made[name])
    made["毫无资料"] = society(name="毫无资料")
    made["今年的四人社"] = society(name="今年的四人社", **FEW, established_on=dt.date(2021, 3, 1))
    assert len(made) == 40
    return made


EXPECTED = {
    ("R1", "两年无经营"),
    ("R2", "一年无经营"),
    ("R3", "年报未公示"),
    ("R3", "两年未公示"),
    ("R4", "两年未公示"),
    ("R5", "异常名录"),
    ("R6", "异常名录"),
    ("R7", "抽查停业"),
    ("R8", "四人社"),
    ("R8", "今年的四人社"),
    ("R9", "七成农民"),
    ("R10", "两个单位"),
    ("R11", "一人出资九成"),
    ("R12", "一人交易"),
    ("R13", "一户五人"),
    ("R14", "同姓同村"),
    ("R15", "零申报一年"),
    ("R15", "未办税"),
    ("R16", "两访未见"),
    ("R17", "十亿元"),
    ("R18", "同社长甲"),
    ("R18", "同社长乙"),
    ("R19", "同批一"),
    ("R19", "同批二"),
    ("R19", "同批三"),
    ("R20", "吊销已久"),
}
UNKNOWN = {
    ("R1", "毫无资料"),
    ("R2", "毫无资料"),
    ("R3", "毫无资料"),
    ("R4", "毫无资料"),
    ("R8", "未报人数"),
    ("R9", "未报人数"),
    ("R10", "未报人数"),
    *((code, "名册不全") for code in ("R11", "R12", "R13", "R14")),
    *((code, "毫无资料") for code in ("R11", "R12", "R13", "R14", "R15", "R16")),
    *((code, "今年的四人社") for code in ("R11", "R13", "R14", "R15", "R16")),
    ("R15", "零申报九个月"),
}
# Who has stopped, is leaving or has left is judged by none; the newborn is spared what needs a year.
STOPPED = ("歇业的四人社", "清算中的四人社", "已注销的四人社", "迁出的四人社")
SPARES_THE_NEWBORN = ("R1", "R2", "R3", "R4", "R12")
