"""What people do with a delivery: hand it in, decide, commit, undo, cancel."""

import errno
import hashlib
import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Max

from accounts.models import OrganisationUnit, User
from accounts.operations import audit
from accounts.operations.transitions import STALE, advance
from accounts.policy import Action, Reach, reach_of
from common import clock, locks
from common.filenames import clean_filename
from common.quarter import Quarter
from common.workflow import TransitionRefused
from registry.choices import (
    LIVE_STATES,
    DeliveryRelation,
    FeedScope,
    FeedSource,
    HoldChoice,
    JobState,
    RowDecision,
    RowOutcome,
)
from registry.flags.evaluate import evaluate_flags
from registry.ingestion import holds
from registry.ingestion.publish import publish_verdict
from registry.ingestion.reconcile import outcome_counts, reconcile_rows
from registry.ingestion.statement_publish import publish_statements, take_in_waiting
from registry.ingestion.statements import INCOMPLETE, WAITS
from registry.models import FeedDelivery, FeedRow, IngestJob, StatementRow
from registry.operations.recounting import recount
from registry.workflows import JOB

_CHUNK = 1 << 20
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


_CANNOT_BE_ACCEPTED = {
    WAITS: "名录里还没有这家合作社，不能接收。它的登记信息入库后，这一行会自动接收，不必再报。",
    INCOMPLETE: "这一行有不认识的词语，不能接收。请先在“词语对照”里说明它的意思。",
}


@dataclass(frozen=True)
class Receipt:
    """The answer to a file that was handed in: taken, known already, or refused with a sentence."""

    delivery: FeedDelivery | None = None
    duplicate_of: FeedDelivery | None = None
    refused_reason: str = ""
    message: str = ""


class FileTooLarge(Exception):
    """More bytes came than the limit allows."""


def receive_delivery(
    stream: BinaryIO,
    *,
    filename: str,
    source: str,
    quarter: str,
    scope: str,
    by: User | None,
    sender: OrganisationUnit | None = None,
) -> Receipt:
    """Keep the bytes, then write delivery, job and audit event in one transaction.

    Nothing is parsed here. The same bytes again are answered with the delivery they came with
    first. `by` None is the command line of the administrator of the machine.
    """
    if by is not None and reach_of(by, Action.SUBMIT_DELIVERY) == Reach.NONE:
        raise PermissionDenied(Action.SUBMIT_DELIVERY)
    if refusal := _refused_quarter(quarter):
        return Receipt(refused_reason="QUARTER_UNKNOWN", message=refusal)
    source, scope = FeedSource(source).value, FeedScope(scope).value
    try:
        draft, digest, size = _keep_bytes(stream)
    except FileTooLarge:
        megabytes = settings.INTAKE_LIMITS["upload_bytes"] >> 20
        return Receipt(
            refused_reason="UPLOAD_TOO_LARGE",
            message=f"文件超过上限 {megabytes} MB，没有接收。请拆分后分次报送，或另存为 csv 文件。",
        )
    except OSError as fault:
        if fault.errno not in _NO_ROOM:
            raise
        return Receipt(
            refused_reason="STORAGE_FULL",
            message="服务器存储空间不足，文件没有接收。请联系系统管理员清理空间后重新报送。",
        )
    try:
        return _register(
            draft,
            FeedDelivery(
                source=source,
                quarter=quarter,
                scope=scope,
                filename=clean_filename(filename),
                stored_name=digest,
                sha256=digest,
                size=size,
                sender=sender or (by.unit if by else None),
                received_by=by,
            ),
        )
    finally:
        draft.unlink(missing_ok=True)


def _refused_quarter(quarter: str) -> str:
    try:
        period = Quarter.parse(quarter)
    except ValueError:
        return f"“{quarter}”不是有效的季度，应写成 2021Q2 的样子。"
    if period > Quarter.of(clock.today()):
        return f"{period.label}还没有到，不能报送这一季度的文件。请检查所选季度。"
    return ""


