"""What other rooms of the house show on a society's page: a card each, by its own right.

A block asks its model through `permitted(user, action)` and costs a fixed number of queries. An
app adds its blocks when it is loaded; the page shows them in that order.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from accounts.policy import Action, may
from registry.models import Cooperative


@dataclass(frozen=True)
class Block:
    """One card: its heading, the partial that fills it, and what that partial needs.

    `context` returns None where there is nothing to show to this person.
    """

    key: str
    title: str
    action: Action
    template: str
    context: Callable[[Any, Cooperative], dict[str, Any] | None]


@dataclass(frozen=True)
class Shown:
    """A card as one person sees it on one page."""

    block: Block
    facts: dict[str, Any]


_BLOCKS: dict[str, Block] = {}


def register_block(block: Block) -> None:
    """Let a card be shown; the same key registered twice is shown once."""
    _BLOCKS[block.key] = block


def blocks_for(user: Any, society: Cooperative) -> list[Shown]:
    """Return the cards that this person may see of a society."""
    found = [
        (block, block.context(user, society))
        for block in _BLOCKS.values()
        if may(user, block.action)
    ]
    return [Shown(block, facts) for block, facts in found if facts is not None]
