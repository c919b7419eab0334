"""Plant a fault, and see the test that must notice it turn red.

    python -m tests.faults            # all of them
    python -m tests.faults lock mask  # those whose name holds one of these words

Each fault is one change of the source in a copy of the tree; the copy is tested and thrown away.
Faults of the database's own locks are tried only where `DATABASE_URL` names PostgreSQL. Exits 1
when a fault went unnoticed, and says which: a guard without such a test is not a guard.
"""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.planting import Change, copied_tree, plant


@dataclass(frozen=True)
class Fault:
    """What is changed where, and the test that must turn red. `only` names one kind of database."""

    name: str
    path: str
    old: str
    new: str
    test: str
    only: str = ""


FAULTS = (
    Fault(
        "township filter dropped from the register",
        "registry/models/cooperative.py",
        "return self.standing().filter(township=user.unit_id)",
        "return self.standing()",
        "tests/registry/test_cooperative_list.py"
        "::test_a_clerk_sees_the_societies_of_the_own_township_only",
    ),
    Fault(
        "right of a view not asked for",
        "accounts/decorators.py",
        "if not may(request.user, action):",
        "if False:",
        "tests/accounts/test_second_factor.py"
        "::test_the_administrator_clears_it_and_every_session_ends",
    ),
    Fault(
        "mask of telephone numbers skipped",
        "common/template_tags.py",
        "return f\"{value[:3]}{'*' * (len(value) - 5)}{value[-2:]}\"",
        "return value",
        "tests/registry/test_cooperative_list.py::test_contact_numbers_are_covered",
    ),
    Fault(
        "mask of log lines skipped",
        "common/logs.py",
        'return _PHONE.sub(r"\\1****\\2", _IDENTITY.sub(r"\\1********\\2", text))',
        "return text",
        "tests/operations/test_machinery.py::test_a_log_line_hides_the_numbers_of_people",
    ),
    Fault(
        "formula guard of exports off",
        "common/spreadsheet.py",
        "return value[:1] in _FORMULA_STARTS if value else False",
        "return False",
        "tests/common/test_spreadsheet.py"
        "::test_a_value_that_looks_like_a_formula_gets_an_apostrophe_in_csv",
    ),
    Fault(
        "lock-out after failures off",
        "tongchuan_coop/settings/__init__.py",
        "AXES_FAILURE_LIMIT = 5",
        "AXES_FAILURE_LIMIT = 5000",
        "tests/accounts/test_sign_in.py::test_five_failures_lock_even_the_right_password_out",
    ),
    Fault(
        "idle sessions live on",
        "accounts/middleware.py",
        "idle > settings.SESSION_IDLE_SECONDS or",
        "",
        "tests/accounts/test_sessions.py::test_half_an_hour_of_idleness_ends_the_session",
    ),
    Fault(
        "second factor not waited for",
        "accounts/middleware.py",
        "if owed in {DUE, MISSING} and not",
        "if owed in {MISSING} and not",
        "tests/accounts/test_second_factor.py::test_a_password_alone_opens_nothing",
    ),
    Fault(
        "link of the audit chain not checked",
        "accounts/operations/audit.py",
        "if not fits or event.hash != event.computed_hash():",
        "if not fits:",
        "tests/accounts/test_audit.py::test_a_change_is_found_at_its_link",
    ),
    Fault(
        "act goes on when its record fails",
        "accounts/operations/users.py",
        "@transaction.atomic\ndef edit_person(",
        "def edit_person(",
        "tests/accounts/test_audit.py::test_an_act_whose_record_fails_does_not_happen",
    ),
    Fault(
        "lease of a job not looked at",
        "registry/operations/leases.py",
        "taken = IngestJob.objects.filter(free, pk=job_id, state__in=WORKING_STATES)",
        "taken = IngestJob.objects.filter(pk=job_id, state__in=WORKING_STATES)",
        "tests/registry/test_intake_jobs.py"
        "::test_a_held_lease_keeps_others_away_and_an_expired_one_does_not",
    ),
    Fault(
        "stale step not refused",
        "accounts/operations/transitions.py",
        "if getattr(fresh, flow.field) != current or fresh.version != subject.version:",
        "if False:",
        "tests/registry/test_delivery_views.py",
    ),
    Fault(
        "attachments beyond the reach of their owner",
        "accounts/models/attachment.py",
        "return found if owners.filter(pk=found.owner_key).exists() else None",
        "return found",
        "tests/accounts/test_attachments.py::test_who_does_not_reach_the_owner_gets_404",
    ),
    Fault(
        "member of a back-up not compared",
        "tongchuan_coop/backup/archive.py",
        "if found != digest:",
        "if False:",
        "tests/operations/test_backup.py::test_a_changed_byte_is_found",
    ),
    Fault(
        "IMMEDIATE taken from SQLite",
        "tongchuan_coop/settings/__init__.py",
        '"transaction_mode": "IMMEDIATE",',
        "",
        "tests/registry/test_intake_races.py::test_parallel_records_keep_the_audit_chain_whole",
        only="sqlite",
    ),
    Fault(
        "named locks that hold nothing",
        "common/locks.py",
        'cursor.execute("SELECT pg_advisory_xact_lock(%s)", [zlib.crc32(name.encode())])',
        "pass",
        "tests/registry/reports/test_races.py",
        only="postgresql",
    ),
)


def main(words: list[str]) -> int:
    """Try the faults whose name holds one of the words, or all; return the exit status."""
    vendor = "postgresql" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "sqlite"
    unnoticed = []
    for fault in FAULTS:
        if words and not any(word in fault.name for word in words):
            continue
        if fault.only and fault.only != vendor:
            print(f"left out  {fault.name}: needs {fault.only}")
            continue
        noticed, told = _try(fault)
        print(f"{'noticed ' if noticed else 'UNNOTICED'}  {fault.name}  {told}", flush=True)
        if not noticed:
            unnoticed.append(fault.name)
    print(f"{len(unnoticed)} unnoticed")
    return 1 if unnoticed else 0


def _try(fault: Fault) -> tuple[bool, str]:
    change = Change(fault.path, fault.old, fault.new)
    if not change.fits():
        return False, f"({fault.path} does not hold the line once: mend this list)"
    with copied_tree() as copy:
        if not _passes(copy, fault.test):
            return False, "(the test is red without the fault)"
        plant(copy, [change])
        return not _passes(copy, fault.test), fault.test.rpartition("::")[2]


def _passes(copy: Path, test: str) -> bool:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-x",
        "-p",
        "no:xdist",
        "-p",
        "no:cacheprovider",
    ]
    done = subprocess.run([*command, test], cwd=copy, capture_output=True, check=False)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
