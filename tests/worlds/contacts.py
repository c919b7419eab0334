"""The contact of a world: of its township."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from liaison.models import UnitContact
from tests.factories.contacts import ContactFactory
from tests.worlds.ground import Ground


class Contacts(Ground):
    """Everybody at the table reads it; the township keeps it."""

    @cached_property
    def contact(self) -> UnitContact:
        made: UnitContact = ContactFactory(unit=self.township, entered_by=self.clerk)
        return made


SAMPLES: dict[str, Callable[[Any], Any]] = {"contact": lambda world: world.contact.pk}
STANDING = ("contact",)
