"""Decisions as tasks: progress, done with evidence, confirmed by the bureau."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from accounts.choices import NoticeEvent
from accounts.models import User
from accounts.operations import audit
from accounts.operations.notices import notify
from accounts.operations.transitions import advance
from accounts.policy import Action, Reach, reach_of
from common import clock
from common.conflict import EditConflict
from common.template_tags import day as in_words
from common.workflow import TransitionRefused
from liaison.meeting_choices import DecisionState, ProgressKind
from liaison.meeting_flows import DECISION
from liaison.models import Decision, DecisionProgress
from liaison.people import people_of

ONLY_THE_LEAD = "只有牵头单位（或区农业农村局代报）才能报告办结；配合单位请填写进展。"
OVER = "这项议定事项已经了结，不能再填写进展。如有疑问，请联系区农业农村局。"


@transaction.atomic
def report_progress(decision: Decision, text: str, *, by: User) -> DecisionProgress:
    """Write a line of progress for an undone decision; the state stays.

    The same words of one person and day are written once.
    """
    reach = Decision.objects.permitted(by, Action.WORK_DECISION)
    held = reach.select_for_update(of=("self",)).filter(pk=decision.pk).first()
    if held is None:
        raise PermissionDenied(Action.WORK_DECISION)
    if not held.is_undone:
        raise TransitionRefused(OVER)
    if not text.strip():
        raise TransitionRefused("请写明办理进展。")
    said = held.progress.filter(kind=ProgressKind.PROGRESS, text=text.strip()[:500], by=by)
    if written := said.filter(at__gte=clock.start_of(clock.today())).first():
        return written
    line = _note(held, ProgressKind.PROGRESS, text, by=by)
    audit.record("progress-reported", held, by=by, reason=text.strip()[:500])
    return line


@transaction.atomic
def report_done(decision: Decision, text: str, *, by: User) -> None:
    """Report a decision done, with its evidence attached; the bureau confirms."""
    if reach_of(by, Action.WORK_DECISION) != Reach.DISTRICT and by.unit_id != decision.lead_id:
        raise TransitionRefused(ONLY_THE_LEAD)
    advance(DECISION, decision, DecisionState.REPORTED, by=by, reason=text)
    _note(decision, ProgressKind.FINISHED, text, by=by)


@transaction.atomic
def confirm_done(decision: Decision, *, note: str = "", by: User) -> None:
    """Confirm that a decision is done; it leaves the queue and the next agenda."""
    advance(DECISION, decision, DecisionState.DONE, by=by, reason=note, done_on=clock.today())
    _note(decision, ProgressKind.CONFIRMED, note or "佐证齐全，同意办结。", by=by)


@transaction.atomic
def return_decision(decision: Decision, *, reason: str, by: User) -> None:
    """Send a reported decision back, with a reason; its units are told."""
    advance(DECISION, decision, DecisionState.OPEN, by=by, reason=reason)
    _note(decision, ProgressKind.RETURNED, reason, by=by)
    _tell(decision, f"议定事项退回再办：{decision}", f"退回原因：{reason.strip()}", by=by)


@transaction.atomic
def drop_decision(decision: Decision, *, reason: str, by: User) -> None:
    """End a decision that is not to be done any more, with a reason; its units are told."""
    advance(DECISION, decision, DecisionState.DROPPED, by=by, reason=reason)
    _note(decision, ProgressKind.DROPPED, reason, by=by)
    _tell(decision, f"议定事项不再办理：{decision}", f"原因：{reason.strip()}", by=by)


@transaction.atomic
def extend_decision(
    decision: Decision, due_on: dt.date, *, reason: str, version: int, by: User
) -> None:
    """Give an undone decision another day, with a reason; its units are told. Raises EditConflict."""
    held = Decision.objects.permitted(by, Action.CONFIRM_DECISION).filter(pk=decision.pk).first()
    if held is None:
        raise PermissionDenied(Action.CONFIRM_DECISION)
    if not held.is_undone:
        raise TransitionRefused(OVER)
    if not reason.strip():
        raise TransitionRefused("请写明调整期限的理由。")
    if due_on <= clock.today():
        raise TransitionRefused("新的期限须在今天之后。")
    moved = Decision.objects.filter(pk=held.pk, version=version).update(
        due_on=due_on, version=F("version") + 1
    )
    if not moved:
        raise EditConflict(held)
    text = f"{in_words(held.due_on)}调整为{in_words(due_on)}：{reason.strip()}"
    _note(held, ProgressKind.EXTENDED, text, by=by)
    audit.record("decision-extended", held, by=by, reason=reason, day=str(due_on))
    _tell(held, f"议定事项调整期限：{held}", f"完成时限由{text}", by=by)
    decision.refresh_from_db()


def _tell(decision: Decision, title: str, text: str, *, by: User) -> None:
    units = {decision.lead_id, *decision.helpers.values_list("pk", flat=True)}
    notify(
        people_of(units, Action.WORK_DECISION),
        event=NoticeEvent.TASK_ASSIGNED,
        title=title,
        text=text,
        url=f"/liaison/decisions/{decision.pk}/",
        by=by,
    )


def _note(decision: Decision, kind: ProgressKind, text: str, *, by: User) -> DecisionProgress:
    return DecisionProgress.objects.create(
        decision=decision,
        kind=kind,
        text=text.strip()[:500],
        unit=by.unit,
        by=by,
        at=clock.now(),
    )
