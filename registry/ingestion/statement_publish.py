"""Put the accepted statements of files into their tables, and take those of a file back.

A fixed number of statements of SQL for each table, inside the caller's one transaction.
"""

import datetime as dt

from registry.choices import JobState, RowOutcome
from registry.ingestion import said, sql
from registry.ingestion.statements import VERDICT, WAITS, judge_waiting, waiting_quarters
from registry.models import AbnormalListing, FeedDelivery, FeedRow, Statement

_NEW, _CHANGED, _SAME = (
    RowOutcome.NEW.value,
    RowOutcome.CHANGED.value,
    RowOutcome.UNCHANGED.value,
)
_UNDONE = "undone_statement"


def publish_statements(at: dt.datetime) -> None:
    """Apply the verdict on statements (same session) to their tables, known from `at` on."""
    moment = {"at": sql.adapted(AbnormalListing, "known_from", at)}
    for source, model in said.MODELS.items():
        _write(source, model, moment)


def take_in_waiting(at: dt.datetime) -> list[int]:
    """Take in the rows that waited for a society which stands in the register by now.

    Returns the deliveries whose rows were judged anew. To be called under the register's lock,
    whenever societies or their codes have come in.
    """
    touched: set[int] = set()
    for quarter in waiting_quarters():
        judge_waiting(quarter)
        publish_statements(at)
        touched |= {pk for (pk,) in sql.rows(f"SELECT DISTINCT delivery_id FROM {VERDICT}")}
    return sorted(touched)


def wait_again(societies: str) -> list[int]:
    """Let the published statements about societies (a subquery) that leave the register wait.

    Returns the deliveries that they came with. The statements themselves go with the societies.
    """
    standing = f"('{_NEW}', '{_CHANGED}', '{_SAME}')"
    chosen = f"""
        cooperative_id IN ({societies}) AND outcome IN {standing}
        AND EXISTS (SELECT 1 FROM {sql.STATEMENT} s WHERE s.row_id = {sql.ROW}.id)
        AND EXISTS (SELECT 1 FROM {sql.JOB} job WHERE job.delivery_id = {sql.ROW}.delivery_id
                    AND job.state = '{JobState.COMMITTED.value}')"""
    found = sql.rows(f"SELECT DISTINCT delivery_id FROM {sql.ROW} WHERE {chosen}")
    sql.run(
        f"UPDATE {sql.ROW} SET outcome = '{RowOutcome.DOUBTFUL.value}', doubt = '{WAITS}'"
        f" WHERE {chosen}"
    )
    return [pk for (pk,) in found]


def undo_statements(delivery: FeedDelivery, at: dt.datetime) -> None:
    """Stop believing what a delivery stated, and believe again what it had replaced."""
    params = {
        "delivery": delivery.pk,
        "quarter": delivery.quarter,
        "at": sql.adapted(AbnormalListing, "known_from", at),
    }
    for source, model in said.MODELS.items():
        _withdraw(model, params)
        _lower_quarter(source, model, params)
    FeedRow.objects.filter(delivery=delivery, doubt=WAITS).update(doubt="")


def _write(source: str, model: type[Statement], moment: dict[str, object]) -> None:
    table, fields = model._meta.db_table, model.said()
    params = {**moment, "source": source}
    sql.run(
        f"""
        UPDATE {table} SET known_to = %(at)s
        WHERE id IN (SELECT statement_id FROM {VERDICT}
                     WHERE source = %(source)s AND outcome = '{_CHANGED}')
        """,
        params,
    )
    sql.run(
        f"""
        INSERT INTO {table} (cooperative_id, quarter, delivery_id, row_id, known_from, known_to,
                             {", ".join(fields)})
        SELECT v.cooperative_id, v.quarter, v.delivery_id, v.row_id, %(at)s, NULL,
               {", ".join(said.merged(model, name) for name in fields)}
        FROM {VERDICT} v
        JOIN {sql.STATEMENT} s ON s.row_id = v.row_id
        LEFT JOIN {table} t ON t.id = v.statement_id
        WHERE v.source = %(source)s AND v.outcome IN ('{_NEW}', '{_CHANGED}')
        ORDER BY v.row_id
        """,
        params,
    )
    sql.run(
        f"""
        UPDATE {table} SET quarter = v.quarter
        FROM {VERDICT} v
        WHERE v.statement_id = {table}.id AND v.source = %(source)s
          AND v.outcome = '{_SAME}' AND {table}.quarter < v.quarter
        """,
        params,
    )


def _withdraw(model: type[Statement], params: dict[str, object]) -> None:
    table = model._meta.db_table
    sql.scratch_table(_UNDONE, [("id", "bigint PRIMARY KEY")])
    sql.run(
        f"INSERT INTO {_UNDONE} (id) SELECT id FROM {table}"
        " WHERE delivery_id = %(delivery)s AND known_to IS NULL",
        params,
    )
    sql.run(f"UPDATE {table} SET known_to = %(at)s WHERE id IN (SELECT id FROM {_UNDONE})", params)
    listed = ", ".join(model.said())
    key = " AND ".join(f"old.{name} = mine.{name}" for name in model.record_key)
    sql.run(
        f"""
        INSERT INTO {table} (cooperative_id, quarter, delivery_id, row_id, known_from, known_to,
                             {listed})
        SELECT old.cooperative_id, old.quarter, old.delivery_id, old.row_id, %(at)s, NULL,
               {", ".join(f"old.{name}" for name in model.said())}
        FROM {_UNDONE} u
        JOIN {table} mine ON mine.id = u.id
        JOIN {table} old ON old.cooperative_id = mine.cooperative_id AND {key}
         AND old.known_to = mine.known_from AND old.id <> mine.id
        """,
        params,
    )


def _lower_quarter(source: str, model: type[Statement], params: dict[str, object]) -> None:
    """What the delivery only repeated is again as old as the last file that still says so."""
    table = model._meta.db_table
    sql.run(
        f"""
        UPDATE {table} SET quarter = COALESCE((
            SELECT MAX(d.quarter)
            FROM {sql.ROW} r
            JOIN {sql.STATEMENT} s ON s.row_id = r.id
            JOIN {sql.DELIVERY} d ON d.id = r.delivery_id
            JOIN {sql.JOB} job ON job.delivery_id = d.id
            WHERE r.cooperative_id = {table}.cooperative_id AND s.source = %(source)s
              AND r.delivery_id <> %(delivery)s AND job.state = '{JobState.COMMITTED.value}'
              AND r.outcome IN ('{_NEW}', '{_CHANGED}', '{_SAME}')
              AND {_same_record_as(model, table)}), quarter)
        WHERE known_to IS NULL AND quarter = %(quarter)s AND delivery_id <> %(delivery)s
          AND EXISTS (
            SELECT 1 FROM {sql.ROW} r JOIN {sql.STATEMENT} s ON s.row_id = r.id
            WHERE r.delivery_id = %(delivery)s AND s.source = %(source)s
              AND r.cooperative_id = {table}.cooperative_id AND r.outcome = '{_SAME}'
              AND {_same_record_as(model, table)})
        """,
        {**params, "source": source},
    )


def _same_record_as(model: type[Statement], table: str) -> str:
    return " AND ".join(f"{table}.{name} = {said.value(model, name)}" for name in model.record_key)
