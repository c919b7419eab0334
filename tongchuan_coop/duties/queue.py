"""The queue of the home page: what is overdue, due this week, without a day, or due later."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from common import clock
from tongchuan_coop.duties.duty import Duty

SUNDAY = 6


@dataclass(frozen=True)
class Group:
    """Duties of one urgency, the nearest day first."""

    key: str
    title: str
    note: str = ""
    duties: list[Duty] = field(default_factory=list)


def queue_of(duties: Iterable[Duty]) -> list[Group]:
    """Sort duties into groups, the most pressing group first; empty groups are left out.

    What has no day of its own stands between this week's and later ones: it can be done now.
    """
    groups = {
        "overdue": Group("overdue", "已逾期"),
        "week": Group("week", "本周到期"),
        "open": Group("open", "尽快办理", "没有规定期限"),
        "later": Group("later", "以后到期"),
    }
    for duty in sorted(duties, key=lambda each: each.due or dt.date.max):
        groups[_urgency(duty.due)].duties.append(duty)
    return [group for group in groups.values() if group.duties]


def _urgency(due: dt.date | None) -> str:
    today = clock.today()
    if due is None:
        return "open"
    if due < today:
        return "overdue"
    sunday = today + dt.timedelta(days=SUNDAY - today.weekday())
    return "week" if due <= sunday else "later"
