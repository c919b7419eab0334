"""Decide what every row of a delivery means for the register, without changing the register.

The verdict is one set-based statement over all rows, put into a scratch table that the publish
step uses again under its lock. Doubts that a person has decided stay decided.
"""

from collections.abc import Sequence

from django.db import models

from registry.choices import (
    ENDED_STATUSES,
    FeedScope,
    FeedSource,
    JobState,
    RowDecision,
    RowKind,
    RowOutcome,
)
from registry.ingestion import late, sql, statements
from registry.ingestion.chosen import keep_only
from registry.ingestion.codes import identities_in
from registry.ingestion.names import is_another_name, key_of
from registry.ingestion.notes import names_society
from registry.models import (
    FACTS,
    Cooperative,
    FeedDelivery,
    FeedRow,
    GoneNotice,
    RegisteredFacts,
)

VERDICT = "verdict"
# What was once accepted is not asked again: nothing new in the row, or only that its code comes
# from another division, which the register knows already.
_KNOWN_STRANGER = """(
    CAST(r.issues AS text) LIKE '%%\"OTHER_DIVISION\"%%'
    AND LENGTH(CAST(r.issues AS text)) - LENGTH(REPLACE(CAST(r.issues AS text), '\"check\"', ''))
        = LENGTH('\"check\"'))"""
DERIVED = frozenset({"kind"})  # told from the name, so no fact of its own
_ENDED = ", ".join(f"'{status.value}'" for status in ENDED_STATUSES)


def compared_facts(delivery: FeedDelivery) -> list[str]:
    """The facts that this file has a column for; an absent column leaves the register untouched."""
    present = set(delivery.columns_present)
    return [fact for fact in FACTS if fact in present and fact not in DERIVED]


def unread(fact: str) -> str:
    """The condition that a cell was there but could not be read: blank, with an issue about it.

    Speaks of `s`, the read values, and `r`, the row. Such a fact is not a change to blank.
    """
    plain = isinstance(RegisteredFacts._meta.get_field(fact), (models.CharField, models.TextField))
    blank = f"s.{fact} = ''" if plain else f"s.{fact} IS NULL"
    issues = "REPLACE(CAST(r.issues AS text), '\": \"', '\":\"')"
    return f'({blank} AND {issues} LIKE \'%%"field":"{fact}"%%\')'


def reconcile(delivery: FeedDelivery) -> dict[str, int]:
    """Write outcome, doubt and matched society on every data row; return the number of each."""
    _match(delivery)
    sql.analyse(VERDICT)
    _judge(delivery)
    _doubt_strange_names()
    _write_back(delivery)
    statements.judge_delivery(delivery)
    _expose_unjudged(delivery)
    _list_gone(delivery)
    return outcome_counts(delivery)


def register_mark() -> str:
    """Return a mark of the register's state: every change of a fact writes a version row."""
    last, count = sql.rows(f"SELECT MAX(id), COUNT(*) FROM {sql.VERSION}")[0]
    return f"{last or 0}-{count}"


def recall(delivery: FeedDelivery) -> dict[str, int]:
    """Fill the verdict table from the rows as judged before, where the register is unchanged."""
    _make_verdict()
    sql.run(
        f"""
        INSERT INTO {VERDICT} (row_id, cooperative_id, changed, place, conflict, outcome, doubt,
                               past)
        SELECT r.id, r.cooperative_id, s.changed_fields, 1, 0, r.outcome, r.doubt,
               CASE WHEN r.doubt = '{late.LATE}' THEN 1 ELSE 0 END
        FROM {sql.ROW} r JOIN {sql.REGISTRATION} s ON s.row_id = r.id
        WHERE r.delivery_id = %(delivery)s
        """,
        {"delivery": delivery.pk},
    )
    sql.analyse(VERDICT)
    statements.judge_delivery(delivery)
    return outcome_counts(delivery)


def reconcile_rows(delivery: FeedDelivery, rows: Sequence[int]) -> dict[str, int]:
    """Judge some rows again, after a person has decided; the verdicts hold them alone."""
    statements.judge_rows(delivery, rows)
    _match(delivery)
    keep_only(VERDICT, rows)
    _judge(delivery)
    _doubt_strange_names()
    _write_back(delivery)
    return outcome_counts(delivery)


