"""Take a published delivery back: former values return, except where a person edited later."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from registry.choices import JobState, RowOutcome
from registry.ingestion import sql
from registry.ingestion.late import LATE
from registry.ingestion.statement_publish import undo_statements, wait_again
from registry.models import (
    CARRIED,
    Cooperative,
    CooperativeVersion,
    FeedDelivery,
    FeedRow,
    FormerName,
    GoneNotice,
    Statement,
)

UNDONE = "undone_society"
# Rows of the trunk itself that come and go with a society; anything else is later work on it.
# The versions that this delivery has closed: it wrote its own at the very moment they ended.
_REPLACED = f"""
    EXISTS (SELECT 1 FROM {sql.VERSION} mine
            WHERE mine.cooperative_id = old.cooperative_id AND mine.delivery_id = %(delivery)s
              AND mine.known_from = old.known_to AND mine.true_to IS NULL
              AND NOT mine.restored)
    AND old.true_to IS NULL"""
_OWN = {
    "versions",
    "former_names",
    "gone_notices",
    "feed_rows",
    "flags",
    "flagcandidate",
    "namestem",
    "name_keys",
    "contradictions",
    "contradictioncandidate",
    "pairs_as_left",
    "pairs_as_right",
}


@dataclass(frozen=True)
class Undone:
    """The names of the societies that were left alone, and the files that wait for others again."""

    left_alone: list[str]
    waiting: list[int]


def undo_published(delivery: FeedDelivery, committed_at: dt.datetime, at: dt.datetime) -> Undone:
    """Restore what stood before this delivery's societies came in."""
    params = {
        "delivery": delivery.pk,
        "at": sql.adapted(CooperativeVersion, "known_from", at),
    }
    # Read once, now: the versions written below would look like later edits themselves.
    left_alone = dict(
        _edited_later(delivery, committed_at).order_by("name_key", "pk").values_list("pk", "name")
    )
    _choose(list(left_alone), params)
    _restore_facts(params)
    _restore_versions(params)
    undo_statements(delivery, at)
    waiting = wait_again(f"SELECT cooperative_id FROM {UNDONE} WHERE added = 1")
    _remove_new()
    _restore_last_seen(delivery)
    FormerName.objects.filter(delivery=delivery).exclude(cooperative__in=list(left_alone)).delete()
    GoneNotice.objects.filter(delivery=delivery).delete()
    return Undone(list(left_alone.values()), [pk for pk in waiting if pk != delivery.pk])


def _edited_later(delivery: FeedDelivery, at: dt.datetime) -> models.QuerySet[Cooperative]:
    """Societies of this delivery that a person has worked on since."""
    edited = CooperativeVersion.objects.filter(
        cooperative=OuterRef("pk"), known_from__gt=at, changed_by__isnull=False
    )
    worked_on = Q(Exists(edited))
    added = FeedRow.objects.filter(
        delivery=delivery,
        outcome=RowOutcome.NEW,
        cooperative__isnull=False,
        registration__isnull=False,
    ).values("cooperative")
    for relation in Cooperative._meta.related_objects:
        if _is_own(relation):
            continue
        linked = relation.related_model._default_manager.filter(
            **{relation.field.name: OuterRef("pk")}
        )
        worked_on |= Q(Exists(linked), pk__in=added)
    touched = FeedRow.objects.filter(
        delivery=delivery,
        outcome__in=(RowOutcome.NEW, RowOutcome.CHANGED),
        registration__isnull=False,
    ).values("cooperative")
    return Cooperative.objects.filter(worked_on, pk__in=touched)


def _is_own(relation: Any) -> bool:
    """Tell rows that come and go with a society; what files state about it waits in their rows."""
    named = {relation.get_accessor_name(), relation.name} & _OWN
    return bool(named) or issubclass(relation.related_model, Statement)


def _choose(left_alone: list[int], params: dict[str, object]) -> None:
    """List the societies to put back, and whether they are to go altogether."""
    sql.scratch_table(UNDONE, [("cooperative_id", "bigint PRIMARY KEY"), ("added", "integer")])
    sql.run(
        f"""
        INSERT INTO {UNDONE} (cooperative_id, added)
        SELECT cooperative_id, MAX(CASE WHEN outcome = '{RowOutcome.NEW.value}' THEN 1 ELSE 0 END)
        FROM {sql.ROW}
        WHERE delivery_id = %(delivery)s AND cooperative_id IS NOT NULL
          AND outcome IN ('{RowOutcome.NEW.value}', '{RowOutcome.CHANGED.value}')
          AND EXISTS (SELECT 1 FROM {sql.REGISTRATION} s WHERE s.row_id = {sql.ROW}.id)
        GROUP BY cooperative_id
        """,
        params,
    )
    if left_alone:
        sql.run_many(
            f"DELETE FROM {UNDONE} WHERE cooperative_id = %s", [(pk,) for pk in left_alone]
        )


