"""When reports are due, and reminding those who still owe."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from accounts.choices import NoticeEvent
from accounts.models import User
from accounts.operations import audit
from accounts.operations.notices import notify
from accounts.policy import Action, may
from common import clock, locks
from common.template_tags import day
from common.workflow import TransitionRefused
from registry.models import Cooperative, CooperativeAgent, ReportReminder, ReportSeason
from registry.reporting.owed import season_of

_SIGNERS = {False: "一人提交", True: "填报人、理事长两人签字"}


@transaction.atomic
def set_season(
    year: int,
    *,
    due_on: dt.date,
    grace: int,
    reason: str,
    by: User,
    two_signers: bool = False,
) -> ReportSeason:
    """Set when reports of a year are due, and whether two people sign them.

    The day that counts is that of the request's arrival.
    """
    if not may(by, Action.SET_REPORT_SEASON):
        raise PermissionDenied(Action.SET_REPORT_SEASON)
    if not reason.strip():
        raise TransitionRefused("请写明调整期限的依据。")
    locks.hold("report-season")
    before = season_of(year)
    if due_on < before.opens_on:
        raise TransitionRefused("截止日期不能早于开始日期。")
    season, _ = ReportSeason.objects.update_or_create(
        year=year,
        defaults={
            "opens_on": before.opens_on,
            "due_on": due_on,
            "grace_minutes": grace,
            "two_signers": two_signers,
        },
    )
    audit.record(
        "report-season-set",
        season,
        by=by,
        reason=reason,
        changes={
            "截止日期": [day(before.due_on), day(due_on)],
            "签字": [_SIGNERS[before.two_signers], _SIGNERS[two_signers]],
        },
    )
    return season


@transaction.atomic
def remind(year: int, societies: QuerySet[Cooperative], *, by: User) -> tuple[int, int]:
    """Remind the people of societies that still owe; return how many were reached, and not.

    A society is reminded once a day. Set-based: a fixed number of statements.
    """
    reach = Cooperative.objects.permitted(by, Action.REMIND_REPORT)
    today = clock.today()
    locks.hold("report-reminders")
    done: Any = ReportReminder.objects.filter(year=year, sent_on=today).values("cooperative")
    wanted = list(
        societies.filter(pk__in=reach.values("pk"))
        .exclude(pk__in=done)
        .values_list("pk", flat=True)
    )
    agents = list(
        CooperativeAgent.objects.filter(
            cooperative__in=wanted, until__isnull=True, user__is_active=True
        ).select_related("user")
    )
    reached = {agent.cooperative_id for agent in agents}
    ReportReminder.objects.bulk_create(
        [
            ReportReminder(
                cooperative_id=pk, year=year, sent_on=today, sent_by=by, reached=pk in reached
            )
            for pk in wanted
        ],
        batch_size=500,
    )
    season = season_of(year)
    if agents:
        notify(
            [agent.user for agent in agents],
            event=NoticeEvent.REPORT_DUE,
            title=f"请报送{year}年度报告",
            text=f"{year}年度报告的报送期限是{day(season.due_on)}，目前还没有收到。没填完的内容都还在，可以接着填。",
            url="/reports/",
            by=by,
        )
    if wanted:
        audit.record("report-reminded", by=by, year=year, number=len(wanted))
    return len(reached), len(wanted) - len(reached)
