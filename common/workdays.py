"""Days on which offices work, and the last day of a period counted in days.

The day that begins a period does not count (民法典第二百零一条); a period within which something
must be done ends after a day off (第二百零三条). Years whose holidays are not known yet count
weekends alone.
"""

import datetime as dt

import chinese_calendar

ONE_DAY = dt.timedelta(days=1)
_SATURDAY = 5


def is_workday(day: dt.date) -> bool:
    """Tell whether offices work on a day: statutory holidays and shifted working days included."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < _SATURDAY


def on_or_after(day: dt.date) -> dt.date:
    """Return the first working day from a day on."""
    while not is_workday(day):
        day += ONE_DAY
    return day


def last_day_of_notice(begins: dt.date, days: int) -> dt.date:
    """Return the last day of a public notice of so many calendar days."""
    return begins + dt.timedelta(days=days)


def last_day_to_act(begins: dt.date, days: int) -> dt.date:
    """Return the last day to do something within so many calendar days."""
    return on_or_after(begins + dt.timedelta(days=days))
