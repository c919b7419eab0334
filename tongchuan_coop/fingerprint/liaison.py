"""What bureaus share and decide together, as the fingerprint sees them."""

from collections.abc import Iterator

from liaison.models import ShareGrant
from tongchuan_coop.fingerprint.values import Table, values


def tables() -> Iterator[Table]:
    """Give each table by name with its rows in natural keys."""
    yield (
        "grants",
        values(
            ShareGrant.objects,
            "shared_list",
            "fields",
            "receiver__code",
            "purpose",
            "valid_until",
            "state",
            "proposed_by__username",
            "approved_by__username",
        ),
    )