def _make_verdict() -> None:
    sql.scratch_table(
        VERDICT,
        [
            ("row_id", "bigint PRIMARY KEY"),
            ("cooperative_id", "bigint"),
            ("changed", "text"),
            ("place", "integer"),
            ("conflict", "integer"),
            ("outcome", "text"),
            ("doubt", "text"),
            ("past", "integer DEFAULT 0"),
        ],
    )


def _match(delivery: FeedDelivery) -> None:
    """Fill the verdict table: matched society, changed facts, twins within the file.

    Match by code, then by old registration number; never by name alone. A row under the code of
    a society that was merged into another stands for that one, and changes nothing there.
    """
    _make_verdict()
    changed = " || ".join(
        f"CASE WHEN {sql.differs(f's.{fact}', f'c.{fact}')} AND NOT {unread(fact)}"
        f" THEN '{fact},' ELSE '' END"
        for fact in compared_facts(delivery)
        if fact != "registration_no"
    )
    identity = "CASE WHEN s.uscc <> '' THEN s.uscc ELSE s.registration_no END"
    sql.run(
        f"""
        INSERT INTO {VERDICT} (row_id, cooperative_id, changed, place, conflict, outcome, doubt)
        WITH matched AS (
            SELECT s.row_id,
                   COALESCE(by_code.merged_into_id, by_code.id,
                            by_number.merged_into_id, by_number.id) AS cooperative_id,
                   CASE WHEN COALESCE(by_code.merged_into_id, by_number.merged_into_id) IS NULL
                        THEN 0 ELSE 1 END AS merged,
                   ROW_NUMBER() OVER (
                       PARTITION BY {identity}
                       ORDER BY CASE WHEN r.decision = '{RowDecision.ACCEPTED.value}' THEN 0
                                     ELSE 1 END, s.row_id) AS place,
                   CASE WHEN MIN(s.values_hash) OVER (PARTITION BY {identity})
                          <> MAX(s.values_hash) OVER (PARTITION BY {identity})
                        THEN 1 ELSE 0 END AS conflict
            FROM {sql.REGISTRATION} s
            JOIN {sql.ROW} r ON r.id = s.row_id
            LEFT JOIN {sql.COOPERATIVE} by_code ON by_code.uscc = s.uscc AND s.uscc <> ''
            LEFT JOIN {sql.COOPERATIVE} by_number
                   ON by_code.id IS NULL AND s.registration_no <> ''
                  AND by_number.registration_no = s.registration_no
            WHERE s.delivery_id = %(delivery)s
        )
        SELECT m.row_id, m.cooperative_id,
               CASE WHEN c.id IS NULL OR m.merged = 1 THEN '' ELSE
                   CASE WHEN c.uscc IS NULL AND s.uscc <> '' THEN 'uscc,' ELSE '' END
                   || CASE WHEN s.registration_no <> '' AND c.registration_no <> s.registration_no
                           THEN 'registration_no,' ELSE '' END
                   || {changed or "''"}
               END,
               m.place, m.conflict, '', ''
        FROM matched m
        JOIN {sql.REGISTRATION} s ON s.row_id = m.row_id
        JOIN {sql.ROW} r ON r.id = m.row_id
        LEFT JOIN {sql.COOPERATIVE} c ON c.id = m.cooperative_id
        """,
        {"delivery": delivery.pk},
    )
    if is_backfill(delivery):
        late.mark_late(
            delivery,
            VERDICT,
            [
                (fact, unread(fact))
                for fact in compared_facts(delivery)
                if fact != "registration_no"
            ],
        )