def _restore_facts(params: dict[str, object]) -> None:
    sets = ", ".join(f"{name} = old.{name}" for name in CARRIED)
    sql.run(
        f"""
        UPDATE {sql.COOPERATIVE} SET {sets}, updated_at = %(at)s,
               version = {sql.COOPERATIVE}.version + 1
        FROM {sql.VERSION} old JOIN {UNDONE} u ON u.cooperative_id = old.cooperative_id
        WHERE old.cooperative_id = {sql.COOPERATIVE}.id AND u.added = 0
          AND {_REPLACED}
        """,
        params,
    )


def _restore_versions(params: dict[str, object]) -> None:
    """Stop believing what the delivery said, and believe again what it had replaced."""
    chosen = f"SELECT cooperative_id FROM {UNDONE}"
    sql.run(
        f"""
        UPDATE {sql.VERSION} SET known_to = %(at)s
        WHERE delivery_id = %(delivery)s AND known_to IS NULL AND cooperative_id IN ({chosen})
        """,
        params,
    )
    carried = ", ".join(CARRIED)
    sql.run(
        f"""
        INSERT INTO {sql.VERSION} (cooperative_id, {carried}, true_from, true_to, known_from,
            known_to, delivery_id, row_id, changed_by_id, reason, changed_fields, restored)
        SELECT cooperative_id, {carried}, true_from, true_to, %(at)s, NULL, delivery_id, row_id,
               changed_by_id, reason, changed_fields, TRUE
        FROM {sql.VERSION} old
        WHERE cooperative_id IN ({chosen} WHERE added = 0) AND {_REPLACED}
        """,
        params,
    )
    # A late file closes pieces of the past as well: all that ended when its own words began.
    sql.run(
        f"""
        INSERT INTO {sql.VERSION} (cooperative_id, {carried}, true_from, true_to, known_from,
            known_to, delivery_id, row_id, changed_by_id, reason, changed_fields, restored)
        SELECT cooperative_id, {carried}, true_from, true_to, %(at)s, NULL, delivery_id, row_id,
               changed_by_id, reason, changed_fields, TRUE
        FROM {sql.VERSION} old
        WHERE cooperative_id IN ({chosen} WHERE added = 0) AND NOT ({_REPLACED})
          AND EXISTS (
            SELECT 1 FROM {sql.VERSION} mine
            JOIN {sql.ROW} r ON r.id = mine.row_id AND r.doubt = '{LATE}'
            WHERE mine.cooperative_id = old.cooperative_id AND mine.delivery_id = %(delivery)s
              AND r.delivery_id = %(delivery)s AND mine.known_from = old.known_to)
        """,
        params,
    )


def _remove_new() -> None:
    """Take societies out of the register that only this delivery brought; its rows keep them."""
    chosen = f"SELECT cooperative_id FROM {UNDONE} WHERE added = 1"
    sql.run(f"UPDATE {sql.ROW} SET cooperative_id = NULL WHERE cooperative_id IN ({chosen})")
    for relation in Cooperative._meta.related_objects:
        if _is_own(relation) and relation.name != "feed_rows":
            table, column = relation.related_model._meta.db_table, relation.field.column
            sql.run(f"DELETE FROM {table} WHERE {column} IN ({chosen})")
    sql.run(f"DELETE FROM {sql.COOPERATIVE} WHERE id IN ({chosen})")


def _restore_last_seen(delivery: FeedDelivery) -> None:
    """Point each society to the latest row that still stands."""
    standing = ", ".join(
        f"'{outcome.value}'"
        for outcome in (RowOutcome.NEW, RowOutcome.CHANGED, RowOutcome.UNCHANGED)
    )
    sql.run(
        f"""
        UPDATE {sql.COOPERATIVE} SET last_row_id = (
            SELECT MAX(r.id) FROM {sql.ROW} r
            JOIN {sql.REGISTRATION} read ON read.row_id = r.id
            JOIN {sql.JOB} job ON job.delivery_id = r.delivery_id
            WHERE r.cooperative_id = {sql.COOPERATIVE}.id AND r.outcome IN ({standing})
              AND job.state = '{JobState.COMMITTED.value}' AND r.delivery_id <> %(delivery)s)
        WHERE last_row_id IN (SELECT id FROM {sql.ROW} WHERE delivery_id = %(delivery)s)
        """,
        {"delivery": delivery.pk},
    )
