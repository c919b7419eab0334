"""Telling a society's people what became of their report."""

from accounts.choices import NoticeEvent
from accounts.models import User
from accounts.operations.notices import notify
from registry.models import AnnualReport


def tell_society(report: AnnualReport, event: NoticeEvent, text: str, *, by: User) -> None:
    """Send one notice to everybody who acts for the society, in the caller's transaction."""
    society = report.cooperative
    agents = society.agents.filter(until__isnull=True).select_related("user")
    notify(
        [agent.user for agent in agents],
        event=event,
        title=f"{society}{report.year}年度报告",
        text=text,
        url=f"/reports/{society.code}/{report.year}/",
        by=by,
    )
