"""The three steps a worker does for a delivery: check, publish, withdraw."""

import contextlib
import shutil
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.db import transaction

from accounts.operations import audit
from accounts.policy import Action, may
from common import clock
from registry.choices import LIVE_STATES, JobState
from registry.flags.evaluate import evaluate_flags
from registry.ingestion import holds, staging
from registry.ingestion.publish import publish_verdict
from registry.ingestion.reconcile import (
    is_backfill,
    outcome_counts,
    recall,
    reconcile,
    register_mark,
)
from registry.ingestion.report import PARSED, RESOURCE, Limits, ParseReport, ParseSpec
from registry.ingestion.sandbox import ChildLimits, run_parse
from registry.ingestion.searchable import let_entries_wait
from registry.ingestion.statement_publish import publish_statements, take_in_waiting
from registry.ingestion.statements import judge_delivery
from registry.ingestion.townships import TownshipTable
from registry.ingestion.undo import undo_published
from registry.models import FeedDelivery, IngestJob
from registry.operations.delivery_notices import tell_committed, tell_refused
from registry.operations.invitations import end_access_of_former_chairs
from registry.operations.leases import Lease, TryAgain
from registry.operations.meanings import known_words
from registry.operations.recounting import recount
from registry.operations.townships import township_table

_FORGOTTEN_SECONDS = 6 * 3600  # far beyond what any reading may take


def check_delivery(lease: Lease) -> None:
    """Parse the bytes in a child, stage the rows, reconcile, and end staged, held or refused."""
    delivery = lease.job.delivery
    lease.renew(state=JobState.PARSING, stage="读取文件", rows_done=0, rows_known=0)
    folder = Path(tempfile.mkdtemp(prefix="parse-", dir=_work_folder()))
    try:
        staged = staging.Staging(delivery, folder, lease.count)

        def on_progress(stage: str, done: int, known: int) -> None:
            lease.report(stage, done, known)
            staged.stage_finished()

        report = run_parse(
            _spec(lease.job, folder),
            limits=ChildLimits(**settings.INTAKE_CHILD),
            on_progress=on_progress,
        )
        if report.outcome == RESOURCE and lease.job.attempt == 1:
            raise TryAgain  # perhaps the machine was short just now; the second time it goes back
        if report.outcome != PARSED:
            staging.clear_rows(delivery, lease.count)
            _refuse(lease, report)
            return
        if twin := _same_content(delivery, report.content_fingerprint):
            staging.clear_rows(delivery, lease.count)
            _refuse_twin(lease, report, twin)
            return
        lease.renew(stage="登记数据行", rows_done=0, rows_known=report.counts.data)
        _remember(delivery, report)
        staged.stage_rest(report.chunks)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    _compare(lease, report)


def _compare(lease: Lease, report: ParseReport) -> None:
    lease.renew(stage="与名录比对", rows_done=report.counts.data)
    with transaction.atomic():
        lease.renew()
        delivery = lease.job.delivery
        counts = {**_physical(report), **reconcile(delivery)}
        waiting = holds.find_holds(lease.job, counts)
        state = JobState.HELD if waiting else JobState.STAGED
        lease.finish(
            state,
            counts=counts,
            register_mark=register_mark(),
            holds=waiting,
            reason=waiting[0]["code"] if waiting else "",
            message=waiting[0]["message"] if waiting else "",
        )
        audit.record("delivery-checked", delivery, by=None, state=state.value, counts=counts)


def publish_delivery(lease: Lease) -> None:
    """Publish in one transaction: decide again under the lock, write, raise and clear flags."""
    job = lease.job
    if not may(job.requested_by, Action.DECIDE_DELIVERY):
        hold = holds.make("COMMITTER_LOST_RIGHT")
        lease.finish(JobState.HELD, holds=[hold], reason=hold["code"], message=hold["message"])
        return
    lease.renew(stage="写入名录")
    with transaction.atomic():
        lease.renew()  # takes the job's row lock first: nobody else can move this job meanwhile
        holds.lock_register()
        let_entries_wait()
        known = job.register_mark == register_mark() and not is_backfill(job.delivery)
        judged = recall if known else reconcile
        judged(job.delivery)
        now = clock.now()
        publish_verdict(job.delivery, now)
        judge_delivery(job.delivery)  # its societies stand in the register now
        publish_statements(now)
        recount(take_in_waiting(now))
        counts = {**job.counts, **outcome_counts(job.delivery)}
        evaluate_flags(clock.today(), cause=f"{job.delivery}入库", at_a_glance=True)
        end_access_of_former_chairs()
        lease.finish(
            JobState.COMMITTED, committed_at=now, counts=counts, reason="", message="", holds=[]
        )
        audit.record(
            "delivery-committed",
            job.delivery,
            by=job.requested_by,
            reason=job.commit_reason,
            counts=counts,
        )
        tell_committed(job.delivery, counts)


