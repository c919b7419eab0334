"""Giving societies a sponsor, ending it, and writing down what the sponsor did."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from accounts.choices import NoticeEvent
from accounts.models import User
from accounts.operations import audit
from accounts.operations.notices import notify
from accounts.policy import Action
from common import clock
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from liaison.models import SponsorFollowUp, Sponsorship
from liaison.people import people_of
from registry.models import Cooperative

OVER = "这项挂包已经结束，不能再改。需要继续挂包的，请另行安排。"
AHEAD = "日期不能晚于今天。"


@transaction.atomic
def assign_sponsor(cooperative: Cooperative, facts: dict[str, Any], *, by: User) -> Sponsorship:
    """Let a department's person sponsor a society; the department hears of it.

    A department sponsors a society once at a time. Raises TransitionRefused.
    """
    reach = Cooperative.objects.permitted(by, Action.MANAGE_SPONSORSHIP)
    if not reach.filter(pk=cooperative.pk).exists():
        raise PermissionDenied(Action.MANAGE_SPONSORSHIP)
    row, made = Sponsorship.objects.get_or_create(
        cooperative=cooperative,
        department=facts["department"],
        until=None,
        defaults={**facts, "entered_by": by},
    )
    if not made:
        raise TransitionRefused(
            f"{row.department.name}已在挂包这家合作社（{row.person}）。换人请先结束原来的挂包。"
        )
    audit.record("sponsor-assigned", row, by=by)
    notify(
        people_of([row.department_id], Action.FOLLOW_SPONSORSHIP),
        event=NoticeEvent.TASK_ASSIGNED,
        title=f"挂包任务：{cooperative.name}",
        text=f"由{row.person}挂包，每季度至少跟踪一次。任务：{row.task}",
        url=f"/liaison/sponsorships/{row.pk}/",
        by=by,
    )
    return row


@transaction.atomic
def edit_sponsorship(
    sponsorship: Sponsorship, facts: dict[str, Any], *, version: int, by: User
) -> None:
    """Correct person, post, task or first day. Raises EditConflict, TransitionRefused."""
    held = _held(sponsorship, Action.MANAGE_SPONSORSHIP, by)
    if not held.is_current:
        raise TransitionRefused(OVER)
    changed = Sponsorship.objects.filter(pk=held.pk, version=version, until__isnull=True).update(
        **facts, version=F("version") + 1
    )
    sponsorship.refresh_from_db()
    if not changed:
        raise EditConflict(sponsorship)
    audit.record("sponsorship-changed", sponsorship, by=by)


@transaction.atomic
def end_sponsorship(sponsorship: Sponsorship, *, reason: str, version: int, by: User) -> None:
    """End a sponsorship today, with a reason; what was done stays. Raises EditConflict."""
    held = _held(sponsorship, Action.MANAGE_SPONSORSHIP, by)
    if not held.is_current:
        raise TransitionRefused(OVER)
    if not reason.strip():
        raise TransitionRefused("请写明结束挂包的原因。")
    until = max(clock.today(), held.since)
    changed = Sponsorship.objects.filter(pk=held.pk, version=version, until__isnull=True).update(
        until=until, ended_because=reason.strip()[:300], version=F("version") + 1
    )
    sponsorship.refresh_from_db()
    if not changed:
        raise EditConflict(sponsorship)
    audit.record("sponsorship-ended", sponsorship, by=by, reason=reason)


@transaction.atomic
def write_follow_up(
    sponsorship: Sponsorship, facts: dict[str, Any], *, by: User
) -> SponsorFollowUp:
    """Write down what the sponsor did; the same words of the same day are written once.

    `facts`: happened_on, form, text, solved. Raises TransitionRefused.
    """
    held = _held(sponsorship, Action.FOLLOW_SPONSORSHIP, by)
    if not held.is_current:
        raise TransitionRefused(OVER)
    day = facts["happened_on"]
    if day > clock.today():
        raise TransitionRefused(AHEAD)
    if day < held.since:
        raise TransitionRefused("日期不能早于挂包开始的日期。")
    line, made = SponsorFollowUp.objects.get_or_create(
        sponsorship=held,
        happened_on=day,
        form=facts["form"],
        text=facts["text"].strip(),
        defaults={"solved": facts["solved"].strip(), "by": by, "at": clock.now()},
    )
    if made:
        audit.record("sponsor-followed-up", held, by=by, reason=line.text[:500])
    return line


def _held(sponsorship: Sponsorship, action: Action, by: User) -> Sponsorship:
    held = Sponsorship.objects.permitted(by, action).filter(pk=sponsorship.pk).first()
    if held is None:
        raise PermissionDenied(action)
    return held
