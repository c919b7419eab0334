"""The demo's annual reports of 2019 and 2020, in every state a report can be in, made set-based."""

import datetime as dt
import uuid
from dataclasses import dataclass
from random import Random
from typing import Any

from accounts.choices import PaperKind, PaperState
from accounts.models import IssuedPaper, NumberSeries, User
from accounts.models.issued_paper import number_key
from accounts.policy import Action
from common import clock
from common.template_tags import moment
from registry.choices import Confirmation, CooperativeKind, ReportState
from registry.models import AnnualReport, Cooperative, GovernanceFact, ReportVersion
from registry.operations.certificates import issue_certificate, request_certificate
from registry.operations.report_reviews import (
    accept_report,
    check_report,
    declare_governance,
    publish_report,
)
from registry.operations.report_submissions import (
    SERIES,
    content_of,
    digest_of,
    figures_of,
    submit_report,
)
from registry.operations.reports import start_report
from registry.reporting.owed import owes
from registry.reporting.reading import Reading
from tongchuan_coop.demo.societies import make_phone

YEARS = (2019, 2020)
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
S = ReportState
# How many of a hundred societies stand where.
_WEIGHTS: dict[int, dict[str, int]] = {
    2019: {S.PUBLISHED: 70, S.ACCEPTED: 2, S.DRAFT: 3, "": 25},
    2020: {
        S.PUBLISHED: 44,
        S.ACCEPTED: 8,
        S.CHECKED: 6,
        S.SUBMITTED: 9,
        S.RETURNED: 4,
        S.AWAITING: 3,
        S.DRAFT: 8,
        "": 18,
    },
}
_SENT = frozenset({S.PUBLISHED, S.ACCEPTED, S.CHECKED, S.SUBMITTED, S.RETURNED})
_REASONS = (
    ("operating_income", "与上年相差很大，请核对单位或说明原因。"),
    ("accounts_kept", "名册人数与账户数不一致，请核对。"),
    ("disclosures", "请写明公开的内容。"),
)


@dataclass
class _Made:
    """One report on its way into the database."""

    report: AnnualReport
    target: str
    sent_on: dt.datetime
    version: ReportVersion | None = None


def add_reports(known: dict[str, User], random: Random) -> None:
    """Write the reports of both years; those of the known society go through the operations."""
    own = Cooperative.objects.filter(agents__user=known["cooperative"]).first()
    for year in YEARS:
        _add_year(year, own, random)
    _verify_some(known["counsellor"], random)
    if own is not None:
        _file_own(own, known, random)
        _certify(own, known)


def _add_year(year: int, own: Cooperative | None, random: Random) -> None:
    societies = (
        Cooperative.objects.living()
        .filter(kind=CooperativeKind.COOPERATIVE)
        .select_related("township", "counsellor")
        .order_by("uscc")
    )
    weights = _WEIGHTS[year]
    made: list[_Made] = []
    for society in societies:
        target = random.choices(list(weights), weights=list(weights.values()))[0]
        if not target or society == own or not owes(society, year):
            continue
        made.append(_report(society, year, target, random))
    AnnualReport.objects.bulk_create([each.report for each in made], batch_size=500)
    sent = [each for each in made if each.target in _SENT]
    versions = [_version(each) for each in sent]
    numbers = _next_numbers([each.sent_on.year for each in sent])
    for version, number in zip(versions, numbers, strict=True):
        version.paper_number = number
    ReportVersion.objects.bulk_create(versions, batch_size=300)
    _issue_receipts(versions, random)
    for each, version in zip(sent, versions, strict=True):
        each.report.latest = version
        if each.target in {S.PUBLISHED, S.ACCEPTED}:
            each.report.standing = version
    AnnualReport.objects.bulk_update(
        [each.report for each in sent], ["latest", "standing"], batch_size=300
    )
    declare_governance([each.report.standing for each in sent if each.report.standing])


def _report(society: Cooperative, year: int, target: str, random: Random) -> _Made:
    late = random.random() < 0.05
    opening = dt.date(year + 1, 3, 1)
    day = opening + dt.timedelta(random.randrange(123, 135) if late else random.randrange(120))
    at = dt.datetime.combine(
        day, dt.time(9 + random.randrange(8), random.randrange(60)), clock.SHANGHAI
    )
    helped = target == S.AWAITING or random.random() < 0.2
    whole = target != S.DRAFT
    values = _values(society, year, random)
    if not whole:
        values = {key: value for key, value in values.items() if random.random() < 0.5}
    report = AnnualReport(
        cooperative=society,
        year=year,
        state=target,
        draft=values,
        answers={
            **dict.fromkeys(("licences", "sites", "branches", "trademark", "email"), "spared"),
            **({} if "certificates" in values else {"certificates": "spared"}),
        },
        shown=["operating_income"] if random.random() < 0.6 else [],
        typed_by=society.counsellor if helped else None,
        helped=helped,
        saved_at=at,
        created_at=at,
        visited=["basic"],
    )
    if target == S.PUBLISHED:
        report.published_at = at + dt.timedelta(days=9)
    if target == S.RETURNED:
        key, text = random.choice(_REASONS)
        report.reasons = [{"key": key, "text": text, "by": "乡镇街道经办人"}]
    if late:
        report.late_reason = "外出务工，未能按时填报"
    return _Made(report, target, at)


