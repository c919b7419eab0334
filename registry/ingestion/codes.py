"""Readers of identity: credit codes, old registration numbers, telephones, the status word."""

import re
from collections.abc import Iterator
from operator import mul
from typing import Final

from stdnum.cn import uscc as standard
from stdnum.exceptions import ValidationError

from registry.ingestion.cells import (
    HALF_WIDTH,
    BadCell,
    Cell,
    Noted,
    Setting,
    as_text,
    bare_text,
    name_of,
)
from registry.ingestion.marks import MISCOUNTED
from registry.ingestion.reasons import finding
from registry.ingestion.words import LISTS, meaning_of, table_of_words

ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUES: Final = {character: value for value, character in enumerate(ALPHABET)}
# Position weights 3^(i-1) mod 31; the check character itself weighs 1, so a right code sums to 0.
_WEIGHTS: Final = (*(pow(3, place, 31) for place in range(17)), 1)
COOPERATIVE_PREFIX: Final = "93"
_LENGTH: Final = 18
_PRECISE_DIGITS: Final = 15
_SEPARATORS: Final = re.compile(r"[\s\-‐‑–—_.·•'’‘`\u00a0]+")
_SCIENTIFIC: Final = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]{2}")
_OLD_NUMBER: Final = re.compile(r"[0-9]{15}|[0-9]{6}N[A-Z][0-9]{6}[0-9X]")
_NUMBER_COLUMN: Final = re.compile(r"[0-9]{6}[0-9A-Z]{7,9}")
_CODE_IN_TEXT: Final = re.compile(r"(?<![0-9A-Z])[0-9A-Z]{18}(?![0-9A-Z])")
_OTHER_BODIES: Final = {
    "91": "企业",
    "92": "个体工商户",
    "11": "机关",
    "12": "事业单位",
    "51": "社会团体",
    "52": "民办非企业单位",
    "N1": "农村集体经济组织（组级）",
    "N2": "农村集体经济组织（村级）",
    "N3": "农村集体经济组织（乡级）",
}


def credit_code(cell: Cell, setting: Setting) -> str | Noted:
    """Read a unified social credit code of a cooperative; never repairs a wrong one.

    A 15-digit registration number of the old kind is returned with OLD_REGISTRATION_NO, so that
    the row can carry it in its own field. Source: GB 32100-2015.
    """
    if cell.__class__ is str and len(cell) == _LENGTH and _is_cooperative(cell):
        return cell
    if isinstance(cell, bool):
        raise BadCell("BOOLEAN_IN_TEXT", value=as_text(cell))
    if isinstance(cell, int | float):
        return _from_number(cell)
    written = bare_text(cell, setting)
    if not written:
        return ""
    narrow = _narrow(written)
    if _SCIENTIFIC.fullmatch(narrow):
        raise BadCell("NUMERIC_PRECISION_LOST")
    code = _SEPARATORS.sub("", narrow)
    if _OLD_NUMBER.fullmatch(code):
        return Noted(code, (finding("OLD_REGISTRATION_NO"),))
    _refuse(code)
    return Noted(code, (finding("USCC_NORMALISED"),)) if code != written else code


def _narrow(written: str) -> str:
    """Return half width and capitals, without the .0 that programs hang on to a number."""
    return written.translate(HALF_WIDTH).upper().removesuffix(".0")


def _is_cooperative(code: str) -> bool:
    """The quick way to yes; `_refuse` explains a no with the library's rules."""
    if not (code.startswith(COOPERATIVE_PREFIX) and code[2:8].isdecimal()):
        return False
    try:
        weighed: int = sum(map(mul, map(_VALUES.__getitem__, code), _WEIGHTS))
    except KeyError:
        return False
    return weighed % 31 == 0


def _from_number(number: float) -> Noted:
    shown = as_text(number)
    if shown.isdigit() and len(shown) == _PRECISE_DIGITS:
        return Noted(shown, (finding("OLD_REGISTRATION_NO"),))
    if number >= 10**_PRECISE_DIGITS:
        raise BadCell("NUMERIC_PRECISION_LOST")
    raise BadCell("USCC_LENGTH", length=len(shown))


def _refuse(code: str) -> None:
    """Raise for anything that is not a cooperative's code, with the nearest explanation."""
    _refuse_characters(code)
    if len(code) != _LENGTH:
        raise BadCell("USCC_LENGTH", length=len(code))
    expected = standard.calc_check_digit(code[:-1])
    if code[-1] != expected:
        lost = code.isdigit() and code.endswith("000")
        raise BadCell("NUMERIC_PRECISION_LOST" if lost else "USCC_CHECK", expected=expected)
    if not code.startswith(COOPERATIVE_PREFIX):
        prefix = code[:2]
        raise BadCell("NOT_A_COOP", prefix=prefix, found=_OTHER_BODIES.get(prefix, "其他机构"))
    try:
        standard.validate(code)
    except ValidationError:  # letters where the division code belongs
        raise BadCell("USCC_CHECK", expected=expected) from None


def _refuse_characters(code: str) -> None:
    for position, character in enumerate(code, 1):
        if character not in _VALUES and not (position == 1 and character == "N"):
            raise BadCell("USCC_CHARACTER", position=position, character=name_of(character))


