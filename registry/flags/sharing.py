"""What two societies may share: a person, an address, a phone, and when a value is good for that.

Real files blank out names (“杨某某”, “杨*”), give a village for an address, or “无” for a phone.
Such values say nothing about sameness and must never match.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, F, IntegerField, Q, QuerySet, Value, Window
from django.db.models.expressions import Case, Combinable, When
from django.db.models.functions import Cast, Concat, Length, Replace, Right

from registry.models import Cooperative

MASKS = ("某", "*", "＊", "×", "X", "x")
HOME_PREFIXES = ("四川省", "达州市", "通川区")
BLANKS = (" ", "\u3000", "\u00a0")
# An address that ends here names a place with many doors, not a door.
WIDE_ENDINGS = ("村", "区", "镇", "乡", "县", "市", "省")
STREET = "街道"
ADDRESS_KEY = "address_key"
ADDRESS_CHARACTERS = 6
PHONE_DIGITS = 7


def without(field: str, parts: tuple[str, ...]) -> Combinable:
    """Return a text field with some pieces taken out."""
    text: Combinable = F(field)
    for part in parts:
        text = Replace(text, Value(part), Value(""))
    return text


def address_key(field: str = "domicile") -> Combinable:
    """Return an address without blanks and without the district's own prefixes."""
    return without(field, BLANKS + HOME_PREFIXES)


def lengths() -> dict[str, Combinable]:
    """Return the annotations that the `is_…` conditions look at."""
    return {
        "person_length": Length("legal_representative"),
        ADDRESS_KEY: address_key(),
        "address_length": Length(address_key()),
        "address_ending": Right(address_key(), 1),
        "phone_length": Length("contact_phone"),
    }


def is_person() -> Q:
    """A full name with nothing blanked out."""
    masked = Q()
    for mask in MASKS:
        masked |= Q(legal_representative__contains=mask)
    return Q(person_length__gte=2) & ~masked


def is_address() -> Q:
    """An address that goes beyond the village."""
    wide = Q(address_ending__in=WIDE_ENDINGS) | Q(address_key__endswith=STREET)
    return Q(address_length__gte=ADDRESS_CHARACTERS) & ~wide


def is_phone() -> Q:
    """A number long enough and with nothing blanked out."""
    return Q(phone_length__gte=PHONE_DIGITS) & ~Q(contact_phone__contains="*")


def sharers(usable: Q, *keys: str) -> Combinable:
    """Count the societies with the same values, itself included; 0 where a value is unusable.

    A window over every row of the query: what must not be counted has to be filtered out, what
    must only not be judged has to be part of `usable`.
    """
    count = Window(Count("pk"), partition_by=[F(key) for key in keys])
    return Case(When(usable, then=count), default=Value(0), output_field=IntegerField())


@dataclass(frozen=True)
class Likeness:
    """What two societies may share: its name in words, its column, and when a value is good for it."""

    label: str
    key: str
    field: str
    usable: Q

    def among(self, values: QuerySet[Cooperative, Any]) -> Q:
        """Return the condition that a society has one of some values."""
        return Q((f"{self.key}__in", values))

    def same(self, others: QuerySet[Cooperative], society: Cooperative) -> QuerySet[Cooperative]:
        """Narrow to the societies that share it with one, however the value is written."""
        value = getattr(society, self.field)
        if self.key == ADDRESS_KEY:
            for part in BLANKS + HOME_PREFIXES:
                value = value.replace(part, "")
        return others.annotate(**lengths()).filter(self.usable, Q((self.key, value)))


PERSON = Likeness("法定代表人", "legal_representative", "legal_representative", is_person())
PHONE = Likeness("联系电话", "contact_phone", "contact_phone", is_phone())
ADDRESS = Likeness("住所", ADDRESS_KEY, "domicile", is_address())


def joined(*keys: str) -> Combinable:
    """Return some columns as one text, by which societies are grouped and looked up at once."""
    texts: list[Combinable] = [Cast(F(key), CharField()) for key in keys]
    between = [each for text in texts for each in (Value("|"), text)]
    return Concat(*between, output_field=CharField()) if len(texts) > 1 else F(keys[0])


def crowded(
    societies: QuerySet[Cooperative], likeness: Likeness, least: int, *together: str
) -> QuerySet[Cooperative, Any]:
    """Return the usable values that so many of some societies have, as `joined` writes them.

    With `together`, so many that also have the same values there.
    """
    grouped = (
        societies.annotate(**lengths())
        .filter(likeness.usable)
        .annotate(shared_value=joined(*together, likeness.key))
        .order_by()
        .values("shared_value")
    )
    found: QuerySet[Cooperative, Any] = (
        grouped.annotate(sharing=Count("pk")).filter(sharing__gte=least).values("shared_value")
    )
    return found
