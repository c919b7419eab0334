"""Labelled pairs: a register, a file, and for each row of the file which society it truly is."""

from dataclasses import dataclass
from random import Random

from tests.factories.registry import valid_uscc
from tests.registry.feeds import Line, society

BRANDS = (
    "金山",
    "绿源",
    "丰泽",
    "润禾",
    "群力",
    "众兴",
    "惠农",
    "清泉",
    "瑞丰",
    "康源",
    "顺达",
    "翠屏",
)
PRODUCTS = ("水稻", "蔬菜", "脆李", "柑橘", "茶叶", "核桃", "生猪", "黄羊", "土鸡", "水产")
TOWNS = ("罗江镇", "碑庙镇", "双龙镇", "蒲家镇", "磐石镇")
PEOPLE = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "国建志光春秀永天德桂家明世玉兴晓正运碧大"
MISTYPED = {"源": "缘", "丰": "峰", "禾": "和", "泉": "全", "康": "庚", "山": "三", "兴": "新"}


@dataclass(frozen=True)
class Labelled:
    """One row of the file. `truth` is the number of the society that it is, None for a new one."""

    line: Line
    truth: int | None
    how: str


def register(random: Random, count: int = 400) -> list[Line]:
    """Invent a register: names clash only as far as real ones do."""
    lines, names = [], set()
    while len(lines) < count:
        number = len(lines) + 1
        town = random.choice(TOWNS)
        brand = random.choice(BRANDS) + random.choice(("", "", "盛", "达", "源", "鑫"))
        name = f"达州市通川区{brand}{random.choice(PRODUCTS)}种植专业合作社"
        if name in names:
            continue
        names.add(name)
        lines.append(
            society(
                number,
                name=name,
                legal_representative="".join(
                    (random.choice(PEOPLE), random.choice(GIVEN), random.choice(GIVEN))
                ),
                established_on=f"20{random.randrange(10, 20)}-0{random.randrange(1, 10)}-1{random.randrange(10)}",
                domicile=f"四川省达州市通川区{town}北斗村{number}组",
            )
        )
    return lines


def _mistyped(name: str, random: Random) -> str:
    for right, wrong in sorted(MISTYPED.items()):
        if right in name.removeprefix("达州市通川区"):
            return name[:6] + name[6:].replace(right, wrong, 1)
    place = random.randrange(6, 8)
    return name[:place] + name[place + 1 :]


def _disguised(name: str, random: Random, variant: int) -> str:
    """Write the name of one society another way, as two offices would."""
    match variant % 6:
        case 0:
            return _mistyped(name, random)
        case 1:
            return name.replace("种植专业", "农民专业")
        case 2:
            return name.replace("达州市通川区", "通川区罗江镇")
        case 3:
            return name[:6] + name[7] + name[6] + name[8:]  # two characters changed places
        case 4:
            return name.replace("种植", "种养殖")
        case _:
            return name.replace("通川区", "通川区 ").replace("专业合作社", "专业合作社。")


def pairs(lines: list[Line], random: Random) -> list[Labelled]:
    """Return 300 rows with their truth: 200 are societies of the register, 100 are not."""
    chosen = random.sample(range(len(lines)), 300)
    made = []
    for place, index in enumerate(chosen):
        line, fresh = dict(lines[index]), 5_000 + place
        if place < 60:
            if place % 3 == 1:
                line["legal_representative"] = "新任理事长"
            if place % 3 == 0:
                line["name"] = _disguised(line["name"], random, place)
            made.append(Labelled(line, index, "same code"))
        elif place < 110:
            line |= {"uscc": valid_uscc(fresh)}
            made.append(Labelled(line, index, "same name, other code"))
        elif place < 200:
            name = _disguised(line["name"], random, place)
            line |= {"uscc": valid_uscc(fresh), "name": name}
            made.append(Labelled(line, index, "near name, other code"))
        elif place < 250:
            # The neighbour of a like name: another brand or product, other people, other day.
            name = line["name"].replace("种植", "养殖")
            name = name[:6] + random.choice("东南西北") + random.choice("江河湖海") + name[8:]
            line = society(fresh, name=name, legal_representative=f"外人{place}")
            made.append(Labelled(line, None, "another society"))
        else:
            # Equal but for one character, yet nothing else in common.
            name = line["name"][:6] + random.choice("甲乙丙丁") + line["name"][6:]
            line = society(
                fresh, name=name, legal_representative=f"旁人{place}", established_on="2021-01-05"
            )
            made.append(Labelled(line, None, "like name, nothing else"))
    return made
