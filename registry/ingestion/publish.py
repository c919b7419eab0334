"""Put the accepted rows of a delivery into the register, with history and provenance.

A fixed number of statements, whatever the number of rows, inside the caller's one transaction.
"""

import datetime as dt

from registry.choices import RowOutcome
from registry.ingestion import sql
from registry.ingestion.late import cut_off, publish_late
from registry.ingestion.names import BRANCH, BRANCH_TYPES, COOPERATIVE
from registry.ingestion.reconcile import DERIVED, VERDICT, compared_facts, unread
from registry.ingestion.searchable import new_ones_wait
from registry.ingestion.versions import close_versions
from registry.models import (
    CARRIED,
    CooperativeVersion,
    FeedDelivery,
)

_NEW, _CHANGED, _SAME = (
    RowOutcome.NEW.value,
    RowOutcome.CHANGED.value,
    RowOutcome.UNCHANGED.value,
)


def publish_verdict(delivery: FeedDelivery, at: dt.datetime) -> None:
    """Apply the verdict table of `reconcile` (same session) to the register, known from `at` on."""
    facts = _Moment(delivery, at)
    _add_new(facts)
    _keep_old_names(facts)
    _apply_changes(delivery, facts)
    _mark_seen()
    _write_versions(facts)
    publish_late(delivery, VERDICT, at, _facts_taken(delivery, moved="v.changed"))


class _Moment:
    """The two dates of a publish, as the database stores them."""

    def __init__(self, delivery: FeedDelivery, at: dt.datetime) -> None:
        self.params = {
            "delivery": delivery.pk,
            "at": sql.adapted(CooperativeVersion, "known_from", at),
            "day": sql.adapted(CooperativeVersion, "true_from", cut_off(delivery)),
        }


def _add_new(moment: _Moment) -> None:
    carried = [name for name in CARRIED if name != "uscc"]
    sql.run(
        f"""
        INSERT INTO {sql.COOPERATIVE} (uscc, {", ".join(carried)}, division, last_row_id,
            corrected_fields, internal_note, created_at, updated_at, version, pieces_wait)
        SELECT NULLIF(s.uscc, ''), {", ".join(f"s.{name}" for name in carried)}, s.division,
               s.row_id, '[]', '', %(at)s, %(at)s, 1, {new_ones_wait()}
        FROM {VERDICT} v JOIN {sql.REGISTRATION} s ON s.row_id = v.row_id
        WHERE v.outcome = '{_NEW}'
        ORDER BY s.row_id
        """,
        moment.params,
    )
    sql.run(
        f"""
        UPDATE {VERDICT} SET cooperative_id = c.id
        FROM {sql.COOPERATIVE} c
        WHERE c.last_row_id = {VERDICT}.row_id AND {VERDICT}.outcome = '{_NEW}'
        """
    )
    sql.run(
        f"""
        UPDATE {sql.ROW} SET cooperative_id = v.cooperative_id
        FROM {VERDICT} v WHERE v.row_id = {sql.ROW}.id AND v.outcome = '{_NEW}'
        """
    )


def _keep_old_names(moment: _Moment) -> None:
    sql.run(
        f"""
        INSERT INTO {sql.FORMER_NAME} (cooperative_id, name, until, delivery_id)
        SELECT c.id, c.name, %(day)s, %(delivery)s
        FROM {VERDICT} v JOIN {sql.COOPERATIVE} c ON c.id = v.cooperative_id
        WHERE v.outcome = '{_CHANGED}' AND v.past = 0 AND v.changed LIKE '%%name,%%'
        """,
        moment.params,
    )


def _apply_changes(delivery: FeedDelivery, moment: _Moment) -> None:
    """Overwrite the facts that this file has a column for; what it lacks stays as it is."""
    sets = [
        f"{name} = {source}"
        for name, source in sorted(_facts_taken(delivery, moved="v.changed").items())
        if source != f"c.{name}"
    ]
    sql.run(
        f"""
        UPDATE {sql.COOPERATIVE} AS c
        SET {", ".join(sets)}, updated_at = %(at)s, version = c.version + 1
        FROM {VERDICT} v
        JOIN {sql.REGISTRATION} s ON s.row_id = v.row_id
        JOIN {sql.ROW} r ON r.id = v.row_id
        WHERE v.cooperative_id = c.id AND v.outcome = '{_CHANGED}' AND v.past = 0
        """,
        moment.params,
    )


