"""Take what the parse child wrote into the row tables, a chunk to a transaction.

Row ids are fixed by delivery and order, and each chunk first renews the lease, so a stage that
was cut off can be run again and a worker that lost its lease can write nothing more.
"""

from collections.abc import Callable
from pathlib import Path

from django.db import transaction

from accounts.models import OrganisationUnit
from registry.choices import RowKind
from registry.ingestion import sql
from registry.models import FeedDelivery, FeedRow, RegistrationRow
from registry.models.row import ORDINAL_BITS

ROW_COLUMNS = ("ordinal", "sheet", "number", "kind", "outcome", "raw", "issues")
REGISTRATION_COLUMNS = (
    "ordinal",
    "uscc",
    "registration_no",
    "name",
    "kind",
    "entity_type",
    "legal_representative",
    "total_contribution",
    "member_count",
    "farmer_member_count",
    "unit_member_count",
    "established_on",
    "approved_on",
    "registration_authority",
    "status",
    "domicile",
    "business_scope",
    "contact_person",
    "contact_phone",
    "name_key",
    "name_initials",
    "division",
    "township_code",
    "township_basis",
    "values_hash",
)
_TYPED = {
    "ordinal": "bigint",
    "number": "integer",
    "total_contribution": "decimal(18, 2)",
    "member_count": "integer",
    "farmer_member_count": "integer",
    "unit_member_count": "integer",
    "established_on": "date",
    "approved_on": "date",
}
Renew = Callable[[int], None]


def stage_rows(delivery: FeedDelivery, folder: Path, chunks: int, renew: Renew) -> None:
    """Replace the delivery's rows by those of the chunk files in a folder.

    `renew(rows_done)` is called inside each transaction; it raises when the lease is lost.
    """
    clear_rows(delivery, renew)
    for number in range(1, chunks + 1):
        with transaction.atomic():
            renew(number * 5_000)
            _load_rows(delivery, folder / f"rows-{number:05}.csv")
            _load_registrations(delivery, folder / f"registration-{number:05}.csv")


def clear_rows(delivery: FeedDelivery, renew: Renew) -> None:
    """Forget what a former, unfinished attempt has staged."""
    with transaction.atomic():
        renew(0)
        RegistrationRow.objects.filter(delivery=delivery)._raw_delete("default")
        FeedRow.objects.filter(delivery=delivery)._raw_delete("default")


def _load_rows(delivery: FeedDelivery, path: Path) -> None:
    if not path.exists():
        return
    sql.scratch_table("staged_row", [(name, _TYPED.get(name, "text")) for name in ROW_COLUMNS])
    sql.load_csv(path, "staged_row", ROW_COLUMNS)
    json = "jsonb" if sql.connection.vendor == "postgresql" else "text"
    sql.run(
        f"""
        INSERT INTO {sql.ROW} (id, delivery_id, ordinal, sheet, number, kind, finding, outcome,
                               doubt, raw, issues, decision, decision_reason)
        SELECT %(base)s + ordinal, %(delivery)s, ordinal, COALESCE(sheet, ''), number, kind,
               COALESCE(outcome, ''), '', '', CAST(COALESCE(raw, '[]') AS {json}),
               CAST(COALESCE(issues, '[]') AS {json}), '', ''
        FROM staged_row
        """,
        {"base": delivery.pk << ORDINAL_BITS, "delivery": delivery.pk},
    )


def _load_registrations(delivery: FeedDelivery, path: Path) -> None:
    if not path.exists():
        return
    sql.scratch_table(
        "staged_registration", [(name, _TYPED.get(name, "text")) for name in REGISTRATION_COLUMNS]
    )
    sql.load_csv(path, "staged_registration", REGISTRATION_COLUMNS)
    kept = [name for name in REGISTRATION_COLUMNS if name not in {"ordinal", "township_code"}]
    read = [f"s.{name}" if name in _TYPED else f"COALESCE(s.{name}, '')" for name in kept]
    sql.run(
        f"""
        INSERT INTO {sql.REGISTRATION} (row_id, delivery_id, township_id, changed_fields,
                                        {", ".join(kept)})
        SELECT %(base)s + s.ordinal, %(delivery)s, unit.id, '', {", ".join(read)}
        FROM staged_registration s
        LEFT JOIN {OrganisationUnit._meta.db_table} unit ON unit.code = s.township_code
        """,
        {"base": delivery.pk << ORDINAL_BITS, "delivery": delivery.pk},
    )


def data_rows(delivery: FeedDelivery) -> int:
    """Count the staged data rows."""
    return FeedRow.objects.filter(delivery=delivery, kind=RowKind.DATA).count()
