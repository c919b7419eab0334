"""Keeping the log of contacts with province and city."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.models import User
from accounts.operations import audit
from accounts.policy import Action, may
from common import clock
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from liaison.models import UpwardLine

KNOWN = "这一天和这个部门的同一事项已经登记过。请打开原来那一条修改。"
IN_THE_FUTURE = "日期不能晚于今天。"
WITHDRAWN = "这一条已经撤销，不能再改。"


@transaction.atomic
def enter_upward(facts: dict[str, Any], *, by: User) -> UpwardLine:
    """Enter one contact; the same matter of a day and a department is entered once.

    `facts`: happened_on, level, agency, way, subject, content, outcome, document_number. Raises
    TransitionRefused, PermissionDenied.
    """
    if not may(by, Action.MANAGE_UPWARD):
        raise PermissionDenied(Action.MANAGE_UPWARD)
    _check(facts)
    try:
        with transaction.atomic():
            line = UpwardLine.objects.create(**facts, entered_by=by)
    except IntegrityError:
        raise TransitionRefused(KNOWN) from None
    audit.record("upward-entered", line, by=by, title=line.subject)
    return line


@transaction.atomic
def edit_upward(line: UpwardLine, facts: dict[str, Any], *, version: int, by: User) -> None:
    """Correct or complete a line. Raises EditConflict, TransitionRefused, PermissionDenied."""
    if not _held(line, by).stands:
        raise TransitionRefused(WITHDRAWN)
    _check(facts)
    try:
        with transaction.atomic():
            done = (
                UpwardLine.objects.standing()
                .filter(pk=line.pk, version=version)
                .update(**facts, version=F("version") + 1)
            )
    except IntegrityError:
        raise TransitionRefused(KNOWN) from None
    line.refresh_from_db()
    if not done:
        raise EditConflict(line)
    audit.record("upward-changed", line, by=by, title=line.subject)


@transaction.atomic
def withdraw_upward(line: UpwardLine, *, reason: str, version: int, by: User) -> None:
    """Take back what was entered by mistake; it stays on record."""
    held = _held(line, by)
    if not reason.strip():
        raise TransitionRefused("请写明撤销原因。")
    done = (
        UpwardLine.objects.standing()
        .filter(pk=held.pk, version=version)
        .update(
            withdrawn_on=clock.today(),
            withdrawn_because=reason.strip()[:300],
            version=F("version") + 1,
        )
    )
    line.refresh_from_db()
    if not done:
        raise EditConflict(line)
    audit.record("upward-withdrawn", line, by=by, reason=reason, title=line.subject)


def _check(facts: dict[str, Any]) -> None:
    if facts["happened_on"] > clock.today():
        raise TransitionRefused(IN_THE_FUTURE)


def _held(line: UpwardLine, by: User) -> UpwardLine:
    held = UpwardLine.objects.permitted(by, Action.MANAGE_UPWARD).filter(pk=line.pk).first()
    if held is None:
        raise PermissionDenied(Action.MANAGE_UPWARD)
    return held
