"""One SHA-256 over the business content, in natural keys, the same on every database.

Left out on purpose: row ids, versions and times of writing, sessions, jobs and the evidence of
how content came in (deliveries, rows, closed versions, cleared flags, the audit trail). So an
undo returns the fingerprint of before, and a repeated delivery changes nothing.
"""

import hashlib

from tongchuan_coop.fingerprint import (
    accounts,
    cleanup,
    contacts,
    demonstration,
    exemplars,
    help_requests,
    liaison,
    library,
    meetings,
    pilot,
    registry,
    reports,
    sponsorships,
    supports,
    training,
    upward,
    watches,
)
from tongchuan_coop.fingerprint.values import sorted_lines

PARTS = (
    accounts,
    registry,
    reports,
    cleanup,
    training,
    demonstration,
    liaison,
    meetings,
    pilot,
    sponsorships,
    supports,
    help_requests,
    watches,
    library,
    exemplars,
    contacts,
    upward,
)


def fingerprint() -> str:
    """Return the SHA-256 of the canonical content."""
    digest = hashlib.sha256()
    for part in PARTS:
        for name, rows in part.tables():
            digest.update(f"\n#{name}\n".encode())
            for line in sorted_lines(rows):
                digest.update(line.encode())
    return digest.hexdigest()
