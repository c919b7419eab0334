"""What waits around annual reports and rosters: years owed, first looks, reviews, certificates."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, F, Q

from accounts.models import User
from accounts.policy import Action, Reach, may, reach_of
from registry.choices import ReportState
from registry.models import AnnualReport, Cooperative, RosterCertificate
from registry.reporting.owed import (
    FILED,
    IDLE,
    Owed,
    current_year,
    open_years,
    season_of,
    years_of_each,
)
from registry.reporting.register import narrowed, reports_of
from tongchuan_coop.addresses import page
from tongchuan_coop.duties.duty import Duty, Waiting, one_by_one

# What waits in which state: the right it needs, title, reason, button.
_STEPS: dict[str, tuple[Action, tuple[str, str, str]]] = {
    ReportState.SUBMITTED: (
        Action.CHECK_REPORT,
        ("待初核的年度报告", "因为合作社已提交，须先由乡镇街道初核。", "去初核"),
    ),
    ReportState.CHECKED: (
        Action.REVIEW_REPORT,
        ("待审核的年度报告", "因为初核已通过，须由区农业农村局审核。", "去审核"),
    ),
    ReportState.ACCEPTED: (
        Action.REVIEW_REPORT,
        ("待公开的年度报告", "因为审核已通过，可公示的项目还没有公开。", "去公开"),
    ),
}


def own_reports(user: User) -> Iterator[Duty | Waiting]:
    """Years that one's own societies still owe, and reports that came back."""
    if reach_of(user, Action.SUBMIT_REPORT) != Reach.OWN:
        return
    own = Cooperative.objects.permitted(user, Action.SUBMIT_REPORT)
    societies = list(own.order_by("name_key", "pk"))
    owed_years = years_of_each(societies)
    duties = (
        _own_report(society, owed)
        for society in societies
        for owed in owed_years[society.pk]
        if owed.state not in {FILED, IDLE}
    )
    yield from one_by_one(duties, rest="份年度报告待填报", url=page("reports:list"))


def _own_report(society: Cooperative, owed: Owed) -> Duty:
    year = owed.season.year
    begun = owed.report is not None
    address = page("reports:report", uscc=society.code, year=year) if begun else ""
    return Duty(
        title=f"{society}{year}年度报告",
        because=_why(owed.report),
        button="接着填" if begun else "去填写",
        url=address or page("reports:society", uscc=society.code),
        due=owed.season.due_on,
    )


def _why(report: AnnualReport | None) -> str:
    if report is None:
        return "因为每年都应报送年度报告，这一年的还没有开始填写。"
    match report.state:
        case ReportState.RETURNED:
            return "因为报告被退回，只需改标出的几处，改好后重新提交。"
        case ReportState.AWAITING:
            if report.first_signer_id:
                return "因为填报人已经签字，须理事长通读并签发。"
            return "因为报告由他人代填，须理事长通读并确认。"
        case _:
            return "因为报告还没有填完或还没有提交。"


def waiting_reports(user: User) -> Iterator[Duty | Waiting]:
    """Submissions that wait for the first look, the review, or publication; one query for all."""
    mine = {
        state: words
        for state, (action, words) in _STEPS.items()
        if may(user, action) and _does_it(user, action)
    }
    if not mine:
        return
    owing = Cooperative.objects.permitted(user, Action.VIEW_REPORT).owing_reports()
    founded = Q(cooperative__established_on__isnull=True) | Q(
        cooperative__established_on__year__lte=F("year")
    )
    waiting = AnnualReport.objects.filter(
        founded, cooperative__in=owing, state__in=list(mine), year__in=open_years()
    )
    counted = waiting.values_list("state", "year").annotate(n=Count("pk"))
    for state, year, number in sorted(counted, key=lambda row: (list(mine).index(row[0]), -row[1])):
        title, because, button = mine[state]
        yield Duty(
            title=f"{title}（{year}年度）",
            because=because,
            button=button,
            url=page("reports:list", query={"year": year, "standing": state}),
            count=number,
        )


def _does_it(user: User, action: Action) -> bool:
    """The bureau may do the first look, but it waits for the township."""
    return action != Action.CHECK_REPORT or reach_of(user, action) == Reach.TOWNSHIP


def unfiled_reports(user: User) -> Iterator[Duty | Waiting]:
    """Societies of one's own list that still owe this year's report, for those who chase them."""
    if reach_of(user, Action.REMIND_REPORT) != Reach.ASSIGNED:
        return
    year = current_year()
    number = narrowed(_of_year(user, year).filter(counsellor=user), "unfiled").count()
    if number:
        yield Duty(
            title=f"所联系的合作社还没有报{year}年度报告",
            because="因为报送期限临近或已过，可上门帮助填写，由理事长确认。",
            button="看名单",
            url=page("reports:list", query={"year": year, "standing": "unfiled", "mine": "on"}),
            count=number,
            due=season_of(year).due_on,
        )


def waiting_certificates(user: User) -> Iterator[Duty | Waiting]:
    """Requests for roster certificates."""
    if not may(user, Action.ISSUE_CERTIFICATE):
        return
    reach = RosterCertificate.objects.permitted(user, Action.ISSUE_CERTIFICATE)
    yield Waiting(
        rows=reach.waiting(),
        title="待核发的社员名录证明",
        because="因为合作社已申请，须核对成员名册后核发或回复。",
        button="去核发",
        url=page("registry:certificate-list", query={"state": "requested"}),
    )


def _of_year(user: User, year: int) -> Any:
    return reports_of(year, Cooperative.objects.permitted(user, Action.VIEW_REPORT))


FINDERS = (own_reports, waiting_reports, unfiled_reports, waiting_certificates)
