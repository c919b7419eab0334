"""States that move through one door: a flow is a table of transitions, nothing more.

The door itself (`accounts.operations.transitions.advance`) checks rights and keeps the record;
this room only knows which state may follow which, who may ask for it, and what stands in the way.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


class TransitionRefused(Exception):
    """A step that the flow does not allow now; its text is a sentence for the person who asked."""


def _nothing(_subject: Any) -> str:
    return ""


@dataclass(frozen=True)
class Transition:
    """One arrow of a flow.

    `unless` returns the sentence that refuses the step, or "" when nothing stands in the way.
    """

    source: str
    target: str
    action: str
    label: str
    unless: Callable[[Any], str] = _nothing
    needs_reason: bool = False

    @property
    def is_guarded(self) -> bool:
        """Whether each step along this arrow has to be looked at by itself."""
        return self.needs_reason or self.unless is not _nothing


@dataclass(frozen=True)
class Workflow:
    """A named flow over one status field of one kind of row."""

    name: str
    field: str
    transitions: tuple[Transition, ...]

    def leaving(self, state: str) -> tuple[Transition, ...]:
        """Return the arrows that leave a state: the buttons of a page."""
        return tuple(arrow for arrow in self.transitions if arrow.source == state)

    def find(self, source: str, target: str) -> Transition:
        """Return the arrow between two states. Raises TransitionRefused when there is none."""
        for arrow in self.transitions:
            if (arrow.source, arrow.target) == (source, target):
                return arrow
        raise TransitionRefused("当前状态不能进行这一步操作，可能已有人先处理。请刷新页面后再看。")
