"""What a typed text means: a value, an answer in place of one, nothing, or something unreadable."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from registry.ingestion.cells import BadCell, Noted, Setting
from registry.ingestion.dates import date
from registry.reporting.amounts import read_amount
from registry.reporting.fields import (
    AREA,
    CHOICE,
    COUNT,
    DAY,
    LINES,
    MONEY,
    NUMERIC,
    ReportField,
)
from registry.reporting.sections import FIELDS

Value = str | int | Decimal | dt.date
SPARED = "spared"
_MOST_COUNT = 1_000_000
_MOST_MONEY = Decimal(10) ** 13
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True)
class Read:
    """A field as it stands: `asked` in this report, its value, 不适用, or why it cannot be read."""

    field: ReportField
    text: str = ""
    value: Value | None = None
    spared: bool = False
    asked: bool = True
    fault: str = ""

    @property
    def is_blank(self) -> bool:
        return self.value is None and not self.spared and not self.fault

    @property
    def number(self) -> Decimal | None:
        return Decimal(self.value) if isinstance(self.value, int | Decimal) else None


def clean_text(text: str) -> str:
    """Return a typed text as it is kept: no control characters, one kind of line end."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def read_all(
    draft: Mapping[str, str], answers: Mapping[str, str], *, year: int, today: dt.date
) -> dict[str, Read]:
    """Read every field of a report in one pass."""
    found: dict[str, Read] = {}
    for key, each in FIELDS.items():
        text = str(draft.get(key, ""))
        asked = each.when is None or _holds(found, each.when)
        spared = each.spared and answers.get(key) == SPARED
        if not asked or spared or not text:
            found[key] = Read(each, text, spared=spared, asked=asked)
            continue
        value, fault = _read(each, text, year, today)
        found[key] = Read(each, text, value, fault=fault)
    return found


def _holds(found: Mapping[str, Read], condition: tuple[str, str]) -> bool:
    key, wanted = condition
    return found[key].value == wanted


def _read(each: ReportField, text: str, year: int, today: dt.date) -> tuple[Value | None, str]:
    if each.kind in NUMERIC:
        return _number(each, text)
    if each.kind == DAY:
        return _day(text, year, today)
    if each.kind == CHOICE:
        known = text in dict(each.choices)
        return (text, "") if known else (None, "请从列出的选项中选一个。")
    if len(text) > each.most:
        return None, f"最多 {each.most} 字，现有 {len(text)} 字。"
    if each.kind == LINES and len(text.split("\n")) > 30:
        return None, "最多 30 行。"
    return text, ""


def _number(each: ReportField, text: str) -> tuple[Value | None, str]:
    amount = read_amount(text.removesuffix("亩") if each.kind == AREA else text)
    if amount is None:
        example = "例如 120000 或 12万" if each.kind == MONEY else "例如 12"
        return None, f"“{text[:20]}”看不懂，请只填数字，{example}。"
    if amount < 0 and not each.signed:
        return None, "不能填负数。"
    if each.kind == COUNT:
        if amount != amount.to_integral_value():
            return None, "请填整数。"
        if amount > _MOST_COUNT:
            return None, "数字太大，请核对。"
        return int(amount), ""
    if abs(amount) >= _MOST_MONEY or (each.kind == AREA and amount >= 10**9):
        return None, "数字太大，请核对单位。"
    rounded = amount.quantize(Decimal("0.01"))
    if rounded != amount:
        return None, "最多两位小数。"
    return rounded, ""


def _day(text: str, year: int, today: dt.date) -> tuple[Value | None, str]:
    try:
        found = date(text, Setting(today=today.isoformat()))
    except BadCell:
        return None, f"“{text[:20]}”不是日期，请写成 {year}-12-20 这样。"
    day = dt.date.fromisoformat(found.value if isinstance(found, Noted) else found)
    if day > today:
        return None, "日期不能晚于今天。"
    if day < dt.date(year, 1, 1):
        return None, f"这是{year}年度的报告，日期不能早于{year}年1月1日。"
    return day, ""
