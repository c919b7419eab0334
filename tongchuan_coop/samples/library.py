"""Samples of the library: a document of the first department, and one whose readers are named."""

from typing import Any

from accounts.models import User
from accounts.policy import Action, Reach, roles_with
from liaison.models import DocumentReader, LibraryDocument
from tongchuan_coop.samples.first import known

LIKELY: dict[str, Any] = {"document": 1, "reader": 1}


def rows() -> dict[str, Any]:
    """Return a value for each argument that this part's addresses take."""
    keeper = User.objects.filter(role__in=roles_with(Action.MANAGE_DOCUMENT, Reach.OWN)).first()
    standing = LibraryDocument.objects.standing().order_by("pk")
    own = standing.filter(unit=keeper.unit_id if keeper else None).first()
    found = own or standing.first()
    reader = DocumentReader.objects.current().order_by("pk").first()
    return known(
        {
            "document": found and found.pk,
            "reader": reader and reader.pk,
            "liaison:library-end-reading:document": reader and reader.document_id,
        }
    )
