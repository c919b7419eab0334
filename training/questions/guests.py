"""Questions that other parts of the house ask on a visit, and what an accepted answer does there.

Plans stand in a part beside this one, which this one may not import; the composition root brings
the two together (tongchuan_coop/milestones.py).
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from accounts.models import User
from training.questions.question import Maker


@dataclass(frozen=True)
class Answered:
    """What a visit said to a guest's question: the key of its row, the words, the day and who."""

    key: int
    note: str
    seen_on: dt.date
    by: User


@dataclass(frozen=True)
class Guest:
    """`ask` makes questions whose keys begin with the prefix; `take` acts on an accepted “done”.

    `take` raises TransitionRefused when the row behind the question has moved on.
    """

    ask: Maker
    take: Callable[[Answered], None]


_guests: dict[str, Guest] = {}


def invite_guest(prefix: str, guest: Guest) -> None:
    """Let another part of the house ask questions whose keys are “prefix:row”."""
    _guests[prefix] = guest


def makers() -> tuple[Maker, ...]:
    """Return what makes the questions of all guests."""
    return tuple(guest.ask for guest in _guests.values())


def guest_of(prefix: str) -> Guest | None:
    """Return who asks the questions of a prefix, if anybody does."""
    return _guests.get(prefix)
