"""The one clock of the portal.

Everything that asks for the time asks here. In a demo or a test the day can be set
(`PORTAL_DATE`), so that the demo district lives in the pilot's own time; production refuses it.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

from django.conf import settings

SHANGHAI = ZoneInfo("Asia/Shanghai")
_day: ContextVar[dt.date | None] = ContextVar("portal_day", default=None)


def now() -> dt.datetime:
    """Return the aware time in Asia/Shanghai; with `PORTAL_DATE` that day at the real time of day."""
    real = dt.datetime.now(SHANGHAI)
    pinned: dt.date | None = _day.get() or settings.PORTAL_DATE
    return real if pinned is None else dt.datetime.combine(pinned, real.timetz())


def real_now() -> dt.datetime:
    """Return the real time, for leases and time-outs that must not stand still in a demo."""
    return dt.datetime.now(SHANGHAI)


def today() -> dt.date:
    """Return the day in Shanghai."""
    return now().date()


def start_of(day: dt.date) -> dt.datetime:
    """Return the first moment of a day in Shanghai."""
    return dt.datetime.combine(day, dt.time(), SHANGHAI)


def year_end(year: int) -> dt.date:
    """Return the last day of a year."""
    return dt.date(year, 12, 31)


@contextmanager
def on_day(day: dt.date) -> Iterator[None]:
    """Let a block live on another day: the demo district's history is made this way."""
    if settings.PRODUCTION:
        msg = "生产环境不允许改动系统日期。"
        raise RuntimeError(msg)
    token = _day.set(day)
    try:
        yield
    finally:
        _day.reset(token)


def local_day(moment: dt.datetime) -> str:
    """Write the day of a moment as people do: 2021年6月9日."""
    local = moment.astimezone(SHANGHAI)
    return f"{local.year}年{local.month}月{local.day}日"
