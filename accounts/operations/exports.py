"""Exports in the background: asked for, made by a worker, fetched, taken away after some days."""

import datetime as dt
import logging
import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q
from django.http import QueryDict

from accounts.choices import ExportForm, ExportState, NoticeEvent
from accounts.exporting import Exporter, Prepared, exporter_of
from accounts.models import ExportJob, User
from accounts.models.export_job import KEPT_FOR, UNFINISHED
from accounts.nouns import UnreadableConditions
from accounts.operations import audit
from accounts.operations.notices import notify
from accounts.policy import REACH_WORDS, Action, may, reach_of
from common import clock, spreadsheet
from common.template_tags import moment
from common.workflow import TransitionRefused

log = logging.getLogger("portal.exports")
MOST_TRIES = 3
MOST_UNFINISHED = 5
MOST_IN_A_SHEET = 1_000_000  # what office programs open, short of the 1,048,576 lines of the format
_LEASE = dt.timedelta(minutes=5)
_CHUNK, _TOLD_EVERY = 2_000, 500
UNREADABLE = "筛选条件有误，没有开始导出。请回到列表，改正条件后再导出。"
TOO_LONG = "筛选条件太长，没有开始导出。请减少条件后再试。"
TOO_MANY = f"已有 {MOST_UNFINISHED} 个导出正在生成，请等其中一个完成后再提出。"
TOO_LARGE = f"超过 {MOST_IN_A_SHEET:,} 行，Excel 打不开。请改选 CSV，或缩小筛选条件。没有生成文件。"
NO_REASON = "导出完整个人信息须写明理由。"
GONE_WRONG = "生成时出错，已试过 {tries} 次。请稍后重新导出；仍不成功，请联系系统管理员。"
RIGHT_LOST = "您现在没有导出这个列表的权限，没有生成文件。如确需导出，请联系系统管理员。"


class LeaseLost(Exception):
    """Another worker has taken the export over."""


def prepared(exporter: Exporter, query: str, user: User, *, personal: bool) -> Prepared:
    """Return what would be exported. Raises PermissionDenied, TransitionRefused."""
    if not may(user, Action.EXPORT_LIST) or not may(user, exporter.action):
        raise PermissionDenied(exporter.action)
    if personal and (exporter.unmask is None or not may(user, exporter.unmask)):
        raise PermissionDenied(exporter.unmask or exporter.action)
    try:
        return exporter.prepare(QueryDict(query), user, personal=personal)
    except UnreadableConditions as unread:
        raise TransitionRefused(UNREADABLE) from unread


@transaction.atomic
def ask_export(
    exporter: Exporter,
    *,
    form: str,
    query: str,
    by: User,
    personal: bool = False,
    reason: str = "",
) -> ExportJob:
    """Ask for a list as a file; complete, as it is reached now. Raises TransitionRefused.

    Whole personal numbers need the right to them and a reason, which the trail keeps.
    """
    if personal and len(reason.strip()) < 2:
        raise TransitionRefused(NO_REASON)
    if len(query) > 2000:
        raise TransitionRefused(TOO_LONG)
    found = prepared(exporter, query, by, personal=personal)
    if by.exports.unfinished().count() >= MOST_UNFINISHED:
        raise TransitionRefused(TOO_MANY)
    number = found.rows.count()
    if form == ExportForm.XLSX and number > MOST_IN_A_SHEET:
        raise TransitionRefused(TOO_LARGE)
    job = ExportJob.objects.create(
        owner=by,
        kind=exporter.kind,
        title=exporter.title,
        form=ExportForm(form),
        query=query,
        conditions=found.conditions,
        personal=personal,
        reason=reason.strip()[:200],
        rows_known=number,
        asked_at=clock.now(),
    )
    audit.record(
        "export-asked",
        job,
        by=by,
        reason=job.reason,
        conditions=found.conditions,
        form=form,
        number=number,
        columns=[column.heading for column in found.columns],
        whole=personal,
    )
    return job


def waiting_exports() -> list[int]:
    """Return the exports that nobody is working on."""
    return list(ExportJob.objects.waiting().values_list("pk", flat=True)[:20])


def run_export(job_id: int) -> None:
    """Make an export, if nobody else does; a fault is tried again, three times in all."""
    lease, now = uuid.uuid4().hex, clock.real_now()
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    taken = ExportJob.objects.filter(free, pk=job_id, state__in=UNFINISHED).update(
        lease=lease,
        lease_until=now + _LEASE,
        state=ExportState.WORKING,
        attempt=F("attempt") + 1,
        rows_done=0,
    )
    if not taken:
        return
    job = ExportJob.objects.select_related("owner__unit").get(pk=job_id)
    try:
        _make(job)
    except LeaseLost:
        log.warning("export %s: taken over by another worker", job_id)
    except (PermissionDenied, TransitionRefused):
        _finish(job, ExportState.FAILED, fault=RIGHT_LOST)
    except Exception:
        log.exception("export %s: try %s failed", job_id, job.attempt)
        if job.attempt >= MOST_TRIES:
            _finish(job, ExportState.FAILED, fault=GONE_WRONG.format(tries=job.attempt))
        else:
            held = ExportJob.objects.filter(pk=job.pk, lease=job.lease)
            held.update(state=ExportState.WAITING, lease="", lease_until=None)


