"""Rosters and annual reports in a world: a member, a roster file."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from registry.models import Cooperative, Member, RosterUpload
from tests.factories.reports import MemberFactory, RosterUploadFactory
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


SAMPLES: dict[str, Callable[[Any], Any]] = {
    "member": lambda world: world.member.pk,
    "upload": lambda world: world.roster_upload.pk,
}
STANDING = ("member", "roster_upload")
