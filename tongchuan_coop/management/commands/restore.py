"""`manage.py restore FILE`: an archive into an empty database and data folder."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tongchuan_coop.backup.archive import BackupRefused
from tongchuan_coop.backup.restore import restore_backup


class Command(BaseCommand):
    """Exit 0 when what stands equals what was saved, 2 with a sentence otherwise."""

    help = "把备份恢复到空白的数据库和 DATA_DIR，并核对。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        try:
            done = restore_backup(options["file"].absolute())
        except BackupRefused as refusal:
            raise CommandError(str(refusal), returncode=2) from None
        if options["json"]:
            self.stdout.write(json.dumps(asdict(done), ensure_ascii=False))
            return
        note = "" if done.same_structure else "备份来自较早版本，已升级到本版本。"
        self.stdout.write(
            f"恢复完成，核对一致：{done.rows} 行、{done.files} 个文件。{note}摘要 {done.fingerprint}"
        )