def _values(society: Cooperative, year: int, random: Random) -> dict[str, str]:
    members = society.member_count or 5
    farmers = min(society.farmer_member_count or members, members)
    units = min(society.unit_member_count or 0, members - farmers)
    idle = random.random() < 0.12
    income = (
        0 if idle else random.choice((6, 12, 25, 40, 60, 90, 150, 260)) * 10_000 + year % 7 * 900
    )
    surplus = 0 if idle else income * random.randrange(2, 15) // 100
    reserve = surplus // 10
    shared = surplus - reserve
    by_volume = shared * random.choice((60, 60, 65, 70, 70, 80, 45)) // 100
    held = random.random() < 0.85
    assets = random.randrange(20, 300) * 10_000
    values = {
        "phone": make_phone(random),
        "address": society.domicile,
        "contact_person": society.contact_person or society.legal_representative,
        "main_business": society.business_scope[:300],
        "product_type": "breeding" if "养殖" in society.name else "planting",
        "main_product": society.business_scope[:2] or "农产品",
        "credit_cooperation": "yes" if random.random() < 0.03 else "no",
        "members_total": members,
        "farmers": farmers,
        "other_persons": members - farmers - units,
        "units": units,
        "joined": random.choice((0, 0, 0, 1, 2)) if members > 6 else 0,
        "left": 0,
        "employees": random.randrange(0, 9),
        "women": 0,
        "driven_households": random.randrange(0, 60),
        "assembly": "held" if held else "not_held",
        "assemblies_held": random.randrange(1, 3) if held else "",
        "assembly_on": f"{year + 1}-01-{random.randrange(8, 28):02}" if held else "",
        "attendance": members * 3 // 4 if held else "",
        "council_meetings": random.randrange(0, 5),
        "supervisor_meetings": random.randrange(0, 3),
        "additional_votes": 0,
        "disclosures": random.choice((0, 1, 1, 2, 4)),
        "accounts_kept": members if random.random() < 0.75 else members // 2,
        "accounts_opened": "yes" if shared else "none",
        "activity": "idle" if idle else "active",
        "operating_income": "" if idle else income,
        "purchased_for_members": "" if idle else income // 5,
        "sold_for_members": "" if idle else income // 10 * 8,
        "base_area": "" if idle else random.randrange(20, 600),
        "tax_paid": 0,
        "subsidies": random.choice((0, 0, 0, 50_000, 100_000)),
        "loans": random.choice((0, 0, 0, 100_000)),
        "total_assets": assets,
        "fixed_assets": assets // 2,
        "equity": assets * 7 // 10,
        "surplus": surplus,
        "reserve_taken": reserve,
        "distributable_surplus": shared,
        "returned_by_volume": by_volume,
        "returned_by_contribution": shared - by_volume,
        "insured": "no",
        "title": "none",
        "party_members": random.randrange(0, 4),
    }
    if random.random() < 0.1:
        values["certificates"] = "绿色食品，有效期至2023年"
    return {key: str(value) for key, value in values.items() if value != ""}


def _version(made: _Made) -> ReportVersion:
    report, society = made.report, made.report.cooperative
    content = content_of(report)
    due = dt.date(report.year + 1, 6, 30)
    late = made.sent_on.date() > due
    counsellor = report.typed_by
    typist = str(counsellor) if counsellor else society.legal_representative
    return ReportVersion(
        report=report,
        number=1,
        content=content,
        sha256=digest_of(report, content),
        society_name=society.name,
        society_code=society.code,
        chair=society.legal_representative,
        township_name=society.township.short_name if society.township else "",
        submitted_at=made.sent_on,
        due_on=due,
        late=late,
        reason=report.late_reason if late else "",
        typed_by=counsellor,
        typed_by_name=typist,
        helped=report.helped,
        confirmation=Confirmation.SIGNATURE if report.helped else Confirmation.ACCOUNT,
        confirmed_by_name=society.legal_representative,
        **figures_of(Reading(report, {})),
    )


