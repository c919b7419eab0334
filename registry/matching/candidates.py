"""Pairs of societies that may be one: found by statements over an index, put before a person.

A file's row is taken for a society without a person only by its code or old number
(registry/ingestion/reconcile.py). What shares no more than a name waits here.
"""

from common import clock
from common.planner import plan_for_whole_tables
from registry.choices import ENDED_STATUSES, PairBasis, PairState
from registry.ingestion import sql
from registry.matching.stems import KEY, SUBJECT, index_names
from registry.models import MatchPair

PAIR = MatchPair._meta.db_table
_ENDED = ", ".join(f"'{status.value}'" for status in ENDED_STATUSES)
# Facts of which a near name needs one in common; of a blank nothing follows.
CORROBORATING = ("legal_representative", "contact_phone", "domicile", "established_on")


def find_candidates() -> int:
    """Compare new and renamed societies with the register; return how many pairs are new.

    A pair that was once put before a person is not put there again, whatever was decided.
    """
    plan_for_whole_tables()
    _withdraw_moot()
    if not index_names():
        return 0
    sql.run(
        f"""
        INSERT INTO {PAIR} (left_id, right_id, basis, agreeing, state, found_at, decided_by_id,
                            decided_at, decision_reason, version)
        WITH met (a, b, former) AS (
            SELECT one.cooperative_id, other.cooperative_id,
                   MIN(CASE WHEN one.former OR other.former THEN 1 ELSE 0 END)
            FROM {SUBJECT} s
            JOIN {KEY} one ON one.cooperative_id = s.cooperative_id
            JOIN {KEY} other ON other.key = one.key AND other.place = one.place
                            AND other.cooperative_id <> one.cooperative_id
            WHERE NOT (one.former AND other.former)
            GROUP BY one.cooperative_id, other.cooperative_id
            UNION
            SELECT x.id, y.id, 0
            FROM {SUBJECT} s
            JOIN {sql.COOPERATIVE} x ON x.id = s.cooperative_id
            JOIN {sql.COOPERATIVE} y ON y.name_key = x.name_key AND y.id <> x.id
        ), judged (left_id, right_id, basis, agreeing) AS (
            SELECT l.id, r.id,
                   MIN(CASE WHEN l.name_key = r.name_key THEN '1{PairBasis.SAME_NAME}'
                            WHEN met.former = 1 THEN '2{PairBasis.OLD_NAME}'
                            ELSE '3{PairBasis.NEAR_NAME}' END),
                   {_agreeing()}
            FROM met
            JOIN {sql.COOPERATIVE} l ON l.id = CASE WHEN met.a < met.b THEN met.a ELSE met.b END
            JOIN {sql.COOPERATIVE} r ON r.id = CASE WHEN met.a < met.b THEN met.b ELSE met.a END
            WHERE {_standing("l")} AND {_standing("r")} AND l.kind = r.kind
            GROUP BY l.id, r.id
        )
        SELECT judged.left_id, judged.right_id, SUBSTR(judged.basis, 2), judged.agreeing,
               '{PairState.WAITING}', %(now)s, NULL, NULL, '', 1
        FROM judged
        JOIN {sql.COOPERATIVE} l ON l.id = judged.left_id
        JOIN {sql.COOPERATIVE} r ON r.id = judged.right_id
        WHERE (judged.agreeing > 0
               OR judged.basis = '1{PairBasis.SAME_NAME}'
                  AND (l.township_id = r.township_id OR l.township_id IS NULL
                       OR r.township_id IS NULL))
          AND NOT EXISTS (SELECT 1 FROM {PAIR} asked WHERE asked.left_id = judged.left_id
                          AND asked.right_id = judged.right_id)
        """,
        {"now": sql.adapted(MatchPair, "found_at", clock.now())},
    )
    return _found_now()


def _agreeing() -> str:
    """Count the corroborating facts that two societies share."""
    from_facts = " + ".join(
        f"MAX(CASE WHEN {_stated('l', fact)} AND l.{fact} = r.{fact} THEN 1 ELSE 0 END)"
        for fact in CORROBORATING
    )
    return f"({from_facts})"


def _stated(alias: str, fact: str) -> str:
    return f"{alias}.{fact} IS NOT NULL" if fact.endswith("_on") else f"{alias}.{fact} <> ''"


def _standing(alias: str) -> str:
    return f"{alias}.merged_into_id IS NULL AND {alias}.status NOT IN ({_ENDED})"


def _withdraw_moot() -> None:
    """Ask no longer about a pair of which one has ended or was merged elsewhere."""
    gone = f"SELECT c.id FROM {sql.COOPERATIVE} c WHERE NOT ({_standing('c')})"
    sql.run(
        f"""
        DELETE FROM {PAIR} WHERE state = '{PairState.WAITING}' AND version = 1
          AND (left_id IN ({gone}) OR right_id IN ({gone}))
        """
    )


def _found_now() -> int:
    return int(
        sql.rows(
            f"""
            SELECT COUNT(*) FROM {PAIR} p WHERE p.state = '{PairState.WAITING}'
              AND (p.left_id IN (SELECT cooperative_id FROM {SUBJECT})
                   OR p.right_id IN (SELECT cooperative_id FROM {SUBJECT}))
            """
        )[0][0]
    )