def _keep_bytes(stream: BinaryIO) -> tuple[Path, str, int]:
    """Write the stream to a draft file, synced to disk; return its path, SHA-256 and size."""
    folder = Path(settings.FILES_DIR) / "deliveries"
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f".draft-{uuid.uuid4().hex}"
    digest, size = hashlib.sha256(), 0
    try:
        with draft.open("xb") as kept:
            for chunk in _chunks(stream):
                size += len(chunk)
                if size > settings.INTAKE_LIMITS["upload_bytes"]:
                    raise FileTooLarge
                digest.update(chunk)
                kept.write(chunk)
            kept.flush()
            os.fsync(kept.fileno())
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return draft, digest.hexdigest(), size


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK):
        yield chunk


def _register(draft: Path, delivery: FeedDelivery) -> Receipt:
    delivery.parts = delivery.possible_parts
    with transaction.atomic():
        locks.hold(f"deliveries-{delivery.source}")
        if known := _same_bytes(delivery):
            audit.record(
                "delivery-duplicate", known, by=delivery.received_by, filename=delivery.filename
            )
            return Receipt(duplicate_of=known, message=_known_already(known))
        same_quarter = FeedDelivery.objects.filter(source=delivery.source, quarter=delivery.quarter)
        delivery.number = (same_quarter.aggregate(last=Max("number"))["last"] or 0) + 1
        delivery.former = (
            same_quarter.filter(job__state__in=LIVE_STATES).order_by("-number").first()
        )
        draft.replace(delivery.path)
        _sync_folder(delivery.path.parent)
        delivery.received_at = clock.now()
        delivery.save(force_insert=True)
        IngestJob.objects.create(delivery=delivery, requested_by=delivery.received_by)
        audit.record(
            "delivery-received",
            delivery,
            by=delivery.received_by,
            filename=delivery.filename,
            sha256=delivery.sha256,
            size=delivery.size,
        )
    return Receipt(delivery=delivery)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _same_bytes(delivery: FeedDelivery) -> FeedDelivery | None:
    """Find a delivery with these bytes that was neither sent back, cancelled nor undone.

    A register that is the same twice is the same file under a wrong quarter; a short list of
    another source may well be the same for two quarters.
    """
    same = {"sha256": delivery.sha256, "source": delivery.source}
    if not delivery.carries_register:
        same["quarter"] = delivery.quarter
    return (
        FeedDelivery.objects.filter(**same, job__state__in=LIVE_STATES)
        .select_related("received_by", "sender")
        .order_by("pk")
        .first()
    )


def _known_already(known: FeedDelivery) -> str:
    who = known.received_by or known.sender or "系统"
    return (
        f"这份文件与“{known}”完全相同（{clock.local_day(known.received_at)}由{who}报送，"
        f"文件名“{known.filename}”），没有重复接收。"
    )


def decide_hold(job: IngestJob, choice: str, *, reason: str, by: User) -> None:
    """Decide everything a held delivery waits for, and let it be checked again with that.

    `choice` is a `HoldChoice` that one of the holds offers, or cancel. A hold that asks for
    another answer than the one given is asked again.
    """
    if choice == HoldChoice.CANCEL:
        cancel_delivery(job, reason=reason, by=by)
        return
    answered = [hold["code"] for hold in job.holds if choice in hold["choices"]]
    if not answered:
        raise TransitionRefused("请从所列的处理方式中选择一种。")
    decision = {"choice": choice, "reason": reason, "by": str(by), "at": clock.now().isoformat()}
    with transaction.atomic():
        delivery = job.delivery
        if choice in {DeliveryRelation.CORRECTION, DeliveryRelation.SUPPLEMENT}:
            delivery.relation = choice
            if choice == DeliveryRelation.SUPPLEMENT:
                delivery.scope = FeedScope.CHANGES
            delivery.save(update_fields=["relation", "scope"])
        advance(
            JOB,
            job,
            JobState.RECEIVED,
            by=by,
            reason=reason,
            decisions=[*job.decisions, *({"code": code, **decision} for code in answered)],
            holds=[],
            message="",
            attempt=0,
            requested_by=by,
        )
        IngestJob.objects.filter(pk=job.pk).update(reason="")
    job.refresh_from_db()


