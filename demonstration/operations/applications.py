"""An application's way: written, handed in, recommended, checked, consulted on, objected to."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from accounts.models import User
from accounts.operations import audit
from accounts.operations.transitions import advance
from accounts.policy import Action, may
from common import clock
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from demonstration.choices import ApplicationState, ForwardState, Opinion, RoundState
from demonstration.eligibility import sealed_check
from demonstration.models import (
    DepartmentOpinion,
    Objection,
    RatingApplication,
    RatingRound,
    UpwardForwarding,
)
from demonstration.workflows import APPLICATION
from registry.models import Cooperative

_WRITABLE = (ApplicationState.DRAFT, ApplicationState.RETURNED)


@transaction.atomic
def start_application(
    round_: RatingRound, cooperative: Cooperative, *, by: User
) -> RatingApplication:
    """Begin an application, or return the one that is already there."""
    reach = Cooperative.objects.permitted(by, Action.APPLY_TITLE)
    if not reach.filter(pk=cooperative.pk).exists():
        raise PermissionDenied(Action.APPLY_TITLE)
    if standing := round_.applications.filter(cooperative=cooperative).first():
        return standing
    if not RatingRound.objects.open_for_applications(clock.today()).filter(pk=round_.pk).exists():
        raise TransitionRefused(f"“{round_}”现在不受理申报。受理时间请咨询乡镇街道或区农业农村局。")
    application, made = RatingApplication.objects.get_or_create(
        round=round_, cooperative=cooperative, defaults={"started_by": by}
    )
    if made:
        audit.record("application-started", application, by=by)
    return application


@transaction.atomic
def write_application(
    application: RatingApplication, facts: dict[str, str], *, version: int, by: User
) -> RatingApplication:
    """Save `statement` and `dispute` while the application may still be written.

    Raises EditConflict, TransitionRefused.
    """
    held = _held(application, by, Action.APPLY_TITLE)
    if held.version != version:
        raise EditConflict(held)
    if held.state not in _WRITABLE:
        raise TransitionRefused("申报已经提交，要修改请先撤回。")
    RatingApplication.objects.filter(pk=held.pk).update(**facts, version=F("version") + 1)
    held.refresh_from_db()
    audit.record("application-written", held, by=by)
    return held


@transaction.atomic
def submit_application(application: RatingApplication, *, by: User) -> None:
    """Hand an application in and seal today's self-check into it. Raises TransitionRefused."""
    check = sealed_check(application)
    advance(
        APPLICATION,
        application,
        ApplicationState.SUBMITTED,
        by=by,
        submitted_at=clock.now(),
        self_check=check,
    )


def recommend_application(application: RatingApplication, *, opinion: str, by: User) -> None:
    """Recommend with the township's opinion. Raises TransitionRefused when the ratio is used up."""
    advance(
        APPLICATION,
        application,
        ApplicationState.RECOMMENDED,
        by=by,
        reason=opinion,
        recommendation=opinion,
    )


def close_application(
    application: RatingApplication, target: ApplicationState, *, reason: str, by: User
) -> None:
    """Return or reject an application; the reason is shown to the society."""
    advance(APPLICATION, application, target, by=by, reason=reason, closed_because=reason[:300])


@transaction.atomic
def record_check(
    application: RatingApplication, facts: dict[str, Any], *, version: int, by: User
) -> RatingApplication:
    """Save the paper check and the visit on the spot. Raises EditConflict, TransitionRefused."""
    held = _held(application, by, Action.REVIEW_APPLICATION)
    if held.version != version:
        raise EditConflict(held)
    if held.state != ApplicationState.RECOMMENDED:
        raise TransitionRefused("乡镇推荐之后、审核通过之前才能填写审核意见。")
    if facts.get("visited_on") and facts["visited_on"] > clock.today():
        raise TransitionRefused("实地核查日期不能晚于今天。")
    RatingApplication.objects.filter(pk=held.pk).update(**facts, version=F("version") + 1)
    held.refresh_from_db()
    audit.record("application-checked", held, by=by)
    return held


