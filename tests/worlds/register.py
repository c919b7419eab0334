"""The register in a world: a society, deliveries with a row, a suspicion."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from accounts.models import UnitAlias
from common import clock
from registry.choices import FlagState, RowOutcome
from registry.models import Cooperative, FeedDelivery, FeedRow, Flag, Rehearsal, WordMeaning
from tests.factories.registry import (
    AgentFactory,
    CooperativeFactory,
    DeliveryFactory,
    FlagFactory,
    MeaningFactory,
    RehearsalFactory,
    RowFactory,
)
from tests.worlds.ground import Ground


class Register(Ground):
    """Rows of the register that stand near or far."""

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
    def rehearsal(self) -> Rehearsal:
        """A rehearsed rule; it belongs to no township."""
        tried: Rehearsal = RehearsalFactory(drafted_by=self.clerk)
        return tried

    @cached_property
    def flag(self) -> Flag:
        """A suspicion that the counsellor is looking into, and the society is asked about."""
        flag: Flag = FlagFactory(
            cooperative=self.cooperative,
            state=FlagState.CHECKING,
            assigned_to=self.counsellor,
            due_on=clock.today(),
        )
        return flag

    @cached_property
    def meaning(self) -> WordMeaning:
        meaning: WordMeaning = MeaningFactory(
            word=f"{self.township.short_name}停业", decided_by=self.liaison
        )
        return meaning


# What an address's argument names. The key is "route:argument" or just the argument.
SAMPLES: dict[str, Callable[[Any], Any]] = {
    "code": lambda world: world.cooperative.code,
    "uscc": lambda world: world.cooperative.code,
    "delivery": lambda world: world.delivery.pk,
    "registry:delivery-compare:delivery": lambda world: world.correction.pk,
    "row": lambda world: world.row.pk,
    "ordinal": lambda world: world.row.ordinal,
    "form": lambda _world: "csv",
    "source": lambda _world: "tax",
    "flag": lambda world: world.flag.pk,
    "rehearsal": lambda world: world.rehearsal.pk,
    "meaning": lambda world: world.meaning.pk,
    "agent-list:person": lambda world: world.chair.pk,
    "agent-dismiss:person": lambda world: world.chair.pk,
    "agent": lambda world: world.cooperative.agents.get().pk,
    "alias": lambda _world: UnitAlias.objects.get(name="新村乡").pk,
}
# Rows that must be in place before anybody acts.
STANDING = ("cooperative", "delivery", "correction", "row", "flag", "rehearsal", "meaning")
