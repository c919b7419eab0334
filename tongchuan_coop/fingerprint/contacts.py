"""The register of contacts, as the fingerprint sees it."""

from collections.abc import Iterator

from liaison.models import UnitContact
from tongchuan_coop.fingerprint.values import Table, values


def tables() -> Iterator[Table]:
    """Give the table with its rows in natural keys."""
    yield (
        "unit-contacts",
        values(
            UnitContact.objects,
            *("unit__code", "place", "person", "post", "office_phone", "mobile"),
            *("since", "until", "ended_because"),
        ),
    )
