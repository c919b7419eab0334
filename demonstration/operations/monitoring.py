"""Monitoring: rounds over all holders, cases with proof at each step, and tasks of rectification."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q

from accounts.models import User
from accounts.operations import audit
from accounts.operations.transitions import advance
from accounts.policy import Action, may
from common import clock, locks
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from demonstration.choices import (
    HELD_STATES,
    MonitoringCause,
    MonitoringDecision,
    MonitoringState,
    TitleEventKind,
    TitleState,
    Verdict,
)
from demonstration.eligibility import check, check_one
from demonstration.models import (
    CriteriaSet,
    DemonstrationTitle,
    MonitoringCase,
    MonitoringRound,
    MonitoringTask,
)
from demonstration.operations.titles import (
    MONITORED_EVERY_YEARS,
    end_title,
    note_event,
    years_after,
)
from demonstration.triggers import Trigger
from demonstration.triggers import triggers as find_triggers
from demonstration.workflows import MONITORING
from registry.models import Cooperative

REPLY_DAYS_LEAST = 10


@transaction.atomic
def open_monitoring_round(facts: dict[str, Any], *, by: User) -> MonitoringRound:
    """Open a round and a case for every holder of the level that has none open.

    `facts`: title, level, criteria, due_on. What the facts say of each is filled in at once.
    """
    _check_right(by)
    made = MonitoringRound.objects.create(**facts, opened_on=clock.today(), created_by=by)
    titles = DemonstrationTitle.objects.held().filter(
        level=made.level, honour=made.criteria.honour, state=TitleState.VALID
    )
    found = [
        Trigger(title, MonitoringCause.BIENNIAL, "")
        for title in titles.select_related("cooperative")
    ]
    cases = _open_cases(found, made.criteria, round_=made, by=by)
    audit.record("monitoring-opened", made, by=by, number=len(cases))
    return made


@transaction.atomic
def open_case(
    title: DemonstrationTitle, cause: MonitoringCause, details: str, *, by: User
) -> MonitoringCase:
    """Open a case about one title. Raises TransitionRefused when one is open already."""
    _check_right(by)
    held = DemonstrationTitle.objects.select_for_update(of=("self",)).get(pk=title.pk)
    if not held.is_held:
        raise TransitionRefused("称号已终止，不用监测。")
    if held.cases.open().exists():
        raise TransitionRefused("这个称号已有一件没有结案的监测，请在那一件里继续办理。")
    criteria = CriteriaSet.objects.in_force(clock.today()).filter(
        level=held.level, honour=held.honour
    )
    made = _open_cases([Trigger(held, cause, details)], criteria.first(), by=by)
    audit.record("case-opened", made[0], by=by, reason=details, cause=cause)
    return made[0]


def _open_cases(
    triggers: Sequence[Trigger],
    criteria: CriteriaSet | None,
    *,
    round_: MonitoringRound | None = None,
    by: User | None,
) -> list[MonitoringCase]:
    """Open a case for each title, with what the criteria say of its society filled in."""
    keys = [trigger.title.cooperative_id for trigger in triggers]
    societies = Cooperative.objects.filter(pk__in=keys)
    found = check(societies, criteria) if criteria else {}
    made = MonitoringCase.objects.bulk_create(
        MonitoringCase(
            title=trigger.title,
            round=round_,
            cause=trigger.cause,
            details=trigger.details,
            facts=[asdict(finding) for finding in found.get(trigger.title.cooperative_id, [])],
            opened_on=clock.today(),
            opened_by=by,
        )
        for trigger in triggers
    )
    DemonstrationTitle.objects.filter(pk__in=[trigger.title.pk for trigger in triggers]).update(
        state=TitleState.MONITORING, version=F("version") + 1
    )
    return made


@transaction.atomic
def open_triggered_cases(*, by: User | None) -> int:
    """Open a case for every title at which something calls for a look; return how many.

    A title that was looked at for the same fact is left alone, so every night may ask again, and
    two workers that ask at once open one case. Queries grow with the kinds of titles, not with
    the titles.
    """
    locks.hold("monitoring")
    criteria = {
        (found.level, found.honour): found
        for found in CriteriaSet.objects.in_force(clock.today()).order_by("number")
    }
    called: dict[tuple[str, str], list[Trigger]] = {}
    for trigger in find_triggers(clock.today()):
        called.setdefault((trigger.title.level, trigger.title.honour), []).append(trigger)
    opened = [
        case
        for kind, triggers in called.items()
        for case in _open_cases(triggers, criteria.get(kind), by=by)
    ]
    for case in opened:
        audit.record("case-opened", case, by=by, reason=case.details, cause=case.cause)
    return len(opened)


@transaction.atomic
def tell_society(
    case: MonitoringCase, *, on: dt.date, how: str, reply_due: dt.date, version: int, by: User
) -> None:
    """Record that the society was told; needs proof attached to the case.

    The reply period is at least ten days. Raises EditConflict, TransitionRefused.
    """
    held = _held(case, by)
    if held.version != version:
        raise EditConflict(held)
    if not held.opened_on <= on <= clock.today():
        raise TransitionRefused("告知日期须在立案之后，且不能晚于今天。")
    if (reply_due - on).days < REPLY_DAYS_LEAST:
        raise TransitionRefused(f"答复期限至少 {REPLY_DAYS_LEAST} 天。")
    MonitoringCase.objects.filter(pk=held.pk).update(
        told_on=on, told_how=how, reply_due=reply_due, version=F("version") + 1
    )
    held.refresh_from_db()
    advance(MONITORING, held, MonitoringState.TOLD, by=by)
    case.refresh_from_db()


@transaction.atomic
def answer_case(case: MonitoringCase, text: str, *, version: int, by: User) -> None:
    """Take the society's answer, as long as the meeting has not decided."""
    if case.version != version:
        raise EditConflict(case)
    if not text.strip():
        raise TransitionRefused("请填写答复内容。")
    advance(
        MONITORING,
        case,
        MonitoringState.REPLIED,
        by=by,
        reply=text,
        replied_on=clock.today(),
    )


