"""Which societies must be paired with a counsellor, read from titles and plans (S-067).

Titles stand in one part of the house and pairing in the one beside it; this is where they meet.
"""

from collections.abc import Mapping

from demonstration.choices import Honour, Level
from demonstration.hearers import let_hear
from demonstration.models import CultivationPlan, DemonstrationTitle
from training.choices import PairingBasis
from training.operations.pairing import keep_pairing_needs

_BASES = {
    Level.NATIONAL: PairingBasis.NATIONAL,
    Level.PROVINCIAL: PairingBasis.PROVINCIAL,
    Level.MUNICIPAL: PairingBasis.MUNICIPAL,
    Level.DISTRICT: PairingBasis.DISTRICT,
}


def invite() -> None:
    """Renew a society's need whenever its titles or its plan have moved."""
    let_hear("pairing-needs", renew)


def renew(society: int | None = None) -> int:
    """Bring the needs into line with titles and plans, of one society or of all; return changes."""
    return keep_pairing_needs(wanted(society), only=society)


def wanted(society: int | None = None) -> Mapping[int, PairingBasis]:
    """Return why each society must be paired, the highest reason first. Two queries."""
    plans = CultivationPlan.objects.active()
    titles = DemonstrationTitle.objects.held()
    if society is not None:
        plans, titles = plans.filter(cooperative=society), titles.filter(cooperative=society)
    found: dict[int, PairingBasis] = dict.fromkeys(
        plans.values_list("cooperative", flat=True), PairingBasis.CULTIVATED
    )
    order = list(PairingBasis)
    for pk, level, honour in titles.values_list("cooperative", "level", "honour"):
        basis = PairingBasis.STANDARD if honour == Honour.STANDARD else _BASES[Level(level)]
        if pk not in found or order.index(basis) < order.index(found[pk]):
            found[pk] = basis
    return found
