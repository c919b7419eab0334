"""A quarter that arrives after later ones: it is written into the history, not over the present.

What a society's row of such a file says holds from the end of its quarter until the next word that
was had about the society, so that the picture of any day is the same whichever file came first.
Only a society that no later file has named takes its present facts from a late one.
"""

import datetime as dt

from common import clock
from registry.choices import JobState, RowOutcome
from registry.ingestion import sql
from registry.models import CARRIED, CooperativeVersion, FeedDelivery

LATE = "LATE_QUARTER"  # what marks a row whose facts went into the history alone
_TABLE = "late_row"
_STANDING = ", ".join(
    f"'{outcome.value}'" for outcome in (RowOutcome.NEW, RowOutcome.CHANGED, RowOutcome.UNCHANGED)
)
_LAST_DAYS = (("1", "-03-31"), ("2", "-06-30"), ("3", "-09-30"), ("4", "-12-31"))


def cut_off(delivery: FeedDelivery) -> dt.date:
    """Return the day that a delivery speaks for."""
    return min(delivery.period.last_day, clock.today())


def mark_late(delivery: FeedDelivery, verdict: str, compared: list[tuple[str, str]]) -> None:
    """Mark the verdicts on societies that a later quarter has named, and compare them with the past.

    `compared` are pairs of a fact and the condition that its cell could not be read.
    """
    params = _params(delivery)
    marked = sql.run(
        f"""
        UPDATE {verdict} SET past = 1
        WHERE cooperative_id IS NOT NULL AND EXISTS ({_named(verdict, "> %(quarter)s", "1")})
          AND NOT EXISTS (
            SELECT 1 FROM {sql.REGISTRATION} s JOIN {sql.COOPERATIVE} merged
              ON merged.merged_into_id IS NOT NULL AND merged.uscc = s.uscc
            WHERE s.row_id = {verdict}.row_id)
        """,
        params,
    )
    if not marked:
        return
    changed = " || ".join(
        f"CASE WHEN {sql.differs(f's.{fact}', f'c.{fact}')} AND NOT {unread}"
        f" THEN '{fact},' ELSE '' END"
        for fact, unread in compared
    )
    everything = "".join(f"{fact}," for fact, _ in compared)
    sql.run(f"UPDATE {verdict} SET changed = '{everything}' WHERE past = 1")
    sql.run(
        f"""
        UPDATE {verdict} SET changed = {changed or "''"}
        FROM {sql.REGISTRATION} s, {sql.ROW} r, {sql.VERSION} c
        WHERE {verdict}.past = 1 AND s.row_id = {verdict}.row_id AND r.id = {verdict}.row_id
          AND c.cooperative_id = {verdict}.cooperative_id AND {_covers("c")}
        """,
        params,
    )


def publish_late(
    delivery: FeedDelivery, verdict: str, at: dt.datetime, facts: dict[str, str]
) -> None:
    """Write the late rows of a verdict into the history, known from `at` on.

    `facts` says for each carried fact from where it is taken: `s` the row, `c` what held that day.
    """
    params = {**_params(delivery), "at": sql.adapted(CooperativeVersion, "known_from", at)}
    _choose(verdict, params)
    _split(params)
    _write(params, facts)
    sql.run(
        f"""
        INSERT INTO {sql.FORMER_NAME} (cooperative_id, name, until, delivery_id)
        SELECT l.cooperative_id, s.name, l.until_day, %(delivery)s
        FROM {_TABLE} l
        JOIN {sql.REGISTRATION} s ON s.row_id = l.row_id
        JOIN {sql.COOPERATIVE} c ON c.id = l.cooperative_id
        WHERE s.name <> c.name AND NOT EXISTS (
            SELECT 1 FROM {sql.FORMER_NAME} known
            WHERE known.cooperative_id = c.id AND known.name = s.name)
        """,
        params,
    )


def _params(delivery: FeedDelivery) -> dict[str, object]:
    return {
        "delivery": delivery.pk,
        "quarter": delivery.quarter,
        "day": sql.adapted(CooperativeVersion, "true_from", cut_off(delivery)),
    }


def _named(owner: str, quarters: str, wanted: str) -> str:
    """The rows of published files of some quarters that stand for the society of `owner`."""
    return f"""
        SELECT {wanted} FROM {sql.ROW} named
        JOIN {sql.REGISTRATION} g ON g.row_id = named.id
        JOIN {sql.DELIVERY} d ON d.id = named.delivery_id
        JOIN {sql.JOB} job ON job.delivery_id = d.id AND job.state = '{JobState.COMMITTED.value}'
        WHERE named.cooperative_id = {owner}.cooperative_id AND named.outcome IN ({_STANDING})
          AND d.id <> %(delivery)s AND d.quarter {quarters}"""


def _covers(version: str) -> str:
    return f"""{version}.known_to IS NULL AND {version}.true_from <= %(day)s
               AND ({version}.true_to IS NULL OR {version}.true_to > %(day)s)"""