def registration_no(cell: Cell, setting: Setting) -> str | Noted:
    """Read an old registration number: 13 to 15 characters that begin with a division code."""
    if cell.__class__ is str and _OLD_NUMBER.fullmatch(cell):
        return cell
    if isinstance(cell, bool):
        raise BadCell("BOOLEAN_IN_TEXT", value=as_text(cell))
    if isinstance(cell, int | float) and cell >= 10**_PRECISE_DIGITS:
        raise BadCell("NUMERIC_PRECISION_LOST")
    written = bare_text(cell, setting)
    number = _SEPARATORS.sub("", _narrow(written))
    if not number or _NUMBER_COLUMN.fullmatch(number):
        return number
    if len(number) == _LENGTH and _is_cooperative(number):
        return Noted(number, (finding("USCC_IN_NUMBER_COLUMN"),))
    return Noted("", (finding("REGISTRATION_NO_FORMAT", value=written),))


def identities_in(text: str) -> Iterator[str]:
    """Yield what a cell may mean as code or old number, settled as the readers do, right or not."""
    narrow = _narrow(text)
    yield from _CODE_IN_TEXT.findall(narrow)
    tight = _SEPARATORS.sub("", narrow.removeprefix(MISCOUNTED))
    if len(tight) == _LENGTH or _NUMBER_COLUMN.fullmatch(tight):
        yield tight


_PLAIN_MOBILE: Final = re.compile(r"1[3-9][0-9]{9}")
_MOBILE: Final = re.compile(r"(?:\+?86)?(1[3-9][0-9]{9})")
_LANDLINE: Final = re.compile(r"(?:(?:\+?86)?(0(?:10|2[0-9]|[3-9][0-9]{2})))?([2-8][0-9]{6,7})")
_WITHOUT_ZERO: Final = re.compile(r"(?:(?=.{10}$)(10|2[0-9]|[3-9][0-9]{2}))([2-8][0-9]{6,7})")
_EXTENSION: Final = re.compile(
    r"(.+?)-?转-?([0-9]{1,6})|((?:.*-|0[0-9]{2,3})?[2-8][0-9]{6,7})-([0-9]{1,6})"
)
_SERVICE: Final = re.compile(r"[48]00[0-9]{7}")
_BETWEEN_PHONES: Final = re.compile(r"[,，、;；/\\\n\r或]+|\s{2,}|(?<=[0-9]{11})\s(?=1)")


def phone(cell: Cell, setting: Setting) -> str | Noted:
    """Read one or several telephone numbers, joined by 、."""
    if cell.__class__ is str and _PLAIN_MOBILE.fullmatch(cell):
        return cell
    if isinstance(cell, bool):
        raise BadCell("BOOLEAN_IN_TEXT", value=as_text(cell))
    shown = bare_text(cell, setting).translate(HALF_WIDTH)
    if not shown:
        return ""
    numbers = [_phone(part) for part in _BETWEEN_PHONES.split(shown) if part.strip()]
    joined = "、".join(numbers) if numbers and all(numbers) else shown
    if len(joined) > 60:
        raise BadCell("TEXT_TOO_LONG", length=len(joined), limit=60)
    if joined == shown and not all(numbers):
        return Noted(shown, (finding("PHONE_FORMAT", value=shown),))
    return joined


def _phone(written: str) -> str:
    """Return the settled form of one number, or ""."""
    dashed = re.sub(r"[\s\-‐–—()]+", "-", written.removesuffix(".0")).strip("-")
    if match := _MOBILE.fullmatch(dashed.replace("-", "")):
        return match[1]
    if _SERVICE.fullmatch(dashed.replace("-", "")):
        return dashed.replace("-", "")
    match = _EXTENSION.fullmatch(dashed)
    number, extension = [part for part in match.groups() if part] if match else (dashed, "")
    digits = number.replace("-", "")
    if match := _LANDLINE.fullmatch(digits):
        area, local = match[1], match[2]
    elif match := _WITHOUT_ZERO.fullmatch(digits):  # a number cell drops the 0 of the area
        area, local = f"0{match[1]}", match[2]
    else:
        return ""
    return "-".join(part for part in (area, local, extension) if part)


STATUS_WORDS: Final = {
    "active": "存续在营开业在册 存续 登记成立 在营开业企业 在营开业 开业 在营 在业 在册 正常 "
    "正常经营 存续在业",
    "suspended": "歇业",
    "revoked": "吊销未注销 已吊销 吊销企业 吊销 已吊销未注销",
    "revoked_deregistered": "吊销已注销 吊销后注销",
    "deregistered": "已注销 注销企业 企业已注销 企业直接申请注销 注销",
    "cancelled": "撤销 撤销登记 已撤销",
    "moved_out": "迁移异地 迁往市外 市外迁出 已迁出企业 迁出 已迁出",
    "liquidating": "清算中 清算 拟注销 正在注销",
    "other": "停业 个体转企业 非正常户",
}
STATUS_KEY: Final = "registration.status"
_STATUSES: Final = table_of_words(STATUS_WORDS)
LISTS[STATUS_KEY] = _STATUSES


def status(cell: Cell, setting: Setting) -> str | Noted:
    """Read the registration status. Letters and numbers are codes of some table we do not have."""
    if isinstance(cell, bool):
        raise BadCell("BOOLEAN_IN_TEXT", value=as_text(cell))
    shown = bare_text(cell, setting)
    if not shown:
        return ""
    known = meaning_of(shown, STATUS_KEY, _STATUSES, setting)
    return known or Noted("", (finding("UNKNOWN_STATUS", value=shown),))
