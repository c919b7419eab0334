"""Keep the index of pieces from making a publish slow: new entries wait in its list and are sorted in later.

A search reads that list too, so it finds new societies at once. PostgreSQL only; where the sorting
in is missed, because a worker died, the database does it by itself.
"""

from registry.ingestion import sql


def let_entries_wait() -> None:
    """Let the list grow to a nation's first file until the transaction ends, in place of 4 MB."""
    if sql.on_postgresql():
        sql.run("SET LOCAL gin_pending_list_limit = '256MB'")


def sort_entries_in() -> None:
    """Sort the waiting entries into the index; costs nothing where none wait."""
    if sql.on_postgresql():
        sql.run("SELECT gin_clean_pending_list('coop_pieces')")
