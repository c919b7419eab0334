"""Funds, projects and their inspections, as the fingerprint sees them."""

from collections.abc import Iterator

from liaison.models import SupportGrant, SupportInspection
from tongchuan_coop.fingerprint.values import Table, values


def tables() -> Iterator[Table]:
    """Give each table by name with its rows in natural keys."""
    yield (
        "supports",
        values(
            SupportGrant.objects,
            *("cooperative__uscc", "cooperative__registration_no", "year", "level", "kind"),
            *("project", "document_number", "amount", "needs_title", "purpose"),
            *("withdrawn_on", "withdrawn_because"),
        ),
    )
    yield (
        "support-inspections",
        values(
            SupportInspection.objects,
            *("support__cooperative__uscc", "support__year", "support__project"),
            *("inspected_on", "result", "finding", "by__username"),
        ),
    )
