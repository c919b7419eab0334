"""One society, fact by fact, as each register has it: value, day, where it stands, how sure it is.

A source is one entry in `SIDES`. Cells of one fact that cannot both be right are marked; the fact's
certainty follows from how many independent sources say the same.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from common import clock
from common.template_tags import yuan
from registry.choices import OperatingState, RegistrationStatus, Seen
from registry.models import (
    AbnormalListing,
    AnnualReport,
    Cooperative,
    FeedRow,
    SiteFinding,
    SpotCheck,
    TaxStanding,
)
from registry.provenance import Provenance
from registry.side_choices import Certainty
from registry.statement_choices import AbnormalReason, SpotCheckResult, TaxpayerState
from registry.wording import value_in_words

STATUS, CHAIR, ADDRESS, MEMBERS, BUSINESS = "status", "chair", "address", "members", "business"
FACTS = {
    STATUS: "存续状态",
    CHAIR: "法定代表人（理事长）",
    ADDRESS: "住所",
    MEMBERS: "成员总数",
    BUSINESS: "是否有经营",
}
ALIVE, GONE, WORKING, IDLE, THERE, ABSENT = "alive", "gone", "working", "idle", "there", "absent"


@dataclass(frozen=True)
class Said:
    """What one source says of one fact. `same` is what makes two values equal; "" compares nothing."""

    value: str
    same: str = ""
    on: dt.date | None = None
    row: FeedRow | None = None
    note: str = ""

    @property
    def age(self) -> str:
        """How old it is, in words."""
        return age_in_words(self.on, clock.today()) if self.on else ""


@dataclass(frozen=True)
class Side:
    """One source: what it is called, whether it is a department, and how it is asked."""

    key: str
    label: str
    of_department: bool
    ask: Callable[[Cooperative, Provenance], dict[str, Said]]
    on_site: bool = False


@dataclass(frozen=True)
class Line:
    """One fact across all sources."""

    key: str
    label: str
    cells: list[Said | None]
    clash: bool
    certainty: Certainty

    @property
    def by_side(self) -> list[tuple[Side, Said | None]]:
        """Each source with what it says."""
        return list(zip(SIDES, self.cells, strict=True))

    @property
    def tone(self) -> str:
        return _TONES[self.certainty]


@dataclass(frozen=True)
class Board:
    """The table of a society's page."""

    sides: list[Side]
    lines: list[Line] = field(default_factory=list)


def age_in_words(on: dt.date, today: dt.date) -> str:
    """Write how long ago a day was, as people say it."""
    days = (today - on).days
    if days < 1:
        return "今天" if days == 0 else "日期晚于今天"
    if days < 31:
        return f"{days} 天前"
    if days < 365:
        return f"{days // 30} 个月前"
    return f"{days // 365} 年前" if days % 365 < 30 else f"{days // 365} 年多前"


def board_of(society: Cooperative, provenance: Provenance) -> Board:
    """Lay what all sources say side by side; a fixed number of queries."""
    answers = [side.ask(society, provenance) for side in SIDES]
    lines = []
    for key, label in FACTS.items():
        cells = [answer.get(key) for answer in answers]
        if any(cells):
            lines.append(Line(key, label, cells, _clash(cells), certainty_of(cells)))
    return Board(list(SIDES), lines)


def certainty_of(cells: Iterable[Said | None]) -> Certainty:
    """Tell how sure a fact is: by who says the same as the first source that says anything."""
    spoken = [(side, said) for side, said in zip(SIDES, cells, strict=True) if said is not None]
    if not spoken:
        return Certainty.UNKNOWN
    leading = next((said.same for _, said in spoken if said.same), "")
    agreeing = [side for side, said in spoken if said.same == leading or not leading]
    if any(side.on_site for side in agreeing):
        return Certainty.SEEN
    departments = sum(side.of_department for side in agreeing)
    if departments > 1:
        return Certainty.TWO
    return Certainty.ONE if departments else Certainty.DECLARED


def _clash(cells: Iterable[Said | None]) -> bool:
    return len({said.same for said in cells if said is not None and said.same}) > 1


_TONES = {
    Certainty.SEEN: "ok",
    Certainty.TWO: "ok",
    Certainty.ONE: "info",
    Certainty.DECLARED: "warn",
    Certainty.UNKNOWN: "idle",
}


# -- the sources -----------------------------------------------------------------------------------


def _register(society: Cooperative, provenance: Provenance) -> dict[str, Said]:
    row = provenance.rows[0] if provenance.rows else None
    on = (
        row.delivery.period.last_day
        if row
        else society.updated_at.astimezone(clock.SHANGHAI).date()
    )
    said = {STATUS: Said(value_in_words("status", society.status), _life(society.status), on, row)}
    if society.legal_representative:
        name = society.legal_representative
        said[CHAIR] = Said(name, name, on, row)
    if society.domicile:
        said[ADDRESS] = _domicile(society, on, row)
    if society.member_count is not None:
        number = society.member_count
        said[MEMBERS] = Said(f"{number} 人", str(number), on, row)
    check = (
        SpotCheck.objects.known()
        .filter(cooperative=society)
        .select_related("row__delivery")
        .order_by("-checked_on", "-pk")
        .first()
    )
    if check is not None and check.result in _BUSINESS_BY_CHECK:
        said[BUSINESS] = Said(
            f"抽查：{check.get_result_display()}",
            _BUSINESS_BY_CHECK[check.result],
            check.checked_on,
            check.row,
        )
    return said


