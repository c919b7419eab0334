"""The cast: a person of every role in two townships, and what each of them stands near to.

罗江镇 is near, 碑庙镇 is far. `cast.near` is the world of the near people (their society, their
delivery, …), `cast.far` that of the others; `SAMPLES` says which of its rows an address names.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import transaction

from accounts.choices import Role
from accounts.models import AuditEvent, OrganisationUnit, UnitAlias, User
from accounts.operations import audit
from registry.choices import RowOutcome
from registry.models import Cooperative, FeedDelivery, FeedRow, Flag
from tests.factories.accounts import UserFactory, unit
from tests.factories.registry import (
    AgentFactory,
    CooperativeFactory,
    DeliveryFactory,
    FlagFactory,
    RowFactory,
)


@dataclass(frozen=True)
class World:
    """One township and one department, with the people and rows that belong to them."""

    township: OrganisationUnit
    department: OrganisationUnit
    clerk: User
    counsellor: User
    chair: User
    liaison: User

    @cached_property
    def cooperative(self) -> Cooperative:
        society: Cooperative = CooperativeFactory(
            name=f"达州市通川区{self.township.short_name}春风种植专业合作社",
            township=self.township,
            counsellor=self.counsellor,
            internal_note=f"{self.township.short_name}内部标记",
        )
        AgentFactory(cooperative=society, user=self.chair)
        return society

    @cached_property
    def delivery(self) -> FeedDelivery:
        delivery: FeedDelivery = DeliveryFactory(sender=self.department, received_by=self.liaison)
        return delivery

    @cached_property
    def correction(self) -> FeedDelivery:
        """A later file of the same quarter, which corrects the delivery."""
        later: FeedDelivery = DeliveryFactory(
            sender=self.department, received_by=self.liaison, former=self.delivery
        )
        return later

    @cached_property
    def row(self) -> FeedRow:
        row: FeedRow = RowFactory(delivery=self.delivery, outcome=RowOutcome.DOUBTFUL)
        return row

    @cached_property
    def flag(self) -> Flag:
        flag: Flag = FlagFactory(cooperative=self.cooperative)
        return flag


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
            assert all((world.cooperative, world.delivery, world.correction, world.row, world.flag))
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
    "code": lambda world: world.cooperative.code,
    "uscc": lambda world: world.cooperative.code,
    "delivery": lambda world: world.delivery.pk,
    "registry:delivery-compare:delivery": lambda world: world.correction.pk,
    "row": lambda world: world.row.pk,
    "ordinal": lambda world: world.row.ordinal,
    "form": lambda _world: "csv",
    "flag": lambda world: world.flag.pk,
    "agent-list:person": lambda world: world.chair.pk,
    "agent-dismiss:person": lambda world: world.chair.pk,
    "agent": lambda world: world.cooperative.agents.get().pk,
    "person": lambda world: world.clerk.pk,
    "unit": lambda world: world.township.pk,
    "alias": lambda _world: UnitAlias.objects.get(name="新村乡").pk,
    "sequence": lambda world: an_event(world.clerk).pk,
}
# Arguments that choose a kind of answer and not a row: nobody stands far from them.
NAMES_NO_ROW = {"form"}
