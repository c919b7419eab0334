"""Days that rules count with: months back and forth, and the last year whose report is due."""

import calendar
import datetime as dt

REPORT_DUE = (6, 30)  # of the next year (Order 70 of 2014, art. 4)


def months_later(day: dt.date, months: int) -> dt.date:
    """Return the same day some months later; the last day of a month that has no such day."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def last_day_over(months: int, as_of: dt.date) -> dt.date:
    """Return the latest day from which more than some months have passed on `as_of`."""
    day = months_later(as_of, -months) + dt.timedelta(days=4)
    while months_later(day, months) >= as_of:
        day -= dt.timedelta(days=1)
    return day


def latest_due_year(as_of: dt.date) -> int:
    """Return the latest report year whose deadline had passed by the end of a day."""
    return as_of.year - (1 if as_of > dt.date(as_of.year, *REPORT_DUE) else 2)


def due_years(count: int, as_of: dt.date) -> list[int]:
    """Return that many report years up to the latest due one, oldest first."""
    latest = latest_due_year(as_of)
    return list(range(latest - count + 1, latest + 1))


def in_words(day: dt.date | str) -> str:
    """Write 2021年6月9日."""
    day = dt.date.fromisoformat(day) if isinstance(day, str) else day
    return f"{day.year}年{day.month}月{day.day}日"
