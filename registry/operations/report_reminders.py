"""Reminding those who still owe a year's report: seen first, then sent, each at most once in a while."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery

from accounts.choices import NoticeEvent, NoticeMode
from accounts.models import User
from accounts.operations import audit
from accounts.operations.notices import notify
from accounts.policy import Action
from common import clock, locks
from common.template_tags import day
from registry.models import Cooperative, CooperativeAgent, ReportReminder
from registry.reporting.owed import season_of

RECENT_DAYS = 30  # former reminders of these days are counted beside each society


@dataclass(frozen=True)
class Chase:
    """Whom a reminder would reach now: societies still owing, and those left in peace."""

    ready: QuerySet[Any]
    resting: int

    def counts(self) -> dict[str, int]:
        """How many would be reminded, how many of them in the portal, and how many not at all."""
        found: dict[str, int] = self.ready.aggregate(
            number=Count("pk"), reached=Count("pk", filter=Q(has_account=True))
        )
        return {**found, "others": found["number"] - found["reached"]}


def draft_reminder(year: int) -> str:
    """Return the text that is sent when nobody writes another one."""
    due = day(season_of(year).due_on)
    return f"{year}年度报告的报送期限是{due}，目前还没有收到。没填完的内容都还在，可以接着填。"


def chase(year: int, societies: QuerySet[Any], *, rest: int, by: User) -> Chase:
    """Sort societies in reach into those to be reminded and those reminded within `rest` days.

    Annotated: `has_account`, `last_reminded` (a day or None), `times_reminded` (in RECENT_DAYS).
    Today always counts: nobody is reminded twice a day.
    """
    reach = Cooperative.objects.permitted(by, Action.REMIND_REPORT)
    sent = ReportReminder.objects.filter(cooperative=OuterRef("pk"), year=year).order_by()
    per_society = sent.values("cooperative")
    recent = per_society.filter(sent_on__gt=clock.today() - dt.timedelta(days=RECENT_DAYS))
    agents = _agents().filter(cooperative=OuterRef("pk"))
    asked = societies.filter(pk__in=reach.values("pk")).annotate(
        has_account=Exists(agents),
        last_reminded=Subquery(per_society.annotate(last=Max("sent_on")).values("last")),
        times_reminded=Subquery(recent.annotate(times=Count("pk")).values("times")),
    )
    since = clock.today() - dt.timedelta(days=max(rest, 1))
    due = Q(last_reminded__isnull=True) | Q(last_reminded__lte=since)
    return Chase(asked.filter(due), asked.filter(last_reminded__gt=since).count())


def _agents() -> QuerySet[CooperativeAgent]:
    return CooperativeAgent.objects.filter(until__isnull=True, user__is_active=True)


def ways_to(societies: list[Any]) -> dict[int, str]:
    """Return in words, by the key of a society, who is told and by which way; one query."""
    people: dict[int, list[str]] = {}
    agents = _agents().filter(cooperative__in=societies)
    for agent in agents.select_related("user").order_by("pk"):
        person = agent.user
        mail = settings.EMAIL_HOST and person.email and person.notice_mode == NoticeMode.EACH
        way = "平台通知、电子邮件" if mail else "平台通知"
        people.setdefault(agent.cooperative_id, []).append(f"{person}（{way}）")
    return {key: "、".join(told) for key, told in people.items()}


@transaction.atomic
def remind(
    year: int, societies: QuerySet[Any], *, by: User, text: str = "", rest: int = 1
) -> tuple[int, int]:
    """Remind the people of societies that still owe; return how many were reached, and not.

    A society is reminded once in `rest` days, and once a day at most: the same act sent twice does
    nothing the second time. Set-based: a fixed number of statements, one event.
    """
    locks.hold("report-reminders")
    ready = chase(year, societies, rest=rest, by=by).ready
    wanted = list(ready.values_list("pk", flat=True))
    if not wanted:
        return 0, 0
    agents = list(_agents().filter(cooperative__in=ready.values("pk")).select_related("user"))
    reached = {agent.cooperative_id for agent in agents}
    today = clock.today()
    ReportReminder.objects.bulk_create(
        [
            ReportReminder(
                cooperative_id=pk, year=year, sent_on=today, sent_by=by, reached=pk in reached
            )
            for pk in wanted
        ],
        batch_size=500,
    )
    said = text.strip() or draft_reminder(year)
    notify(
        [agent.user for agent in agents],
        event=NoticeEvent.REPORT_DUE,
        title=f"请报送{year}年度报告",
        text=said,
        url="/reports/",
        by=by,
    )
    audit.record(
        "report-reminded", by=by, reason=said, year=year, number=len(wanted), reached=len(reached)
    )
    return len(reached), len(wanted) - len(reached)
