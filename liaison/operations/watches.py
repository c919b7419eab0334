"""Signs of illegal fund-raising: noting and deriving them, looking into them, referring them."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from accounts.operations import audit
from accounts.operations.transitions import advance
from accounts.policy import Action, may
from common import clock
from common.workflow import TransitionRefused
from demonstration.innovation_choices import InnovationKind
from demonstration.models import InnovationEntry
from liaison.models import FundWatch
from liaison.watch_choices import WatchOrigin, WatchSign, WatchState
from liaison.workflows import WATCH
from registry.models import Cooperative

DAYS_TO_LOOK = 30
# What in a line about credit cooperation is a sign, and how it is told.
DERIVED: dict[WatchSign, tuple[Q, str]] = {
    WatchSign.BEYOND_MEMBERS: (
        Q(outsiders__gt=0),
        "{entry.year}年信用合作登记有 {entry.outsiders} 名非成员参加（{entry.document}）。",
    ),
    WatchSign.FIXED_RETURN: (
        Q(fixed_return__gt=0),
        "{entry.year}年信用合作登记承诺固定回报每年 {entry.fixed_return}%（{entry.document}）。",
    ),
}


@transaction.atomic
def note_watch(cooperative: Cooperative, facts: dict[str, Any], *, by: User) -> FundWatch:
    """Note a sign that somebody saw. `facts`: sign, content, noted_on. Raises TransitionRefused."""
    reach = Cooperative.objects.permitted(by, Action.HANDLE_FUND_WATCH)
    if not reach.filter(pk=cooperative.pk).exists():
        raise PermissionDenied(Action.HANDLE_FUND_WATCH)
    if facts["noted_on"] > clock.today():
        raise TransitionRefused("发现日期不能晚于今天。")
    same = FundWatch.objects.open().filter(cooperative=cooperative, sign=facts["sign"])
    if same.filter(content=facts["content"].strip()).exists():
        raise TransitionRefused("这条线索已经登记过，没有重复登记。")
    watch = FundWatch.objects.create(
        cooperative=cooperative,
        sign=WatchSign(facts["sign"]),
        content=facts["content"].strip(),
        noted_on=facts["noted_on"],
        due_on=clock.today() + dt.timedelta(days=DAYS_TO_LOOK),
        noted_by=by,
    )
    audit.record("fund-watch-noted", watch, by=by)
    return watch


@transaction.atomic
def derive_watches(*, by: User) -> int:
    """Note what the standing lines about credit cooperation say themselves; return how many.

    One query and one insert per sign, however many lines; twice does no more than once.
    """
    if not (may(by, Action.HANDLE_FUND_WATCH) or by == User.objects.machine()):
        raise PermissionDenied(Action.HANDLE_FUND_WATCH)
    today, made = clock.today(), 0
    credit = InnovationEntry.objects.standing().filter(kind=InnovationKind.CREDIT)
    for sign, (shown, words) in DERIVED.items():
        known = FundWatch.objects.filter(entry=OuterRef("pk"), sign=sign)
        fresh = list(credit.filter(shown).filter(~Exists(known)).order_by("pk"))
        FundWatch.objects.bulk_create(
            [
                FundWatch(
                    cooperative_id=entry.cooperative_id,
                    sign=sign,
                    origin=WatchOrigin.DERIVED,
                    entry=entry,
                    content=words.format(entry=entry),
                    noted_on=today,
                    due_on=today + dt.timedelta(days=DAYS_TO_LOOK),
                )
                for entry in fresh
            ],
            ignore_conflicts=True,
        )
        made += len(fresh)
    if made:
        audit.record("fund-watches-derived", by=by, number=made)
    return made


def check_watch(watch: FundWatch, finding: str, *, by: User) -> None:
    """Write down what was found."""
    advance(
        WATCH,
        watch,
        WatchState.CHECKED,
        by=by,
        reason=finding,
        finding=finding.strip()[:500],
        checked_on=clock.today(),
    )


def clear_watch(watch: FundWatch, reason: str, *, by: User) -> None:
    """Say why there is no concern."""
    advance(
        WATCH,
        watch,
        WatchState.NO_CONCERN,
        by=by,
        reason=reason,
        cleared_because=reason.strip()[:500],
    )


def reopen_watch(watch: FundWatch, reason: str, *, by: User) -> None:
    """Look again."""
    advance(
        WATCH,
        watch,
        WatchState.NOTED,
        by=by,
        reason=reason,
        due_on=clock.today() + dt.timedelta(days=DAYS_TO_LOOK),
    )


def refer_watch(watch: FundWatch, facts: dict[str, Any], *, by: User) -> None:
    """Refer to a department. `facts`: referred_to, referred_on, referral_number."""
    if watch.checked_on and not watch.checked_on <= facts["referred_on"] <= clock.today():
        raise TransitionRefused("移送日期应在核查之日和今天之间。")
    advance(WATCH, watch, WatchState.REFERRED, by=by, **facts)
