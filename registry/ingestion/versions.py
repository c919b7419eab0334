"""Write the history of societies, for any number of them at once: what ends, what holds now."""

import datetime as dt
from collections.abc import Sequence

from django.db import connection

from accounts.models import User
from registry.ingestion import sql
from registry.models import CARRIED, CooperativeVersion

CORRECTED = "corrected_society"


def write_versions(
    cooperatives: Sequence[int],
    changed: Sequence[str],
    *,
    by: User,
    reason: str,
    at: dt.datetime,
    day: dt.date,
) -> None:
    """Note that the present facts of some societies hold from a business day on, known from `at`.

    What was held before is no longer held; its part before that day is written again as known now.
    A fixed number of statements, inside the caller's transaction, after the societies themselves.
    """
    params = {
        "at": sql.adapted(CooperativeVersion, "known_from", at),
        "day": sql.adapted(CooperativeVersion, "true_from", day),
        "by": by.pk,
        "reason": reason,
        "changed": "".join(f"{field}," for field in changed),
    }
    _choose(cooperatives)
    close_versions(f"SELECT cooperative_id FROM {CORRECTED}", params)
    _add_present(params)


def _choose(cooperatives: Sequence[int]) -> None:
    sql.scratch_table(CORRECTED, [("cooperative_id", "bigint PRIMARY KEY")])
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {CORRECTED} (cooperative_id) VALUES (%s)", [(pk,) for pk in cooperatives]
        )


def close_versions(
    cooperatives: str, params: dict[str, object], *, caused_by: str = "delivery_id"
) -> None:
    """Stop holding the current versions of some societies (a subquery) for true, from `at` on.

    The part of each that lies before `day` stays true and is written again as known now.
    `caused_by` is the delivery that the written part belongs to: an undo of it takes it back.
    """
    sql.run(
        f"""
        UPDATE {sql.VERSION} SET known_to = %(at)s
        WHERE known_to IS NULL AND true_to IS NULL AND cooperative_id IN ({cooperatives})
        """,
        params,
    )
    carried = ", ".join(CARRIED)
    sql.run(
        f"""
        INSERT INTO {sql.VERSION} (cooperative_id, {carried}, true_from, true_to, known_from,
            known_to, delivery_id, row_id, changed_by_id, reason, changed_fields, restored)
        SELECT cooperative_id, {carried}, true_from, {_date("%(day)s")}, %(at)s, NULL, {caused_by},
               row_id, changed_by_id, reason, changed_fields, restored
        FROM {sql.VERSION}
        WHERE known_to = %(at)s AND true_to IS NULL AND true_from < %(day)s
          AND cooperative_id IN ({cooperatives})
        """,
        params,
    )


def _add_present(params: dict[str, object]) -> None:
    carried = ", ".join(f"c.{name}" for name in CARRIED)
    since = sql.greatest(
        "%(day)s",
        f"""COALESCE((SELECT MAX(old.true_from) FROM {sql.VERSION} old
                      WHERE old.cooperative_id = c.id AND old.known_to = %(at)s), %(day)s)""",
    )
    sql.run(
        f"""
        INSERT INTO {sql.VERSION} (cooperative_id, {", ".join(CARRIED)}, true_from, true_to,
            known_from, known_to, delivery_id, row_id, changed_by_id, reason, changed_fields,
            restored)
        SELECT c.id, {carried}, {_date(since)}, NULL, %(at)s, NULL, NULL, NULL, %(by)s, %(reason)s,
               %(changed)s, FALSE
        FROM {sql.COOPERATIVE} c JOIN {CORRECTED} chosen ON chosen.cooperative_id = c.id
        """,
        params,
    )


def _date(expression: str) -> str:
    return f"({expression})::date" if connection.vendor == "postgresql" else expression
