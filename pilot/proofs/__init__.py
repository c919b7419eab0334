"""Lists of the portal that prove a task by themselves: counted on its page, exported to the archive.

A proof holds no names of reporters, no identity numbers and no telephone numbers: what leaves the
house in an archive is what a superior may see.
"""

from collections.abc import Iterable

from django.db.models import Count, Value

from pilot.models import Programme
from pilot.proofs import (
    coordination,
    course,
    guidance,
    honours,
    innovations,
    register,
    support,
)
from pilot.proofs.frame import Proof

PROOFS: tuple[Proof, ...] = (
    *register.PROOFS,
    *honours.PROOFS,
    *innovations.PROOFS,
    *guidance.PROOFS,
    *coordination.PROOFS,
    *support.PROOFS,
    *course.PROOFS,
)
PROOFS_BY_KEY = {proof.key: proof for proof in PROOFS}


def proofs_of(keys: Iterable[str]) -> list[Proof]:
    """Return the proofs that a task names, in the order of the catalogue; each once."""
    wanted = set(keys)
    return [proof for proof in PROOFS if proof.key in wanted]


def numbers_of(keys: Iterable[str], programme: Programme | None = None) -> dict[str, int]:
    """Return how many rows each proof has, of one pilot where they belong to one: one UNION."""
    proofs = proofs_of(keys)
    lines = [
        proof.of(programme)
        .order_by()
        .annotate(proof_place=Value(place))
        .values("proof_place")
        .annotate(proof_number=Count("pk", distinct=True))
        .values_list("proof_place", "proof_number")
        for place, proof in enumerate(proofs)
    ]
    if not lines:
        return {}
    counted = dict(lines[0].union(*lines[1:], all=True) if len(lines) > 1 else lines[0])
    return {proof.key: counted.get(place, 0) for place, proof in enumerate(proofs)}
