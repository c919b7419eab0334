"""When reports are due."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from accounts.operations import audit
from accounts.policy import Action, may
from common import locks
from common.template_tags import day
from common.workflow import TransitionRefused
from registry.models import ReportSeason
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
