"""A round's own steps: set up, opened, scored, approved, announced, recognised."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from accounts.models import OrganisationUnit, User
from accounts.operations import audit
from accounts.operations.transitions import advance
from accounts.policy import Action, may
from common import clock
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from demonstration.choices import ApplicationState, RoundState
from demonstration.models import RatingApplication, RatingRound, Reviewer
from demonstration.operations.titles import enter_title
from demonstration.scoring import ranking
from demonstration.workflows import APPLICATION, ROUND

_FIXED_ONCE_OPEN = ("criteria", "quota", "apply_from")


@transaction.atomic
def create_round(facts: dict[str, Any], *, by: User) -> RatingRound:
    """Set a round up; it takes applications only when opened."""
    if not may(by, Action.RUN_ROUND):
        raise PermissionDenied(Action.RUN_ROUND)
    round_ = RatingRound.objects.create(**facts, created_by=by, created_at=clock.now())
    audit.record("round-created", round_, by=by)
    return round_


@transaction.atomic
def edit_round(
    round_: RatingRound, facts: dict[str, Any], *, version: int, by: User
) -> RatingRound:
    """Change a round before its notice; criteria, quota and first day stand once it is open.

    Raises EditConflict, TransitionRefused.
    """
    held = _held(round_, by)
    if held.version != version:
        raise EditConflict(held)
    if held.state not in (RoundState.PREPARING, RoundState.OPEN, RoundState.REVIEWING):
        raise TransitionRefused("评分已经结束，批次的设定不能再改。")
    if held.state != RoundState.PREPARING:
        facts = {name: value for name, value in facts.items() if name not in _FIXED_ONCE_OPEN}
    RatingRound.objects.filter(pk=held.pk).update(**facts, version=F("version") + 1)
    held.refresh_from_db()
    audit.record("round-changed", held, by=by)
    return held


@transaction.atomic
def choose_departments(
    round_: RatingRound, units: list[OrganisationUnit], *, version: int, by: User
) -> None:
    """Choose the departments whose opinion is asked. Raises EditConflict."""
    held = _held(round_, by)
    if held.version != version:
        raise EditConflict(held)
    if held.state not in (RoundState.PREPARING, RoundState.OPEN, RoundState.REVIEWING):
        raise TransitionRefused("评分已经结束，不能再改征求意见的部门。")
    held.consulted.set(units)
    RatingRound.objects.filter(pk=held.pk).update(version=F("version") + 1)
    audit.record("departments-chosen", held, by=by, names=[str(unit) for unit in units])


@transaction.atomic
def appoint_reviewer(round_: RatingRound, user: User, *, by: User) -> Reviewer:
    """Name a reviewer; naming the same person again changes nothing."""
    held = _held(round_, by)
    if held.state not in (RoundState.PREPARING, RoundState.OPEN, RoundState.REVIEWING):
        raise TransitionRefused("评分已经结束，不能再聘请评审人。")
    if not may(user, Action.SCORE_APPLICATION):
        raise TransitionRefused(f"“{user}”的角色不能评分。评审人须是乡镇、部门或辅导员账号。")
    reviewer, made = Reviewer.objects.get_or_create(
        round=held, user=user, defaults={"appointed_at": clock.now()}
    )
    if made:
        audit.record("reviewer-appointed", held, by=by, person=str(user))
    return reviewer


@transaction.atomic
def dismiss_reviewer(reviewer: Reviewer, *, reason: str, by: User) -> None:
    """Take a reviewer off a round; whoever has handed in a sheet stays."""
    held = _held(reviewer.round, by)
    if reviewer.sheets.filter(submitted_at__isnull=False).exists():
        raise TransitionRefused(f"“{reviewer.user}”已提交评分，不能撤换。")
    audit.record("reviewer-dismissed", held, by=by, reason=reason, person=str(reviewer.user))
    reviewer.delete()


@transaction.atomic
def close_scoring(round_: RatingRound, *, by: User) -> None:
    """End the scoring and keep each application's total and place. Raises TransitionRefused."""
    advance(ROUND, round_, RoundState.RANKED, by=by)
    keep_ranking(round_)


