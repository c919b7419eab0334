"""The demo's register of contacts: nearly every unit has one, some a substitute, one changed hands."""

import datetime as dt
from random import Random

from accounts.models import User
from common import clock
from liaison.contact_choices import ContactPlace
from liaison.models.contact import listed_units
from liaison.operations import contacts as operations
from tongchuan_coop.demo.people import HOME_UNIT
from tongchuan_coop.demo.societies import make_name

BEGUN, CHANGED = dt.date(2020, 3, 16), dt.date(2021, 3, 8)
WITHOUT = 7  # every so many units nobody is named yet
SUBSTITUTE = 2


def add_contacts(known: dict[str, User], random: Random) -> None:
    """Name the contacts at the start of the pilot; the home township's changes a year later."""
    bureau = known["bureau"]
    for place, unit in enumerate(listed_units()):
        if place % WITHOUT == WITHOUT - 1:
            continue
        first = _facts(random, place, ContactPlace.FIRST, BEGUN)
        with clock.on_day(BEGUN):
            operations.appoint_contact(unit, first, by=bureau)
            if place % SUBSTITUTE == 0:
                second = _facts(random, place, ContactPlace.SUBSTITUTE, BEGUN)
                operations.appoint_contact(unit, second, by=bureau)
        if unit.code == HOME_UNIT:
            with clock.on_day(CHANGED):
                after = _facts(random, place, ContactPlace.FIRST, CHANGED)
                operations.appoint_contact(unit, after, by=known["clerk"])


def _facts(random: Random, number: int, place: ContactPlace, since: dt.date) -> dict[str, object]:
    first = place == ContactPlace.FIRST
    return {
        "place": place,
        "person": make_name(random),
        "post": "办公室主任" if first else "办公室科员",
        "office_phone": f"0818-23{number:05}",
        "mobile": f"1390818{random.randrange(10_000):04}",
        "since": since,
    }
