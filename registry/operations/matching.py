"""Looking for societies that stand twice, deciding about a pair, merging and taking a merge back."""

import logging

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from accounts.models import User
from accounts.operations import audit
from accounts.operations.transitions import advance
from accounts.policy import Action
from common import clock, locks
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from registry.choices import PairBasis, PairState
from registry.flags.evaluate import evaluate_flags
from registry.ingestion.holds import lock_register
from registry.matching.candidates import find_candidates
from registry.matching.moving import move_rows, return_rows
from registry.models import Cooperative, CooperativeMerge, MatchPair
from registry.sides.compare import compare_sources
from registry.workflows import PAIR

log = logging.getLogger("portal.matching")
CHOOSE = "请选择保留哪一家。"
CHAIN = "“{}”自己还有并入的合作社，请先取消那次合并，或改为保留这一家。"
KINDS = "一家是{}，另一家是{}，不是同一类主体，不能合并。"


@transaction.atomic
def find_pairs() -> int:
    """Look for new pairs after the register has changed; safe to repeat, returns what is new."""
    locks.hold("matching")
    return find_candidates()


@transaction.atomic
def propose_pair(one: Cooperative, other: Cooperative, *, by: User) -> MatchPair:
    """Put two societies before a person who thinks that they are one; a known pair is returned."""
    if one.pk == other.pk:
        raise TransitionRefused("两个代码是同一家合作社，不用合并。请输入另一家的代码。")
    if one.kind != other.kind:
        raise TransitionRefused(KINDS.format(one.get_kind_display(), other.get_kind_display()))
    left, right = sorted((one, other), key=lambda society: society.pk)
    pair, created = MatchPair.objects.get_or_create(
        left=left, right=right, defaults={"basis": PairBasis.PERSON}
    )
    if created:
        audit.record("pair-proposed", one, by=by, twin=str(other))
    return pair


@transaction.atomic
def part_pair(pair: MatchPair, *, reason: str, by: User) -> None:
    """Say that two societies are two; the pair is not asked about again."""
    decided = {"decided_by": by, "decided_at": clock.now(), "decision_reason": reason}
    advance(PAIR, pair, PairState.DIFFERENT, by=by, reason=reason, **decided)


@transaction.atomic
def reopen_pair(pair: MatchPair, *, reason: str, by: User) -> None:
    """Put a pair that was told apart before a person once more."""
    decided = {"decided_by": by, "decided_at": clock.now(), "decision_reason": reason}
    advance(PAIR, pair, PairState.WAITING, by=by, reason=reason, **decided)


@transaction.atomic
def merge_pair(
    pair: MatchPair, kept: int, *, reason: str, by: User, versions: tuple[int, int]
) -> CooperativeMerge:
    """Merge the other society of a pair into `kept` (its id): all that points at it moves along.

    `versions` are those of left and right as the person saw them. The absorbed one keeps its row,
    its history and its evidence; its code leads to the kept one. Raises EditConflict when one was
    changed meanwhile, TransitionRefused with a sentence otherwise.
    """
    lock_register()
    left, right = _held(pair, by)
    if (left.version, right.version) != versions:
        raise EditConflict(pair)
    if kept not in {left.pk, right.pk}:
        raise TransitionRefused(CHOOSE)
    keeper, absorbed = (left, right) if kept == left.pk else (right, left)
    if keeper.kind != absorbed.kind:
        raise TransitionRefused(
            KINDS.format(keeper.get_kind_display(), absorbed.get_kind_display())
        )
    if absorbed.absorbed.exists():
        raise TransitionRefused(CHAIN.format(absorbed))
    at = clock.now()
    advance(
        PAIR,
        pair,
        PairState.SAME,
        by=by,
        reason=reason,
        decided_by=by,
        decided_at=at,
        decision_reason=reason,
    )
    merge = CooperativeMerge.objects.create(
        pair=pair, kept=keeper, absorbed=absorbed, merged_at=at, merged_by=by, reason=reason
    )
    moved = move_rows(merge)
    Cooperative.objects.filter(pk=absorbed.pk).update(
        merged_into=keeper, version=F("version") + 1, updated_at=at
    )
    Cooperative.objects.filter(pk=keeper.pk).update(version=F("version") + 1, updated_at=at)
    audit.record(
        "cooperative-merged", keeper, by=by, reason=reason, twin=_named(absorbed), number=moved
    )
    evaluate_flags(at.date(), cause=f"“{absorbed.name}”并入")
    compare_sources()
    return merge


@transaction.atomic
def undo_merge(merge: CooperativeMerge, *, reason: str, by: User) -> int:
    """Take a merge back: what moved returns; return how many rows did.

    Refused (a sentence) once a person has edited either society: see the guard of the flow.
    """
    lock_register()
    at = clock.now()
    advance(
        PAIR,
        merge.pair,
        PairState.DIFFERENT,
        by=by,
        reason=reason,
        decided_by=by,
        decided_at=at,
        decision_reason=reason,
    )
    undone = CooperativeMerge.objects.standing().filter(pk=merge.pk)
    if not undone.update(undone_at=at, undone_by=by):
        raise TransitionRefused("这次合并已经取消，不用重复操作。")
    Cooperative.objects.filter(pk=merge.absorbed_id).update(
        merged_into=None, version=F("version") + 1, updated_at=at
    )
    Cooperative.objects.filter(pk=merge.kept_id).update(version=F("version") + 1, updated_at=at)
    returned = return_rows(merge)
    audit.record(
        "merge-undone",
        merge.kept,
        by=by,
        reason=reason,
        twin=_named(merge.absorbed),
        number=returned,
    )
    evaluate_flags(at.date(), cause=f"取消“{merge.absorbed.name}”的合并")
    compare_sources()
    return returned


def _held(pair: MatchPair, by: User) -> tuple[Cooperative, Cooperative]:
    reach = Cooperative.objects.permitted(by, Action.MERGE_COOPERATIVE)
    found = {
        society.pk: society
        for society in reach.select_for_update(of=("self",))
        .filter(pk__in=(pair.left_id, pair.right_id))
        .order_by("pk")
    }
    if not found:
        raise PermissionDenied(Action.MERGE_COOPERATIVE)
    if len(found) < 2:
        raise TransitionRefused("其中一家已经并入别的合作社，请刷新页面后再看。")
    return found[pair.left_id], found[pair.right_id]


def _named(society: Cooperative) -> str:
    return f"{society.name}（{society.code}）"
