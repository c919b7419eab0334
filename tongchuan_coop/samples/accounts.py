"""Samples of people, units, notices, papers and the record."""

from typing import Any

from accounts.choices import AttachmentKind
from accounts.models import (
    Attachment,
    AuditEvent,
    IssuedPaper,
    Notice,
    NoticeReceipt,
    OrganisationUnit,
    UnitAlias,
    User,
)
from accounts.policy import Action, roles_with
from tongchuan_coop.samples.first import first, known, speaker

LIKELY: dict[str, Any] = {
    "form": "csv",
    "act": "flags-assign",
    "token": "0123456789abcdef",
    "attachment": "6f1c7a52-4b0e-4a53-9d6e-2f6f0c1d7e11",
    "paper": "0b9d2f64-93b1-4f0e-8d2b-5a7c1e3f9a42",
}


def rows() -> dict[str, Any]:
    """Return a value for each argument that this part's addresses take."""
    agent = speaker()
    person = agent.user if agent else User.objects.people().order_by("pk").first()
    found: dict[str, Any] = {
        "person": person and person.pk,
        "unit": first(OrganisationUnit),
        "alias": first(UnitAlias),
        "attachment": Attachment.objects.filter(removed_at__isnull=True, kind=AttachmentKind.PHOTO)
        .order_by("added_at", "pk")
        .values_list("pk", flat=True)
        .first(),
        "unit_code": OrganisationUnit.objects.order_by("pk").values_list("code", flat=True).first(),
        # Everybody has notices of their own: the one that the office reads.
        "accounts:notice-detail:notice": _office_notice(),
        "api:notices-detail:notice": _office_notice(),
        "notice": Notice.objects.formal().order_by("pk").values_list("pk", flat=True).first(),
        "paper": IssuedPaper.objects.exclude(stored_name="")
        .order_by("pk")
        .values_list("key", flat=True)
        .first(),
        "sequence": first(AuditEvent),
    }
    return known(found)


def _office_notice() -> Any:
    """The first notice to the people who look after the whole district."""
    receipts = NoticeReceipt.objects.filter(person__role__in=roles_with(Action.DECIDE_DELIVERY))
    return receipts.order_by("pk").values_list("notice", flat=True).first()
