"""Submitting an annual report: once, with a receipt; taking it back before anybody looked."""

import datetime as dt
import hashlib
import json
from typing import Any

from django.db import transaction

from accounts.choices import NoticeEvent, PaperKind
from accounts.models import IssuedPaper, User
from accounts.operations.papers import issue_paper, supersede_paper, withdraw_paper
from accounts.operations.transitions import advance
from accounts.policy import Action
from common import clock
from common.template_tags import day, moment
from common.workflow import TransitionRefused
from registry.choices import FILED_REPORTS, ReportState
from registry.models import FIGURES, AnnualReport, ReportVersion
from registry.operations.report_notices import tell_society
from registry.operations.report_signing import Confirmed, check_signers, own_confirmation
from registry.operations.reports import held_report
from registry.reporting.fields import IDLE, NOT_HELD
from registry.reporting.owed import season_of
from registry.reporting.reading import Reading, read_report
from registry.reporting.sections import FIELDS
from registry.workflows import REPORT

SERIES = "通农合报"
INCOMPLETE = "报告还没有填完：{what}。请补齐后再提交，已填的内容都还在。"
SAME_AGAIN = "更正的内容与已审核通过的版本完全相同，不必再提交。请修改后提交，或放弃这次更正。"
LATE = "已过报送期限（{due}），请写明逾期原因后再提交。报告会标记为逾期。"


def submit_report(
    report: AnnualReport,
    *,
    by: User,
    late_reason: str = "",
    received_at: dt.datetime | None = None,
    confirmed: Confirmed | None = None,
) -> ReportVersion:
    """Submit what is filled in and return the version with its receipt; safe to repeat.

    A second press finds the report submitted and gets the same receipt. Raises TransitionRefused
    with a sentence when something is missing or wrong.
    """
    at = received_at or clock.now()
    with transaction.atomic():
        fresh = held_report(report, Action.SUBMIT_REPORT, by)
        content = content_of(fresh)
        if fresh.state in FILED_REPORTS and fresh.latest is not None:
            return fresh.latest
        confirmed = confirmed or own_confirmation(by)
        reading = read_report(fresh)
        _check(fresh, reading, content)
        season = season_of(fresh.year)
        if season.two_signers:
            check_signers(fresh, confirmed, by=by)
        late = season.is_late(at)
        if late and not late_reason.strip() and not fresh.is_correction:
            raise TransitionRefused(LATE.format(due=day(season.due_on)))
        version = ReportVersion.objects.create(
            report=fresh,
            content=content,
            sha256=digest_of(fresh, content),
            submitted_at=at,
            due_on=season.due_on,
            late=late and fresh.standing_id is None,
            reason=fresh.correction_reason or (late_reason.strip() if late else ""),
            corrects=fresh.standing,
            number=_next_number(fresh),
            **_society_facts(fresh),
            **_people(fresh, by, confirmed),
            **_filer(fresh, by, two=season.two_signers),
            **figures_of(reading),
        )
        former = fresh.latest
        advance(
            REPORT,
            fresh,
            ReportState.SUBMITTED,
            by=by,
            reason=version.reason,
            latest=version,
            late_reason=version.reason if version.late else "",
            confirm_hash="",
            confirm_tries=0,
            first_signer=None,
            first_signed_at=None,
        )
        paper = _issue_receipt(version, by)
        _let_former_end(former, paper, by)
        text = f"报告已收到，回执编号 {paper.number}。等待乡镇街道初核。"
        tell_society(fresh, NoticeEvent.REPORT_RECEIVED, text, by=by)
    return version


def recall_report(report: AnnualReport, *, version: int, by: User) -> AnnualReport:
    """Take a submission back while nobody has looked at it yet; its receipt is withdrawn."""
    with transaction.atomic():
        fresh = held_report(report, Action.SUBMIT_REPORT, by)
        fresh.version = version
        latest = fresh.latest
        advance(REPORT, fresh, ReportState.DRAFT, by=by, reason="报送人撤回")
        paper = receipt_of(latest) if latest else None
        if paper is not None and paper.state == "valid":
            withdraw_paper(paper, reason="报送人在审核前撤回", by=by)
    return fresh


