"""Amounts as people type them, and as they are written out on a cheque."""

import re
from decimal import Decimal

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")
_SCALES = {"": 1, "万": 10_000, "万元": 10_000, "亿": 100_000_000, "亿元": 100_000_000, "元": 1}
_NUMBER = re.compile(r"([+-]?)(\d{1,15}(?:\.\d{1,6})?)(万元|亿元|万|亿|元|)")


def read_amount(text: str) -> Decimal | None:
    """Read 12000, 12,000.50, 1.2万 or 3亿元 into yuan; None for what is no amount."""
    tight = re.sub(
        r"[,，\s￥¥]", "", text.translate(str.maketrans("０１２３４５６７８９．－", "0123456789.-"))
    )
    match = _NUMBER.fullmatch(tight)
    if match is None:
        return None
    sign, digits, scale = match.groups()
    amount = Decimal(digits) * _SCALES[scale]
    return -amount if sign == "-" else amount


def in_words(amount: Decimal) -> str:
    """Write yuan in the characters of a cheque: 壹拾贰万叁仟元整."""
    cents = int((abs(amount) * 100).to_integral_value())
    yuan, rest = divmod(cents, 100)
    jiao, fen = divmod(rest, 10)
    words = _integer(yuan) + "元"
    if not rest:
        words += "整"
    else:
        words += f"{_DIGITS[jiao]}角" if jiao else ("零" if yuan else "")
        words += f"{_DIGITS[fen]}分" if fen else ""
    return ("负" if amount < 0 else "") + words


def _integer(number: int) -> str:
    if not number:
        return "零"
    groups = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    words = ""
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if not group:
            continue
        if words and (group < 1_000 or (place + 1 < len(groups) and groups[place + 1] == 0)):
            words += "零"
        words += _group(group) + _GROUPS[place]
    return words


def _group(number: int) -> str:
    words, gap = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            words += ("零" if gap and words else "") + _DIGITS[digit] + _PLACES[place]
            gap = False
        else:
            gap = True
    return words
