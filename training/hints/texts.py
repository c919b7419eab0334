"""Text that equals that of an earlier visit."""

from difflib import SequenceMatcher

from training.models import Visit

LEAST_CHARACTERS, ALIKE = 12, 0.92
COMPARED = 30


def same_text(visit: Visit) -> str:
    """Find an earlier visit of the same counsellor whose text reads the same."""
    mine = _text(visit)
    if len(mine) < LEAST_CHARACTERS:
        return ""
    earlier = (
        Visit.objects.standing()
        .filter(counsellor=visit.counsellor_id)
        .exclude(pk=visit.pk)
        .select_related("cooperative")
        .order_by("-visited_on", "-pk")[:COMPARED]
    )
    for other in earlier:
        if SequenceMatcher(None, mine, _text(other), autojunk=False).ratio() >= ALIKE:
            return f"辅导内容与{other}的几乎相同。"
    return ""


def _text(visit: Visit) -> str:
    return f"{visit.problems}{visit.guidance}".strip()