def receipt_of(version: ReportVersion) -> IssuedPaper | None:
    """Return the receipt of a submission."""
    return IssuedPaper.objects.of(version).first()


def content_of(report: AnnualReport) -> dict[str, Any]:
    """Return what a submission keeps of a draft; fields that are not asked are left out."""
    keys = FIELDS.keys()
    return {
        "values": {k: v for k, v in sorted(report.draft.items()) if k in keys},
        "answers": {k: v for k, v in sorted(report.answers.items()) if k in keys},
        "remarks": {k: v for k, v in sorted(report.remarks.items()) if k in keys},
        "shown": sorted(set(report.shown)),
        "origins": report.origins,
    }


def digest_of(report: AnnualReport, content: dict[str, Any]) -> str:
    """Return the SHA-256 that the receipt carries: society, year and content in canonical form."""
    said = {"society": report.cooperative.code, "year": report.year, **content}
    canonical = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def figures_of(reading: Reading) -> dict[str, Any]:
    """Return the figure columns of a submission; what is blank or 不适用 stays empty."""
    fields = reading.fields
    figures: dict[str, Any] = {
        "no_activity": fields["activity"].value == IDLE,
        "no_assembly": fields["assembly"].value == NOT_HELD,
    }
    for read in fields.values():
        column = read.field.figure
        if column in FIGURES and read.asked and not read.spared:
            figures[column] = read.value
    if figures["no_assembly"]:
        figures["assemblies_held"] = 0
    return figures


def _check(report: AnnualReport, reading: Reading, content: dict[str, Any]) -> None:
    if not reading.is_complete:
        open_ones = [f"“{s.title}”{s.word}" for s in reading.sections if s.state != "done"]
        raise TransitionRefused(INCOMPLETE.format(what="，".join(open_ones)))
    standing = report.standing
    if standing is not None and _said(standing.content) == _said(content):
        raise TransitionRefused(SAME_AGAIN)


def _said(content: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(content[part] for part in ("values", "answers", "remarks", "shown"))


def _next_number(report: AnnualReport) -> int:
    last = report.versions.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def _society_facts(report: AnnualReport) -> dict[str, Any]:
    """The society as it is called today: printing it later shows it as it was."""
    society = report.cooperative
    return {
        "society_name": society.name,
        "society_code": society.code,
        "chair": society.legal_representative,
        "township_name": society.township.short_name if society.township else "",
    }


def _people(report: AnnualReport, by: User, confirmed: Confirmed) -> dict[str, Any]:
    typist = report.typed_by or by
    return {
        "typed_by": typist,
        "typed_by_name": str(typist),
        "helped": report.helped,
        "confirmation": confirmed.how,
        "confirmed_by_name": confirmed.by_name,
    }


def _filer(report: AnnualReport, by: User, *, two: bool) -> dict[str, Any]:
    """Who signed first where two people sign: by an act of their own, or by having the chair sign."""
    if not two:
        return {}
    return {
        "filer_name": str(report.first_signer or by),
        "filer_signed_at": report.first_signed_at or clock.now(),
    }


def _issue_receipt(version: ReportVersion, by: User) -> IssuedPaper:
    report = version.report
    facts = {
        "合作社": version.society_name,
        "统一社会信用代码": version.society_code,
        "报告年度": f"{report.year}年度",
        "提交时间": moment(version.submitted_at),
        "第几次提交": f"第{version.number}次",
        "是否逾期": "逾期" if version.late else "按期",
        "内容摘要": version.sha256,
    }
    paper = issue_paper(
        version,
        kind=PaperKind.REPORT_RECEIPT,
        series_label=SERIES,
        title=f"{version.society_name}{report.year}年度报告回执",
        public_facts=facts,
        content=None,
        by=by,
    )
    ReportVersion.objects.filter(pk=version.pk).update(paper_number=paper.number)
    version.paper_number = paper.number
    return paper


def _let_former_end(former: ReportVersion | None, paper: IssuedPaper, by: User) -> None:
    """A receipt that was not taken back before gives way to the new one."""
    receipt = receipt_of(former) if former else None
    if receipt is not None and receipt.state == "valid":
        supersede_paper(receipt, paper, by=by)
