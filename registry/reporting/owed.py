"""Which reports are owed by whom, and by when."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from common import clock
from registry.choices import CooperativeKind, ReportState
from registry.models import AnnualReport, Cooperative, ReportSeason

FIRST_YEAR = 2019  # the first report that the pilot asks for
FILED, IDLE, LATE, DUE, RETURNED, SPARED = "filed", "idle", "late", "due", "returned", "spared"
WORDS = {
    FILED: "已报",
    IDLE: "已报（本年度无经营）",
    LATE: "逾期未报",
    DUE: "未到期",
    RETURNED: "退回未改",
    SPARED: "不适用",
}
TONES = {FILED: "ok", IDLE: "ok", LATE: "bad", DUE: "idle", RETURNED: "warn", SPARED: "idle"}


@dataclass(frozen=True)
class Season:
    """When reports of a year are taken: both days count; `grace` minutes after the last one too.

    With `two_signers` the filer and the chair sign in turn, and are not the same person.
    """

    year: int
    opens_on: dt.date
    due_on: dt.date
    grace: int = 5
    two_signers: bool = False

    def is_open(self, day: dt.date) -> bool:
        return day >= self.opens_on

    def is_late(self, moment: dt.datetime) -> bool:
        """Tell whether a complete request received at a moment is late."""
        end = clock.start_of(self.due_on + dt.timedelta(days=1)) + dt.timedelta(minutes=self.grace)
        return moment >= end

    @property
    def days_left(self) -> int:
        return (self.due_on - clock.today()).days


def statutory_season(year: int) -> Season:
    """1 January to 30 June of the next year (暂行办法第四条)."""
    return Season(year, dt.date(year + 1, 1, 1), dt.date(year + 1, 6, 30))


def season_of(year: int) -> Season:
    """Return the season that the bureau set, else the statutory one."""
    return seasons([year])[year]


def seasons(years: Iterable[int]) -> dict[int, Season]:
    """Return the season of each year: one query."""
    found = {year: statutory_season(year) for year in years}
    for row in ReportSeason.objects.filter(year__in=found):
        found[row.year] = Season(
            row.year, row.opens_on, row.due_on, row.grace_minutes, row.two_signers
        )
    return found


def open_years() -> list[int]:
    """Return the years whose reports can be filed now, newest first."""
    last = clock.today().year - 1
    known = seasons(range(FIRST_YEAR, last + 1))
    return [year for year in reversed(known) if known[year].is_open(clock.today())]


def current_year() -> int:
    """Return the report year that is being asked for now."""
    years = open_years()
    return years[0] if years else FIRST_YEAR


def owing(year: int, societies: QuerySet[Cooperative]) -> QuerySet[Cooperative]:
    """Narrow to the societies that owe a report of a year: existing, and founded by its end."""
    founded = Q(established_on__isnull=True) | Q(established_on__lte=clock.year_end(year))
    living: Any = societies
    owed: QuerySet[Cooperative] = living.owing_reports().filter(founded)
    return owed


def owes(society: Cooperative, year: int) -> bool:
    """Tell whether one society owes the report of a year."""
    founded = society.established_on
    if society.kind == CooperativeKind.BRANCH:
        return False
    return founded is None or founded <= clock.year_end(year)


@dataclass(frozen=True)
class Owed:
    """One year of one society: its season, and the report as far as it has come."""

    season: Season
    report: AnnualReport | None

    @property
    def state(self) -> str:
        return state_of(self.report, self.season)

    @property
    def word(self) -> str:
        return WORDS[self.state]

    @property
    def tone(self) -> str:
        return TONES[self.state]


def state_of(report: AnnualReport | None, season: Season) -> str:
    """Return which of the four states a year is in: has a value, nil, late, not due; or returned."""
    if report is not None:
        counted = report.standing or (
            report.latest if report.state not in {ReportState.DRAFT, ReportState.RETURNED} else None
        )
        if counted is not None and report.state != ReportState.AWAITING:
            return IDLE if counted.no_activity else FILED
        if report.state == ReportState.RETURNED:
            return RETURNED
    return LATE if season.is_late(clock.now()) else DUE


def years_of(society: Cooperative) -> list[Owed]:
    """Return every year that a society owes, newest first; three queries."""
    return years_of_each([society])[society.pk]


def years_of_each(societies: Collection[Cooperative]) -> dict[int, list[Owed]]:
    """Return the years that each of a few societies owes, newest first, by its key.

    Three queries, however many societies there are.
    """
    filed: dict[int, dict[int, AnnualReport]] = {society.pk: {} for society in societies}
    for report in AnnualReport.objects.filter(cooperative__in=filed).select_related(
        "latest", "standing", "cooperative"
    ):
        filed[report.cooperative_id][report.year] = report
    asked = open_years()
    years = {
        society.pk: {*filed[society.pk], *(year for year in asked if owes(society, year))}
        for society in societies
    }
    known = seasons({year for each in years.values() for year in each})
    return {
        key: [Owed(known[year], filed[key].get(year)) for year in sorted(each, reverse=True)]
        for key, each in years.items()
    }