def _judge(delivery: FeedDelivery) -> None:
    """Settle outcome and doubt of every verdict with one statement."""
    overridden = " OR ".join(
        f"(v.changed LIKE '%%{fact},%%' AND CAST(c.corrected_fields AS text) LIKE '%%\"{fact}\"%%')"
        for fact in compared_facts(delivery)
    )
    undecided = f"r.decision <> '{RowDecision.ACCEPTED.value}'"
    doubt = f"""
        CASE
        WHEN v.conflict = 1 AND {undecided} THEN 'DUPLICATE_CONFLICT'
        WHEN v.place > 1 THEN ''
        WHEN r.decision = '{RowDecision.DECLINED.value}' THEN 'DECLINED'
        WHEN r.finding = 'doubtful' AND {undecided}
             AND NOT (c.id IS NOT NULL AND (v.changed = '' OR {_KNOWN_STRANGER})) THEN 'FINDING'
        WHEN c.id IS NULL AND s.uscc = '' AND {undecided} THEN 'OLD_NUMBER_UNKNOWN'
        WHEN c.id IS NULL AND {undecided} AND EXISTS (
            SELECT 1 FROM {sql.COOPERATIVE} known
            WHERE known.name_key = s.name_key AND s.name_key <> ''
              AND known.status NOT IN ({_ENDED}) AND known.merged_into_id IS NULL
              AND NOT EXISTS (SELECT 1 FROM {VERDICT}_twin twin
                              WHERE twin.cooperative_id = known.id)
        ) THEN 'POSSIBLE_RECODE'
        WHEN c.id IS NULL OR v.changed = '' THEN ''
        WHEN v.past = 1 THEN ''
        WHEN {undecided} AND v.changed LIKE '%%status,%%' AND c.status IN ({_ENDED})
             AND s.status NOT IN ({_ENDED}) THEN 'STATUS_REGRESSION'
        WHEN {undecided} AND ({overridden or "1 = 0"}) THEN 'MANUAL_OVERRIDE'
        ELSE '' END
    """
    sql.scratch_table(f"{VERDICT}_twin", [("cooperative_id", "bigint PRIMARY KEY")])
    sql.run(
        f"INSERT INTO {VERDICT}_twin SELECT DISTINCT cooperative_id FROM {VERDICT}"
        " WHERE cooperative_id IS NOT NULL"
    )
    sql.run(
        f"""
        UPDATE {VERDICT} SET doubt = judged.doubt
        FROM (
            SELECT v.row_id, {doubt} AS doubt
            FROM {VERDICT} v
            JOIN {sql.REGISTRATION} s ON s.row_id = v.row_id
            JOIN {sql.ROW} r ON r.id = v.row_id
            LEFT JOIN {sql.COOPERATIVE} c ON c.id = v.cooperative_id
        ) AS judged
        WHERE judged.row_id = {VERDICT}.row_id AND judged.doubt <> ''
        """
    )
    sql.run(
        f"""
        UPDATE {VERDICT} SET outcome = CASE
            WHEN doubt <> '' THEN '{RowOutcome.DOUBTFUL.value}'
            WHEN place > 1 THEN '{RowOutcome.DUPLICATE.value}'
            WHEN cooperative_id IS NULL THEN '{RowOutcome.NEW.value}'
            WHEN changed = '' THEN '{RowOutcome.UNCHANGED.value}'
            ELSE '{RowOutcome.CHANGED.value}' END
        """
    )


def is_backfill(delivery: FeedDelivery) -> bool:
    """Tell whether the societies of a later quarter stand in the register."""
    register = FeedDelivery.objects.carrying(FeedSource.REGISTRATION)
    return register.filter(quarter__gt=delivery.quarter, job__state=JobState.COMMITTED).exists()


def _doubt_strange_names() -> None:
    """Hold a known code whose new name has next to nothing in common with the old one."""
    renamed = sql.rows(
        f"""
        SELECT v.row_id, s.name_key, c.name_key
        FROM {VERDICT} v
        JOIN {sql.REGISTRATION} s ON s.row_id = v.row_id
        JOIN {sql.ROW} r ON r.id = v.row_id
        JOIN {sql.COOPERATIVE} c ON c.id = v.cooperative_id
        WHERE v.outcome = '{RowOutcome.CHANGED.value}' AND v.changed LIKE '%%name,%%'
          AND v.past = 0 AND s.name_key <> c.name_key AND r.decision <> '{RowDecision.ACCEPTED.value}'
        """
    )
    strange = [(row_id,) for row_id, new, old in renamed if is_another_name(old, new)]
    if strange:
        sql.run_many(
            f"UPDATE {VERDICT} SET outcome = '{RowOutcome.DOUBTFUL.value}',"
            " doubt = 'NAME_CONFLICT' WHERE row_id = %s",
            strange,
        )


