"""Typical cases, as the fingerprint sees them."""

from collections.abc import Iterator

from liaison.models import Exemplar
from tongchuan_coop.fingerprint.values import Table, values


def tables() -> Iterator[Table]:
    """Give the table with its rows in natural keys."""
    yield (
        "exemplars",
        values(
            Exemplar.objects,
            *("unit__code", "title", "kind", "summary", "practice", "results", "lessons"),
            *("cooperative__uscc", "township__code", "state", "submitted_on", "published_on"),
            *("open_to_public", "consented_on", "consented_by"),
        ),
    )
