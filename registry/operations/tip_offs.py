"""群众举报: taking one in from the public or at the office, looking into it, opening a case."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from accounts.models import User
from accounts.operations import audit
from accounts.operations.numbering import next_number
from accounts.operations.transitions import advance
from accounts.policy import Action, may
from common import clock
from common.workflow import TransitionRefused
from registry.cleanup.choices import TipOffChannel, TipOffState
from registry.cleanup.workflows import TIP_OFF
from registry.models import CleanupCase, Cooperative, TipOff
from registry.operations.cleanup_cases import open_case

DAYS_TO_LOOK = 60


@dataclass(frozen=True)
class Told:
    """What somebody told: about whom, what, and who they are, if they say so."""

    about: str
    content: str
    reporter_name: str = ""
    reporter_phone: str = ""


@transaction.atomic
def receive_tip_off(told: Told, *, channel: str, by: User | None) -> TipOff:
    """Take a tip-off in; `by` None is somebody from the public. The trail keeps its number alone."""
    if by is None and channel != TipOffChannel.WEB:
        raise PermissionDenied(Action.HANDLE_TIP_OFF)
    if by is not None and not may(by, Action.HANDLE_TIP_OFF):
        raise PermissionDenied(Action.HANDLE_TIP_OFF)
    today = clock.today()
    tip_off = TipOff.objects.create(
        number=f"举{today.year}-{next_number(f'tip-off-{today.year}'):04}",
        **told.__dict__,
        channel=TipOffChannel(channel),
        received_on=today,
        due_on=today + dt.timedelta(days=DAYS_TO_LOOK),
        received_by=by,
    )
    audit.record("tip-off-received", tip_off, by=by)
    return tip_off


@transaction.atomic
def match_tip_off(tip_off: TipOff, cooperative: Cooperative, *, by: User, version: int) -> TipOff:
    """Say which society of the register a tip-off is about."""
    held = _held(tip_off, by)
    changed = TipOff.objects.filter(pk=held.pk, version=version)
    if not changed.update(cooperative=cooperative, version=F("version") + 1):
        raise TransitionRefused("这条举报刚被其他人处理过，请刷新页面。")
    audit.record("tip-off-matched", held, by=by)
    held.refresh_from_db()
    return held


def move_tip_off(tip_off: TipOff, target: str, *, reason: str = "", by: User) -> TipOff:
    """Begin to look into a tip-off, or close it with what was found."""
    changes: dict[str, Any] = {}
    if target in {TipOffState.FOUNDED, TipOffState.UNFOUNDED}:
        if not reason.strip():
            raise TransitionRefused("请写明核查结果。")
        changes["finding"] = reason.strip()[:500]
    advance(TIP_OFF, tip_off, target, by=by, reason=reason, **changes)
    return tip_off


@transaction.atomic
def open_case_from(tip_off: TipOff, route: str, *, by: User) -> CleanupCase:
    """Open a confidential case for the society of a founded tip-off; its words stay here."""
    held = _held(tip_off, by)
    if held.state != TipOffState.FOUNDED or held.cooperative is None:
        raise TransitionRefused("核查属实、并对应到名录中的合作社后，才能立案。")
    if held.case_id is not None:
        raise TransitionRefused("这条举报已经立案。")
    case = open_case(
        held.cooperative,
        route=route,
        because="线索经核查属实（线索内容保密）。",
        by=by,
        confidential=True,
    )
    TipOff.objects.filter(pk=held.pk).update(case=case, version=F("version") + 1)
    audit.record("tip-off-to-case", held, by=by)
    return case


@transaction.atomic
def unmask_reporter(tip_off: TipOff, reason: str, *, by: User) -> tuple[str, str]:
    """Return who told, for a stated reason that the trail keeps."""
    if len(reason.strip()) < 2:
        raise TransitionRefused("请写明查看举报人的理由。")
    reach = TipOff.objects.permitted(by, Action.UNMASK_REPORTER)
    held = reach.filter(pk=tip_off.pk).first()
    if held is None:
        raise PermissionDenied(Action.UNMASK_REPORTER)
    audit.record(Action.UNMASK_REPORTER, held, by=by, reason=reason)
    return held.reporter_name, held.reporter_phone


def _held(tip_off: TipOff, by: User) -> TipOff:
    reach = TipOff.objects.permitted(by, Action.HANDLE_TIP_OFF).select_for_update(of=("self",))
    held = reach.filter(pk=tip_off.pk).first()
    if held is None:
        raise PermissionDenied(Action.HANDLE_TIP_OFF)
    return held
