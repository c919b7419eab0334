"""Work a job through: take a lease, do the step its state asks for, keep or give back the lease.

The job row is the queue. A Celery message only wakes a worker; a lost or doubled message is
harmless, because a step is taken by one conditional update and may be run again.
"""

import datetime as dt
import logging

from django.conf import settings
from django.db import DatabaseError, connection

from common import clock
from registry.choices import JobState
from registry.ingestion.searchable import sort_entries_in
from registry.models import IngestJob
from registry.operations import intake
from registry.operations.leases import Lease, LeaseLost, TryAgain, claim
from registry.operations.matching import find_pairs
from registry.sides.compare import compare_sources

log = logging.getLogger("portal.jobs")
RETRY_AFTER = dt.timedelta(seconds=3)
EXHAUSTED = "处理三次都没有完成。文件仍完好保存，请联系系统管理员；排除原因后可选择“再试一次”。"


def run_job(job_id: int) -> None:
    """Do the step that a job's state asks for. Safe to call twice, early, late or for nothing."""
    lease = claim(job_id)
    if lease is None:
        return
    try:
        _take_step(lease)
    except LeaseLost:
        log.info("job %s: another worker has it", job_id)
    except TryAgain:
        log.warning("job %s: the reading child ran out of means, tried again", job_id)
        _give_back(lease)
    except DatabaseError:
        log.exception("job %s: the database failed, tried again later", job_id)
        _give_back(lease)
    except Exception:
        log.exception("job %s: a step failed, tried again later", job_id)
        _give_back(lease)


def _take_step(lease: Lease) -> None:
    if lease.job.attempt > settings.INTAKE_ATTEMPTS:
        _hold_exhausted(lease)
        return
    match lease.job.state:
        case JobState.RECEIVED | JobState.PARSING:
            intake.check_delivery(lease)
        case JobState.COMMITTING:
            intake.publish_delivery(lease)
            sort_entries_in()
            find_pairs()
            compare_sources()
        case JobState.UNDOING:
            intake.withdraw_delivery(lease)
            compare_sources()


def _hold_exhausted(lease: Lease) -> None:
    hold = {
        "code": "ATTEMPTS_EXHAUSTED",
        "message": EXHAUSTED,
        "examples": [],
        "choices": ["continue"],
    }
    was = lease.job.state
    lease.finish(
        JobState.HELD, reason="ATTEMPTS_EXHAUSTED", message=EXHAUSTED, holds=[{**hold, "was": was}]
    )


def _give_back(lease: Lease) -> None:
    """Let the job be taken again soon; a dead connection must not keep it for the whole lease."""
    try:
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
        IngestJob.objects.filter(pk=lease.job.pk, lease=lease.token).update(
            lease="", lease_until=clock.real_now() + RETRY_AFTER
        )
    except DatabaseError:
        log.warning("job %s: could not give the lease back; it will expire", lease.job.pk)


def waiting_jobs() -> list[int]:
    """Return the jobs that nobody works on, oldest first."""
    return list(IngestJob.objects.waiting().values_list("pk", flat=True)[:100])