_BUSINESS_BY_CHECK = {
    SpotCheckResult.NO_ACTIVITY: IDLE,
    SpotCheckResult.CLOSED: IDLE,
    SpotCheckResult.NORMAL: "",
    SpotCheckResult.CORRECTED: "",
}


def _life(status: str) -> str:
    if status == RegistrationStatus.ACTIVE:
        return ALIVE
    return GONE if status else ""


def _domicile(society: Cooperative, on: dt.date, row: FeedRow | None) -> Said:
    listing = (
        AbnormalListing.objects.known()
        .open()
        .filter(cooperative=society, reason=AbnormalReason.UNREACHABLE)
        .select_related("row__delivery")
        .order_by("-listed_on")
        .first()
    )
    if listing is None:
        return Said(society.domicile, THERE, on, row)
    note = "已因“通过登记的住所无法联系”列入经营异常名录"
    return Said(society.domicile, ABSENT, listing.listed_on, listing.row, note)


def _tax(society: Cooperative, _provenance: Provenance) -> dict[str, Said]:
    standing = (
        TaxStanding.objects.known()
        .filter(cooperative=society)
        .select_related("row__delivery")
        .order_by("-as_of", "-pk")
        .first()
    )
    if standing is None:
        return {}
    on, row = standing.as_of, standing.row
    said = {}
    if standing.state or standing.registered is not None:
        words = standing.get_state_display() if standing.state else "已办理税务登记"
        if not standing.state and not standing.registered:
            words = "未办理税务登记"
        said[STATUS] = Said(words, _tax_life(standing), on, row)
    if standing.declared_sales is not None:
        sales = standing.declared_sales
        said[BUSINESS] = Said(f"本季申报销售额 {yuan(sales)}", WORKING if sales else IDLE, on, row)
    elif standing.zero_declared is not None:
        words = "本季零申报" if standing.zero_declared else "本季有申报销售额"
        said[BUSINESS] = Said(words, IDLE if standing.zero_declared else WORKING, on, row)
    return said


def _tax_life(standing: TaxStanding) -> str:
    if standing.state in {
        TaxpayerState.DEREGISTERED,
        TaxpayerState.ABNORMAL_CLOSED,
        TaxpayerState.NOT_REGISTERED,
    }:
        return GONE
    if standing.state == TaxpayerState.NORMAL or standing.registered:
        return ALIVE
    return "" if standing.registered is None else GONE


def _report(society: Cooperative, _provenance: Provenance) -> dict[str, Said]:
    report = (
        AnnualReport.objects.filter(cooperative=society, standing__isnull=False)
        .select_related("standing")
        .order_by("-year")
        .first()
    )
    if report is None or report.standing is None:
        return {}
    figures, on = report.standing, dt.date(report.year, 12, 31)
    said = {STATUS: Said(f"已报 {report.year} 年度年报", ALIVE, on)}
    if figures.chair:
        said[CHAIR] = Said(figures.chair, figures.chair, on)
    if figures.members_total is not None:
        said[MEMBERS] = Said(f"{figures.members_total} 人", str(figures.members_total), on)
    if figures.no_activity:
        said[BUSINESS] = Said("本年度无经营", IDLE, on)
    elif figures.operating_income is not None:
        income = figures.operating_income
        said[BUSINESS] = Said(f"全年收入 {yuan(income)}", WORKING if income else IDLE, on)
    return said


def _visit(society: Cooperative, _provenance: Provenance) -> dict[str, Said]:
    finding = (
        SiteFinding.objects.standing()
        .filter(cooperative=society)
        .select_related("seen_by")
        .order_by("-seen_on", "-pk")
        .first()
    )
    if finding is None:
        return {}
    on, by = finding.seen_on, f"{finding.seen_by}走访"
    said = {}
    if finding.at_address != Seen.UNKNOWN:
        found = finding.at_address == Seen.YES
        words = "在登记住所" if found else "不在登记住所"
        said[ADDRESS] = Said(words, THERE if found else ABSENT, on, note=by)
    if finding.operating != OperatingState.UNKNOWN:
        shut = finding.operating == OperatingState.NO
        words = finding.get_operating_display()
        said[BUSINESS] = Said(words, IDLE if shut else WORKING, on, note=by)
        said[STATUS] = Said(f"走访见{words}", GONE if shut else ALIVE, on, note=by)
    if finding.members_told is not None:
        number = finding.members_told
        said[MEMBERS] = Said(f"自称 {number} 人", str(number), on, note=by)
    return said


SIDES: tuple[Side, ...] = (
    Side("register", "市场监管", True, _register),
    Side("tax", "税务", True, _tax),
    Side("report", "本社年报", False, _report),
    Side("visit", "最近走访", False, _visit, on_site=True),
)