def _write_back(delivery: FeedDelivery) -> None:
    """Put the verdicts on the rows; rows without read values are those that are sent back."""
    doubt = f"""CASE WHEN v.past = 1 AND v.outcome = '{RowOutcome.CHANGED.value}'
                     THEN '{late.LATE}' ELSE v.doubt END"""
    sql.run(
        f"""
        UPDATE {sql.ROW} SET outcome = v.outcome, doubt = {doubt},
                             cooperative_id = v.cooperative_id
        FROM {VERDICT} v
        WHERE v.row_id = {sql.ROW}.id AND (
            {sql.ROW}.outcome <> v.outcome OR {sql.ROW}.doubt <> {doubt}
            OR {sql.differs(f"{sql.ROW}.cooperative_id", "v.cooperative_id")})
        """
    )
    sql.run(
        f"""
        UPDATE {sql.REGISTRATION} SET changed_fields = v.changed
        FROM {VERDICT} v
        WHERE v.row_id = {sql.REGISTRATION}.row_id
          AND {sql.REGISTRATION}.changed_fields <> v.changed
        """
    )


def _expose_unjudged(delivery: FeedDelivery) -> None:
    """A row that counts as new but was never judged must upset the row equation, not slip by."""
    sql.run(
        f"""
        UPDATE {sql.ROW} SET outcome = ''
        WHERE delivery_id = %(delivery)s AND outcome = '{RowOutcome.NEW.value}'
          AND NOT EXISTS (SELECT 1 FROM {VERDICT} v WHERE v.row_id = {sql.ROW}.id)
          AND NOT EXISTS (SELECT 1 FROM {statements.VERDICT} v WHERE v.row_id = {sql.ROW}.id)
        """,
        {"delivery": delivery.pk},
    )


def _list_gone(delivery: FeedDelivery) -> None:
    """List living societies that a full list lacks; nothing follows from it by itself."""
    GoneNotice.objects.filter(delivery=delivery).delete()
    if delivery.scope != FeedScope.FULL or not delivery.carries_register:
        return
    sql.run(
        f"""
        INSERT INTO {sql.GONE} (delivery_id, cooperative_id)
        SELECT %(delivery)s, c.id FROM {sql.COOPERATIVE} c
        WHERE c.last_row_id IS NOT NULL AND c.status NOT IN ({_ENDED})
          AND c.merged_into_id IS NULL
          AND NOT EXISTS (SELECT 1 FROM {VERDICT}_twin t WHERE t.cooperative_id = c.id)
        """,
        {"delivery": delivery.pk},
    )
    _spare_rejected(delivery)


def _spare_rejected(delivery: FeedDelivery) -> None:
    """A society whose row was sent back is in the list all the same: by code, number or name."""
    listed = FeedRow.objects.filter(
        delivery=delivery, kind=RowKind.DATA, outcome=RowOutcome.REJECTED
    ).values_list("raw", flat=True)
    identities, names = set[str](), set[str]()
    for raw in listed.iterator(chunk_size=2_000):
        for cell in map(str, raw):
            identities.update(identities_in(cell))
            if names_society(cell):
                names.add(key_of(cell))
    for batch in _in_batches(sorted(identities)):
        _spare(delivery, models.Q(uscc__in=batch) | models.Q(registration_no__in=batch))
    for batch in _in_batches(sorted(names)):
        _spare(delivery, models.Q(name_key__in=batch))


def _spare(delivery: FeedDelivery, listed: models.Q) -> None:
    """Take societies off the list, and those into which they were merged."""
    there = Cooperative.objects.filter(listed)
    gone = GoneNotice.objects.filter(delivery=delivery)
    gone.filter(
        models.Q(cooperative__in=there.values("pk"))
        | models.Q(cooperative__in=there.values("merged_into"))
    ).delete()


def _in_batches(codes: list[str], size: int = 500) -> list[list[str]]:
    return [codes[start : start + size] for start in range(0, len(codes), size)]


def outcome_counts(delivery: FeedDelivery) -> dict[str, int]:
    """Count the data rows by outcome, and the societies that a full list lacks."""
    found = dict(
        sql.rows(
            f"SELECT outcome, COUNT(*) FROM {sql.ROW}"
            f" WHERE delivery_id = %(delivery)s AND kind = '{RowKind.DATA.value}'"
            " GROUP BY outcome",
            {"delivery": delivery.pk},
        )
    )
    counts = {outcome.value: found.pop(outcome.value, 0) for outcome in RowOutcome if outcome.value}
    counts["undecided"] = sum(found.values())
    counts["gone"] = GoneNotice.objects.filter(delivery=delivery).count()
    return counts


def living_in_feed() -> int:
    """Count the living societies that a feed has shown before: what a full list should hold."""
    return Cooperative.objects.living().filter(last_row__isnull=False).count()