def withdraw_delivery(lease: Lease) -> None:
    """Undo in one transaction; societies that a person edited later are listed and left alone."""
    job = lease.job
    lease.renew(stage="恢复入库前的数据")
    with transaction.atomic():
        lease.renew()
        holds.lock_register()
        committed_at = job.committed_at or job.delivery.received_at
        undone = undo_published(job.delivery, committed_at, clock.now())
        left_alone = undone.left_alone
        recount(undone.waiting)
        evaluate_flags(clock.today(), cause=f"撤销{job.delivery}入库")
        message = ""
        if left_alone:
            message = f"有 {len(left_alone)} 家合作社在入库后被人工修改过，保持现状：" + "、".join(
                left_alone[:50]
            )
        lease.finish(JobState.UNDONE, committed_at=None, message=message)
        audit.record(
            "delivery-undone", job.delivery, by=job.requested_by, left_alone=left_alone[:200]
        )


def _spec(job: IngestJob, folder: Path) -> ParseSpec:
    delivery = job.delivery
    return ParseSpec(
        path=str(delivery.path),
        filename=delivery.filename,
        source=delivery.source,
        out_dir=str(folder),
        today=clock.today().isoformat(),
        quarter=delivery.quarter,
        jurisdiction=settings.JURISDICTION,
        townships=TownshipTable.from_json(township_table()),
        limits=Limits(**settings.INTAKE_LIMITS),
        capital_unit=holds.answered_unit(job),
        words=known_words(),
    )


def _physical(report: ParseReport) -> dict[str, int]:
    return {key: getattr(report.counts, key) for key in ("physical", "header", "blank", "note")}


def _work_folder() -> Path:
    """Return where children write; what a killed worker left there is cleared away."""
    folder = Path(settings.DATA_DIR) / "work"
    folder.mkdir(parents=True, exist_ok=True)
    oldest = time.time() - _FORGOTTEN_SECONDS
    for left in folder.iterdir():
        with contextlib.suppress(FileNotFoundError):
            if left.stat().st_mtime < oldest:
                shutil.rmtree(left, ignore_errors=True)
    return folder


def _remember(delivery: FeedDelivery, report: ParseReport) -> None:
    """Keep how the file was read beside the file: sheets, headings, notes."""
    delivery.report = {k: v for k, v in asdict(report).items() if k not in {"counts", "chunks"}}
    delivery.content_fingerprint = report.content_fingerprint
    if report.sources:
        delivery.parts = f",{','.join(report.sources)},"
    delivery.save(update_fields=["report", "content_fingerprint", "parts"])


def _same_content(delivery: FeedDelivery, fingerprint: str) -> FeedDelivery | None:
    """Find an earlier delivery of the same quarter whose rows are the same, in other bytes."""
    return (
        FeedDelivery.objects.filter(
            source=delivery.source,
            quarter=delivery.quarter,
            scope=delivery.scope,
            content_fingerprint=fingerprint,
            job__state__in=LIVE_STATES,
            pk__lt=delivery.pk,
        )
        .exclude(content_fingerprint="")
        .first()
    )


def _refuse(lease: Lease, report: ParseReport) -> None:
    with transaction.atomic():
        _remember(lease.job.delivery, report)
        lease.finish(
            JobState.REFUSED,
            reason=report.reason,
            message=report.message,
            counts=asdict(report.counts),
        )
        audit.record("delivery-refused", lease.job.delivery, by=None, why=report.reason)
        tell_refused(lease.job.delivery, report.message)


def _refuse_twin(lease: Lease, report: ParseReport, twin: FeedDelivery) -> None:
    who = twin.received_by or twin.sender or "系统"
    message = (
        f"内容与“{twin}”（{clock.local_day(twin.received_at)}，{who}报送）完全相同，"
        "不必重复入库。如确有改动，请检查是否选错了文件。"
    )
    with transaction.atomic():
        lease.finish(
            JobState.REFUSED,
            reason="SAME_CONTENT",
            message=message,
            decisions=[{"code": "SAME_CONTENT", "delivery": twin.pk}],
            counts=asdict(report.counts),
        )
        audit.record("delivery-duplicate", lease.job.delivery, by=None, twin=twin.pk)
