"""The societies of the demo and what befalls them from quarter to quarter."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from random import Random

from stdnum.cn import uscc as uscc_rules

from tongchuan_coop.demo.words import (
    BRANDS,
    GIVEN_FIRST,
    GIVEN_SECOND,
    OLD_NAMES,
    PLACES,
    SURNAMES,
    TRADES,
)

FIRST_DAY, LAST_DAY = dt.date(2009, 3, 1), dt.date(2020, 3, 20)
REFORM = dt.date(2019, 12, 18)
_BODY = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ALPHABET_36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Society:
    """What the regulator holds about one society at one time. Money in whole 万元."""

    uscc: str
    name: str
    unit: str
    chair: str
    capital: int
    members: int
    farmers: int
    units: int
    founded: dt.date
    approved: dt.date
    status: str
    domicile: str
    scope: str
    contact: str
    phone: str
    history: tuple[str, ...] = field(default=())


def organisation_code(body: str) -> str:
    """Return the nine characters of GB 11714 for eight given ones."""
    total = sum(
        weight * _ALPHABET_36.index(char)
        for weight, char in zip(_ORGANISATION_WEIGHTS, body, strict=True)
    )
    check = 11 - total % 11
    return body + {10: "X", 11: "0"}.get(check, str(check))


def make_code(number: int, *, prefix: str = "93511702") -> str:
    """Return a valid credit code for a running number."""
    digits = ""
    for _ in range(5):
        number, rest = divmod(number, len(_BODY))
        digits = _BODY[rest] + digits
    stem = prefix + organisation_code(f"MA6{digits}")
    return str(stem + uscc_rules.calc_check_digit(stem))


def make_name(random: Random) -> str:
    """Return a person's name."""
    return random.choice(SURNAMES) + random.choice(GIVEN_FIRST) + random.choice(GIVEN_SECOND)


def make_phone(random: Random) -> str:
    """Return a mobile number of a range that is not given out."""
    return f"1900818{random.randrange(10_000):04}"


