"""The quarter that a title or a file name states, in the ways people write it."""

import re
from typing import Final

from registry.ingestion.cells import HALF_WIDTH, BadCell, Cell, Noted, Setting, as_text, bare_text
from registry.ingestion.dates import date

_DIGITS: Final = {"一": "1", "二": "2", "三": "3", "四": "4"}
_WRITTEN: Final = re.compile(r"(20[0-9]{2})\s*年?\s*(?:度)?\s*第?\s*([一二三四1-4])\s*季")
_CODED: Final = re.compile(r"(?<![0-9])(20[0-9]{2})\s*[-_.]?\s*[Qq]([1-4])(?![0-9])")


def stated_quarter(text: str) -> str:
    """Return the quarter a text names, like 2021Q2, or "" when it names none or several."""
    plain = text.translate(HALF_WIDTH)
    found = {
        f"{year}Q{_DIGITS.get(number, number)}"
        for pattern in (_WRITTEN, _CODED)
        for year, number in pattern.findall(plain)
    }
    return found.pop() if len(found) == 1 else ""


_ENDS: Final = {"1": "03-31", "2": "06-30", "3": "09-30", "4": "12-31"}


def last_day(quarter: str) -> str:
    """Return the last day of a quarter like 2021Q2, or "" for no quarter."""
    return f"{quarter[:4]}-{_ENDS[quarter[5]]}" if quarter else ""


def quarter_end(cell: Cell, setting: Setting) -> str | Noted:
    """Read the quarter that a row is about, or a day in it, into the quarter's last day."""
    if isinstance(cell, str):
        shown = bare_text(cell, setting)
        if not shown:
            return ""
        if stated := stated_quarter(shown):
            return last_day(stated)
    read = date(cell, setting)
    day = read.value if isinstance(read, Noted) else read
    if not day:
        raise BadCell("DATE_FORMAT", value=as_text(cell))
    return last_day(f"{day[:4]}Q{(int(day[5:7]) + 2) // 3}")