@transaction.atomic
def decide_case(
    case: MonitoringCase,
    decision: MonitoringDecision,
    facts: dict[str, Any],
    *,
    version: int,
    by: User,
) -> None:
    """Record the decision of a meeting; rectification and removal come with a list of tasks.

    `facts`: meeting (its minutes), on (its day), tasks (texts), tasks_due. Raises EditConflict,
    TransitionRefused.
    """
    held = _held(case, by)
    if held.version != version:
        raise EditConflict(held)
    if not facts["meeting"].strip() or facts["on"] > clock.today():
        raise TransitionRefused("请填写会议纪要文号；会议日期不能晚于今天。")
    wanted = [text.strip() for text in facts["tasks"] if text.strip()]
    if decision != MonitoringDecision.PASS and not (wanted and facts["tasks_due"]):
        raise TransitionRefused("限期整改和取消称号的，都须列出整改任务和期限。")
    advance(
        MONITORING,
        held,
        MonitoringState.DECIDED,
        by=by,
        decision=decision,
        meeting=facts["meeting"],
        decided_on=facts["on"],
    )
    if decision != MonitoringDecision.PASS:
        MonitoringTask.objects.bulk_create(
            MonitoringTask(case=held, text=text[:200], due_on=facts["tasks_due"]) for text in wanted
        )
    case.refresh_from_db()


