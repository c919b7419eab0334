"""Filling in an annual report: beginning it, saving a section, correcting what stands."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from accounts.models import User
from accounts.operations import audit
from accounts.operations.transitions import advance
from accounts.policy import Action
from common import clock, locks
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from registry.choices import EDITABLE_REPORTS, ENDED_STATUSES, ReportState
from registry.models import AnnualReport, Cooperative, ReportVersion
from registry.reporting.owed import open_years, owes
from registry.reporting.prefill import prefill
from registry.reporting.sections import SECTIONS_BY_KEY
from registry.reporting.values import SPARED, clean_text
from registry.workflows import REPORT

NOT_OWED = "这一年的报告不在应报之列，请从应报年度里选择。"
SHUT = "报告现在是“{state}”，不能修改。"
ENDED = "合作社登记状态为“{state}”，报告不能再改动。"
_MOST_REMARK = 300


def held_report(report: AnnualReport, action: Action, by: User) -> AnnualReport:
    """Return the row locked and fresh. Raises PermissionDenied outside the reach of the right."""
    reach = AnnualReport.objects.permitted(by, action).select_for_update(of=("self",))
    fresh = reach.filter(pk=report.pk).first()
    if fresh is None:
        raise PermissionDenied(action)
    return fresh


@transaction.atomic
def start_report(society: Cooperative, year: int, *, by: User) -> AnnualReport:
    """Begin the report of a year, prefilled; the one that is there already is returned as it is."""
    reach = Cooperative.objects.permitted(by, Action.FILL_REPORT)
    if not reach.filter(pk=society.pk).exists():
        raise PermissionDenied(Action.FILL_REPORT)
    locks.hold(f"report-{society.pk}")
    known = AnnualReport.objects.filter(cooperative=society, year=year).first()
    if known is not None:
        return known
    if society.status in ENDED_STATUSES:
        raise TransitionRefused(ENDED.format(state=society.get_status_display()))
    if year not in open_years() or not owes(society, year):
        raise TransitionRefused(NOT_OWED)
    last = _last_content(society, year)
    found = prefill(society, year, last)
    report = AnnualReport.objects.create(
        cooperative=society,
        year=year,
        draft={each.key: each.value for each in found},
        answers=_answers_of_last(last),
        origins={
            each.key: {"source": each.source, "label": each.label, "value": each.value}
            for each in found
        },
        shown=list(last.get("shown", [])),
        typed_by=by,
        helped=not by.acts_for_societies,
        created_at=clock.now(),
        saved_at=clock.now(),
    )
    audit.record("report-started", report, by=by, year=year)
    return report


def _last_content(society: Cooperative, year: int) -> dict[str, Any]:
    versions = ReportVersion.objects.filter(report__cooperative=society, report__year=year - 1)
    before = versions.order_by("-number").first()
    return before.content if before else {}


def _answers_of_last(last: Mapping[str, Any]) -> dict[str, str]:
    """Take over 不适用 for what hardly changes from year to year."""
    lasting = {each.key for each in SECTIONS_BY_KEY["others"].fields}
    answers = last.get("answers", {})
    return {key: answer for key, answer in answers.items() if key in lasting}


@transaction.atomic
def save_section(
    report: AnnualReport,
    section: str,
    typed: Mapping[str, Mapping[str, str]],
    *,
    seen: int,
    by: User,
) -> AnnualReport:
    """Keep what was typed on one page of the form, whatever it is; blanks too.

    `typed` maps field keys to {"value", "spared", "remark", "shown"}; `seen` is the version of the
    section that was on the screen. Raises EditConflict when somebody else saved other text in
    between, TransitionRefused when the report is not open for changes.
    """
    fresh = held_report(report, Action.FILL_REPORT, by)
    if fresh.cooperative.status in ENDED_STATUSES:
        raise TransitionRefused(ENDED.format(state=fresh.cooperative.get_status_display()))
    if fresh.state not in EDITABLE_REPORTS:
        raise TransitionRefused(SHUT.format(state=fresh.get_state_display()))
    before = _state_of(fresh)
    _take(fresh, section, typed)
    if _state_of(fresh) == before and section in fresh.visited:
        return fresh
    if fresh.section_versions.get(section, 0) != seen:
        raise EditConflict(AnnualReport.objects.get(pk=fresh.pk))
    fresh.section_versions[section] = seen + 1
    if section not in fresh.visited:
        fresh.visited.append(section)
    fresh.typed_by, fresh.saved_at = by, clock.now()
    fresh.helped = fresh.helped or not by.acts_for_societies
    saved = AnnualReport.objects.filter(
        pk=fresh.pk, version=fresh.version, state__in=EDITABLE_REPORTS
    ).update(
        draft=fresh.draft,
        answers=fresh.answers,
        remarks=fresh.remarks,
        shown=fresh.shown,
        section_versions=fresh.section_versions,
        visited=fresh.visited,
        typed_by=by,
        helped=fresh.helped,
        saved_at=fresh.saved_at,
        version=F("version") + 1,
    )
    if not saved:
        raise EditConflict(AnnualReport.objects.get(pk=fresh.pk))
    fresh.version += 1
    return fresh


def _state_of(report: AnnualReport) -> tuple[Any, ...]:
    shown = tuple(report.shown)
    return dict(report.draft), dict(report.answers), dict(report.remarks), shown


def _take(report: AnnualReport, section: str, typed: Mapping[str, Mapping[str, str]]) -> None:
    for each in SECTIONS_BY_KEY[section].fields:
        said = typed.get(each.key)
        if said is None:
            continue
        _put(report.draft, each.key, clean_text(said.get("value", ""))[:4000])
        _put(report.remarks, each.key, clean_text(said.get("remark", ""))[:_MOST_REMARK])
        spared = each.spared and said.get("spared") == SPARED
        _put(report.answers, each.key, SPARED if spared else "")
        if each.public:
            shown = [key for key in report.shown if key != each.key]
            report.shown = [*shown, each.key] if said.get("shown") else shown
    report.shown = sorted(report.shown)


def _put(texts: dict[str, str], key: str, text: str) -> None:
    if text:
        texts[key] = text
    else:
        texts.pop(key, None)


def correct_report(report: AnnualReport, reason: str, *, version: int, by: User) -> AnnualReport:
    """Open an accepted report for correction (更正); what stands goes on counting meanwhile."""
    with transaction.atomic():
        fresh = held_report(report, Action.FILL_REPORT, by)
        fresh.version = version
        advance(
            REPORT,
            fresh,
            ReportState.DRAFT,
            by=by,
            reason=reason,
            correction_reason=reason.strip(),
            late_reason="",
            helped=not by.acts_for_societies,
            typed_by=by,
        )
    return fresh


def abandon_correction(report: AnnualReport, *, version: int, by: User) -> AnnualReport:
    """Give a correction up: the draft is again what stands."""
    with transaction.atomic():
        fresh = held_report(report, Action.FILL_REPORT, by)
        fresh.version = version
        standing = fresh.standing
        if standing is None:
            raise TransitionRefused("还没有审核通过的版本，不必放弃，直接修改即可。")
        target = ReportState.PUBLISHED if fresh.published_at else ReportState.ACCEPTED
        content = standing.content
        advance(
            REPORT,
            fresh,
            target,
            by=by,
            draft=content["values"],
            answers=content["answers"],
            remarks=content["remarks"],
            shown=content["shown"],
            correction_reason="",
            reasons=[],
        )
    return fresh
