"""Who else is concerned when societies come under suspicion: parts of the house above say so.

A part that gives societies a standing (titles, targets of the programme) registers how to find it;
this part only asks, for the societies that a rehearsed rule would newly list.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from registry.models import Cooperative

Find = Callable[["QuerySet[Cooperative]"], Iterable[str]]
_finders: dict[str, Find] = {}


@dataclass(frozen=True)
class Concern:
    """What is touched, in words, and the lines that say it."""

    title: str
    lines: list[str]


def register_concern(title: str, find: Find) -> None:
    """Let a part of the house say which of some societies concern it, one line for each.

    `find` gets a query of societies and answers with a fixed number of questions.
    """
    _finders[title] = find


def concerns_of(societies: "QuerySet[Cooperative]") -> list[Concern]:
    """Return what every registered part has to say of some societies."""
    said = [Concern(title, list(find(societies))) for title, find in _finders.items()]
    return [concern for concern in said if concern.lines]