def _choose(verdict: str, params: dict[str, object]) -> None:
    """Settle for each late row from when until when it holds, and what held in its place."""
    sql.scratch_table(
        _TABLE,
        [
            ("row_id", "bigint PRIMARY KEY"),
            ("cooperative_id", "bigint"),
            ("version_id", "bigint"),
            ("changed", "text"),
            ("earlier", "integer"),
            ("since_day", "date"),
            ("until_day", "date"),
        ],
    )
    ends = " ".join(f"WHEN '{number}' THEN '{day}'" for number, day in _LAST_DAYS)
    last_day = _date(f"SUBSTR(d.quarter, 1, 4) || CASE SUBSTR(d.quarter, 6, 1) {ends} END")
    next_word = f"({_named('v', '> %(quarter)s', f'MIN({last_day})')})"
    next_change = f"""(SELECT MIN(n.true_from) FROM {sql.VERSION} n
                       WHERE n.cooperative_id = v.cooperative_id AND n.known_to IS NULL
                         AND n.true_from > %(day)s)"""
    known = f"""SELECT n.id FROM {sql.VERSION} n
                WHERE n.cooperative_id = v.cooperative_id AND n.known_to IS NULL"""
    sql.run(
        f"""
        INSERT INTO {_TABLE} (row_id, cooperative_id, version_id, changed, earlier, since_day,
                              until_day)
        SELECT v.row_id, v.cooperative_id,
               COALESCE(({known} AND {_covers("n")} ORDER BY n.true_from LIMIT 1),
                        ({known} ORDER BY n.true_from LIMIT 1)),
               v.changed,
               CASE WHEN EXISTS ({_named("v", "<= %(quarter)s", "1")}) THEN 1 ELSE 0 END,
               {_date("%(day)s")},
               CASE WHEN {next_change} < {next_word} THEN {next_change} ELSE {next_word} END
        FROM {verdict} v
        WHERE v.past = 1 AND v.outcome = '{RowOutcome.CHANGED.value}'
        """,
        params,
    )
    sql.run(
        f"""
        UPDATE {_TABLE} SET since_day = s.established_on
        FROM {sql.REGISTRATION} s
        WHERE s.row_id = {_TABLE}.row_id AND {_TABLE}.earlier = 0
          AND s.established_on IS NOT NULL AND s.established_on < {_TABLE}.since_day
        """
    )


def _split(params: dict[str, object]) -> None:
    """Stop holding what lay in the place of late rows; its parts before and behind stay true."""
    sql.run(
        f"""
        UPDATE {sql.VERSION} SET known_to = %(at)s
        WHERE known_to IS NULL AND EXISTS (
            SELECT 1 FROM {_TABLE} l
            WHERE l.cooperative_id = {sql.VERSION}.cooperative_id
              AND {sql.VERSION}.true_from < l.until_day
              AND ({sql.VERSION}.true_to IS NULL OR {sql.VERSION}.true_to > l.since_day))
        """,
        params,
    )
    carried = ", ".join(f"old.{name}" for name in CARRIED)
    for since, until, there in (
        ("old.true_from", "l.since_day", "l.earlier = 1 AND old.true_from < l.since_day"),
        ("l.until_day", "old.true_to", "(old.true_to IS NULL OR old.true_to > l.until_day)"),
    ):
        sql.run(
            f"""
            INSERT INTO {sql.VERSION} (cooperative_id, {", ".join(CARRIED)}, true_from, true_to,
                known_from, known_to, delivery_id, row_id, changed_by_id, reason, changed_fields,
                restored)
            SELECT old.cooperative_id, {carried}, {since}, {until}, %(at)s, NULL, %(delivery)s,
                   old.row_id, old.changed_by_id, old.reason, old.changed_fields, old.restored
            FROM {sql.VERSION} old JOIN {_TABLE} l ON l.cooperative_id = old.cooperative_id
            WHERE old.known_to = %(at)s AND {there}
            """,
            params,
        )


def _write(params: dict[str, object], facts: dict[str, str]) -> None:
    sql.run(
        f"""
        INSERT INTO {sql.VERSION} (cooperative_id, {", ".join(facts)}, true_from, true_to,
            known_from, known_to, delivery_id, row_id, changed_by_id, reason, changed_fields,
            restored)
        SELECT v.cooperative_id, {", ".join(facts.values())}, v.since_day, v.until_day, %(at)s,
               NULL, %(delivery)s, v.row_id, NULL, '', v.changed, FALSE
        FROM {_TABLE} v
        JOIN {sql.REGISTRATION} s ON s.row_id = v.row_id
        JOIN {sql.ROW} r ON r.id = v.row_id
        JOIN {sql.VERSION} c ON c.id = v.version_id
        """,
        params,
    )


def _date(expression: str) -> str:
    return f"({expression})::date" if sql.on_postgresql() else f"({expression})"