class District:
    """Invents the district's societies from one seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self._names: set[str] = set()
        self._next = 600

    def found(self, count: int, first: dt.date, last: dt.date) -> list[Society]:
        """Found some societies between two days, oldest first."""
        spread = (last - first).days
        days = sorted(first + dt.timedelta(self.random.randrange(spread + 1)) for _ in range(count))
        return [self._found_one(day) for day in days]

    def register_twice(self, societies: list[Society]) -> list[Society]:
        """Register some societies a second time under another code, their names a little changed."""
        return [
            replace(society, uscc=self._new_code(), name=rename(society.name))
            for society, rename in zip(societies[5::90], REWRITINGS, strict=False)
        ]

    def _new_code(self) -> str:
        self._next += self.random.randrange(1, 9)
        return make_code(self._next)

    def _found_one(self, day: dt.date) -> Society:
        random = self.random
        unit, _, villages = random.choices(PLACES, weights=[place[1] for place in PLACES])[0]
        product, work, scope, usual = random.choice(TRADES)
        members = max(5, round(random.lognormvariate(0, 0.7) * usual))
        return Society(
            uscc=self._new_code(),
            name=self._name(product, work),
            unit=unit,
            chair=make_name(random),
            capital=random.choice((10, 20, 30, 50, 50, 60, 80, 100, 100, 150, 200, 300, 500)),
            members=members,
            farmers=members - random.randrange(0, members // 8 + 1),
            units=0,
            founded=day,
            approved=day,
            status="存续",
            domicile=self._domicile(unit, random.choice(villages), day),
            scope=scope,
            contact=make_name(random),
            phone=make_phone(random),
        )

    def _name(self, product: str, work: str) -> str:
        while True:
            brand = self.random.choice(BRANDS) + self.random.choice(
                ("", "", "源", "鑫", "丰", "新")
            )
            form = self.random.choice(("专业合作社",) * 4 + ("农民专业合作社",))
            name = f"达州市通川区{brand}{product}{work}{form}"
            if name not in self._names:
                self._names.add(name)
                return name

    def _domicile(self, unit: str, village: str, day: dt.date) -> str:
        place = UNIT_NAMES[unit]
        if day < REFORM and unit in OLD_NAMES and self.random.random() < 0.4:
            place = OLD_NAMES[unit]
        if self.random.random() < 0.015:
            place = ""  # a licence that names the village only
        group = self.random.choice(("1组", "2组", "3组", "4组", "5社", "7组"))
        number = f"{self.random.randrange(1, 400)}号" if self.random.random() < 0.97 else ""
        return f"四川省达州市通川区{place}{village}{group}{number}"


def blemish(  # noqa: C901 a table of fates reads best as one
    societies: list[Society], random: Random
) -> Iterator[Society]:
    """Give some societies the faults that real registers have: too few members, shared chairs."""
    for place, society in enumerate(societies):
        round_, step = divmod(place, 40)
        leader = societies[round_ * 40 + 17]  # of the group below that shares more than it should
        match step:
            case 3:
                members = random.randrange(2, 5)
                yield replace(society, members=members, farmers=members)
            case 8:
                yield replace(society, farmers=society.members * 7 // 10)
            case 13:
                yield replace(society, units=3, farmers=max(0, society.members - 4))
            case 18 if round_ % 2:
                yield replace(society, chair=leader.chair)
            case 19 if round_ % 3 == 0:
                yield replace(society, domicile=leader.domicile, unit=leader.unit)
            case 20 | 21 if round_ % 4 == 1:
                yield replace(
                    society, chair=leader.chair, phone=leader.phone, founded=leader.founded
                )
            case 23 if round_ % 2:
                yield replace(society, status="吊销，未注销", approved=dt.date(2018, 6, 20))
            case 26 if round_ % 5 == 0:
                yield replace(society, capital=200_000)
            case _:
                yield society


def live_a_quarter(societies: list[Society], random: Random, ended_on: dt.date) -> list[Society]:
    """Let a quarter pass: some deregister, change chair, capital, members or name."""
    after = []
    for society in societies:
        fate = random.random()
        if society.status == "注销":
            after.append(society)
        elif (society.members < 5 and fate < 0.25) or fate < 0.006:
            after.append(replace(society, status="注销", approved=ended_on))
        elif fate < 0.02:
            after.append(replace(society, chair=make_name(random), approved=ended_on))
        elif fate < 0.035:
            grown = society.members + random.randrange(1, 12)
            farmers = society.farmers + grown - society.members
            after.append(replace(society, members=grown, farmers=farmers, approved=ended_on))
        elif fate < 0.042:
            after.append(replace(society, capital=society.capital + 50, approved=ended_on))
        elif fate < 0.046:
            name = society.name.replace("达州市通川区", "通川区")
            after.append(replace(society, name=name, approved=ended_on))
        else:
            after.append(society)
    return after


# How another office writes the name of the same society.
REWRITINGS: tuple[Callable[[str], str], ...] = (
    lambda name: name,
    lambda name: name.replace("专业合作社", "农民专业合作社").replace("农民农民", "农民"),
    lambda name: name.replace("达州市通川区", "通川区"),
    lambda name: name[:6] + name[7] + name[6] + name[8:],
    lambda name: name.replace("种植", "").replace("养殖", ""),
    lambda name: name[:7] + name[8:],
    lambda name: name[:8] + "鑫" + name[8:],
)
UNIT_NAMES = {
    "511702001": "东城街道", "511702002": "西城街道", "511702003": "朝阳街道",
    "511702004": "凤西街道", "511702005": "凤北街道", "511702102": "罗江镇",
    "511702103": "蒲家镇", "511702104": "复兴镇", "511702105": "双龙镇", "511702107": "江陵镇",
    "511702108": "碑庙镇", "511702109": "磐石镇", "511702110": "东岳镇", "511702111": "梓桐镇",
    "511702112": "北山镇", "511702113": "金石镇", "511702114": "青宁镇", "511702208": "安云乡",
    "lianhu": "莲湖景区",
}  # fmt: skip
