"""Two deliveries of one quarter held against each other, set-based: by code, else by old number.

Of files that hold the register its societies are compared, of others the records that they state.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q

from registry import statement_wording
from registry.differences import Difference, between
from registry.ingestion.reconcile import DERIVED
from registry.models import FACTS, FeedDelivery, RegistrationRow, StatementRow

ADDED, DROPPED, DIFFERENT = "added", "dropped", "different"
WORDS = {
    ADDED: "只在这一份",
    DROPPED: "只在前一份",
    DIFFERENT: "两份都有，内容不同",
}


def compare(delivery: FeedDelivery, former: FeedDelivery) -> dict[str, Any]:
    """Return the read rows of each kind of difference, in the order of their file."""
    equal = _rows(former).filter(values_hash=OuterRef("values_hash"))
    return {
        ADDED: _rows(delivery).exclude(_twin_among(_rows(former))),
        DROPPED: _rows(former).exclude(_twin_among(_rows(delivery))),
        DIFFERENT: _rows(delivery).filter(_twin_among(_rows(former))).exclude(_twin_among(equal)),
    }


def differences(rows: Sequence[Any], former: FeedDelivery) -> dict[int, list[Difference]]:
    """Return what differs from the former file, for a page of rows."""
    theirs: dict[tuple[str, str], Any] = {}
    codes = Q(uscc__in=[row.uscc for row in rows if row.uscc])
    numbers = Q(uscc="", registration_no__in=[row.registration_no for row in rows if not row.uscc])
    for row in _rows(former).filter(codes | numbers):
        theirs.setdefault(_key(row), row)
    found = {}
    for row in rows:
        before = theirs.get(_key(row))
        if before is not None:
            found[row.pk] = _between(before, row)
    return found


def _key(row: Any) -> tuple[str, str]:
    who = row.uscc or row.registration_no
    return who, f"{row.source} {row.record}" if isinstance(row, StatementRow) else ""


def _between(before: Any, row: Any) -> list[Difference]:
    if isinstance(row, StatementRow):
        told = [
            name
            for name in {**before.said, **row.said}
            if before.said.get(name) != row.said.get(name)
        ]
        return statement_wording.between(row.source, before.said, row, told)
    fields = [
        field
        for field in FACTS
        if field not in DERIVED and getattr(before, field) != getattr(row, field)
    ]
    return between(before, row, fields)


def _rows(delivery: FeedDelivery) -> Any:
    model = RegistrationRow if delivery.carries_register else StatementRow
    return model._default_manager.filter(delivery=delivery).select_related("row").order_by("pk")


def _twin_among(rows: Any) -> Q:
    """The condition that some of these rows speaks of the society, or record, of the row at hand.

    Which key counts is asked of the row at hand, so that each search is one step in an index.
    """
    if rows.model is StatementRow:
        rows = rows.filter(source=OuterRef("source"), record=OuterRef("record"))
    by_code = Exists(rows.filter(uscc=OuterRef("uscc")))
    by_number = Exists(rows.filter(uscc="", registration_no=OuterRef("registration_no")))
    return (~Q(uscc="") & Q(by_code)) | (Q(uscc="") & ~Q(registration_no="") & Q(by_number))
