"""Why a search found a society whose present name does not say so: an old name, or one merged into it."""

from collections.abc import Iterable

from registry.models import Cooperative, FormerName


def found_by(term: str, shown: Iterable[tuple[int, str]]) -> dict[int, str]:
    """Return a note for each society (id, name) that the term finds only by what it once was.

    Two queries for a page, none where every name holds the term.
    """
    term = term.strip()
    unclear = [key for key, name in shown if term and term not in name]
    if not unclear:
        return {}
    notes: dict[int, str] = {}
    merged = Cooperative.objects.filter(merged_into__in=unclear).fitting(term)
    for key, name in merged.order_by("-pk").values_list("merged_into", "name"):
        if key is not None:
            notes[key] = f"已并入：{name}"
    former = FormerName.objects.filter(cooperative__in=unclear, name__contains=term)
    for key, name in former.order_by("until", "pk").values_list("cooperative", "name"):
        notes[key] = f"曾用名：{name}"
    return notes
