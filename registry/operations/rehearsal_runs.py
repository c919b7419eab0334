"""Computing a rehearsal: at once for a small register, by a worker for a large one.

The row is the queue. A worker takes it by one conditional update with a lease and goes through a
few steps, each its own transaction that holds the row first; a lost or doubled message is harmless,
for every attempt begins anew and whoever has lost the lease writes nothing more.
"""

import datetime as dt
import logging
import uuid
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, F, Q

from common import clock
from common.planner import plan_for_whole_tables
from registry.flag_choices import RehearsalSide
from registry.flags.catalogue import RULES_BY_CODE
from registry.flags.insertion import insert_from, mark_from
from registry.flags.past import Register
from registry.models import Cooperative, Rehearsal, RehearsalFinding

log = logging.getLogger("portal.rehearsals")
AT_ONCE = 20_000  # societies: so many are computed while a person waits, without feeling it
LEASE = dt.timedelta(minutes=15)
RETRY_AFTER = dt.timedelta(seconds=30)
ATTEMPTS = 3
GAVE_UP = "三次都没有算完。请点“改了再试”重新提交；仍不成的，请联系系统管理员查看服务器日志。"


class _Overtaken(Exception):
    """The draft was changed, or another worker has it; this one must write nothing more."""


def start_rehearsal(rehearsal: Rehearsal) -> None:
    """Save a rehearsal with what it asks; compute it now, or leave it to a worker.

    Part of the caller's transaction: the edge wakes a worker after it.
    """
    token = uuid.uuid4().hex
    few = Cooperative.objects.order_by()[: AT_ONCE + 1].count() <= AT_ONCE
    rehearsal.counts, rehearsal.computed_at = {}, None
    rehearsal.steps_done, rehearsal.failure = 0, ""
    rehearsal.attempt = 1 if few else 0
    rehearsal.lease = token if few else ""
    rehearsal.lease_until = clock.real_now() + LEASE if few else None
    rehearsal.save()
    if few:
        _compute(rehearsal, token)
        rehearsal.refresh_from_db()
    else:
        RehearsalFinding.objects.filter(rehearsal=rehearsal).delete()


def run_rehearsal(key: int) -> None:
    """Compute a rehearsal if nobody else does. Safe to call twice, early, late or for nothing."""
    token, now = uuid.uuid4().hex, clock.real_now()
    taken = (
        Rehearsal.objects.waiting()
        .filter(pk=key)
        .update(lease=token, lease_until=now + LEASE, attempt=F("attempt") + 1, steps_done=0)
    )
    if not taken:
        return
    rehearsal = Rehearsal.objects.get(pk=key)
    if rehearsal.attempt > ATTEMPTS:
        _mine(rehearsal, token).update(failure=GAVE_UP, lease="", lease_until=None)
        return
    try:
        _compute(rehearsal, token)
    except _Overtaken:
        log.info("rehearsal %s: changed meanwhile, or another worker has it", key)
    except Exception:
        log.exception("rehearsal %s: not computed, tried again later", key)
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
        _mine(rehearsal, token).update(lease="", lease_until=clock.real_now() + RETRY_AFTER)


def waiting_rehearsals() -> list[int]:
    """Return the rehearsals that nobody computes, oldest first."""
    return list(Rehearsal.objects.waiting().values_list("pk", flat=True)[:10])


def _mine(rehearsal: Rehearsal, token: str) -> Any:
    return Rehearsal.objects.filter(pk=rehearsal.pk, lease=token)


def _compute(rehearsal: Rehearsal, token: str) -> None:
    """Go through the steps: a fixed number of statements. Raises _Overtaken."""
    for number, (_, step) in enumerate(STEPS):
        with transaction.atomic():
            plan_for_whole_tables()
            _hold(rehearsal, token, steps_done=number)
            step(rehearsal)
    with transaction.atomic():
        mine = RehearsalFinding.objects.filter(rehearsal=rehearsal).order_by()
        counted = dict(mine.values_list("side").annotate(Count("pk")))
        counts = {side.value: counted.get(side.value, 0) for side in RehearsalSide}
        _hold(
            rehearsal,
            token,
            steps_done=len(STEPS),
            counts=counts | {"unknown": rehearsal.counts["unknown"]},
            computed_at=clock.now(),
            lease="",
            lease_until=None,
            attempt=0,
        )


def _hold(rehearsal: Rehearsal, token: str, **facts: Any) -> None:
    """Hold the row until the transaction ends, if it is still ours."""
    until = {"lease_until": clock.real_now() + LEASE}
    if not _mine(rehearsal, token).filter(Q(computed_at=None)).update(**{**until, **facts}):
        raise _Overtaken


def _register(rehearsal: Rehearsal) -> Register:
    past = rehearsal.as_of < clock.today()
    return Register(rehearsal.as_of) if past else Register()


def _suspects(rehearsal: Rehearsal, thresholds: dict[str, int]) -> Any:
    return RULES_BY_CODE[rehearsal.rule].suspects(rehearsal.as_of, thresholds).order_by()


def _list_anew(rehearsal: Rehearsal) -> None:
    RehearsalFinding.objects.filter(rehearsal=rehearsal).delete()
    insert_from(
        RehearsalFinding,
        ("cooperative_id", "evidence"),
        _suspects(rehearsal, rehearsal.thresholds).values_list("pk", "evidence"),
        register=_register(rehearsal),
        rehearsal=rehearsal.pk,
        side=RehearsalSide.NEW,
    )


def _mark_kept(rehearsal: Rehearsal) -> None:
    mark_from(
        RehearsalFinding,
        "cooperative_id",
        _suspects(rehearsal, rehearsal.compared).values_list("pk"),
        register=_register(rehearsal),
        within={"rehearsal": rehearsal.pk},
        side=RehearsalSide.KEPT,
    )


def _list_gone(rehearsal: Rehearsal) -> None:
    mine = RehearsalFinding.objects.filter(rehearsal=rehearsal).order_by()
    insert_from(
        RehearsalFinding,
        ("cooperative_id", "evidence"),
        _suspects(rehearsal, rehearsal.compared).values_list("pk", "evidence"),
        but=("cooperative_id", mine.values_list("cooperative_id")),
        register=_register(rehearsal),
        rehearsal=rehearsal.pk,
        side=RehearsalSide.GONE,
    )


def _count_unknown(rehearsal: Rehearsal) -> None:
    unknown: Any = RULES_BY_CODE[rehearsal.rule].unknowns(rehearsal.as_of, rehearsal.thresholds)
    rehearsal.counts = {"unknown": _register(rehearsal).count(unknown)}


STEPS: tuple[tuple[str, Callable[[Rehearsal], None]], ...] = (
    ("按试用的阈值计算", _list_anew),
    ("与现行的结果比对", _mark_kept),
    ("找出不再列入的", _list_gone),
    ("统计资料不足的", _count_unknown),
)


def step_in_words(rehearsal: Rehearsal) -> str:
    """Return what is being computed."""
    return STEPS[min(rehearsal.steps_done, len(STEPS) - 1)][0]
