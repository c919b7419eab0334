"""Who else wants to know that a society's titles or plan have moved: other parts say so.

This part does not know who listens; the composition root brings them together.
"""

from collections.abc import Callable

from django.db import transaction

Hearer = Callable[[int], object]
_hearers: dict[str, Hearer] = {}


def let_hear(name: str, hearer: Hearer) -> None:
    """Let somebody be called with a society's key once its standing has moved and is committed."""
    _hearers[name] = hearer


def standing_moved(society: int) -> None:
    """Tell all who want to know, after this transaction."""
    for hearer in _hearers.values():
        transaction.on_commit(lambda hearer=hearer: hearer(society))  # type: ignore[misc]
