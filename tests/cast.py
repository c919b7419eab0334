"""The cast: a person of every role in two townships, and what each of them stands near to.

罗江镇 is near, 碑庙镇 is far. `cast.near` is the world of the near people (their society, their
delivery, …), `cast.far` that of the others; `SAMPLES` says which of its rows an address names.
What stands in a world is said part by part in tests/worlds/.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts.choices import Role
from accounts.models import AuditEvent, UnitAlias, User
from accounts.operations import audit
from tests.factories.accounts import UserFactory, unit
from tests.worlds import (
    cleanup,
    contacts,
    demonstration,
    exemplars,
    facts,
    figures,
    help_requests,
    interface,
    library,
    meetings,
    register,
    reports,
    shared,
    sharing,
    sponsorships,
    supports,
    training,
    upward,
    watches,
    work_plan,
)

# One module for each part of the house; each has a mixin of World, SAMPLES and STANDING.
PARTS = (
    register,
    shared,
    cleanup,
    reports,
    training,
    facts,
    sharing,
    demonstration,
    interface,
    meetings,
    work_plan,
    figures,
    sponsorships,
    supports,
    help_requests,
    watches,
    library,
    exemplars,
    contacts,
    upward,
)


@dataclass(frozen=True)
class World(
    cleanup.Cleanup,
    training.Training,
    demonstration.Demonstration,
    sponsorships.Sponsorships,
    supports.Supports,
    help_requests.HelpRequests,
    watches.Watches,
    library.Library,
    exemplars.Exemplars,
    contacts.Contacts,
    upward.Upward,
    register.Register,
    shared.Shared,
    reports.Reports,
    facts.Facts,
    sharing.Sharing,
    interface.Interface,
    meetings.Meetings,
    work_plan.WorkPlan,
    figures.Figures,
):
    """One township and one department, with the people and rows that belong to them."""


@dataclass(frozen=True)
class Cast:
    """Everyone who appears in the tests. Rows are made when first asked for, or by `furnish`."""

    near: World
    far: World
    bureau: User
    leader: User
    auditor: User
    administrator: User

    def furnish(self) -> None:
        """Put every row of both worlds in place."""
        for world in (self.near, self.far):
            assert all(getattr(world, name) for part in PARTS for name in part.STANDING)
        an_event(self.clerk)

    @property
    def clerk(self) -> User:
        return self.near.clerk

    @property
    def counsellor(self) -> User:
        return self.near.counsellor

    @property
    def chair(self) -> User:
        return self.near.chair

    @property
    def liaison(self) -> User:
        return self.near.liaison

    def of(self, role: str) -> User:
        """Return the person of a role who stands near."""
        names = {Role.COOPERATIVE: "chair"}
        person: User = getattr(self, names.get(Role(role), role))
        return person

    def everyone(self) -> dict[Role, User]:
        """Return one person of every role."""
        return {role: self.of(role) for role in Role}


def assemble() -> Cast:
    """Let the cast come on stage."""
    bureau_unit = unit("农业农村局")
    return Cast(
        near=_world("罗江镇", "市场监管局", "near"),
        far=_world("碑庙镇", "税务局", "far"),
        bureau=UserFactory(username="c-bureau", role=Role.BUREAU, unit=bureau_unit),
        leader=UserFactory(username="c-leader", role=Role.LEADER, unit=unit("区政府")),
        auditor=UserFactory(username="c-auditor", role=Role.AUDITOR, unit=bureau_unit),
        administrator=UserFactory(
            username="c-administrator", role=Role.ADMINISTRATOR, unit=bureau_unit
        ),
    )


def _world(township: str, department: str, tag: str) -> World:
    town, office = unit(township), unit(department)
    return World(
        township=town,
        department=office,
        clerk=UserFactory(username=f"{tag}-clerk", role=Role.CLERK, unit=town),
        counsellor=UserFactory(username=f"{tag}-counsellor", role=Role.COUNSELLOR, unit=town),
        chair=UserFactory(username=f"{tag}-chair", role=Role.COOPERATIVE),
        liaison=UserFactory(username=f"{tag}-liaison", role=Role.LIAISON, unit=office),
    )


def an_event(person: User) -> AuditEvent:
    """Return the first event of the trail; make one when nothing has happened yet."""
    with transaction.atomic():
        return AuditEvent.objects.first() or audit.record("signed-in", person, by=person)


# What an address's argument names in a world. The key is "route:argument" or just the argument.
SAMPLES: dict[str, Callable[[World], Any]] = {
    "person": lambda world: world.clerk.pk,
    "unit": lambda world: world.township.pk,
    "sequence": lambda world: an_event(world.clerk).pk,
    "subject": lambda _world: "home",
    "picture": lambda _world: "register",
    "act": lambda _world: "flags-assign",
    "tables:accounts_organisationunit_change:object_id": lambda world: world.township.pk,
    "tables:accounts_user_change:object_id": lambda world: world.clerk.pk,
    "tables:accounts_unitalias_change:object_id": lambda _world: UnitAlias.objects.first().pk,
}
for _part in PARTS:
    SAMPLES.update(_part.SAMPLES)
# Addresses that reach as far as the row to which their own belongs: the right that row asks for.
BORROWED: dict[str, str] = {**shared.BORROWED}
# Addresses whose view asks for the right of what they name beside their own.
FURTHER = {"accounts:bulk-act": "assign-flag", "accounts:bulk-take-back": "assign-flag"}
# Document and typical case of a world are its department's: to edit them is as far from the clerk
# as any other.
_MANAGED = ("edit", "replace", "move", "let-read", "end-reading")
OF_ANOTHER = {f"liaison:library-{each}": {Role.CLERK} for each in _MANAGED}
_WRITTEN = ("edit", "submit", "drop", "consent", "end-consent")
OF_ANOTHER |= {f"liaison:exemplar-{each}": {Role.CLERK} for each in _WRITTEN}
# The contact of a world is its township's: the department keeps its own.
_CONTACT = ("create", "edit", "end", "mobile")
OF_ANOTHER |= {f"liaison:contact-{each}": {Role.LIAISON} for each in _CONTACT}
# A kept view of a world is its clerk's, shared with the township: others find those of their own.
_ELSEWHERE = {Role.BUREAU, Role.LIAISON, Role.LEADER, Role.ADMINISTRATOR}
OF_ANOTHER["api:saved-views-detail"] = _ELSEWHERE
# Arguments that choose a kind of answer and not a row: nobody stands far from them.
# A survey and a batch day are the district's: their rows have townships, they have none.
NAMES_NO_ROW = {
    "sender",
    "shared",
    "form",
    "source",
    "campaign",
    "batch",
    "year",
    "subject",
    "picture",
    "key",
    "act",
    "programme",
    "phase",
    "target",
    "object_id",
}