def _facts_taken(delivery: FeedDelivery, *, moved: str) -> dict[str, str]:
    """Return for each carried fact from where it is taken: `s` the read row, `c` what was held.

    `moved` names the column with the changed facts.
    """
    present = set(compared_facts(delivery))
    taken = {name: f"c.{name}" for name in CARRIED}
    for fact in present - DERIVED - {"registration_no"}:
        taken[fact] = f"CASE WHEN {unread(fact)} THEN c.{fact} ELSE s.{fact} END"
    taken["uscc"] = "COALESCE(c.uscc, NULLIF(s.uscc, ''))"
    taken["registration_no"] = (
        "CASE WHEN s.registration_no <> '' THEN s.registration_no ELSE c.registration_no END"
    )
    if "name" in present:
        taken |= {fact: f"s.{fact}" for fact in ("name_key", "name_initials")}
        taken["kind"] = _kind_taken("entity_type" in present)
    if "domicile" in present:
        for fact in ("township_id", "township_basis"):
            taken[fact] = f"CASE WHEN {moved} LIKE '%%domicile,%%' THEN s.{fact} ELSE c.{fact} END"
    return taken


def _kind_taken(type_stated: bool) -> str:
    """The kind follows from name and type; without a type in the row the known one still tells."""
    known = " OR ".join(f"c.entity_type LIKE '%%{word}%%'" for word in BRANCH_TYPES)
    same_name = "s.name_key = c.name_key"
    still_branch = f"(s.kind = '{COOPERATIVE}' AND c.kind = '{BRANCH}' AND ({known}))"
    untold = unread("entity_type") if type_stated else "1 = 1"
    return f"CASE WHEN {untold} AND ({same_name} OR {still_branch}) THEN c.kind ELSE s.kind END"


def _mark_seen() -> None:
    """Note the row in which each society was seen, under its own code."""
    sql.run(
        f"""
        UPDATE {sql.COOPERATIVE} SET last_row_id = v.row_id
        FROM {VERDICT} v JOIN {sql.REGISTRATION} s ON s.row_id = v.row_id
        WHERE v.cooperative_id = {sql.COOPERATIVE}.id AND v.past = 0
          AND v.outcome IN ('{_CHANGED}', '{_SAME}')
          AND (s.uscc = '' OR s.uscc = {sql.COOPERATIVE}.uscc)
        """
    )


def _write_versions(moment: _Moment) -> None:
    """Close what was known, keep its past part, and add what is known now."""
    close_versions(
        f"SELECT cooperative_id FROM {VERDICT} WHERE outcome = '{_CHANGED}' AND past = 0",
        moment.params,
        caused_by="%(delivery)s",
    )
    carried = ", ".join(CARRIED)
    from_then_on = sql.greatest(
        "%(day)s",
        f"""COALESCE((SELECT MAX(old.true_from) FROM {sql.VERSION} old
                      WHERE old.cooperative_id = c.id AND old.known_to = %(at)s), %(day)s)""",
    )
    founded = (
        "CASE WHEN c.established_on IS NOT NULL AND c.established_on <= %(day)s"
        " THEN c.established_on ELSE %(day)s END"
    )
    if sql.on_postgresql():
        from_then_on, founded = f"({from_then_on})::date", f"({founded})::date"
    sql.run(
        f"""
        INSERT INTO {sql.VERSION} (cooperative_id, {carried}, true_from, true_to, known_from,
            known_to, delivery_id, row_id, changed_by_id, reason, changed_fields,
            restored)
        SELECT c.id, {", ".join(f"c.{name}" for name in CARRIED)},
               CASE WHEN v.outcome = '{_NEW}' THEN {founded} ELSE {from_then_on} END,
               NULL, %(at)s, NULL, %(delivery)s, v.row_id, NULL, '', v.changed, FALSE
        FROM {VERDICT} v JOIN {sql.COOPERATIVE} c ON c.id = v.cooperative_id
        WHERE v.outcome IN ('{_NEW}', '{_CHANGED}') AND v.past = 0
        """,
        moment.params,
    )
