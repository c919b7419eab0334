"""Keeping the list of societies that must be paired in line with what gives them their standing."""

from collections.abc import Mapping

from django.db import transaction

from accounts.operations import audit
from common import clock, locks
from training.choices import PairingBasis
from training.models import PairingNeed


@transaction.atomic
def keep_pairing_needs(wanted: Mapping[int, PairingBasis], *, only: int | None = None) -> int:
    """Open, change and end needs so that they are those of `wanted`; return how many changed.

    `wanted` maps a society's key to why it must be paired; with `only`, other societies are left
    alone. Set-based, and saying the same again changes nothing.
    """
    locks.hold("pairing-needs")
    today = clock.today()
    open_ones = PairingNeed.objects.filter(until__isnull=True)
    if only is not None:
        open_ones = open_ones.filter(cooperative=only)
    standing = {need.cooperative_id: need for need in open_ones}
    over = [need.pk for pk, need in standing.items() if pk not in wanted]
    changed = [need for pk, need in standing.items() if wanted.get(pk, need.basis) != need.basis]
    for need in changed:
        need.basis = wanted[need.cooperative_id]
    fresh = [pk for pk in wanted if pk not in standing]
    PairingNeed.objects.filter(pk__in=over).update(until=today)
    PairingNeed.objects.bulk_update(changed, ["basis"], batch_size=500)
    PairingNeed.objects.bulk_create(
        [PairingNeed(cooperative_id=pk, basis=wanted[pk], since=today) for pk in fresh],
        batch_size=500,
    )
    number = len(over) + len(changed) + len(fresh)
    if number:
        audit.record("pairing-needs-kept", by=None, number=number)
    return number
