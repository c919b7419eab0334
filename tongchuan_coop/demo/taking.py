"""Handing files in and taking them into the register, as the departments and the bureau would."""

import io

from accounts.models import User
from common import clock
from registry.choices import FeedScope, FeedSource, JobState
from registry.models import IngestJob
from registry.operations.deliveries import commit_delivery, decide_hold, receive_delivery
from registry.operations.jobs import run_job
from tongchuan_coop.demo.quarters import QuarterFile


def take_in(
    file: QuarterFile,
    known: dict[str, User],
    *,
    source: FeedSource = FeedSource.REGISTRATION,
    sender: str = "regulator",
    scope: FeedScope = FeedScope.FULL,
    commit: bool = True,
) -> IngestJob:
    """Hand one file in as its department, check it and commit it as the bureau, on its own day."""
    with clock.on_day(file.sent_on):
        receipt = receive_delivery(
            io.BytesIO(file.content),
            filename=file.filename,
            source=source,
            quarter=str(file.quarter),
            scope=scope,
            by=known[sender],
        )
        if receipt.delivery is None:
            raise RuntimeError(receipt.message)
        job = worked(receipt.delivery.job)
        if commit and job.state == JobState.HELD:
            decide_hold(job, "continue", reason="已电话核对，名单完整", by=known["bureau"])
            job = worked(job)
        if commit:
            commit_delivery(job, by=known["bureau"])
            job = worked(job)
    if commit and job.state != JobState.COMMITTED:
        raise RuntimeError(f"{file.filename}: {job.get_state_display()} {job.message}")
    return job


def worked(job: IngestJob) -> IngestJob:
    """Work a job on as far as it goes by itself."""
    run_job(job.pk)
    job.refresh_from_db()
    return job
