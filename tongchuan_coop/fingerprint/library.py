"""Documents of the library and who was let in, as the fingerprint sees them."""

from collections.abc import Iterator

from liaison.models import DocumentReader, LibraryDocument
from tongchuan_coop.fingerprint.values import Table, values


def tables() -> Iterator[Table]:
    """Give each table by name with its rows in natural keys."""
    yield (
        "library-documents",
        values(
            LibraryDocument.objects,
            *("issuer", "number", "title", "issued_on", "kind", "summary", "text", "state"),
            *("replaced_by__number", "openness", "unit__code", "units__code"),
        ),
    )
    yield (
        "document-readers",
        values(
            DocumentReader.objects,
            *("document__issuer", "document__number", "document__title", "person__username"),
            *("reason", "granted_by__username", "granted_on", "ended_on"),
        ),
    )
