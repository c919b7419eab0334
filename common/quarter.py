"""Quarters of a year, written like 2020Q2."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Self

_PATTERN = re.compile(r"(20[0-9]{2})Q([1-4])")
_YEAR = re.compile(r"(20[0-9]{2}) *年度?|(20[0-9]{2})(?= *[Qq][1-4]| *第?[一二三四1-4]季)")
_NUMBER = re.compile(r"第?([一二三四1-4])季度?|[Qq]([1-4])")
_FIGURES = "一二三四"


@dataclass(frozen=True, order=True)
class Quarter:
    """A calendar quarter; orders by time."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "2020Q2". Raises ValueError for anything else."""
        match = _PATTERN.fullmatch(text)
        if match is None:
            msg = f"not a quarter: {text!r}"
            raise ValueError(msg)
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: dt.date) -> Self:
        """Return the quarter that a day lies in."""
        return cls(day.year, (day.month + 2) // 3)

    @property
    def first_day(self) -> dt.date:
        return dt.date(self.year, 3 * self.number - 2, 1)

    @property
    def last_day(self) -> dt.date:
        return self.next().first_day - dt.timedelta(days=1)

    def next(self) -> "Quarter":
        return (
            Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)
        )

    def previous(self) -> "Quarter":
        return (
            Quarter(self.year - 1, 4) if self.number == 1 else Quarter(self.year, self.number - 1)
        )

    @property
    def label(self) -> str:
        """Return the words people use: 2020年二季度."""
        return f"{self.year}年{_FIGURES[self.number - 1]}季度"

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"


def quarter_in(text: str) -> tuple[str, str, str]:
    """Read a year and a quarter out of what a person typed; return both as stored, and the rest.

    联席会议2020年一季度 → ("2020", "Q1", "联席会议"); "" for what was not typed.
    """
    year, number = _YEAR.search(text), _NUMBER.search(text)
    typed = (number[1] or number[2]) if number else ""
    figure = _FIGURES.index(typed) + 1 if typed in _FIGURES and typed else typed
    rest = _NUMBER.sub("", _YEAR.sub("", text, count=1), count=1)
    return (year[1] or year[2] if year else "", f"Q{figure}" if typed else "", rest.strip())
