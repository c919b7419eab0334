"""The demo's innovation record: titled societies in turn, with two years of dividends."""

import datetime as dt
from decimal import Decimal
from random import Random

from accounts.models import User
from common import clock
from demonstration.choices import NamedList, Verification
from demonstration.innovation_choices import KIND_OF, Innovation
from demonstration.models import (
    DemonstrationTitle,
    InnovationEntry,
    NamedListEntry,
    ShareDividend,
)
from registry.models import Cooperative

_I = Innovation
# (what, every how many societies, name, households, people, yuan, document)
LINES = (
    (_I.MONEY, 1, "", 26, None, 320_000, "2019年成员出资清册"),
    (_I.LAND_RIGHT, 2, "", 41, None, 615_000, "土地经营权入股合同及作价评估表"),
    (_I.MACHINERY, 3, "", 6, None, 187_500, "农机具作价出资协议"),
    (_I.FOREST_RIGHT, 7, "", 9, None, 94_000, "林权证及作价协议"),
    (_I.HOMESTEAD_RIGHT, 13, "", 2, None, 60_000, "2020年第1次成员大会决议"),
    (_I.TECHNOLOGY, 11, "", 1, None, 50_000, "专利证书及作价出资协议"),
    (_I.SHARES, 3, "", 88, None, 300_000, "对接协议（2020年5月）"),
    (_I.FISCAL_FUND, 4, "", 32, None, 160_000, "通扶贫办〔2019〕17号"),
    (_I.JOBS_ALL, 1, "", 34, 47, None, "2020年度务工花名册"),
    (_I.JOBS_LOW, 2, "", 11, 13, None, "2020年度务工花名册"),
    (_I.GRADUATE, 9, "", None, None, None, "毕业证复印件"),
    (_I.RETURNEE, 6, "", None, None, None, "返乡创业登记表"),
    (_I.NEW_FARMER, 5, "", None, None, None, "新型职业农民证书"),
    (
        _I.MUTUAL_INSURANCE,
        17,
        "晚熟梨低温冻害互助金",
        24,
        None,
        36_000,
        "互助保险章程（2021年3月）",
    ),
)
THREE_IN_ONE = (
    (_I.PRODUCTION, "统一育苗、统防统治", 120),
    (_I.SUPPLY, "与罗江供销社共建农资配送点", 120),
    (_I.CREDIT_SIDE, "成员内部资金互助", 46),
)
VILLAGES = ("双龙村", "红岩村", "石板村", "清水村", "桂花村", "莲花村")
COLLECTIVE = "{}股份经济合作联合社"
SURE = (Verification.DOCUMENTED, Verification.SEEN, Verification.DECLARED)
FOUNDERS = (_I.GRADUATE, _I.RETURNEE, _I.NEW_FARMER)


def add_innovations(known: dict[str, User], _random: Random) -> None:
    """Give titled societies lines of every kind, and two who lend what calls for a look."""
    titled = DemonstrationTitle.objects.held().values("cooperative")
    societies = list(Cooperative.objects.living().filter(pk__in=titled).order_by("name", "pk"))
    by = known["counsellor"]
    rows = [
        _line(society, place, line, by)
        for place, society in enumerate(societies)
        for line in LINES
        if place % line[1] == 0
    ]
    chosen = NamedListEntry.objects.current().filter(name=NamedList.THREE_IN_ONE)
    for entry in chosen.select_related("cooperative").order_by("pk"):
        rows += [
            InnovationEntry(
                cooperative=entry.cooperative,
                **_columns(what, 2021, Verification.DOCUMENTED, by),
                name=name,
                households=households,
                document="三位一体建设方案（2021年）",
            )
            for what, name, households in THREE_IN_ONE
        ]
    for place, society in enumerate(societies[5:8]):
        rows.append(
            InnovationEntry(
                cooperative=society,
                **_columns(_I.MUTUAL_FUND, 2020, SURE[place], by),
                households=38 + place,
                amount=Decimal(420_000),
                outsiders=(0, 14, 0)[place],
                fixed_return=(Decimal(0), Decimal(0), Decimal(8))[place],
                document="资金互助台账（2020年末）",
            )
        )
    InnovationEntry.objects.bulk_create(rows)
    shares = InnovationEntry.objects.filter(what=_I.FISCAL_FUND).order_by("pk")
    ShareDividend.objects.bulk_create(
        ShareDividend(
            entry=entry,
            year=year,
            amount=entry.amount * Decimal("0.06") if entry.amount else Decimal(0),
            households=entry.households or 0,
            paid_on=dt.date(year, 12, 18),
            document=f"{year}年度分红表及银行回单",
            entered_by=by,
            entered_at=clock.now(),
        )
        for entry in shares
        for year in (2019, 2020)
    )


def _line(society: Cooperative, place: int, line: tuple, by: User) -> InnovationEntry:  # type: ignore[type-arg]
    what, _, name, households, people, yuan, document = line
    if what == _I.SHARES:
        name = COLLECTIVE.format(VILLAGES[place % len(VILLAGES)])
    elif what in FOUNDERS:
        name = society.legal_representative
    return InnovationEntry(
        cooperative=society,
        **_columns(what, 2019 if what == _I.FISCAL_FUND else 2020, SURE[place % 3], by),
        name=name,
        households=households and households + place,
        people=people and people + place,
        amount=yuan and Decimal(yuan + place * 1_000),
        document=document,
    )


def _columns(what: Innovation, year: int, sure: Verification, by: User) -> dict:  # type: ignore[type-arg]
    return {
        "kind": KIND_OF[what],
        "what": what,
        "year": year,
        "verification": sure,
        "entered_by": by,
        "entered_at": clock.now(),
    }
