"""Building an archive in the background, checking one, handing one out.

The row is the queue: it is taken by one conditional update with a lease; a lost or doubled message
is harmless. The zip is written beside its place and moved there whole.
"""

import datetime as dt
import hashlib
import logging
import os
import tempfile
import uuid
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F, Q

from accounts.models import User
from accounts.operations import audit
from accounts.policy import Action, may
from common import clock
from common.workflow import TransitionRefused
from pilot.archive_pieces import Collection
from pilot.archiving import faults_of, write_archive
from pilot.models import Archive, Programme
from pilot.models.archive import FOLDER
from pilot.plan_choices import ArchiveState

log = logging.getLogger("portal.archives")
LEASE = dt.timedelta(minutes=15)
ATTEMPTS = 3
UNFINISHED = "partial"  # the folder of files on their way, which no check of the storage looks at
SHOWN_FAULTS = 20
ONE_AT_A_TIME = "这个试点的归档正在生成，请等它完成。"
NO_TASKS = "工作表里还没有任务，没有可以归档的内容。"
NOT_READY = "这份归档还没有生成，不能下载或核验。"
GAVE_UP = "三次都没有生成。请联系系统管理员查看服务器日志和存储空间后，重新发起归档。"


@transaction.atomic
def request_archive(programme: Programme, *, by: User) -> Archive:
    """Ask for an archive; a worker builds it. Raises TransitionRefused."""
    if not may(by, Action.BUILD_ARCHIVE):
        raise PermissionDenied(Action.BUILD_ARCHIVE)
    if not programme.tasks.exists():
        raise TransitionRefused(NO_TASKS)
    try:
        with transaction.atomic():
            made = Archive.objects.create(programme=programme, requested_by=by)
    except IntegrityError as known:
        raise TransitionRefused(ONE_AT_A_TIME) from known
    audit.record("archive-requested", made, by=by)
    return made


def build_archive(key: int) -> None:
    """Build an archive if nobody else does. Safe to call twice, early, late or for nothing."""
    token = uuid.uuid4().hex
    archive = _claim(key, token)
    if archive is None:
        return
    if archive.attempt > ATTEMPTS:
        _held(key, token).update(
            state=ArchiveState.FAILED, message=GAVE_UP, lease="", lease_until=None
        )
        return
    try:
        _build(archive, token)
    except Exception:
        log.exception("archive %s: not built, tried again later", key)
        _held(key, token).update(lease="", lease_until=clock.real_now() + dt.timedelta(seconds=30))


def waiting_archives() -> list[int]:
    """Return the archives that nobody works on, oldest first."""
    return list(Archive.objects.waiting().values_list("pk", flat=True)[:10])


def check_archive(archive: Archive, *, by: User | None) -> list[str]:
    """Check an archive against its own digests and keep the result; return the faults."""
    if by is not None and not may(by, Action.BUILD_ARCHIVE):
        raise PermissionDenied(Action.BUILD_ARCHIVE)
    if archive.state != ArchiveState.READY:
        raise TransitionRefused(NOT_READY)
    faults = faults_of(archive.path, archive.sha256)
    with transaction.atomic():
        Archive.objects.filter(pk=archive.pk).update(
            checked_at=clock.now(), intact=not faults, faults=faults[:SHOWN_FAULTS]
        )
        archive.refresh_from_db()
        audit.record(
            "archive-checked",
            archive,
            by=by or User.objects.machine(),
            intact=not faults,
            faults=faults[:SHOWN_FAULTS],
        )
    return faults


@transaction.atomic
def fetch_archive(archive: Archive, *, by: User) -> Path:
    """Note that somebody takes an archive; return where it lies. Raises TransitionRefused."""
    if not may(by, Action.VIEW_ARCHIVE):
        raise PermissionDenied(Action.VIEW_ARCHIVE)
    if archive.state != ArchiveState.READY or not archive.path.is_file():
        raise TransitionRefused(NOT_READY)
    audit.record("archive-fetched", archive, by=by, sha256=archive.sha256)
    return archive.path


def _claim(key: int, token: str) -> Archive | None:
    now = clock.real_now()
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    working = (ArchiveState.WAITING, ArchiveState.BUILDING)
    taken = Archive.objects.filter(free, pk=key, state__in=working).update(
        state=ArchiveState.BUILDING,
        lease=token,
        lease_until=now + LEASE,
        attempt=F("attempt") + 1,
    )
    return Archive.objects.select_related("programme").get(pk=key) if taken else None


def _held(key: int, token: str) -> Any:
    return Archive.objects.filter(pk=key, lease=token)


def _build(archive: Archive, token: str) -> None:
    """Write the zip beside its place, move it there, and say so in the row, if it is still ours."""
    root = Path(settings.FILES_DIR)
    (root / UNFINISHED).mkdir(parents=True, exist_ok=True)
    (root / FOLDER).mkdir(parents=True, exist_ok=True)
    stored_name = f"{uuid.uuid4().hex}.zip"
    handle, draft = tempfile.mkstemp(dir=root / UNFINISHED, suffix=".zip")
    collected = Collection(archive.programme)
    try:
        with os.fdopen(handle, "w+b") as stream:
            files = write_archive(stream, collected.pieces(), collected.notes())
            stream.flush()
            os.fsync(stream.fileno())
            stream.seek(0)
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        target = root / FOLDER / stored_name
        Path(draft).replace(target)
        done = _held(archive.pk, token).update(
            state=ArchiveState.READY,
            stored_name=stored_name,
            size=target.stat().st_size,
            sha256=digest,
            files=files,
            missing=len(collected.missing),
            message=_told(collected.missing),
            finished_at=clock.now(),
            lease="",
            lease_until=None,
        )
        if not done:  # another worker took it over meanwhile; its file stands, ours goes
            target.unlink()
    finally:
        Path(draft).unlink(missing_ok=True)


def _told(missing: list[str]) -> str:
    if not missing:
        return ""
    return f"有 {len(missing)} 个附件的文件不在服务器上，没有归入：{'、'.join(missing[:5])}"[:300]
