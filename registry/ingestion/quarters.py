"""The quarter that a title or a file name states, in the ways people write it."""

import re
from typing import Final

from registry.ingestion.cells import HALF_WIDTH

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
