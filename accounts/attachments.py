"""Which rows may have attachments, and the rights that their reach is taken from.

An app registers its models when it is ready; this app knows none of them by name.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models

from accounts.policy import Action


def _nothing(_owner: Any) -> str:
    return ""


@dataclass(frozen=True)
class Ownership:
    """How a kind of row owns attachments.

    `unless` returns the sentence that stands in the way of a change (a report that was sent, a
    closed case), or "".
    """

    model: type[models.Model]
    view: Action
    edit: Action
    unless: Callable[[Any], str]

    def reach(self, user: Any, action: Action) -> models.QuerySet[Any, Any]:
        """Return the owners that this user reaches for an action."""
        found: models.QuerySet[Any, Any] = self.model._default_manager.permitted(user, action)  # type: ignore[attr-defined]
        return found


_owners: dict[str, Ownership] = {}


def register_owner(
    model: type[models.Model],
    *,
    view: Action,
    edit: Action,
    unless: Callable[[Any], str] = _nothing,
) -> None:
    """Let rows of a model have attachments, seen with one right and changed with another.

    The model's manager must answer `permitted(user, action)` and its key must be a number.
    """
    _owners[model._meta.label_lower] = Ownership(model, view, edit, unless)


def ownership_of(kind: str) -> Ownership:
    """Return how rows of a kind own attachments. Raises LookupError for one not registered."""
    return _owners[kind]
