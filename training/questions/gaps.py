"""What the register does not know about a society."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from registry.models import Cooperative
from training.questions.question import Answer, Question

# the fact, the question, how it is answered
_FACTS = (
    ("member_count", "现在实有多少名成员？", Answer.NUMBER),
    ("legal_representative", "现任理事长（法定代表人）是谁？", Answer.TEXT),
    ("domicile", "现在的经营地址在哪里？", Answer.TEXT),
)


def ask(societies: Iterable[Cooperative]) -> Mapping[int, list[Question]]:
    """Ask for facts that no file has brought; costs no query beyond that of the societies."""
    found: dict[int, list[Question]] = defaultdict(list)
    for society in societies:
        for field, text, answer in _FACTS:
            if getattr(society, field) in (None, ""):
                why = "登记信息里没有这一项。"
                found[society.pk].append(Question(f"fact:{field}", text, why, answer))
    return found