@transaction.atomic
def publish_decision(
    case: MonitoringCase, *, document: str, on: dt.date, version: int, by: User
) -> None:
    """Publish the decision by a document; only now does the title change.

    Raises EditConflict, TransitionRefused.
    """
    held = _held(case, by)
    if held.version != version:
        raise EditConflict(held)
    if not document.strip() or on > clock.today() or on < (held.decided_on or on):
        raise TransitionRefused("请填写公布文号；公布日期须在会议之后，且不能晚于今天。")
    advance(
        MONITORING,
        held,
        MonitoringState.PUBLISHED,
        by=by,
        document_number=document,
        published_on=on,
    )
    title = DemonstrationTitle.objects.select_for_update(of=("self",)).get(pk=held.title_id)
    match held.decision:
        case MonitoringDecision.PASS:
            note_event(title, TitleEventKind.PASSED, on=on, document=document, by=by)
            _set_title(title, TitleState.VALID, monitor_by=years_after(on, MONITORED_EVERY_YEARS))
        case MonitoringDecision.RECTIFY:
            note_event(title, TitleEventKind.RECTIFY, on=on, document=document, by=by)
            _set_title(title, TitleState.RECTIFYING)
        case _:
            end_title(
                title,
                TitleEventKind.REMOVED,
                on=on,
                document=document,
                reason=f"监测决定取消（{held.meeting}）",
                version=title.version,
                by=by,
            )
    case.refresh_from_db()


@transaction.atomic
def close_case(case: MonitoringCase, *, outcome: str, version: int, by: User) -> None:
    """Close a case: dropped, cured, or done with. A title under rectification becomes valid again
    only when every task is checked. Raises EditConflict, TransitionRefused.
    """
    held = _held(case, by)
    if held.version != version:
        raise EditConflict(held)
    unfinished = held.tasks.filter(done_on__isnull=True).count()
    if held.decision == MonitoringDecision.RECTIFY and unfinished:
        raise TransitionRefused(f"还有 {unfinished} 项整改任务没有核实完成，不能结案。")
    advance(
        MONITORING,
        held,
        MonitoringState.CLOSED,
        by=by,
        reason=outcome,
        closed_on=clock.today(),
        outcome=outcome[:300],
    )
    title = held.title
    if title.state in HELD_STATES:
        if held.decision == MonitoringDecision.RECTIFY:
            note_event(title, TitleEventKind.PASSED, on=clock.today(), note="整改完成", by=by)
        _set_title(title, TitleState.VALID)
    case.refresh_from_db()


@transaction.atomic
def finish_task(task: MonitoringTask, *, note: str, version: int, by: User) -> None:
    """Confirm that a task of rectification is done. Raises EditConflict, TransitionRefused."""
    _held(task.case, by)
    if not note.strip():
        raise TransitionRefused("请写明完成情况。")
    changed = MonitoringTask.objects.filter(
        pk=task.pk, version=version, done_on__isnull=True
    ).update(done_on=clock.today(), done_note=note[:300], checked_by=by, version=F("version") + 1)
    if not changed:
        raise EditConflict(MonitoringTask.objects.get(pk=task.pk))
    audit.record("rectification-checked", task.case, by=by, reason=note)


def facts_now(case: MonitoringCase) -> list[Any]:
    """Return what the criteria say today; compared with the facts at the opening it shows a cure."""
    criteria = CriteriaSet.objects.in_force(clock.today()).filter(
        level=case.title.level, honour=case.title.honour
    )
    found = criteria.first()
    return check_one(case.title.cooperative, found) if found else []


def is_cured(case: MonitoringCase) -> bool:
    """Tell whether everything that was not met at the opening is met today."""
    failed = {f["item"] for f in case.facts if f["verdict"] == Verdict.NOT_MET}
    if not failed:
        return False
    now = {finding.item: finding.verdict for finding in facts_now(case)}
    return all(now.get(item) == Verdict.MET for item in failed)


def _set_title(title: DemonstrationTitle, state: TitleState, **more: Any) -> None:
    DemonstrationTitle.objects.filter(Q(pk=title.pk), state__in=HELD_STATES).update(
        state=state, version=F("version") + 1, **more
    )


def _held(case: MonitoringCase, by: User) -> MonitoringCase:
    _check_right(by)
    return (
        MonitoringCase.objects.select_for_update(of=("self",))
        .select_related("title__cooperative")
        .get(pk=case.pk)
    )


def _check_right(by: User) -> None:
    if not may(by, Action.RUN_MONITORING):
        raise PermissionDenied(Action.RUN_MONITORING)
