"""A mark by which a roster is known again: it changes with every change of a member."""

import hashlib

from registry.models import Cooperative, Member


def roster_mark(society: Cooperative) -> str:
    """Return the mark of a society's roster as it stands."""
    rows = Member.objects.filter(cooperative=society).order_by("pk").values_list("pk", "version")
    return hashlib.sha256(repr(list(rows)).encode()).hexdigest()
