"""One thing to do: what, why, by when, and the one place to do it."""

import datetime as dt
from dataclasses import dataclass

from common import clock

SHOWN_ONE_BY_ONE = 5


@dataclass(frozen=True)
class Duty:
    """One thing to do: what, why, by when, and the one place to do it."""

    title: str
    because: str
    button: str
    url: str
    count: int | None = None
    due: dt.date | None = None

    @property
    def days_left(self) -> int:
        """Days until it is due; negative when it is overdue."""
        return (self.due - clock.today()).days if self.due else 0

    @property
    def days_over(self) -> int:
        return -self.days_left
