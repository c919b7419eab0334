"""Helped filing: who typed is not who confirms. The chair confirms by code, by hand, or on paper."""

import hashlib
import secrets
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F

from accounts.choices import NoticeEvent
from accounts.models import User
from accounts.operations import audit
from accounts.operations.attachments import attach_file
from accounts.operations.notices import notify
from accounts.operations.transitions import advance
from accounts.policy import Action
from common.drawings import BadDrawing, read_drawing
from common.workflow import TransitionRefused
from registry.choices import AgentPost, Confirmation, ReportFile, ReportState
from registry.models import AnnualReport, ReportVersion
from registry.operations.report_signing import Confirmed
from registry.operations.report_submissions import submit_report
from registry.operations.reports import held_report
from registry.reporting.owed import season_of
from registry.reporting.reading import read_report
from registry.workflows import REPORT

MOST_TRIES = 5
NO_ACCOUNT = (
    "这家合作社还没有可用的账号，收不到确认码。请改用屏上签名，或上传签字盖章的纸质件照片。"
)
NOT_DONE = "报告还没有填完，请先补齐各部分，再请理事长确认。"
WRONG_CODE = "确认码不对，还可以再试 {left} 次。"
NO_TRIES = "确认码已输错 5 次，不能再用。请重新发一个确认码，或改用签名。"
NO_NAME = "请填写签名的理事长姓名。"


@transaction.atomic
def hand_over(report: AnnualReport, *, version: int, by: User) -> int:
    """Send the chair a confirmation code and wait; return how many people of the society got it."""
    fresh = held_report(report, Action.FILL_REPORT, by)
    fresh.version = version
    if not read_report(fresh).is_complete:
        raise TransitionRefused(NOT_DONE)
    agents = fresh.cooperative.agents.filter(until__isnull=True).exclude(user=by)
    if season_of(fresh.year).two_signers:
        agents = agents.filter(post=AgentPost.CHAIR)
    people = [agent.user for agent in agents.select_related("user")]
    if not people:
        raise TransitionRefused(NO_ACCOUNT)
    code = f"{secrets.randbelow(1_000_000):06}"
    advance(
        REPORT,
        fresh,
        ReportState.AWAITING,
        by=by,
        confirm_hash=_digest(fresh, code),
        confirm_tries=0,
    )
    notify(
        people,
        event=NoticeEvent.REPORT_DUE,
        title=f"请确认{fresh.year}年度报告",
        text=(
            f"{by}代{fresh.cooperative}填写了{fresh.year}年度报告。请通读后登录提交，"
            f"或把确认码 {code} 告诉填写人。没有读过请不要说出确认码。"
        ),
        url=f"/reports/{fresh.cooperative.code}/{fresh.year}/",
        by=by,
    )
    return len(people)


@transaction.atomic
def take_back(report: AnnualReport, *, version: int, by: User) -> None:
    """Go on filling in; the code that was sent and the first signature no longer count."""
    fresh = held_report(report, Action.FILL_REPORT, by)
    fresh.version = version
    advance(
        REPORT,
        fresh,
        ReportState.DRAFT,
        by=by,
        confirm_hash="",
        confirm_tries=0,
        first_signer=None,
        first_signed_at=None,
    )


def confirm_by_code(
    report: AnnualReport, code: str, *, by: User, late_reason: str = ""
) -> ReportVersion:
    """Submit with the code that the chair read out. Five wrong ones make it void."""
    with transaction.atomic():
        fresh = held_report(report, Action.SUBMIT_REPORT, by)
        if fresh.state != ReportState.AWAITING:
            return submit_report(fresh, by=by, late_reason=late_reason, confirmed=_by_code(fresh))
        if fresh.confirm_tries >= MOST_TRIES:
            raise TransitionRefused(NO_TRIES)
        right = secrets.compare_digest(fresh.confirm_hash, _digest(fresh, code.strip()))
        if right:
            return submit_report(fresh, by=by, late_reason=late_reason, confirmed=_by_code(fresh))
        AnnualReport.objects.filter(pk=fresh.pk).update(confirm_tries=F("confirm_tries") + 1)
        left = MOST_TRIES - fresh.confirm_tries - 1
    raise TransitionRefused(WRONG_CODE.format(left=left))  # after the count of tries is stored


@transaction.atomic
def confirm_by_signature(
    report: AnnualReport, drawing: str, signer: str, *, by: User, late_reason: str = ""
) -> ReportVersion:
    """Submit with the chair's signature drawn on the screen, as a PNG in a data address."""
    return _confirm(
        report,
        _picture(drawing),
        ReportFile.SIGNATURE,
        Confirmed(Confirmation.SIGNATURE, _name(signer)),
        by=by,
        late_reason=late_reason,
    )


@transaction.atomic
def confirm_by_photo(
    report: AnnualReport, photo: Any, signer: str, *, by: User, late_reason: str = ""
) -> ReportVersion:
    """Submit with a photo of the printout that the chair signed."""
    return _confirm(
        report,
        photo,
        ReportFile.SIGNED_PRINT,
        Confirmed(Confirmation.PHOTO, _name(signer)),
        by=by,
        late_reason=late_reason,
    )


def _confirm(
    report: AnnualReport,
    proof: Any,
    purpose: str,
    confirmed: Confirmed,
    *,
    by: User,
    late_reason: str,
) -> ReportVersion:
    fresh = held_report(report, Action.SUBMIT_REPORT, by)
    if not read_report(fresh).is_complete:
        raise TransitionRefused(NOT_DONE)
    attach_file(fresh, proof, purpose=purpose, by=by, note=confirmed.by_name)
    version = submit_report(fresh, by=by, late_reason=late_reason, confirmed=confirmed)
    audit.record(
        "report-confirmed", fresh, by=by, confirmation=confirmed.how, person=confirmed.by_name
    )
    return version


def _by_code(report: AnnualReport) -> Confirmed:
    return Confirmed(Confirmation.CODE, report.cooperative.legal_representative or "理事长")


def _name(signer: str) -> str:
    if not signer.strip():
        raise TransitionRefused(NO_NAME)
    return signer.strip()[:60]


def _picture(drawing: str) -> "ContentFile[bytes]":
    try:
        return ContentFile(read_drawing(drawing), name="理事长签名.png")
    except BadDrawing as bad:
        raise TransitionRefused(str(bad)) from None


def _digest(report: AnnualReport, code: str) -> str:
    return hashlib.sha256(f"{report.pk}:{report.year}:{code}".encode()).hexdigest()
