"""What at a title holder calls for a look before the two years are over (C13).

One query for each cause over all titles that stand valid; who has been looked at for the same
cause since is left out.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from common.template_tags import day as in_words
from demonstration.choices import MonitoringCause, TitleState
from demonstration.measures import last_report_year
from demonstration.models import DemonstrationTitle, MonitoringCase
from demonstration.models.title import TitleQuerySet
from registry.choices import OperatingState, Seen
from registry.models import AbnormalListing, ReportPublication, SiteFinding
from registry.statement_choices import PublicationState

MISSED_IN_A_ROW = 2


@dataclass(frozen=True)
class Trigger:
    """A title, the cause, and the fact in words."""

    title: DemonstrationTitle
    cause: MonitoringCause
    details: str


def triggers(day: dt.date) -> list[Trigger]:
    """Return what calls for a look today, at most one for each title, the gravest cause first."""
    found: dict[int, Trigger] = {}
    for finder in (_listings, _missed_reports, _bad_visits):
        for trigger in finder(day):
            found.setdefault(trigger.title.pk, trigger)
    return list(found.values())


def _valid() -> TitleQuerySet:
    return DemonstrationTitle.objects.filter(state=TitleState.VALID).select_related("cooperative")


def _looked_at(cause: MonitoringCause, since: str) -> Q:
    """Titles that had a case for this cause since the day of the fact."""
    cases = MonitoringCase.objects.filter(
        title=OuterRef("pk"), cause=cause, opened_on__gte=OuterRef(since)
    )
    return Q(Exists(cases))


def _listings(day: dt.date) -> Iterator[Trigger]:
    listings = (
        AbnormalListing.objects.known()
        .listed_on_day(day)
        .filter(cooperative=OuterRef("cooperative"), listed_on__gt=OuterRef("recognised_on"))
        .order_by("-listed_on", "-pk")
    )
    titles: Any = (
        _valid().annotate(fact_on=listings.values("listed_on")[:1]).filter(fact_on__isnull=False)
    )
    for title in titles.exclude(_looked_at(MonitoringCause.ABNORMAL_LISTING, "fact_on")):
        yield Trigger(
            title,
            MonitoringCause.ABNORMAL_LISTING,
            f"{in_words(title.fact_on)}被列入经营异常名录，至今未移出。",
        )


def _missed_reports(day: dt.date) -> Iterator[Trigger]:
    last = last_report_year(day)
    years = [last - back for back in range(MISSED_IN_A_ROW)]
    missed = (
        ReportPublication.objects.known()
        .filter(report_year__in=years)
        .exclude(state=PublicationState.PUBLISHED)
        .values("cooperative")
        .annotate(number=Count("report_year", distinct=True))
        .filter(number=MISSED_IN_A_ROW)
    )
    titles = _valid().filter(cooperative__in=missed.values("cooperative"))
    looked = MonitoringCase.objects.filter(
        title=OuterRef("pk"),
        cause=MonitoringCause.MISSED_REPORTS,
        opened_on__gt=dt.date(last + 1, 6, 30),
    )
    words = "、".join(f"{year}年度" for year in sorted(years))
    for title in titles.exclude(Exists(looked)):
        yield Trigger(title, MonitoringCause.MISSED_REPORTS, f"{words}年度报告均未公示。")


def _bad_visits(_day: dt.date) -> Iterator[Trigger]:
    bad = Q(at_address=Seen.NO) | Q(operating=OperatingState.NO)
    newest = (
        SiteFinding.objects.newest()
        .filter(bad, cooperative=OuterRef("cooperative"), seen_on__gt=OuterRef("recognised_on"))
        .values("seen_on")[:1]
    )
    titles: Any = _valid().annotate(fact_on=newest).filter(fact_on__isnull=False)
    for title in titles.exclude(_looked_at(MonitoringCause.BAD_VISIT, "fact_on")):
        yield Trigger(
            title,
            MonitoringCause.BAD_VISIT,
            f"{in_words(title.fact_on)}走访时不在登记住所或没有经营。",
        )