def _next_numbers(years: list[int]) -> list[str]:
    last: dict[int, int] = {}
    numbers = []
    for year in years:
        if year not in last:
            row = NumberSeries.objects.filter(series=f"paper:{SERIES}:{year}").first()
            last[year] = row.last if row else 0
        last[year] += 1
        numbers.append(f"{SERIES}〔{year}〕{last[year]}号")
    for year, number in last.items():
        NumberSeries.objects.update_or_create(
            series=f"paper:{SERIES}:{year}", defaults={"last": number}
        )
    return numbers


def _issue_receipts(versions: list[ReportVersion], random: Random) -> None:
    machine = User.objects.machine()
    IssuedPaper.objects.bulk_create(
        [_receipt(version, machine, random) for version in versions], batch_size=300
    )


def _receipt(version: ReportVersion, by: User, random: Random) -> IssuedPaper:
    report = version.report
    facts: list[list[Any]] = [
        ["合作社", version.society_name],
        ["统一社会信用代码", version.society_code],
        ["报告年度", f"{report.year}年度"],
        ["提交时间", moment(version.submitted_at)],
        ["第几次提交", "第1次"],
        ["是否逾期", "逾期" if version.late else "按期"],
        ["内容摘要", version.sha256],
    ]
    return IssuedPaper(
        key=uuid.UUID(int=random.getrandbits(128), version=4),
        owner_kind=version._meta.label_lower,
        owner_key=str(version.pk),
        kind=PaperKind.REPORT_RECEIPT,
        number=version.paper_number,
        number_key=number_key(version.paper_number),
        check_code="".join(random.choice(_ALPHABET) for _ in range(8)),
        title=f"{version.society_name}{report.year}年度报告回执",
        public_facts=facts,
        state=PaperState.VALID,
        issued_by=by,
        issued_at=version.submitted_at,
    )


def _file_own(own: Cooperative, known: dict[str, User], random: Random) -> None:
    """The known society: 2019 filed, accepted and published; 2020 begun."""
    chair = known["cooperative"]
    with clock.on_day(dt.date(2020, 5, 18)):
        report = start_report(own, 2019, by=chair)
        report.draft = {**report.draft, **_values(own, 2019, random)}
        report.answers = dict.fromkeys(
            ("licences", "sites", "branches", "trademark", "email", "certificates"), "spared"
        )
        report.origins = {}
        report.save(update_fields=["draft", "answers", "origins"])
        submit_report(report, by=chair)
    _settle(report, known)
    with clock.on_day(dt.date(2021, 6, 2)):
        start_report(own, 2020, by=chair)


def _settle(report: AnnualReport, known: dict[str, User]) -> None:
    with clock.on_day(dt.date(2020, 6, 3)):
        report.refresh_from_db()
        sha256 = report.latest.sha256 if report.latest else ""
        check_report(report, sha256=sha256, by=known["clerk"])
        report.refresh_from_db()
        accept_report(report, sha256=sha256, by=known["bureau"])
        report.refresh_from_db()
        publish_report(report, sha256=sha256, by=known["bureau"])


def _verify_some(counsellor: User, random: Random) -> None:
    """The known counsellor looked at some of what was declared; one time in six it was not so."""
    facts = GovernanceFact.objects.permitted(counsellor, Action.VERIFY_GOVERNANCE)
    looked_at = list(
        facts.filter(year=YEARS[-1], declared=True).order_by("cooperative__uscc", "kind")
    )
    for fact in looked_at[::3]:
        fact.verified = random.randrange(6) > 0
        fact.note = "查看账册，三项齐全" if fact.verified else "现场未见账册"
        fact.verified_by, fact.verified_on = counsellor, dt.date(2021, 7, 6)
    GovernanceFact.objects.bulk_update(
        looked_at, ["verified", "note", "verified_by", "verified_on"], batch_size=300
    )


def _certify(own: Cooperative, known: dict[str, User]) -> None:
    """One certificate issued to the known society, one request of a neighbour still waiting."""
    with clock.on_day(dt.date(2021, 4, 12)):
        asked = request_certificate(own, "申报2021年省级示范社", by=known["cooperative"])
        issue_certificate(asked, version=asked.version, reason="已现场核对名册", by=known["bureau"])
    others = Cooperative.objects.permitted(known["clerk"], Action.REQUEST_CERTIFICATE)
    neighbour = others.filter(members__isnull=False).exclude(pk=own.pk).order_by("uscc").first()
    if neighbour is not None:
        with clock.on_day(dt.date(2021, 7, 15)):
            request_certificate(neighbour, "办理农业信贷担保", by=known["clerk"])
