"""Narrow a verdict to some rows, however many there are."""

from collections.abc import Sequence

from registry.ingestion import sql

_CHOSEN = "chosen_row"


def keep_only(verdict: str, rows: Sequence[int]) -> None:
    """Forget the verdict on all rows but these."""
    sql.scratch_table(_CHOSEN, [("row_id", "bigint PRIMARY KEY")])
    if rows:
        sql.run_many(f"INSERT INTO {_CHOSEN} (row_id) VALUES (%s)", [(row,) for row in rows])
    sql.run(f"DELETE FROM {verdict} WHERE row_id NOT IN (SELECT row_id FROM {_CHOSEN})")