def _make(job: ExportJob) -> None:
    exporter = exporter_of(job.kind)
    if exporter is None or not job.owner.is_active:
        raise PermissionDenied
    found = prepared(exporter, job.query, job.owner, personal=job.personal)
    at = clock.now()
    table = spreadsheet.Table(job.title, found.columns, _counted(job, found))
    notes = _notes(job, exporter, found.order, at)
    folder = Path(settings.FILES_DIR) / "exports"
    folder.mkdir(parents=True, exist_ok=True)
    name = uuid.uuid4().hex
    draft = folder / f".draft-{name}"
    try:
        with draft.open("xb") as stream:
            number = _write(stream, job.form, table, notes)
            stream.flush()
            os.fsync(stream.fileno())
        size = draft.stat().st_size
        draft.replace(folder / name)
    finally:
        draft.unlink(missing_ok=True)
    _finish(
        job,
        ExportState.READY,
        rows_done=number,
        rows_known=number,
        stored_name=name,
        size=size,
        filename=f"{job.title}_{at:%Y%m%d_%H%M}.{job.form}",
        expires_at=at + KEPT_FOR,
    )


def _write(
    stream: IO[bytes], form: str, table: spreadsheet.Table, notes: list[spreadsheet.Note]
) -> int:
    """Write the file; return how many rows it holds."""
    if form == ExportForm.XLSX:
        return spreadsheet.write_xlsx(stream, table, notes, total="行数")
    number = 0

    def counted() -> Iterator[Any]:
        nonlocal number
        for row in table.rows:
            number += 1
            yield row

    whole = spreadsheet.Table(table.title, table.columns, counted())
    for chunk in spreadsheet.stream_csv(whole, notes, total="行数"):
        stream.write(chunk)
    return number


def _counted(job: ExportJob, found: Prepared) -> Iterator[Any]:
    """Yield the rows, telling how many are done and keeping the lease."""
    for number, row in enumerate(found.rows.iterator(chunk_size=_CHUNK), start=1):
        yield found.cells(row)
        if number % _TOLD_EVERY == 0:
            held = ExportJob.objects.filter(pk=job.pk, lease=job.lease)
            if not held.update(rows_done=number, lease_until=clock.real_now() + _LEASE):
                raise LeaseLost


def _notes(
    job: ExportJob, exporter: Exporter, order: str, at: dt.datetime
) -> list[spreadsheet.Note]:
    by = job.owner
    hint = "内部工作资料，请勿外传。"
    personal = "含完整个人信息，用后请及时删除。" if job.personal else "个人信息已遮盖。"
    return [
        ("名称", job.title),
        ("导出时间", moment(at)),
        ("导出人", f"{by}（{by.unit or by.get_role_display()}）"),
        ("数据范围", REACH_WORDS[reach_of(by, exporter.action)]),
        ("筛选条件", job.conditions),
        *([("排序", order)] if order else []),
        *([("导出理由", job.reason)] if job.reason else []),
        ("使用提示", hint + personal),
    ]


def _finish(job: ExportJob, state: ExportState, **facts: Any) -> None:
    """Leave an export in a state and tell its owner. Raises LeaseLost."""
    with transaction.atomic():
        held = ExportJob.objects.filter(pk=job.pk, lease=job.lease)
        done = held.update(
            state=state,
            lease="",
            lease_until=None,
            finished_at=clock.now(),
            version=F("version") + 1,
            **facts,
        )
        if not done:
            raise LeaseLost
        if state == ExportState.READY:
            notify(
                [job.owner],
                event=NoticeEvent.EXPORT_READY,
                title=f"导出已完成：{job.title}",
                text=f"共 {facts['rows_known']} 行，保留至{moment(facts['expires_at'])}。",
                url="/accounts/exports/",
            )


@transaction.atomic
def note_fetch(job: ExportJob, *, by: User) -> None:
    """Write down that the file of an export is taken. Raises TransitionRefused when it is gone."""
    if job.state != ExportState.READY or not job.path.exists():
        raise TransitionRefused("这个文件已不在了：还没有生成，或已过保留期。请重新导出。")
    audit.record("export-fetched", job, by=by, number=job.rows_known, whole=job.personal)


def expire_exports() -> int:
    """Take away the files that were kept long enough; return how many."""
    number = 0
    for job in ExportJob.objects.overdue().order_by("pk")[:100]:
        ended = ExportJob.objects.filter(pk=job.pk, state=ExportState.READY).update(
            state=ExportState.EXPIRED, version=F("version") + 1
        )
        if ended:
            job.path.unlink(missing_ok=True)
            number += 1
    return number
