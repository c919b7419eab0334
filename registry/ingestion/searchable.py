"""Keep the index of pieces from making a publish slow: what a file brings is sorted in after the commit.

New societies are marked as waiting, and a search compares them one by one (`common/lookups.py`),
so it finds them at once. Changed ones stand in the index already; their new entries wait in its own
list, which a search reads too. PostgreSQL only: elsewhere there is no such index.
"""

from django.db import transaction

from common.planner import analyse_whole
from registry.ingestion import sql
from registry.models import Cooperative, CooperativeVersion

_AT_ONCE = 5_000  # rows that a person may have to wait for when editing one of them


def let_entries_wait() -> None:
    """Let the index's list grow to a nation's file until the transaction ends, in place of 4 MB."""
    if sql.on_postgresql():
        sql.run("SET LOCAL gin_pending_list_limit = '256MB'")


def new_ones_wait() -> str:
    """Return what a new society's `pieces_wait` is set to, in SQL."""
    return "TRUE" if sql.on_postgresql() else "FALSE"


def sort_entries_in() -> None:
    """Sort the waiting societies into the index. Safe to stop at any moment, to repeat and to share.

    Rows that somebody holds at the moment are left for the next time.
    """
    if not sql.on_postgresql():
        return
    while _sort_some_in():
        pass
    sql.run("SELECT gin_clean_pending_list('coop_pieces')")
    # Or a search would be planned for as many waiting rows as there were at the commit, which
    # looked at the register with a glance only.
    analyse_whole(Cooperative, CooperativeVersion)


def sort_in_what_was_left() -> None:
    """Sort in what a worker that died has left waiting; costs a look where nothing waits."""
    if sql.rows(f"SELECT 1 FROM {sql.COOPERATIVE} WHERE pieces_wait LIMIT 1"):
        sort_entries_in()


def _sort_some_in() -> int:
    with transaction.atomic():
        let_entries_wait()
        return sql.run(
            f"""
            UPDATE {sql.COOPERATIVE} SET pieces_wait = FALSE
            WHERE id IN (SELECT id FROM {sql.COOPERATIVE} WHERE pieces_wait
                         ORDER BY id LIMIT {_AT_ONCE} FOR UPDATE SKIP LOCKED)
            """
        )
