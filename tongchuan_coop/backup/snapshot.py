"""Make a back-up of a running portal: everything as it stood at one instant."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from accounts.operations import audit, life_signs
from common import clock
from tongchuan_coop.backup import rows, structure
from tongchuan_coop.backup.archive import ArchiveWriter, BackupRefused
from tongchuan_coop.fingerprint import fingerprint
from tongchuan_coop.private_files import private_files
from tongchuan_coop.settings import env

ACT = "backup-made"
# Names of drafts and proofs; one that is a day old was left behind when its process was killed.
DRAFT = ".backup-"
LEFT_BEHIND = 86_400.0


@dataclass(frozen=True)
class Backup:
    """A finished back-up; `checked` tells that it was restored and compared."""

    path: Path
    rows: int
    files: int
    fingerprint: str
    seconds: float
    checked: bool


def make_backup(target: Path, *, check: bool = True, keep: int = 0) -> Backup:
    """Write a back-up to a file, or into a folder under a name with the time.

    It appears under its name only when it is whole and, with `check`, was restored into an empty
    place and found equal. `keep` leaves so many of the newest in a folder. Raises BackupRefused.
    """
    began = time.monotonic()
    waiting = _unapplied()
    if waiting:
        raise BackupRefused(f"数据库还有 {waiting} 项结构升级没有做，请先执行 migrate，再做备份。")
    folder = target if target.is_dir() else target.parent
    if not folder.is_dir():
        raise BackupRefused(f"备份目录 {folder} 不存在，请先建好。")
    path = target / f"backup-{clock.now():%Y%m%d-%H%M%S}.zip" if target.is_dir() else target
    if path.exists():
        raise BackupRefused(f"{path} 已经存在。备份不覆盖旧文件，请换一个名字。")
    try:
        count, files, mark = _written_to(path, check)
    except OSError as fault:
        life_signs.give_sign(life_signs.BACKUP, good=False, fault=str(fault))
        raise BackupRefused(
            f"备份没有写成：{fault.strerror or fault}。请检查 {folder} 的空间和权限。"
        ) from None
    except BackupRefused as refusal:
        life_signs.give_sign(life_signs.BACKUP, good=False, fault=str(refusal))
        raise
    made = Backup(path, count, files, mark, round(time.monotonic() - began, 1), check)
    with transaction.atomic():
        audit.record(
            ACT,
            by=None,
            file=path.name,
            bytes=path.stat().st_size,
            rows=count,
            files=files,
            fingerprint=mark,
            checked=check,
            seconds=made.seconds,
        )
        life_signs.give_sign(
            life_signs.BACKUP,
            good=check,
            file=path.name,
            bytes=path.stat().st_size,
            rows=count,
            checked=check,
            seconds=made.seconds,
        )
    if keep and target.is_dir():
        for old in sorted(target.glob("backup-*.zip"))[:-keep]:
            old.unlink()
    return made


def _written_to(path: Path, check: bool) -> tuple[int, int, str]:
    """Write and prove a draft beside the path, then give it its name: rows, files, fingerprint."""
    _sweep(path.parent)
    handle, draft_name = tempfile.mkstemp(dir=path.parent, prefix=DRAFT, suffix=".part")
    os.close(handle)
    draft = Path(draft_name)
    try:
        written = _write(draft)
        if check:
            _restore_and_compare(draft, written[-1])
        draft.rename(path)
    finally:
        draft.unlink(missing_ok=True)
    return written


def _sweep(folder: Path) -> None:
    for left in folder.glob(f"{DRAFT}*"):
        if time.time() - left.stat().st_mtime < LEFT_BEHIND:
            continue
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)


def _write(path: Path) -> tuple[int, int, str]:
    writer = ArchiveWriter(path)
    counts: dict[str, int] = {}
    with one_instant():
        for model in filter(rows.kept, rows.tables(apps)):
            table = model._meta.db_table
            counts[table] = writer.lines(f"tables/{table}.jsonl", rows.lines(model)) - 1
        mark = fingerprint()
        loader = MigrationExecutor(connection).loader
        applied = structure.single(loader, loader.applied_migrations)
        # What is kept is only ever added to, so whatever a row of that instant names is still there.
        files = list(private_files())
        for file in files:
            writer.file(f"files/{file.relative_to(settings.FILES_DIR).as_posix()}", file)
    writer.close(
        made_at=clock.now().isoformat(),
        vendor=connection.vendor,
        migrations=sorted(list(key) for key in applied),
        rows=counts,
        fingerprint=mark,
    )
    return sum(counts.values()), len(files), mark


@contextmanager
def one_instant() -> Iterator[None]:
    """Let every read inside see the database as it stood at the first one; nobody is held up."""
    if connection.vendor == "postgresql":
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    with connection.cursor() as cursor:
        # A plain BEGIN reads a snapshot of the write-ahead log; Django's own would lock writers out.
        cursor.execute("BEGIN")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _unapplied() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _restore_and_compare(path: Path, mark: str) -> None:
    """Restore into an empty place of its own and compare; raise BackupRefused on a difference.

    The place is beside the archive: the folder for what is passing may be small, or memory.
    """
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=DRAFT, suffix=".proof") as folder:
        done = subprocess.run(  # noqa: S603 - our own command
            [sys.executable, str(settings.BASE_DIR / "manage.py"), "restore", str(path), "--json"],
            env=env.elsewhere(Path(folder)),
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode == 0 and json.loads(done.stdout)["fingerprint"] == mark:
        return
    raise BackupRefused(
        "备份已写出，但恢复到空白处后与原数据不一致，这份备份已丢弃。"
        f"请把下面的内容交给技术人员：{(done.stderr or done.stdout)[-500:]}"
    )
