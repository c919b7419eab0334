"""Two deliveries of one quarter held against each other, set-based: by code, else by old number."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet

from registry.differences import Difference, between
from registry.ingestion.reconcile import DERIVED
from registry.models import FACTS, FeedDelivery, RegistrationRow

ADDED, DROPPED, DIFFERENT = "added", "dropped", "different"
WORDS = {
    ADDED: "只在这一份",
    DROPPED: "只在前一份",
    DIFFERENT: "两份都有，内容不同",
}
Rows = QuerySet[RegistrationRow]


def compare(delivery: FeedDelivery, former: FeedDelivery) -> dict[str, Rows]:
    """Return the read rows of each kind of difference, in the order of their file."""
    equal = _rows(former).filter(values_hash=OuterRef("values_hash"))
    return {
        ADDED: _rows(delivery).exclude(_twin_among(_rows(former))),
        DROPPED: _rows(former).exclude(_twin_among(_rows(delivery))),
        DIFFERENT: _rows(delivery).filter(_twin_among(_rows(former))).exclude(_twin_among(equal)),
    }


def differences(
    rows: Sequence[RegistrationRow], former: FeedDelivery
) -> dict[int, list[Difference]]:
    """Return what differs from the former file, for a page of rows."""
    theirs: dict[str, RegistrationRow] = {}
    for row in _rows(former).filter(
        Q(uscc__in=[row.uscc for row in rows if row.uscc])
        | Q(uscc="", registration_no__in=[row.registration_no for row in rows if not row.uscc])
    ):
        theirs.setdefault(row.uscc or row.registration_no, row)
    found = {}
    for row in rows:
        before = theirs.get(row.uscc or row.registration_no)
        if before is not None:
            fields = [
                field
                for field in FACTS
                if field not in DERIVED and getattr(before, field) != getattr(row, field)
            ]
            found[row.pk] = between(before, row, fields)
    return found


def _rows(delivery: FeedDelivery) -> Rows:
    return RegistrationRow.objects.filter(delivery=delivery).select_related("row").order_by("pk")


def _twin_among(rows: Rows) -> Q:
    """The condition that some of these rows speaks of the society of the row at hand.

    Which key counts is asked of the row at hand, so that each search is one step in an index.
    """
    by_code = Exists(rows.filter(uscc=OuterRef("uscc")))
    by_number = Exists(rows.filter(uscc="", registration_no=OuterRef("registration_no")))
    return (~Q(uscc="") & Q(by_code)) | (Q(uscc="") & ~Q(registration_no="") & Q(by_number))
