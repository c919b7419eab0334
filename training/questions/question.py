"""One question for the next visit: what to ask, why, and how it is answered."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from registry.models import Cooperative


class Answer(StrEnum):
    """How a question is answered."""

    YES_NO = "yes_no"
    DONE = "done"
    NUMBER = "number"
    TEXT = "text"


@dataclass(frozen=True)
class Question:
    """One question. `key` names what it is about (“flag:12”) and says what an answer writes to."""

    key: str
    text: str
    why: str
    answer: Answer = Answer.YES_NO


# A maker asks for many societies at once, in a fixed number of queries: society's key → questions.
Maker = Callable[[Iterable[Cooperative]], Mapping[int, list[Question]]]
