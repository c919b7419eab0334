"""Counting all lists of the home page at once: one query, however many lists there are."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, DateField, F, Min, Value
from django.db.models.functions import Cast

from tongchuan_coop.duties.duty import Duty, Waiting

_Figures = dict[int, tuple[int, dt.date | None]]


def tally(found: Iterable[Duty | Waiting]) -> list[Duty]:
    """Return the duties in their order, with the lists counted; empty lists are no duty."""
    pieces = list(found)
    figures = _figures([piece for piece in pieces if isinstance(piece, Waiting)])
    duties: list[Duty] = []
    at = 0
    for piece in pieces:
        if isinstance(piece, Duty):
            duties.append(piece)
            continue
        number, first = figures[at]
        at += 1
        if number:
            duties.append(piece.counted(number, first))
    return duties


def _figures(lists: Sequence[Waiting]) -> _Figures:
    """Return (length, first day) of each list by its place, from one UNION of aggregates.

    Lists that can have no rows at all (`.none()`) drop out of the union and count as empty.
    """
    empty: _Figures = dict.fromkeys(range(len(lists)), (0, None))
    lines = [_line(place, each) for place, each in enumerate(lists)]
    if not lines:
        return empty
    rows = lines[0].union(*lines[1:], all=True) if len(lines) > 1 else lines[0]
    return empty | {place: (number, first) for place, number, first in rows}


def _line(place: int, waiting: Waiting) -> Any:
    """Return one row: the list's place, its length, and the earliest of its days.

    The names are such as no model has for its own columns.
    """
    rows = waiting.rows
    plain = rows.model._default_manager.filter(pk__in=rows.order_by().values("pk"))
    day = F(waiting.day) if waiting.day else Cast(Value(None), DateField())
    return (
        plain.annotate(tally_place=Value(place), tally_day=day)
        .order_by()
        .values("tally_place")
        .annotate(tally_number=Count("pk"), tally_first=Min("tally_day"))
        .values_list("tally_place", "tally_number", "tally_first")
    )
