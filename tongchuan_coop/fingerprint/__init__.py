"""One SHA-256 over the business content, in natural keys, the same on every database.

Left out on purpose: row ids, versions and times of writing, sessions, jobs and the evidence of
how content came in (deliveries, rows, closed versions, cleared flags, the audit trail). So an
undo returns the fingerprint of before, and a repeated delivery changes nothing.
"""

import hashlib

from tongchuan_coop.fingerprint import (
    accounts,
    cleanup,
    demonstration,
    liaison,
    meetings,
    pilot,
    registry,
    reports,
    sponsorships,
    supports,
    training,
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
