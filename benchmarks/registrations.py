"""Make a registration file of any size: valid codes, 25 columns, a seeded and planned content."""

import datetime as dt
from pathlib import Path
from random import Random

from openpyxl import Workbook

from tongchuan_coop.demo.quarters import AUTHORITY, HEADINGS
from tongchuan_coop.demo.societies import UNIT_NAMES, make_code, make_name, make_phone
from tongchuan_coop.demo.words import BRANDS, GIVEN_SECOND, PLACES, TRADES

EXTRA = ("片区", "管辖单位", "行业门类", "从业人数", "电子邮箱", "邮政编码", "经营期限", "备注")


def rows(count: int, seed: int = 1) -> list[list[str | int]]:
    """Return that many rows of 25 cells, every one acceptable as it is."""
    random = Random(seed)
    first = dt.date(2008, 1, 1)
    made = []
    for number in range(count):
        unit, _, villages = random.choice(PLACES)
        product, work, scope, usual = random.choice(TRADES)
        members = usual + random.randrange(40)
        founded = first + dt.timedelta(random.randrange(4_300))
        made.append([
            number + 1,
            f"达州市通川区{random.choice(BRANDS)}{number}{product}{work}专业合作社",
            make_code(number * 7 + 1),
            "农民专业合作社",
            make_name(random) + random.choice(GIVEN_SECOND),  # enough names for a nation
            random.randrange(1, 900),
            members,
            members - random.randrange(3),
            0,
            founded.isoformat(),
            founded.isoformat(),
            AUTHORITY,
            "存续",
            (f"四川省达州市通川区{UNIT_NAMES[unit]}{random.choice(villages)}"
            f"{random.randrange(1, 9)}组{number % 9973 + 1}号"),
            scope,
            make_name(random),
            make_phone(random),
            "东片", "市场监管所", "农业", random.randrange(30), "无", "635000", "长期", "",
        ])  # fmt: skip
    return made


def write_workbook(path: Path, count: int) -> None:
    """Write the rows as one sheet."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("登记信息")
    sheet.append([*HEADINGS, *EXTRA])
    for row in rows(count):
        sheet.append(row)
    book.save(path)
