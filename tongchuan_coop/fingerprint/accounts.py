"""People, units, attachments and papers, as the fingerprint sees them."""

from collections.abc import Iterator

from accounts.models import (
    AliasVillage,
    Attachment,
    IssuedPaper,
    OrganisationUnit,
    UnitAlias,
    User,
)
from tongchuan_coop.fingerprint.values import Table, values


def tables() -> Iterator[Table]:
    """Give each table by name with its rows in natural keys."""
    yield "units", values(OrganisationUnit.objects, "code", "name", "kind", "active")
    yield "old-names", values(UnitAlias.objects, "name", "unit__code")
    yield "old-villages", values(AliasVillage.objects, "alias__name", "village", "unit__code")
    yield (
        "people",
        values(User.objects, "username", "full_name", "role", "unit__code", "is_active"),
    )
    yield (
        "attachments",
        values(
            Attachment.objects.filter(removed_at__isnull=True),
            "owner_kind",
            "purpose",
            "filename",
            "sha256",
            "note",
        ),
    )
    # Without check codes, bytes and shown facts: codes are drawn by lot and printed in the bytes,
    # and a receipt shows the very minute.
    yield (
        "papers",
        values(IssuedPaper.objects, "owner_kind", "kind", "number", "title", "state"),
    )
