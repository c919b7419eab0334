"""Decide what every row of the other sources means for what is held, without changing it.

A row waits while its society is not in the register, while a word of it has no meaning, or until a
person has looked at it. Of two files the one of the later quarter has the word, whichever came
first, so the picture does not depend on the order of arrival.
"""

from collections.abc import Sequence

from registry.choices import JobState, RowDecision, RowOutcome
from registry.ingestion import said, sql
from registry.ingestion.chosen import keep_only
from registry.ingestion.names import is_another_name
from registry.models import FeedDelivery, FormerName

VERDICT = "statement_verdict"
WAITS = "UNKNOWN_SOCIETY"
INCOMPLETE = "INCOMPLETE"
_ACCEPTED, _DECLINED = RowDecision.ACCEPTED.value, RowDecision.DECLINED.value
_NEW = RowOutcome.NEW.value
# The society has been accepted although its code comes from another division.
_KNOWN_STRANGER = """(
    CAST(r.issues AS text) LIKE '%%\"OTHER_DIVISION\"%%'
    AND LENGTH(CAST(r.issues AS text)) - LENGTH(REPLACE(CAST(r.issues AS text), '\"check\"', ''))
        = LENGTH('\"check\"'))"""


def judge_delivery(delivery: FeedDelivery) -> None:
    """Write outcome, doubt and society on every row of a delivery that states something."""
    _judge("s.delivery_id = %(delivery)s", {"delivery": delivery.pk})


def judge_rows(delivery: FeedDelivery, chosen: Sequence[int]) -> None:
    """Judge some rows again, after a person has decided about them; the verdict holds them alone."""
    _match("s.delivery_id = %(delivery)s", {"delivery": delivery.pk})
    keep_only(VERDICT, chosen)
    _settle()


def judge_waiting(quarter: str) -> None:
    """Judge the rows of published files of a quarter whose society has appeared since."""
    _judge(
        f"""r.doubt = '{WAITS}' AND d.quarter = %(quarter)s
            AND EXISTS (SELECT 1 FROM {sql.JOB} job WHERE job.delivery_id = d.id
                        AND job.state = '{JobState.COMMITTED.value}')
            AND COALESCE(by_code.id, by_number.id) IS NOT NULL""",
        {"quarter": quarter},
    )


def waiting_quarters() -> list[str]:
    """Return the quarters of published files with rows whose society has appeared, oldest first."""
    found = sql.rows(
        f"""
        SELECT DISTINCT d.quarter
        FROM {sql.ROW} r
        JOIN {sql.STATEMENT} s ON s.row_id = r.id
        JOIN {sql.DELIVERY} d ON d.id = r.delivery_id
        JOIN {sql.JOB} job ON job.delivery_id = d.id AND job.state = '{JobState.COMMITTED.value}'
        JOIN {sql.COOPERATIVE} c ON (s.uscc <> '' AND c.uscc = s.uscc)
             OR (s.registration_no <> '' AND c.registration_no = s.registration_no)
        WHERE r.doubt = '{WAITS}'
        ORDER BY d.quarter
        """
    )
    return [quarter for (quarter,) in found]


def _judge(chosen: str, params: dict[str, object]) -> None:
    _match(chosen, params)
    _settle()


def _settle() -> None:
    sql.analyse(VERDICT)
    _find_records()
    _doubt()
    _doubt_strange_names()
    _write_back()


def _match(chosen: str, params: dict[str, object]) -> None:
    """Fill the verdict with the chosen rows: their societies, by code, then by old number."""
    sql.scratch_table(
        VERDICT,
        [
            ("row_id", "bigint PRIMARY KEY"),
            ("delivery_id", "bigint"),
            ("source", "text"),
            ("quarter", "text"),
            ("cooperative_id", "bigint"),
            ("statement_id", "bigint"),
            ("changed", "text"),
            ("outranked", "integer"),
            ("place", "integer"),
            ("conflict", "integer"),
            ("outcome", "text"),
            ("doubt", "text"),
        ],
    )
    row_id = "CAST(m.row_id AS text)"
    who = f"""CASE WHEN m.record = '' THEN 'row ' || {row_id}
                   WHEN m.cooperative_id IS NOT NULL
                   THEN 'society ' || CAST(m.cooperative_id AS text)
                   WHEN m.uscc <> '' THEN m.uscc
                   WHEN m.registration_no <> '' THEN m.registration_no ELSE m.name_key END"""
    window = f"PARTITION BY m.delivery_id, m.source, {who}, m.record"
    sql.run(
        f"""
        INSERT INTO {VERDICT} (row_id, delivery_id, source, quarter, cooperative_id, statement_id,
                               changed, outranked, place, conflict, outcome, doubt)
        WITH m AS (
            SELECT s.row_id, s.delivery_id, s.source, s.uscc, s.registration_no, s.name_key,
                   s.record, s.values_hash, d.quarter, r.decision,
                   COALESCE(by_code.merged_into_id, by_code.id,
                            by_number.merged_into_id, by_number.id,
                            CASE WHEN r.decision = '{_ACCEPTED}' THEN r.cooperative_id END)
                       AS cooperative_id
            FROM {sql.STATEMENT} s
            JOIN {sql.ROW} r ON r.id = s.row_id
            JOIN {sql.DELIVERY} d ON d.id = s.delivery_id
            LEFT JOIN {sql.COOPERATIVE} by_code ON by_code.uscc = s.uscc AND s.uscc <> ''
            LEFT JOIN {sql.COOPERATIVE} by_number
                   ON by_code.id IS NULL AND s.registration_no <> ''
                  AND by_number.registration_no = s.registration_no
            WHERE {chosen}
        )
        SELECT m.row_id, m.delivery_id, m.source, m.quarter, m.cooperative_id, NULL, '', 0,
               ROW_NUMBER() OVER ({window} ORDER BY
                   CASE WHEN m.decision = '{_ACCEPTED}' THEN 0 ELSE 1 END, m.row_id),
               CASE WHEN MIN(m.values_hash) OVER ({window}) <> MAX(m.values_hash) OVER ({window})
                    THEN 1 ELSE 0 END, '', ''
        FROM m
        """,
        params,
    )


