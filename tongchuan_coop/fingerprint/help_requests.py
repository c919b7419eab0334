"""What townships asked for, as the fingerprint sees it."""

from collections.abc import Iterator

from liaison.models import HelpLine, HelpRequest
from tongchuan_coop.fingerprint.values import Table, values


def tables() -> Iterator[Table]:
    """Give each table by name with its rows in natural keys."""
    yield (
        "help-requests",
        values(
            HelpRequest.objects,
            *("township__code", "filed_on", "title", "kind", "text", "cooperative__uscc"),
            *("state", "department__code", "due_on", "answer", "answered_on", "closed_on"),
        ),
    )
    yield (
        "help-lines",
        values(
            HelpLine.objects,
            *("request__township__code", "request__filed_on", "request__title"),
            *("step", "text", "unit__code", "by__username"),
        ),
    )
