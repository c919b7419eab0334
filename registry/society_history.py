"""The whole history of a society: every room of the house adds what it knows, each by its own right.

A provider asks its model through `permitted(user, action)`, costs a fixed number of queries, and
returns at most `MOST` entries, the latest ones. An app adds its providers when it is loaded.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from accounts.policy import Action, may
from registry.models import Cooperative
from registry.timeline import Entry

MOST = 500


@dataclass(frozen=True)
class Provider:
    """One kind of thing that happens to a society."""

    kind: str
    label: str
    action: Action
    entries: Callable[[Any, Cooperative], Iterable[Entry]]


_PROVIDERS: dict[str, Provider] = {}


def register_provider(provider: Provider) -> None:
    """Let a kind be told; the same kind registered twice is told once."""
    _PROVIDERS[provider.kind] = provider


def providers_for(user: Any) -> list[Provider]:
    """Return the kinds that a person has a right to, in the order in which they were added."""
    return [each for each in _PROVIDERS.values() if may(user, each.action)]


def told(user: Any, society: Cooperative) -> Iterator[Entry]:
    """Yield what the providers say about a society."""
    for provider in providers_for(user):
        yield from provider.entries(user, society)
