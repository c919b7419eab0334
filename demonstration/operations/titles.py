"""Entering titles in the register of honours, ending and reinstating them."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from accounts.models import User
from accounts.operations import audit
from accounts.operations.papers import withdraw_paper
from accounts.policy import Action, may
from common import clock
from common.workflow import TransitionRefused
from demonstration.choices import HELD_STATES, TitleEventKind, TitleState
from demonstration.hearers import standing_moved
from demonstration.models import DemonstrationTitle, TitleEvent
from registry.models import Cooperative

MONITORED_EVERY_YEARS = 2  # 农经发〔2019〕5号: monitored every two years


def years_after(day: dt.date, years: int) -> dt.date:
    """Return the same day some years later; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


@transaction.atomic
def enter_title(
    cooperative: Cooperative, facts: dict[str, Any], *, by: User | None
) -> DemonstrationTitle:
    """Enter a title: level, honour, batch, document_number, recognised_on, optional valid_until.

    Raises TransitionRefused when the society already holds that title or the day lies ahead.
    """
    if by is not None:
        _check_right(by)
    recognised_on = facts["recognised_on"]
    if recognised_on > clock.today():
        raise TransitionRefused("认定日期不能晚于今天。")
    standing = DemonstrationTitle.objects.held().filter(
        cooperative=cooperative, level=facts["level"], honour=facts["honour"]
    )
    if title := standing.first():
        raise TransitionRefused(
            f"“{cooperative}”已持有这一称号（{title.document_number}），没有重复登记。"
        )
    title = DemonstrationTitle.objects.create(
        cooperative=cooperative,
        monitor_by=years_after(recognised_on, MONITORED_EVERY_YEARS),
        entered_at=clock.now(),
        **facts,
    )
    note_event(
        title,
        TitleEventKind.RECOGNISED,
        on=recognised_on,
        document=facts["document_number"],
        by=by,
    )
    audit.record("title-entered", title, by=by, document=facts["document_number"])
    return title


@transaction.atomic
def end_title(
    title: DemonstrationTitle,
    kind: TitleEventKind,
    *,
    on: dt.date,
    document: str,
    reason: str,
    version: int,
    by: User,
) -> DemonstrationTitle:
    """Remove a title or let it be withdrawn, with day, document and reason; its paper loses force.

    Raises TransitionRefused with a sentence; nothing is deleted.
    """
    _check_right(by)
    if not reason.strip() or not document.strip():
        raise TransitionRefused("请填写终止的文号和原因。")
    if not title.recognised_on <= on <= clock.today():
        raise TransitionRefused("终止日期须在认定日期之后，且不能晚于今天。")
    state = TitleState.REMOVED if kind == TitleEventKind.REMOVED else TitleState.WITHDRAWN
    changed = DemonstrationTitle.objects.filter(
        pk=title.pk, version=version, state__in=HELD_STATES
    ).update(
        state=state,
        ended_on=on,
        ended_because=reason,
        ended_document=document,
        version=F("version") + 1,
    )
    if not changed:
        raise TransitionRefused("这个称号刚刚被其他人处理过，请刷新页面后再操作。")
    title.refresh_from_db()
    for paper in (title.certificate, title.plaque):
        if paper is not None:
            withdraw_paper(paper, reason=reason, by=by)
    note_event(title, kind, on=on, document=document, note=reason, by=by)
    audit.record("title-ended", title, by=by, reason=reason, document=document, state=state)
    return title


@transaction.atomic
def reinstate_title(
    title: DemonstrationTitle, *, on: dt.date, document: str, reason: str, version: int, by: User
) -> DemonstrationTitle:
    """Take back a removal by a document; both stay in the history. Raises TransitionRefused."""
    _check_right(by)
    if not reason.strip() or not document.strip():
        raise TransitionRefused("请填写恢复的文号和理由。")
    if title.ended_on is None or not title.ended_on <= on <= clock.today():
        raise TransitionRefused("恢复日期须在终止日期之后，且不能晚于今天。")
    changed = DemonstrationTitle.objects.filter(
        pk=title.pk, version=version, state=TitleState.REMOVED
    ).update(
        state=TitleState.VALID,
        ended_on=None,
        ended_because="",
        ended_document="",
        certificate=None,
        plaque=None,
        version=F("version") + 1,
    )
    if not changed:
        raise TransitionRefused("只有已取消的称号可以恢复；它可能刚被其他人处理过。")
    title.refresh_from_db()
    note_event(title, TitleEventKind.REINSTATED, on=on, document=document, note=reason, by=by)
    audit.record("title-reinstated", title, by=by, reason=reason, document=document)
    return title


def note_event(
    title: DemonstrationTitle,
    kind: TitleEventKind,
    *,
    on: dt.date,
    document: str = "",
    note: str = "",
    by: User | None,
) -> TitleEvent:
    """Write one line of a title's history, in the caller's transaction; every move comes by here."""
    standing_moved(title.cooperative_id)
    return TitleEvent.objects.create(
        title=title,
        kind=kind,
        on=on,
        document_number=document,
        note=note[:300],
        recorded_by=by,
        recorded_at=clock.now(),
    )


def _check_right(by: User) -> None:
    if not may(by, Action.EDIT_TITLE):
        raise PermissionDenied(Action.EDIT_TITLE)
