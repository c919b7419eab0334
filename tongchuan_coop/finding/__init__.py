"""The one search box: what it finds, kind by kind, always within the reach of the person who asks.

To let it find another kind, write a `Finder` in a file here and add its `FINDERS` to the list.
"""

from accounts.models import User
from registry.search_terms import Term
from tongchuan_coop.finding import (
    exemplars,
    liaison,
    library,
    papers,
    people,
    pilot,
    societies,
    training,
)
from tongchuan_coop.finding.finder import Asked, Finder, Group, groups_of

FINDERS: tuple[Finder, ...] = (
    *societies.FINDERS[:1],
    *people.FINDERS,
    *papers.FINDERS,
    *library.FINDERS,
    *exemplars.FINDERS,
    *training.FINDERS,
    *liaison.FINDERS,
    *pilot.FINDERS,
    *societies.FINDERS[1:],
)


def find(user: User, text: str, most: int) -> list[Group]:
    """Return what a text finds, up to `most` of each kind."""
    term = Term(text)
    return groups_of(FINDERS, Asked(user, term, most)) if term else []
