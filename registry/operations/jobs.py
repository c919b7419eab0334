"""Work a job through: take a lease, do the step its state asks for, keep or give back the lease.

The job row is the queue. A Celery message only wakes a worker; a lost or doubled message is
harmless, because a step is taken by one conditional update and may be run again.
"""

import datetime as dt
import logging
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import F, Q

from common import clock
from registry.choices import WORKING_STATES, JobState
from registry.models import IngestJob
from registry.operations import intake

log = logging.getLogger("portal.jobs")
RETRY_AFTER = dt.timedelta(seconds=3)
STAGES = {"opening": "打开文件", "reading": "逐行检查", "": "打开文件"}
EXHAUSTED = "处理三次都没有完成。文件仍完好保存，请联系系统管理员；排除原因后可选择继续处理。"


class LeaseLost(Exception):
    """Another worker has taken the job over; this one must write nothing more."""


@dataclass
class Lease:
    """The right to work on one job until a moment that is pushed on while work goes on."""

    job: IngestJob
    token: str
    renewed_at: dt.datetime

    def renew(self, **progress: object) -> None:
        """Push the end on and store progress. Raises LeaseLost when it is no longer ours."""
        now = clock.real_now()
        until = now + dt.timedelta(seconds=settings.INTAKE_LEASE_SECONDS)
        held = IngestJob.objects.filter(pk=self.job.pk, lease=self.token)
        if not held.update(lease_until=until, **progress):
            raise LeaseLost
        self.renewed_at = now

    def count(self, done: int) -> None:
        """Renew the lease with the number of rows done; part of the caller's transaction."""
        self.renew(rows_done=done)

    def report(self, stage: str, done: int, known: int) -> None:
        """Store progress, at most twice a second."""
        if clock.real_now() - self.renewed_at > dt.timedelta(milliseconds=500):
            self.renew(stage=STAGES.get(stage, "读取文件"), rows_done=done, rows_known=known)

    def finish(self, state: JobState, **facts: object) -> None:
        """Leave the job in a state and give the lease back. Raises LeaseLost."""
        held = IngestJob.objects.filter(pk=self.job.pk, lease=self.token)
        done = held.update(
            state=state,
            lease="",
            lease_until=None,
            attempt=0,
            stage="",
            finished_at=clock.now(),
            version=F("version") + 1,
            **facts,
        )
        if not done:
            raise LeaseLost


def claim(job_id: int) -> Lease | None:
    """Take the lease of a job that waits for work, or return None."""
    token, now = uuid.uuid4().hex, clock.real_now()
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    taken = IngestJob.objects.filter(free, pk=job_id, state__in=WORKING_STATES).update(
        lease=token,
        lease_until=now + dt.timedelta(seconds=settings.INTAKE_LEASE_SECONDS),
        attempt=F("attempt") + 1,
        started_at=clock.now(),
    )
    if not taken:
        return None
    job = IngestJob.objects.select_related("delivery", "requested_by").get(pk=job_id)
    return Lease(job, token, now)


def run_job(job_id: int) -> None:
    """Do the step that a job's state asks for. Safe to call twice, early, late or for nothing."""
    lease = claim(job_id)
    if lease is None:
        return
    try:
        _take_step(lease)
    except LeaseLost:
        log.info("job %s: another worker has it", job_id)
    except intake.TryAgain:
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
        case JobState.UNDOING:
            intake.withdraw_delivery(lease)


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
