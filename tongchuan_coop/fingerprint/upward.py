"""Contacts with province and city, as the fingerprint sees them."""

from collections.abc import Iterator

from liaison.models import UpwardLine
from tongchuan_coop.fingerprint.values import Table, values


def tables() -> Iterator[Table]:
    """Give the table with its rows in natural keys."""
    yield (
        "upward-lines",
        values(
            UpwardLine.objects,
            *("happened_on", "level", "agency", "way", "subject", "content", "outcome"),
            *("document_number", "withdrawn_on", "withdrawn_because"),
        ),
    )
