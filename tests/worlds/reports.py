"""Rosters and annual reports in a world: a member, a roster file."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from registry.models import AnnualReport, Cooperative, Member, RosterUpload
from tests.factories.reports import MemberFactory, RosterUploadFactory, a_submitted_report
from tests.worlds.ground import Ground


class Reports(Ground):
    """Rosters and reports that stand near or far."""

    cooperative: Cooperative  # the register's part brings it

    @cached_property
    def member(self) -> Member:
        member: Member = MemberFactory(cooperative=self.cooperative)
        return member

    @cached_property
    def roster_upload(self) -> RosterUpload:
        upload: RosterUpload = RosterUploadFactory(cooperative=self.cooperative)
        return upload

    @cached_property
    def report(self) -> AnnualReport:
        report: AnnualReport = a_submitted_report(self.cooperative, by=self.chair)
        return report


SAMPLES: dict[str, Callable[[Any], Any]] = {
    "member": lambda world: world.member.pk,
    "upload": lambda world: world.roster_upload.pk,
    "year": lambda world: world.report.year,
    "section": lambda _world: "basic",
    "number": lambda world: world.report.latest.number,
}
STANDING = ("member", "roster_upload", "report")
