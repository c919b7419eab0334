"""Looking at a submitted report: the township first, then the bureau; each decision once."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.choices import NoticeEvent
from accounts.models import User
from accounts.operations.transitions import advance
from accounts.policy import Action
from common import clock
from common.workflow import TransitionRefused
from registry.choices import GovernanceKind, ReportState
from registry.models import AnnualReport, GovernanceFact, ReportVersion
from registry.operations.report_notices import tell_society
from registry.operations.reports import held_report
from registry.reporting.sections import FIELDS
from registry.workflows import REPORT

NEWER = "材料已更新：您看到的是较早的一次提交，现在已有新的内容。请看过最新内容后再决定。"
NO_REASON = "请至少选一个要改的项目并写明原因，或写一条总的意见。"


@dataclass(frozen=True)
class ReturnReason:
    """Why a report goes back: beside which field ("" for the whole report), in which words."""

    key: str
    text: str


def check_report(report: AnnualReport, *, sha256: str, by: User) -> AnnualReport:
    """Pass a report on after the township's first look."""
    with transaction.atomic():
        fresh = _seen(report, sha256, Action.CHECK_REPORT, by)
        advance(REPORT, fresh, ReportState.CHECKED, by=by)
    return fresh


def accept_report(report: AnnualReport, *, sha256: str, by: User, reason: str = "") -> AnnualReport:
    """Accept a report: from now on its figures count. A late one needs the bureau's word why."""
    with transaction.atomic():
        fresh = _seen(report, sha256, Action.REVIEW_REPORT, by)
        latest = fresh.latest
        if latest is not None and latest.late and not reason.strip():
            raise TransitionRefused("这份报告逾期提交，接收须写明理由。")
        advance(
            REPORT,
            fresh,
            ReportState.ACCEPTED,
            by=by,
            reason=reason,
            standing=latest,
            reasons=[],
            correction_reason="",
        )
        if latest is not None:
            declare_governance([latest])
        text = "报告已审核通过。更正请在报告首页选“更正”。"
        tell_society(fresh, NoticeEvent.REPORT_ACCEPTED, text, by=by)
    return fresh


def return_report(
    report: AnnualReport, reasons: Sequence[ReturnReason], *, sha256: str, by: User
) -> AnnualReport:
    """Send a report back with reasons beside its fields; the filer sees only what to change."""
    told = [each for each in reasons if each.text.strip()]
    if not told:
        raise TransitionRefused(NO_REASON)
    words = "；".join(
        f"{FIELDS[each.key].label}：{each.text}" if each.key in FIELDS else each.text
        for each in told
    )
    with transaction.atomic():
        action = (
            Action.CHECK_REPORT if report.state == ReportState.SUBMITTED else Action.REVIEW_REPORT
        )
        fresh = _seen(report, sha256, action, by)
        advance(
            REPORT,
            fresh,
            ReportState.RETURNED,
            by=by,
            reason=words,
            reasons=[{**asdict(each), "by": str(by)} for each in told],
        )
        tell_society(
            fresh, NoticeEvent.REPORT_RETURNED, f"报告被退回，请修改：{words}"[:1900], by=by
        )
    return fresh


def publish_report(report: AnnualReport, *, sha256: str, by: User) -> AnnualReport:
    """Open the public fields of an accepted report to everyone."""
    with transaction.atomic():
        fresh = _seen(report, sha256, Action.REVIEW_REPORT, by)
        advance(REPORT, fresh, ReportState.PUBLISHED, by=by, published_at=clock.now())
    return fresh


def _seen(report: AnnualReport, sha256: str, action: Action, by: User) -> AnnualReport:
    """Return the locked row if its last submission is the one that was seen.

    The state is that of the page: who comes second is told that somebody was first.
    """
    fresh = held_report(report, action, by)
    if fresh.state != report.state:
        raise TransitionRefused(
            f"这份报告已由他人处理，现在是“{fresh.get_state_display()}”。请刷新页面后再看。"
        )
    if fresh.latest is None or fresh.latest.sha256 != sha256:
        raise TransitionRefused(NEWER)
    return fresh


def declare_governance(versions: Sequence[ReportVersion]) -> None:
    """Write the three governance facts that accepted reports declare, set-based."""
    rows = [row for version in versions for row in _declared(version)]
    GovernanceFact.objects.bulk_create(
        rows,
        batch_size=1_000,
        update_conflicts=True,
        unique_fields=["cooperative", "year", "kind"],
        update_fields=["applies", "declared", "basis", "source"],
    )


def _declared(version: ReportVersion) -> list[GovernanceFact]:
    members, kept = version.members_total, version.accounts_kept
    surplus, by_volume = version.distributable_surplus, version.returned_by_volume
    applies = surplus is not None and surplus > 0
    lawful = applies and (by_volume or Decimal(0)) * 10 >= (surplus or Decimal(0)) * 6
    facts: list[tuple[GovernanceKind, bool, bool | None, str]] = [
        (
            GovernanceKind.ACCOUNTS,
            True,
            None if not members or kept is None else kept >= members,
            f"成员账户 {_shown(kept)} 个，成员 {_shown(members)} 名",
        ),
        (
            GovernanceKind.DISCLOSURE,
            True,
            None if version.disclosures is None else version.disclosures > 0,
            f"全年公开 {_shown(version.disclosures)} 次",
        ),
        (
            GovernanceKind.DISTRIBUTION,
            applies,
            lawful if applies else None,
            f"可分配盈余 {_shown(surplus)} 元，按交易量（额）返还 {_shown(by_volume)} 元",
        ),
    ]
    return [
        GovernanceFact(
            cooperative_id=version.report.cooperative_id,
            year=version.report.year,
            kind=kind,
            applies=asked,
            declared=holds,
            basis=basis,
            source=version,
        )
        for kind, asked, holds, basis in facts
    ]


def _shown(value: Any) -> str:
    return "未填" if value is None else f"{value:,}".removesuffix(".00")