@transaction.atomic
def give_opinion(
    application: RatingApplication, opinion: Opinion, text: str, *, by: User
) -> DepartmentOpinion:
    """Record the answer of the asker's own department; a later answer replaces it until counted."""
    held = _held(application, by, Action.CONSULT_APPLICATION)
    if held.state != ApplicationState.REVIEWED:
        raise TransitionRefused(
            "这份申报不在征求部门意见的阶段，意见没有保存。如有疑问，请联系区农业农村局。"
        )
    if opinion == Opinion.OBJECT and not text.strip():
        raise TransitionRefused("不同意的，请写明理由。")
    given, _ = DepartmentOpinion.objects.update_or_create(
        application=held,
        unit=by.unit,
        defaults={"opinion": opinion, "text": text, "given_by": by, "given_at": clock.now()},
    )
    audit.record("opinion-given", held, by=by, unit=str(by.unit), decision=opinion)
    return given


@transaction.atomic
def record_objection(
    application: RatingApplication, facts: dict[str, Any], *, by: User
) -> Objection:
    """Record an objection under a real name, received while the notice runs."""
    held = _held(application, by, Action.RUN_ROUND)
    round_ = held.round
    received = facts["received_on"]
    if round_.state != RoundState.NOTICE or round_.notice_from is None:
        raise TransitionRefused("只有公示期间收到的异议才登记。")
    if received < round_.notice_from or received > clock.today():
        raise TransitionRefused("收到日期须在公示开始之后，且不能晚于今天。")
    objection = Objection.objects.create(application=held, recorded_by=by, **facts)
    if held.state == ApplicationState.NOTICED:
        advance(APPLICATION, held, ApplicationState.OBJECTED, by=by)
    else:
        audit.record("objection-recorded", held, by=by)
    return objection


@transaction.atomic
def answer_objection(
    objection: Objection, *, answer: str, upheld: bool, version: int, by: User
) -> None:
    """Answer an objection. Upheld: the application fails; else it stands once all are answered.

    Raises EditConflict, TransitionRefused.
    """
    held = _held(objection.application, by, Action.RUN_ROUND)
    if not answer.strip():
        raise TransitionRefused("请写明答复。")
    changed = Objection.objects.filter(
        pk=objection.pk, version=version, answered_on__isnull=True
    ).update(
        answer=answer,
        upheld=upheld,
        answered_on=clock.today(),
        answered_by=by,
        version=F("version") + 1,
    )
    if not changed:
        raise EditConflict(Objection.objects.get(pk=objection.pk))
    audit.record("objection-answered", held, by=by, decision=upheld)
    if held.state != ApplicationState.OBJECTED:
        return
    if upheld:
        close_application(held, ApplicationState.REJECTED, reason=f"异议成立：{answer}", by=by)
    elif not held.objections.filter(answered_on__isnull=True).exists():
        advance(APPLICATION, held, ApplicationState.NOTICED, by=by, reason=answer)


@transaction.atomic
def forward_application(
    application: RatingApplication, facts: dict[str, Any], *, by: User
) -> UpwardForwarding:
    """Record that a recognised society was recommended to the city or the province."""
    held = _held(application, by, Action.RUN_ROUND)
    if held.state != ApplicationState.RECOGNISED:
        raise TransitionRefused("认定之后才能向上推荐。")
    forwarding, made = UpwardForwarding.objects.get_or_create(
        application=held, level=facts["level"], defaults=facts
    )
    if not made:
        raise TransitionRefused(f"已上报{forwarding.get_level_display()}，没有重复登记。")
    audit.record("application-forwarded", held, by=by, level=facts["level"])
    return forwarding


@transaction.atomic
def answer_forwarding(
    forwarding: UpwardForwarding,
    state: ForwardState,
    *,
    on: dt.date,
    document: str,
    note: str,
    version: int,
    by: User,
) -> None:
    """Record what the higher level answered. Raises EditConflict."""
    held = _held(forwarding.application, by, Action.RUN_ROUND)
    if on < forwarding.sent_on or on > clock.today():
        raise TransitionRefused("答复日期须在上报日期之后，且不能晚于今天。")
    changed = UpwardForwarding.objects.filter(pk=forwarding.pk, version=version).update(
        state=state,
        answered_on=on,
        answer_document=document,
        note=note,
        version=F("version") + 1,
    )
    if not changed:
        raise EditConflict(UpwardForwarding.objects.get(pk=forwarding.pk))
    audit.record("forwarding-answered", held, by=by, level=forwarding.level, state=state)


def _held(application: RatingApplication, by: User, action: Action) -> RatingApplication:
    if not may(by, action):
        raise PermissionDenied(action)
    held = (
        RatingApplication.objects.permitted(by, action)
        .select_for_update(of=("self",))
        .select_related("round__criteria", "cooperative")
        .filter(pk=application.pk)
        .first()
    )
    if held is None:
        raise PermissionDenied(action)
    return held
