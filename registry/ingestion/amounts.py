"""Readers of counts and of money."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from registry.ingestion.cells import (
    HALF_WIDTH,
    PLAIN_NUMBER,
    BadCell,
    Cell,
    Noted,
    Setting,
    as_text,
    bare_text,
)
from registry.ingestion.reasons import Finding, finding

_MEMBER_UNIT: Final = re.compile(r"[人户个名位家份张]$")
_MOST_MEMBERS: Final = 10_000_000


def whole_number(cell: Cell, setting: Setting) -> str:
    """Read a count of people, members or papers: 50, "50", "50人", 50.0."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        number = _decimal_of(cell)
        shown = as_text(cell)
    else:
        shown = bare_text(cell, setting).translate(HALF_WIDTH).replace(" ", "")
        if not shown:
            return ""
        digits = _MEMBER_UNIT.sub("", shown)
        if not isinstance(cell, str) or not PLAIN_NUMBER.fullmatch(digits):
            raise BadCell("NUMBER_FORMAT", value=shown)
        number = Decimal(digits.replace(",", ""))
    if number < 0:
        raise BadCell("NEGATIVE", value=shown)
    if number != number.to_integral_value():
        raise BadCell("NUMBER_NOT_WHOLE", value=shown)
    if number > _MOST_MEMBERS:
        raise BadCell("NUMBER_TOO_LARGE", value=shown)
    return str(int(number))


def _decimal_of(number: float) -> Decimal:
    """Return a finite number without the artefacts of binary fractions (15 digits are exact)."""
    value = Decimal(format(number, ".15g"))
    if not value.is_finite():
        raise BadCell("NUMBER_FORMAT", value=repr(number))
    return value


_FACTORS: Final = {
    "元": Decimal(1),
    "千元": Decimal(1_000),
    "万元": Decimal(10_000),
    "亿元": Decimal(10**8),
}
_CURRENCY_WORD: Final = r"(?:人民币|RMB|CNY|[¥￥])"
_MONEY: Final = re.compile(
    rf"(?:{_CURRENCY_WORD}|\({_CURRENCY_WORD}\))?:?"
    r"(?P<sign>-?)(?P<number>(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]*)?|\.[0-9]+)"
    r"(?P<unit>(?:[^()0-9,.]|\([^()]*\))*)"
)
_WRITTEN_UNIT: Final = re.compile(r"(?P<scale>[千万亿])?(?P<yuan>[元圆])?整?")
_ASIDE: Final = re.compile(rf"{_CURRENCY_WORD}|[()]")  # what stands in and around a unit
_OTHER_BRACKETS: Final = str.maketrans("〔〕【】[]", "()()()")
_THOUSANDS: Final = re.compile(r"(?<![0-9])[0-9]{1,3}(?: [0-9]{3})+(?![0-9])")
_ACCOUNTING: Final = re.compile(r"\([0-9.,]+\)")
_CURRENCY: Final = re.compile(r"美元|港元|港币|欧元|日元|英镑|USD|HKD|EUR|[$€£]")
_SUSPECT_FROM: Final = Decimal(10**9)  # 100,000 万元
_STORABLE_BELOW: Final = Decimal(10**15)
_CENT: Final = Decimal("0.01")


def money(cell: Cell, setting: Setting) -> str | Noted:
    """Read an amount into yuan with two decimals. The unit in the cell beats the heading's."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        shown, number, unit = as_text(cell), _decimal_of(cell), ""
    else:
        shown = bare_text(cell, setting)
        if not shown:
            return ""
        if not isinstance(cell, str):
            raise BadCell("AMOUNT_FORMAT", value=shown)
        number, unit = _amount(shown, setting.capital_unit)
    if number < 0:
        raise BadCell("NEGATIVE", value=shown)
    unit = unit or setting.capital_unit
    if not unit and number != 0:
        return Noted("", (finding("AMOUNT_WITHOUT_UNIT", value=shown),))
    return _yuan(number * _FACTORS[unit or "元"], shown)


def _amount(shown: str, heading_unit: str) -> tuple[Decimal, str]:
    half = re.sub(r"\s+", " ", shown.translate(HALF_WIDTH).translate(_OTHER_BRACKETS))
    plain = re.sub(r"(?<![0-9.,]) | (?![0-9.,])", "", half)
    plain = _THOUSANDS.sub(lambda found: found[0].replace(" ", ""), plain)
    if _CURRENCY.search(plain):
        raise BadCell("AMOUNT_CURRENCY", value=shown)
    if _ACCOUNTING.fullmatch(plain):
        raise BadCell("NEGATIVE", value=shown)
    match = _MONEY.fullmatch(plain)
    written = match and _WRITTEN_UNIT.fullmatch(_ASIDE.sub("", match["unit"]))
    if match is None or written is None:
        raise BadCell("AMOUNT_FORMAT", value=shown)
    unit = f"{written['scale']}元" if written["scale"] else ("元" if written["yuan"] else "")
    if not unit and "人民币" in plain:
        if heading_unit not in {"", "元"}:
            raise BadCell("AMOUNT_FORMAT", value=shown)  # 人民币100: yuan, or the heading's 万元?
        unit = "元"
    return Decimal(match["sign"] + match["number"].replace(",", "")), unit


def _yuan(amount: Decimal, shown: str) -> str | Noted:
    if amount >= _STORABLE_BELOW:
        raise BadCell("AMOUNT_TOO_LARGE", value=shown)
    rounded = amount.quantize(_CENT, ROUND_HALF_UP) + 0  # a written -0 is nil like any other
    value = f"{rounded:f}"
    findings: tuple[Finding, ...] = ()
    if abs(rounded - amount) > Decimal("0.001"):
        findings += (finding("AMOUNT_ROUNDED", value=value),)
    if amount >= _SUSPECT_FROM:
        findings += (
            finding("OUT_OF_RANGE", value=f"{amount / 10_000:,f}".rstrip("0").rstrip(".")),
        )
    return Noted(value, findings) if findings else value


# Larger units such as 百万元 are none of ours: taken for 万元 they would be wrong by a factor.
_UNIT: Final = re.compile(
    r"(?<![十百千万亿])([千万亿])\s*元|(?<![公美港日欧十百千万亿])元(?!素|旦)|[（(]\s*万\s*[）)]"
)
_UNIT_LINE: Final = re.compile(r"单位\s*[:：](?=([^:：]{1,20}))")
_BETWEEN_UNITS: Final = re.compile(r"[\s、,，;；/()（）和及]+")
_UNIT_WORDS: Final = {
    f"{currency}{word}": unit
    for currency in ("", "人民币")
    for word, unit in (
        ("元", "元"),
        ("千元", "千元"),
        ("万元", "万元"),
        ("万", "万元"),
        ("亿元", "亿元"),
    )
}


def unit_in(heading: str) -> str:
    """Return the unit that a heading names, or "" where it names none or several."""
    named = {
        f"{match[1]}元" if match[1] else ("万元" if "万" in match[0] else "元")
        for match in _UNIT.finditer(heading)
    }
    return named.pop() if len(named) == 1 else ""


def unit_above(title: str) -> str:
    """Return the unit that a line above the table states, as in 单位：户、万元, or "".

    Only whole words count: 填报单位：广元分局 states none, and 单位：元、万元 does not say which.
    """
    stated = {
        _UNIT_WORDS[word]
        for line in _UNIT_LINE.findall(title)
        for word in _BETWEEN_UNITS.split(line)
        if word in _UNIT_WORDS
    }
    return stated.pop() if len(stated) == 1 else ""
