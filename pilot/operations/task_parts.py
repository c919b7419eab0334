"""What units report of their parts, what proves it, and who confirms it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import Resolver404, resolve

from accounts.models import User
from accounts.operations import audit
from accounts.operations.transitions import STALE, advance
from accounts.policy import Action
from common import clock
from common.workflow import TransitionRefused
from pilot.models import EvidenceLink, TaskPart
from pilot.plan_choices import PartState
from pilot.plan_workflows import PART

SAME_PERSON = "报告完成的人不能确认自己报告的任务，请由另一人确认。"
NOT_UNDER_WAY = "只有进行中的任务才能填报进展。"
NO_SUCH_PAGE = "这个地址不是本平台的页面。请打开要引用的页面，复制浏览器地址栏中的地址。"
LINKED = "这个页面已经添加过了。"
CONFIRMED = "已经确认的任务不能再改佐证。"
WHOLE = 100


@transaction.atomic
def move_part(part: TaskPart, target: str, *, by: User, version: int, reason: str = "") -> None:
    """Take a step of a part: begin, report as done, confirm, send back, withdraw a confirmation.

    Whoever reported it as done cannot confirm it. Raises TransitionRefused, PermissionDenied.
    """
    if part.version != version:
        raise TransitionRefused(STALE)
    today = clock.today()
    changes: dict[str, Any] = {}
    match target:
        case PartState.UNDER_WAY:
            changes = {"done_on": None, "done_by": None, "confirmed_on": None, "confirmed_by": None}
            if part.state == PartState.NOT_BEGUN:
                changes["begun_on"] = today
        case PartState.DONE:
            changes = {"done_on": today, "done_by": by, "progress": WHOLE, "note": reason[:300]}
        case PartState.CONFIRMED:
            if part.done_by_id == by.pk:
                raise TransitionRefused(SAME_PERSON)
            changes = {"confirmed_on": today, "confirmed_by": by}
    advance(PART, part, target, by=by, reason=reason, **changes)


@transaction.atomic
def report_progress(part: TaskPart, *, progress: int, note: str, by: User, version: int) -> None:
    """Say how far a part is, in percent, and what was done. Raises TransitionRefused."""
    fresh = _held(part, by)
    if fresh.state != PartState.UNDER_WAY:
        raise TransitionRefused(NOT_UNDER_WAY)
    moved = TaskPart.objects.filter(pk=fresh.pk, version=version, state=PartState.UNDER_WAY).update(
        progress=progress, note=note, version=F("version") + 1
    )
    if not moved:
        raise TransitionRefused(STALE)
    audit.record("task-progress", fresh, by=by, progress=progress, note=note)


@transaction.atomic
def link_evidence(part: TaskPart, *, label: str, address: str, by: User) -> EvidenceLink:
    """Name a page of the portal that proves a part. Raises TransitionRefused for other addresses."""
    fresh = _held(part, by)
    _refuse_if_confirmed(fresh)
    try:
        with transaction.atomic():
            link = EvidenceLink.objects.create(
                part=fresh, label=label, address=_own_page(address), added_by=by
            )
    except IntegrityError as known:
        raise TransitionRefused(LINKED) from known
    audit.record("evidence-linked", fresh, by=by, label=label, address=link.address)
    return link


@transaction.atomic
def unlink_evidence(link: EvidenceLink, *, by: User) -> None:
    """Take a page away again."""
    fresh = _held(link.part, by)
    _refuse_if_confirmed(fresh)
    audit.record("evidence-unlinked", fresh, by=by, label=link.label, address=link.address)
    link.delete()


def evidence_is_shut(part: Any) -> str:
    """Say why the files of a part cannot be changed any more, or nothing."""
    return CONFIRMED if part.state == PartState.CONFIRMED else ""


def _refuse_if_confirmed(part: TaskPart) -> None:
    if refusal := evidence_is_shut(part):
        raise TransitionRefused(refusal)


def _own_page(address: str) -> str:
    """Return the path of an address of this portal, with its conditions."""
    path = address.strip()
    if "://" in path:
        path = "/" + path.split("://", 1)[1].partition("/")[2]
    try:
        resolve(path.partition("?")[0].partition("#")[0])
    except Resolver404 as unknown:
        raise TransitionRefused(NO_SUCH_PAGE) from unknown
    return path[:300]


def _held(part: TaskPart, by: User) -> TaskPart:
    """Return the part as it stands, locked, if this person may report on it."""
    reach = TaskPart.objects.permitted(by, Action.REPORT_TASK)
    fresh = reach.select_for_update(of=("self",)).filter(pk=part.pk).first()
    if fresh is None:
        raise PermissionDenied(Action.REPORT_TASK)
    return fresh