def keep_ranking(round_: RatingRound) -> None:
    """Write totals and places as they follow from the sheets, in the caller's transaction."""
    placed = ranking(round_)
    rows = []
    for line in placed:
        line.application.total, line.application.place = line.total, line.place
        rows.append(line.application)
    RatingApplication.objects.bulk_update(rows, ["total", "place"])


@transaction.atomic
def approve_round(
    round_: RatingRound,
    chosen: list[RatingApplication],
    *,
    meeting: str,
    on: dt.date,
    version: int,
    by: User,
) -> None:
    """Record what the joint meeting decided: the chosen ones go to notice, the others do not.

    Raises TransitionRefused when more are chosen than the quota allows, EditConflict.
    """
    held = _held(round_, by)
    if held.version != version:
        raise EditConflict(held)
    if not meeting.strip() or on > clock.today():
        raise TransitionRefused("请填写联席会议纪要文号；会议日期不能晚于今天。")
    if not chosen:
        raise TransitionRefused("请至少选定一家。")
    if len(chosen) > held.quota:
        raise TransitionRefused(f"选定 {len(chosen)} 家，超过名额 {held.quota} 家。")
    keys = {application.pk for application in chosen}
    waiting = held.applications.filter(state=ApplicationState.CONSULTED)
    for application in waiting.select_related("round", "cooperative").order_by("pk"):
        if application.pk in keys:
            advance(APPLICATION, application, ApplicationState.APPROVED, by=by)
        else:
            because = f"联席会议（{meeting}）未列入认定名单"
            advance(
                APPLICATION,
                application,
                ApplicationState.REJECTED,
                by=by,
                reason=because,
                closed_because=because,
            )
    advance(ROUND, held, RoundState.APPROVED, by=by, approved_by_meeting=meeting, approved_on=on)
    round_.refresh_from_db()


@transaction.atomic
def start_notice(round_: RatingRound, *, version: int, by: User) -> None:
    """Begin the public notice tomorrow, so that every one of its days is whole."""
    held = _held(round_, by)
    if held.version != version:
        raise EditConflict(held)
    first = clock.today() + dt.timedelta(days=1)
    last = first + dt.timedelta(days=held.notice_days - 1)
    advance(ROUND, held, RoundState.NOTICE, by=by, notice_from=first, notice_until=last)
    approved = held.applications.filter(state=ApplicationState.APPROVED)
    for application in approved.select_related("round", "cooperative").order_by("pk"):
        application.round = held
        advance(APPLICATION, application, ApplicationState.NOTICED, by=by)
    round_.refresh_from_db()


@transaction.atomic
def recognise_round(
    round_: RatingRound, *, document: str, on: dt.date, version: int, by: User
) -> int:
    """Recognise everyone who stands after the notice and enter their titles; return how many.

    Impossible before the notice is over and every objection is answered (reliability C2); the
    guard is part of the transition, so neither page nor interface gets round it.
    """
    held = _held(round_, by)
    if held.version != version:
        raise EditConflict(held)
    if not document.strip():
        raise TransitionRefused("请填写认定文号。")
    if held.notice_until is None or not held.notice_until < on <= clock.today():
        raise TransitionRefused("认定日期须在公示期满之后，且不能晚于今天。")
    standing = held.applications.filter(state=ApplicationState.NOTICED)
    recognised = 0
    for application in standing.select_related("round", "cooperative").order_by("pk"):
        advance(APPLICATION, application, ApplicationState.RECOGNISED, by=by)
        enter_title(
            application.cooperative,
            {
                "level": held.criteria.level,
                "honour": held.criteria.honour,
                "batch": held.title,
                "document_number": document,
                "recognised_on": on,
            },
            by=by,
        )
        recognised += 1
    advance(ROUND, held, RoundState.RECOGNISED, by=by, document_number=document, recognised_on=on)
    round_.refresh_from_db()
    return recognised


def _held(round_: RatingRound, by: User) -> RatingRound:
    if not may(by, Action.RUN_ROUND):
        raise PermissionDenied(Action.RUN_ROUND)
    return (
        RatingRound.objects.select_for_update(of=("self",))
        .select_related("criteria")
        .get(pk=round_.pk)
    )
