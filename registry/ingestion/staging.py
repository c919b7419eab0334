"""Take what the parse child wrote into the row tables, a chunk to a transaction.

Row ids are fixed by delivery and order, and each chunk first renews the lease, so a stage that
was cut off can be run again and a worker that lost its lease can write nothing more.
"""

from collections.abc import Callable
from pathlib import Path

from django.db import transaction

from accounts.models import OrganisationUnit
from registry.choices import RowKind, RowOutcome
from registry.ingestion import sql
from registry.ingestion.output import (
    CHUNK_ROWS,
    REGISTRATION_COLUMNS,
    ROW_COLUMNS,
    STATEMENT_COLUMNS,
    TAKEN_BACK,
)
from registry.models import FeedDelivery
from registry.models.row import ORDINAL_BITS

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


class Staging:
    """Stages a delivery's chunks as the child finishes them, so that reading and loading overlap.

    `renew(rows_done)` is called inside each transaction; it raises when the lease is lost.
    """

    def __init__(self, delivery: FeedDelivery, folder: Path, renew: Renew) -> None:
        self._delivery, self._folder, self._renew = delivery, folder, renew
        self._staged = 0
        self._last_taken_back = 0
        clear_rows(delivery, renew)

    def stage_finished(self) -> None:
        """Stage the chunks that the child has left behind: those with a later one beside them."""
        self._forget_taken_back()
        while self._path("rows", self._staged + 2).exists():
            self._stage_next()
            self._forget_taken_back()

    def stage_rest(self, chunks: int) -> None:
        """Stage what is left once the child has ended."""
        self._forget_taken_back()
        while self._staged < chunks:
            self._stage_next()

    def _stage_next(self) -> None:
        number = self._staged + 1
        with transaction.atomic():
            self._renew(number * CHUNK_ROWS)
            _load_rows(self._delivery, self._path("rows", number))
            _load_registrations(self._delivery, self._path("registration", number))
            _load_statements(self._delivery, self._path("statement", number))
        self._staged = number

    def _forget_taken_back(self) -> None:
        """Start anew behind the chunks that the child has taken back."""
        mark = self._folder / TAKEN_BACK
        if self._last_taken_back or not mark.exists():
            return
        self._last_taken_back = int(mark.read_text(encoding="ascii"))
        if self._staged:
            clear_rows(self._delivery, self._renew)
        self._staged = self._last_taken_back

    def _path(self, stem: str, number: int) -> Path:
        return self._folder / f"{stem}-{number:05}.tsv"


def clear_rows(delivery: FeedDelivery, renew: Renew) -> None:
    """Forget what a former, unfinished attempt has staged."""
    with transaction.atomic():
        renew(0)
        sql.run(f"DELETE FROM {sql.REGISTRATION} WHERE delivery_id = %(pk)s", {"pk": delivery.pk})
        sql.run(f"DELETE FROM {sql.STATEMENT} WHERE delivery_id = %(pk)s", {"pk": delivery.pk})
        sql.run(f"DELETE FROM {sql.ROW} WHERE delivery_id = %(pk)s", {"pk": delivery.pk})


def _load_rows(delivery: FeedDelivery, path: Path) -> None:
    """Stage rows of all kinds; a data row counts as new until it is found in the register."""
    if not path.exists():
        return
    sql.scratch_table("staged_row", [(name, _TYPED.get(name, "text")) for name in ROW_COLUMNS])
    sql.load_lines(path, "staged_row", ROW_COLUMNS)
    json = "jsonb" if sql.on_postgresql() else "text"
    sql.run(
        f"""
        INSERT INTO {sql.ROW} (id, delivery_id, ordinal, sheet, number, kind, finding, outcome,
                               doubt, raw, issues, decision, decision_reason)
        SELECT %(base)s + ordinal, %(delivery)s, ordinal, COALESCE(sheet, ''), number, kind,
               COALESCE(outcome, ''),
               CASE WHEN kind <> '{RowKind.DATA.value}' THEN ''
                    WHEN outcome = '{RowOutcome.REJECTED.value}' THEN '{RowOutcome.REJECTED.value}'
                    ELSE '{RowOutcome.NEW.value}' END, '', CAST(COALESCE(raw, '[]') AS {json}),
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
    sql.load_lines(path, "staged_registration", REGISTRATION_COLUMNS)
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


def _load_statements(delivery: FeedDelivery, path: Path) -> None:
    if not path.exists():
        return
    sql.scratch_table(
        "staged_statement", [(name, _TYPED.get(name, "text")) for name in STATEMENT_COLUMNS]
    )
    sql.load_lines(path, "staged_statement", STATEMENT_COLUMNS)
    json = "jsonb" if sql.on_postgresql() else "text"
    plain = [name for name in STATEMENT_COLUMNS if name not in {"ordinal", "said"}]
    sql.run(
        f"""
        INSERT INTO {sql.STATEMENT} (row_id, delivery_id, said, changed_fields, {", ".join(plain)})
        SELECT %(base)s + s.ordinal, %(delivery)s, CAST(s.said AS {json}), '',
               {", ".join(f"COALESCE(s.{name}, '')" for name in plain)}
        FROM staged_statement s
        """,
        {"base": delivery.pk << ORDINAL_BITS, "delivery": delivery.pk},
    )
