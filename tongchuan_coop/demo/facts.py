"""What people did in the demo about societies that stand twice: one merged, one told apart."""

import datetime as dt
from random import Random

from accounts.models import User
from common import clock
from registry.choices import PairState
from registry.models import MatchPair
from registry.operations.matching import merge_pair, part_pair

DECIDED_ON = dt.date(2021, 5, 12)


def decide_pairs(known: dict[str, User], random: Random) -> None:
    """Merge the likeliest pair, tell the next apart, and leave the others to the bureau."""
    del random
    waiting = MatchPair.objects.filter(state=PairState.WAITING).select_related("left", "right")
    pairs = list(waiting.order_by("-agreeing", "left__uscc", "right__uscc")[:2])
    if len(pairs) < 2:
        return
    same, other = pairs
    with clock.on_day(DECIDED_ON):
        merge_pair(
            same,
            same.left_id,
            reason="已核对两份营业执照，系同一家换发新照",
            by=known["bureau"],
            versions=(same.left.version, same.right.version),
        )
        part_pair(other, reason="已电话核实，父子两人各办一家", by=known["bureau"])


PARTS = (decide_pairs,)