def commit_delivery(job: IngestJob, *, by: User, reason: str = "") -> None:
    """Ask for the publish; a worker does it."""
    advance(
        JOB,
        job,
        JobState.COMMITTING,
        by=by,
        reason=reason,
        requested_by=by,
        commit_reason=reason,
        attempt=0,
    )


def undo_delivery(job: IngestJob, *, reason: str, by: User) -> None:
    """Ask for the undo of the latest committed delivery; a worker does it."""
    advance(JOB, job, JobState.UNDOING, by=by, reason=reason, requested_by=by, attempt=0)


def cancel_delivery(job: IngestJob, *, reason: str, by: User) -> None:
    """Put a checked or held delivery aside for good; its bytes and rows stay as evidence."""
    advance(JOB, job, JobState.CANCELLED, by=by, reason=reason, finished_at=clock.now())


def decide_row(row: FeedRow, decision: str, *, reason: str, by: User) -> None:
    """Accept or decline a doubtful row.

    Before the commit the row is judged again with that. After it an accepted row goes into the
    register at once, unless a later quarter stands there by now.
    """
    if decision not in {RowDecision.ACCEPTED, RowDecision.DECLINED}:
        raise TransitionRefused("请选择“接收”或“不接收”。")
    if not reason.strip():
        raise TransitionRefused("请写明接收或不接收的理由。")
    with transaction.atomic():
        job = _deciding(row, by)
        if decision == RowDecision.ACCEPTED and row.doubt in _CANNOT_BE_ACCEPTED:
            raise TransitionRefused(_CANNOT_BE_ACCEPTED[row.doubt])
        decided = FeedRow.objects.filter(
            pk=row.pk, outcome=RowOutcome.DOUBTFUL, decision=row.decision
        ).update(decision=decision, decided_by=by, decision_reason=reason)
        if not decided:
            raise TransitionRefused(STALE)
        row.refresh_from_db()
        counts = {**job.counts, **reconcile_rows(row.delivery, [row.pk])}
        if job.state == JobState.COMMITTED and decision == RowDecision.ACCEPTED:
            now = clock.now()
            publish_verdict(row.delivery, now)
            publish_statements(now)
            recount([pk for pk in take_in_waiting(now) if pk != row.delivery_id])
            counts = {**job.counts, **outcome_counts(row.delivery)}
            evaluate_flags(clock.today(), cause=f"接收{row.delivery}存疑行")
        IngestJob.objects.filter(pk=job.pk).update(counts=counts, version=F("version") + 1)
        audit.record(
            "row-decided", row, by=by, reason=reason, decision=decision, delivery=row.delivery_id
        )
    row.refresh_from_db()


def _deciding(row: FeedRow, by: User) -> IngestJob:
    """Return the row's job, locked, when a decision about the row is still possible."""
    job = (
        IngestJob.objects.permitted(by, Action.DECIDE_DELIVERY)
        .select_for_update(of=("self",))
        .select_related("delivery")
        .filter(delivery=row.delivery_id)
        .first()
    )
    if job is None:
        raise PermissionDenied(Action.DECIDE_DELIVERY)
    if job.state not in {JobState.STAGED, JobState.HELD, JobState.COMMITTED}:
        raise TransitionRefused("这份文件正在处理或已经作废，现在不能对存疑行作决定。")
    if job.state == JobState.COMMITTED:
        holds.lock_register()
        later = holds.newest_committed_quarter(job.delivery) > job.delivery.quarter
        if later and not StatementRow.objects.filter(row=row).exists():
            raise TransitionRefused("名录已更新到更晚的季度，请在新一季度的文件里处理这家合作社。")
    return job
