"""Relations between farming subjects, and the four kinds of help for a conversion."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.operations import audit
from accounts.policy import Action, may
from common import clock
from common.workflow import TransitionRefused
from registry.cleanup.choices import RelationKind, Route
from registry.models import CleanupCase, ConversionHelp, Cooperative, FarmSubject, Relation

ALREADY = "这项关系已经登记过，没有重复登记。"
OWN_CODE = "新主体要有自己的统一社会信用代码，不能沿用合作社的代码。"


@transaction.atomic
def record_relation(kind: str, *, since: dt.date, by: User, **sides: Any) -> Relation:
    """Note how one subject became, joined or united with another.

    `sides`: cooperative, other_cooperative, farm (FarmSubject facts: uscc, name, kind, township,
    registered_on, directory_no), household, case, note; which of them a kind needs is a constraint.
    Raises TransitionRefused for a double or a farm that carries a cooperative's code.
    """
    if not may(by, Action.EDIT_RELATION):
        raise PermissionDenied(Action.EDIT_RELATION)
    if since > clock.today():
        raise TransitionRefused("起始日期不能晚于今天。")
    farm = sides.pop("farm", None)
    society, other = sides.get("cooperative"), sides.get("other_cooperative")
    if society is not None and society == other:
        raise TransitionRefused("两边不能是同一家合作社。")
    subject = _subject(farm) if farm else None
    try:
        with transaction.atomic():
            relation = Relation.objects.create(
                kind=RelationKind(kind), subject=subject, since=since, recorded_by=by, **sides
            )
    except IntegrityError:
        raise TransitionRefused(ALREADY) from None
    if not Relation.objects.permitted(by, Action.EDIT_RELATION).filter(pk=relation.pk).exists():
        raise PermissionDenied(Action.EDIT_RELATION)
    audit.record("relation-recorded", relation, by=by, kind=relation.kind)
    return relation


def _subject(facts: dict[str, Any]) -> FarmSubject:
    code = facts["uscc"]
    if Cooperative.objects.filter(uscc=code).exists():
        raise TransitionRefused(OWN_CODE)
    rest = {name: value for name, value in facts.items() if name != "uscc"}
    subject, _ = FarmSubject.objects.get_or_create(uscc=code, defaults=rest)
    return subject


def record_successor(case: CleanupCase, *, since: dt.date, by: User, **farm: Any) -> Relation:
    """Link a society that converts with the subject that follows it, which has its own code."""
    if case.route != Route.CONVERSION or not case.is_open:
        raise TransitionRefused("只有在办的社转场案件才能录入新主体。")
    return record_relation(
        RelationKind.CONVERSION,
        since=since,
        by=by,
        cooperative=case.cooperative,
        case=case,
        farm=farm,
    )


@transaction.atomic
def end_relation(
    relation: Relation, *, on: dt.date, reason: str, by: User, version: int
) -> Relation:
    """Note that a relation no longer holds; it stays in the history."""
    reach = Relation.objects.permitted(by, Action.EDIT_RELATION)
    held = reach.select_for_update(of=("self",)).filter(pk=relation.pk).first()
    if held is None:
        raise PermissionDenied(Action.EDIT_RELATION)
    if not reason.strip():
        raise TransitionRefused("结束关系须填写理由。")
    if on < held.since:
        raise TransitionRefused("终止日期不能早于起始日期。")
    ended = Relation.objects.filter(pk=held.pk, version=version, until__isnull=True)
    if not ended.update(until=on, version=version + 1):
        raise TransitionRefused("这项关系刚被其他人处理过，请刷新页面。")
    audit.record("relation-ended", held, by=by, reason=reason)
    held.refresh_from_db()
    return held


@transaction.atomic
def give_help(
    case: CleanupCase, kind: str, *, given_on: dt.date, note: str = "", by: User
) -> ConversionHelp:
    """Tick one of the four kinds of help, with its day; ticking again corrects day and note."""
    held = CleanupCase.objects.permitted(by, Action.WORK_CLEANUP).filter(pk=case.pk).first()
    if held is None:
        raise PermissionDenied(Action.WORK_CLEANUP)
    if held.route != Route.CONVERSION:
        raise TransitionRefused("四项帮助只用于社转场。")
    if given_on > clock.today():
        raise TransitionRefused("帮助日期不能晚于今天。")
    given, _ = ConversionHelp.objects.update_or_create(
        case=held, kind=kind, defaults={"given_on": given_on, "note": note, "given_by": by}
    )
    audit.record("help-given", held, by=by, kind=kind)
    return given
