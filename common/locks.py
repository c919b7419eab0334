"""Named locks that last as long as the transaction.

PostgreSQL has advisory locks. SQLite needs none: every transaction here begins IMMEDIATE, so
writers already stand in one line.
"""

import zlib

from django.db import connection, transaction


def hold(name: str) -> None:
    """Wait for a named lock and keep it until the transaction ends."""
    if not connection.in_atomic_block:
        msg = "a lock belongs into a transaction"
        raise transaction.TransactionManagementError(msg)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [zlib.crc32(name.encode())])
