"""A report as it stands: every field read, every finding, the state of each section."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from common import clock
from registry.choices import CooperativeKind
from registry.models import AnnualReport, ReportVersion
from registry.reporting.checks import LOOK, MUST, Around, Finding, find_all
from registry.reporting.sections import SECTION_OF, SECTIONS, SECTIONS_BY_KEY
from registry.reporting.values import Read, read_all

DONE, OPEN, FAULTY = "done", "open", "faulty"
STATE_WORDS = {DONE: "已填好", OPEN: "未填完", FAULTY: "须改正"}
STATE_TONES = {DONE: "ok", OPEN: "idle", FAULTY: "bad"}


@dataclass(frozen=True)
class SectionState:
    """How far one section has come: `missing` and `faults` are numbers of fields."""

    key: str
    title: str
    state: str
    missing: int
    faults: int
    doubts: int

    @property
    def word(self) -> str:
        if self.state == OPEN:
            return f"还有 {self.missing} 项未填"
        if self.state == FAULTY:
            return f"有 {self.faults} 处须改正"
        return STATE_WORDS[DONE]

    @property
    def tone(self) -> str:
        return STATE_TONES[self.state]


@dataclass
class Reading:
    """What a report says, read once. `last` is the content of last year's counted version."""

    report: AnnualReport
    last_content: Mapping[str, Any]

    @cached_property
    def fields(self) -> dict[str, Read]:
        report = self.report
        return read_all(report.draft, report.answers, year=report.year, today=clock.today())

    @cached_property
    def last(self) -> dict[str, Read]:
        """Last year's fields; nothing when there is no report of last year."""
        content = self.last_content
        if not content:
            return {}
        year = self.report.year - 1
        return read_all(content["values"], content["answers"], year=year, today=clock.today())

    @cached_property
    def findings(self) -> list[Finding]:
        report = self.report
        society = report.cooperative
        around = Around(
            is_union=society.kind == CooperativeKind.UNION,
            registered_members=society.member_count,
            origins=report.origins,
            remarks=report.remarks,
            last=self.last,
        )
        return find_all(self.fields, around)

    @cached_property
    def missing(self) -> list[str]:
        """Keys of fields that must be answered and are not."""
        return [
            key
            for key, read in self.fields.items()
            if read.asked and read.field.needed and read.is_blank
        ]

    @property
    def faults(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.level == MUST]

    @property
    def doubts(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.level == LOOK]

    @cached_property
    def sections(self) -> list[SectionState]:
        """The state of every section; all done exactly when the report may be submitted."""
        missing, faults, doubts = (
            _by_section(self.missing),
            _by_section({finding.key for finding in self.faults}),
            _by_section({finding.key for finding in self.doubts}),
        )
        return [
            SectionState(
                section.key,
                section.title,
                FAULTY if faults[section.key] else OPEN if missing[section.key] else DONE,
                missing[section.key],
                faults[section.key],
                doubts[section.key],
            )
            for section in SECTIONS
        ]

    @property
    def is_complete(self) -> bool:
        return all(section.state == DONE for section in self.sections)

    def next_section(self, key: str) -> str:
        """Return the section after one, "" after the last."""
        keys = list(SECTIONS_BY_KEY)
        place = keys.index(key) + 1
        return keys[place] if place < len(keys) else ""


def _by_section(keys: Any) -> dict[str, int]:
    counted = dict.fromkeys(SECTIONS_BY_KEY, 0)
    for key in keys:
        counted[SECTION_OF[key]] += 1
    return counted


def read_report(report: AnnualReport) -> Reading:
    """Read a report with last year's beside it: one query."""
    before = (
        ReportVersion.objects.filter(
            report__cooperative=report.cooperative_id, report__year=report.year - 1
        )
        .order_by("-number")
        .only("content")
        .first()
    )
    return Reading(report, before.content if before else {})
