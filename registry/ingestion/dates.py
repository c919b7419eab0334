"""Reader of dates: every written form that means one day, and a reason for each that does not."""

import datetime as dt
import re
from typing import Final

from registry.ingestion.cells import HALF_WIDTH, BadCell, Cell, Noted, Setting, as_text, bare_text
from registry.ingestion.reasons import finding

_FULL: Final = re.compile(
    r"([0-9]{4})(?:年|[-/.])([0-9]{1,2})(?:月|[-/.])([0-9]{1,2})[日号.]?"
    r"(?:[T ]?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|\+08:?00)?)?"
)
_OTHER_SIGNS: Final = str.maketrans("‐‑–—−。、\\", "-----.//")
_LOOSE: Final = re.compile(r" ?([-/.]) ?")
_COMPACT: Final = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})")
_MONTH_ONLY: Final = re.compile(r"[0-9]{4}年?|[0-9]{4}(?:年|[-/.])[0-9]{1,2}月?|(?:19|20)[0-9]{4}")
_SHORT: Final = re.compile(r"[0-9]{1,2}(?:[-/.]|年)[0-9]{1,2}(?:[-/.]|月)[0-9]{1,4}日?")
_SERIAL: Final = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")
_OTHER_CALENDAR: Final = re.compile(r"民国|令和|平成|昭和|公元前|农历")
_CHINESE: Final = re.compile(
    r"([〇零○Oo一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]"
)
_DIGITS: Final = {digit: str(value) for value, digit in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
}
_EPOCH_1900: Final = dt.date(1899, 12, 30)
_EPOCH_1904: Final = dt.date(1904, 1, 1)
_FIRST: Final = dt.date(1949, 10, 1)
_LAST: Final = dt.date(2199, 12, 31)


def date(cell: Cell, setting: Setting) -> str | Noted:
    """Read a day into ISO form. Dates have no time zone: a time of day is dropped, never shifted."""
    if cell.__class__ is dt.date:
        return _plausible(cell, as_text(cell))
    if isinstance(cell, dt.datetime):
        return _plausible(cell.date(), as_text(cell))
    if isinstance(cell, bool | dt.time | dt.timedelta):
        raise BadCell("DATE_FORMAT", value=as_text(cell))
    if isinstance(cell, int | float):
        return _from_number(cell, setting)
    shown = bare_text(cell, setting)
    if not shown:
        return ""
    return _plausible(_day_of(re.sub(r"\s+", " ", _half(shown)), shown), shown)


def _half(shown: str) -> str:
    """Return half width, with the strokes and points that stand for - / and . between figures."""
    return shown.translate(HALF_WIDTH).translate(_OTHER_SIGNS)


def _day_of(written: str, shown: str) -> dt.date:
    tight = written.replace(" ", "") if "年" in written else _LOOSE.sub(r"\1", written)
    match = _FULL.fullmatch(tight) or _COMPACT.fullmatch(tight)
    if match is not None:
        return _day(match[1], match[2], match[3], shown)
    match = _CHINESE.fullmatch(tight)
    if match is not None:
        year = "".join(_DIGITS.get(digit, "0") for digit in match[1])
        return _day(year, _small_number(match[2]), _small_number(match[3]), shown)
    raise BadCell(_why_not(tight), value=shown)


def _why_not(written: str) -> str:
    if _OTHER_CALENDAR.search(written):
        return "DATE_CALENDAR"
    if _SERIAL.fullmatch(written) or _SHORT.fullmatch(written):
        return "DATE_AMBIGUOUS"
    if _MONTH_ONLY.fullmatch(written):
        return "DATE_INCOMPLETE"
    return "DATE_FORMAT"


def _day(year: str, month: str, day: str, shown: str) -> dt.date:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        raise BadCell("DATE_IMPOSSIBLE", value=shown) from None


def _small_number(characters: str) -> str:
    """Read 一 to 九十九 as digits."""
    tens, ten, units = characters.rpartition("十")
    if not ten:
        return _DIGITS.get(characters, "0") if len(characters) == 1 else "0"
    return (_DIGITS.get(tens, "0") if tens else "1") + (_DIGITS.get(units, "x") if units else "0")


def _from_number(number: float, setting: Setting) -> Noted:
    """Read a count of days, or eight digits that write a day: 43891, 20200301."""
    shown = as_text(number)
    if match := _COMPACT.fullmatch(shown):
        value = _plausible(_day(match[1], match[2], match[3], shown), shown)
    elif _MONTH_ONLY.fullmatch(shown):  # as a count of days all of these lie before 1949
        raise BadCell("DATE_INCOMPLETE", value=shown)
    else:
        value = _from_serial(number, shown, setting)
    return Noted(value, (finding("DATE_FROM_NUMBER", number=shown, value=value),))


def _from_serial(number: float, shown: str, setting: Setting) -> str:
    # Serials up to 60 meet the day 1900-02-29, which never was; none of them is a real date here.
    if not 60 < number < 110_000:
        raise BadCell("DATE_OUT_OF_RANGE", value=shown)
    epoch = _EPOCH_1904 if setting.date1904 else _EPOCH_1900
    return _plausible(epoch + dt.timedelta(days=int(number)), shown)


def _plausible(day: dt.date, shown: str) -> str:
    if not _FIRST <= day <= _LAST:
        raise BadCell("DATE_OUT_OF_RANGE", value=shown)
    return day.isoformat()


_YEAR: Final = re.compile(r"((?:19|20)[0-9]{2})(?:年度?|年度年报|年报)?")


def year(cell: Cell, setting: Setting) -> str:
    """Read the year that a report is about: 2019, "2019年度"."""
    if isinstance(cell, bool | dt.date | dt.time | dt.timedelta):
        raise BadCell("YEAR_FORMAT", value=as_text(cell))
    shown = as_text(cell) if isinstance(cell, int | float) else bare_text(cell, setting)
    if not shown:
        return ""
    match = _YEAR.fullmatch(re.sub(r"\s+", "", shown.translate(HALF_WIDTH)))
    if match is None:
        raise BadCell("YEAR_FORMAT", value=shown)
    return match[1]
