"""All makers in order of weight, and the few questions that a visit asks."""

from collections.abc import Iterable

from registry.models import Cooperative
from training.questions import contradictions, flags, gaps, guests, last_visit, promises, routine
from training.questions.question import Maker, Question

LEAST, MOST = 5, 9
FIRST: tuple[Maker, ...] = (promises.ask, contradictions.ask)
LAST: tuple[Maker, ...] = (flags.ask, gaps.ask, last_visit.ask)


def questions_for(societies: Iterable[Cooperative]) -> dict[int, list[Question]]:
    """Return 5 to 9 questions for each society, the weightiest first; no key comes twice.

    A fixed number of queries, however many societies.
    """
    known = list(societies)
    asked: dict[int, dict[str, Question]] = {society.pk: {} for society in known}
    for make in (*FIRST, *guests.makers(), *LAST):
        for pk, questions in make(known).items():
            for question in questions:
                if len(asked[pk]) < MOST:
                    asked[pk].setdefault(question.key, question)
    for pk, questions in routine.ask(known).items():
        for question in questions:
            if len(asked[pk]) < LEAST:
                asked[pk].setdefault(question.key, question)
    return {pk: list(questions.values()) for pk, questions in asked.items()}
