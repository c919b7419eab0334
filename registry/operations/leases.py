"""The right to work on a job: taken by one conditional update, pushed on while work goes on."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.db.models import F, Q

from common import clock
from registry.choices import WORKING_STATES, JobState
from registry.models import IngestJob

STAGES = {"opening": "打开文件", "reading": "逐行检查", "": "打开文件"}


class LeaseLost(Exception):
    """Another worker has taken the job over; this one must write nothing more."""


class TryAgain(Exception):
    """A step that failed for a reason that may pass; the job is taken up again soon."""


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
