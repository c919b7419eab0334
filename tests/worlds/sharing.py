"""What a department of a world was granted."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from accounts.choices import Role
from liaison.models import ShareGrant
from tests.factories.accounts import UserFactory
from tests.factories.sharing import GrantFactory
from tests.worlds.ground import Ground


class Sharing(Ground):
    """Grants that stand near or far."""

    @cached_property
    def grant(self) -> ShareGrant:
        grant: ShareGrant = GrantFactory(
            receiver=self.department,
            proposed_by=UserFactory(role=Role.BUREAU),
            approved_by=UserFactory(role=Role.LEADER),
        )
        return grant


SAMPLES: dict[str, Callable[[Any], Any]] = {
    "grant": lambda world: world.grant.pk,
    "sender": lambda _world: "scjgj",
    "shared": lambda _world: "abnormal",
}
STANDING = ("grant",)
