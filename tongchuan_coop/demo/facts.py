"""What people did in the demo about societies that stand twice and sources that disagree."""

import contextlib
import datetime as dt
from random import Random

from accounts.models import OrganisationUnit, User
from common import clock
from common.quarter import Quarter
from common.workflow import TransitionRefused
from liaison.choices import FetchForm, SharedList
from liaison.models import ShareGrant
from liaison.operations.sharing import approve_grant, note_fetch, propose_grant, sign_receipt
from registry.choices import FeedSource, PairState
from registry.models import Contradiction, MatchPair
from registry.operations.contradictions import assign_contradiction, settle_contradiction
from registry.operations.matching import merge_pair, part_pair
from registry.operations.punctuality import file_nil_return, send_due_reminders
from registry.sides.compare import compare_sources
from tongchuan_coop.demo.people import HOME_UNIT

DECIDED_ON = dt.date(2021, 5, 12)
SHARED_UNTIL = dt.date(2021, 12, 31)
ASKED_ON, DUE_ON = dt.date(2021, 7, 15), dt.date(2021, 7, 30)


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


def compare(known: dict[str, User], random: Random) -> None:
    """Compare the sources, give some contradictions to people of the home township, settle one."""
    del random
    with clock.on_day(ASKED_ON):
        compare_sources()
        standing = Contradiction.objects.open().order_by("kind", "cooperative__uscc")
        near = standing.filter(cooperative__township__code=HOME_UNIT)
        for person, one in zip((known["counsellor"], known["clerk"]), near[:2], strict=False):
            assign_contradiction(one, person, DUE_ON, by=known["bureau"], version=one.version)
        settled = standing.exclude(cooperative__township__code=HOME_UNIT).first()
        if settled is not None:
            reason = "已电话核实，两处统计口径不同，均属实"
            settle_contradiction(settled, reason=reason, by=known["bureau"])


# list, fields, receiving units
SHARED = (
    (SharedList.ABNORMAL, ("township", "reason", "listed_on"), ("swju", "gxs")),
    (SharedList.SPOT_CHECK, ("township", "checked_on", "result"), ("swju",)),
    (SharedList.TAX, ("township", "state", "registered_on"), ("scjgj",)),
)


def share(known: dict[str, User], random: Random) -> None:
    """Share the lists that the plan names: the bureau proposes, the leader approves, some take them."""
    del random
    units = {unit.code: unit for unit in OrganisationUnit.objects.departments()}
    with clock.on_day(DECIDED_ON):
        for shared_list, fields, receivers in SHARED:
            for code in receivers:
                grant = propose_grant(
                    shared_list,
                    fields,
                    units[code],
                    purpose="清理整顿中核对合作社经营情况",
                    valid_until=SHARED_UNTIL,
                    by=known["bureau"],
                )
                if code != "gxs":
                    approve_grant(grant, by=known["leader"])
    taken = ShareGrant.objects.in_force(DECIDED_ON).filter(receiver=known["tax"].unit)
    with clock.on_day(ASKED_ON):
        first = taken.order_by("pk").first()
        if first is not None:
            note_fetch(first, FetchForm.PAGE, by=known["tax"])
            sign_receipt(first, by=known["tax"])


def answer_for_quarters(known: dict[str, User], random: Random) -> None:
    """Let the tax bureau say that a quarter had nothing, and be reminded of what it owes."""
    del random
    with clock.on_day(dt.date(2021, 4, 12)), contextlib.suppress(TransitionRefused):
        file_nil_return(FeedSource.TAX, Quarter(2021, 1), by=known["tax"])
    with clock.on_day(dt.date(2021, 7, 15)):
        send_due_reminders()


PARTS = (decide_pairs, compare, share, answer_for_quarters)
