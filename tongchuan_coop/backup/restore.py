"""Restore an archive into an empty place, and say ok only when it is equal to what was saved."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from tongchuan_coop.backup import rows, structure
from tongchuan_coop.backup.archive import Archive, BackupRefused
from tongchuan_coop.fingerprint import fingerprint


@dataclass(frozen=True)
class Restored:
    """What stands after a restore. `same_structure` is false when the archive was of an older release."""

    rows: int
    files: int
    fingerprint: str
    same_structure: bool


def restore_backup(path: Path) -> Restored:
    """Restore into the database and folder of the settings, which must be empty.

    The archive is checked whole before anything is touched. Rows go in by one transaction and are
    compared, table by table, before it ends. Raises BackupRefused.
    """
    archive = Archive(path)
    files = Path(settings.FILES_DIR)
    if files.exists() and any(entry.is_file() for entry in files.rglob("*")):
        raise BackupRefused(f"{files} 里已有文件。备份只能恢复到空白处，请换一个 DATA_DIR。")
    historical = _structure_of(archive)
    count = _load(archive, historical)
    for name in archive.names("files"):
        archive.extract(name, files / Path(name).relative_to("files"))
    same = not _plan_to_head()
    call_command("migrate", interactive=False, verbosity=0)
    ContentType.objects.clear_cache()
    mark = fingerprint()
    if same and mark != archive.manifest["fingerprint"]:
        raise BackupRefused("数据已写入，但摘要与备份不符，请不要使用，并联系技术人员。")
    return Restored(count, len(archive.names("files")), mark, same)


def _structure_of(archive: Archive) -> Any:
    """Bring an empty database to the structure of the archive; return its models of that time."""
    loader = MigrationExecutor(connection).loader
    wanted = structure.single(loader, [tuple(key) for key in archive.manifest["migrations"]])
    applied = structure.single(loader, loader.applied_migrations)
    if wanted - set(loader.disk_migrations):
        raise BackupRefused(
            "这份备份由更新版本的系统生成，本版本读不了。没有改动任何数据；请先升级系统。"
        )
    if applied - wanted:
        raise BackupRefused(
            "备份来自较早的版本，而这个数据库的结构已经更新。"
            "没有改动任何数据；请换一个全空的数据库，恢复后系统会自行升级。"
        )
    if applied and not _is_blank():
        raise BackupRefused("数据库里已有数据。备份只能恢复到空白处，请换一个数据库。")
    executor = structure.executor_towards(wanted)
    targets = structure.targets(executor, wanted)
    executor.migrate(targets)
    return executor.loader.project_state(targets).apps


def _is_blank() -> bool:
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        for table in ("accounts_auditevent", "registry_cooperative", "accounts_attachment"):
            if table in present:
                cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608 - our own tables
                if cursor.fetchone():
                    return False
    return True


def _load(archive: Archive, apps: Any) -> int:
    """Replace what the migrations laid down by the rows of the archive."""
    models = rows.tables(apps)
    count = 0
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            for model in models:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608
        for model in filter(rows.kept, models):
            name = f"tables/{model._meta.db_table}.jsonl"
            if name not in archive.manifest["members"]:
                raise BackupRefused(f"备份里缺少 {name}。没有改动任何数据；请换一份备份。")
            count += rows.load(model, archive.lines(name))
            digest = hashlib.sha256()
            for line in rows.lines(model):
                digest.update(line.encode() + b"\n")
            if digest.hexdigest() != archive.manifest["members"][name]:
                raise BackupRefused(
                    f"{model._meta.db_table} 写入后与备份不一致，已全部撤回；请联系技术人员。"
                )
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), models):
                cursor.execute(statement)
    return count


def _plan_to_head() -> list[Any]:
    executor = MigrationExecutor(connection)
    return executor.migration_plan(executor.loader.graph.leaf_nodes())
