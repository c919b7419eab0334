"""Quarters of a year, written like 2020Q2."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Self

_PATTERN = re.compile(r"(20[0-9]{2})Q([1-4])")


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
        return f"{self.year}年{'一二三四'[self.number - 1]}季度"

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"
