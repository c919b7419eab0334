"""Rosters and annual reports in a world: a member, a roster file."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from common import clock
from registry.choices import AgentPost, GovernanceKind, ReportState
from registry.models import (
    AgentInvitation,
    AnnualReport,
    Cooperative,
    GovernanceFact,
    Member,
    RosterCertificate,
    RosterConfirmation,
    RosterUpload,
)
from registry.operations.certificates import request_certificate
from registry.operations.invitations import invite_agent
from registry.operations.roster_confirmations import confirm_roster
from registry.roster.marks import roster_mark
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
    def roster_confirmation(self) -> RosterConfirmation:
        assert self.member
        mark = roster_mark(self.cooperative)
        return confirm_roster(self.cooperative, "核对了名册原件", mark=mark, by=self.clerk)

    @cached_property
    def roster_upload(self) -> RosterUpload:
        upload: RosterUpload = RosterUploadFactory(cooperative=self.cooperative)
        return upload

    @cached_property
    def report(self) -> AnnualReport:
        report: AnnualReport = a_submitted_report(self.cooperative, by=self.chair)
        return report

    @cached_property
    def published_report(self) -> AnnualReport:
        """Last year's report, open to everybody."""
        assert self.report
        earlier: AnnualReport = a_submitted_report(self.cooperative, by=self.chair, year=2019)
        AnnualReport.objects.filter(pk=earlier.pk).update(
            state=ReportState.PUBLISHED, standing=earlier.latest, published_at=clock.now()
        )
        return earlier

    @cached_property
    def invitation(self) -> AgentInvitation:
        invitation, _ = invite_agent(
            self.cooperative, person_name="李四", post=AgentPost.STAFF, by=self.clerk
        )
        return invitation

    @cached_property
    def certificate(self) -> RosterCertificate:
        assert self.member
        return request_certificate(self.cooperative, "申报项目", by=self.chair)

    @cached_property
    def governance_fact(self) -> GovernanceFact:
        fact: GovernanceFact = GovernanceFact.objects.create(
            cooperative=self.cooperative, year=2020, kind=GovernanceKind.ACCOUNTS, declared=True
        )
        return fact


SAMPLES: dict[str, Callable[[Any], Any]] = {
    "member": lambda world: world.member.pk,
    "confirmation": lambda world: world.roster_confirmation.pk,
    "upload": lambda world: world.roster_upload.pk,
    "invitation": lambda world: world.invitation.pk,
    "certificate": lambda world: world.certificate.pk,
    "fact": lambda world: world.governance_fact.pk,
    "year": lambda world: world.report.year,
    "reports:public:year": lambda world: world.published_report.year,
    "section": lambda _world: "basic",
    "number": lambda world: world.report.latest.number,
}
STANDING = (
    "member",
    "roster_upload",
    "report",
    "published_report",
    "invitation",
    "certificate",
    "governance_fact",
    "roster_confirmation",
)
