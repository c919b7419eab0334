"""Signs of illegal fund-raising, as the fingerprint sees them."""

from collections.abc import Iterator

from liaison.models import FundWatch
from tongchuan_coop.fingerprint.values import SOCIETY, Table, values


def tables() -> Iterator[Table]:
    """Give each table by name with its rows in natural keys."""
    yield (
        "fund-watches",
        values(
            FundWatch.objects,
            *SOCIETY,
            *("sign", "origin", "content", "noted_on", "due_on", "state", "finding", "checked_on"),
            *("cleared_because", "referred_to__code", "referred_on", "referral_number"),
        ),
    )