def _find_records() -> None:
    """Find what is held about the same record, what of it changes, and who has the later word."""
    for source, model in said.MODELS.items():
        sql.run(
            f"""
            UPDATE {VERDICT} SET statement_id = t.id, changed = {said.changed(model)},
                   outranked = CASE WHEN t.quarter > {VERDICT}.quarter THEN 1 ELSE 0 END
            FROM {sql.STATEMENT} s, {model._meta.db_table} t
            WHERE s.row_id = {VERDICT}.row_id AND {VERDICT}.source = '{source}'
              AND s.record <> '' AND t.cooperative_id = {VERDICT}.cooperative_id
              AND t.known_to IS NULL AND {said.same_record(model)}
            """
        )


def _doubt() -> None:
    """Settle doubt and outcome of every verdict."""
    undecided = f"r.decision <> '{_ACCEPTED}'"
    # A society that is new in the same workbook will be there by the time of the publish.
    comes_along = f"""EXISTS (
        SELECT 1 FROM {sql.REGISTRATION} g JOIN {sql.ROW} gr ON gr.id = g.row_id
        WHERE g.delivery_id = v.delivery_id AND gr.outcome = '{_NEW}'
          AND ((s.uscc <> '' AND g.uscc = s.uscc)
               OR (s.registration_no <> '' AND g.registration_no = s.registration_no)))"""
    known = f"""(v.cooperative_id IS NOT NULL
                 AND ((v.statement_id IS NOT NULL AND v.changed = '') OR {_KNOWN_STRANGER}))"""
    sql.run(
        f"""
        UPDATE {VERDICT} SET doubt = judged.doubt
        FROM (
            SELECT v.row_id, CASE
                WHEN v.conflict = 1 AND {undecided} THEN 'DUPLICATE_CONFLICT'
                WHEN v.place > 1 THEN ''
                WHEN r.decision = '{_DECLINED}' THEN 'DECLINED'
                WHEN s.record = '' THEN '{INCOMPLETE}'
                WHEN r.finding = 'doubtful' AND {undecided} AND NOT {known} THEN 'FINDING'
                WHEN v.cooperative_id IS NULL AND NOT {comes_along} THEN '{WAITS}'
                ELSE '' END AS doubt
            FROM {VERDICT} v
            JOIN {sql.STATEMENT} s ON s.row_id = v.row_id
            JOIN {sql.ROW} r ON r.id = v.row_id
        ) AS judged
        WHERE judged.row_id = {VERDICT}.row_id AND judged.doubt <> ''
        """
    )
    sql.run(
        f"""
        UPDATE {VERDICT} SET outcome = CASE
            WHEN doubt <> '' THEN '{RowOutcome.DOUBTFUL.value}'
            WHEN place > 1 THEN '{RowOutcome.DUPLICATE.value}'
            WHEN statement_id IS NULL THEN '{_NEW}'
            WHEN outranked = 1 OR changed = '' THEN '{RowOutcome.UNCHANGED.value}'
            ELSE '{RowOutcome.CHANGED.value}' END
        """
    )


def _doubt_strange_names() -> None:
    """Hold a known code beside a name that has next to nothing in common with its society's."""
    differing = sql.rows(
        f"""
        SELECT v.row_id, v.cooperative_id, s.name, s.name_key, c.name_key
        FROM {VERDICT} v
        JOIN {sql.STATEMENT} s ON s.row_id = v.row_id
        JOIN {sql.ROW} r ON r.id = v.row_id
        JOIN {sql.COOPERATIVE} c ON c.id = v.cooperative_id
        WHERE v.doubt = '' AND s.name_key <> '' AND s.name_key <> c.name_key
          AND r.decision <> '{_ACCEPTED}'
        """
    )
    strange = [
        (row_id, society, name)
        for row_id, society, name, told, known in differing
        if is_another_name(known, told)
    ]
    former = set(
        FormerName.objects.filter(
            cooperative__in=[society for _, society, _ in strange]
        ).values_list("cooperative_id", "name")
    )
    doubted = [(row_id,) for row_id, society, name in strange if (society, name) not in former]
    if doubted:
        sql.run_many(
            f"UPDATE {VERDICT} SET outcome = '{RowOutcome.DOUBTFUL.value}',"
            " doubt = 'NAME_CONFLICT' WHERE row_id = %s",
            doubted,
        )


def _write_back() -> None:
    row = sql.ROW
    sql.run(
        f"""
        UPDATE {row} SET outcome = v.outcome, doubt = v.doubt, cooperative_id = v.cooperative_id
        FROM {VERDICT} v
        WHERE v.row_id = {row}.id AND (
            {row}.outcome <> v.outcome OR {row}.doubt <> v.doubt
            OR {sql.differs(f"{row}.cooperative_id", "v.cooperative_id")})
        """
    )
    sql.run(
        f"""
        UPDATE {sql.STATEMENT} SET changed_fields = v.changed
        FROM {VERDICT} v
        WHERE v.row_id = {sql.STATEMENT}.row_id AND {sql.STATEMENT}.changed_fields <> v.changed
        """
    )
