"""`manage.py backup FILE`: everything into one archive, which is restored and compared at once."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tongchuan_coop.backup.archive import BackupRefused
from tongchuan_coop.backup.snapshot import make_backup


class Command(BaseCommand):
    """Exit 0 when the back-up was restored and compared, 2 with a sentence otherwise."""

    help = "备份全部数据和文件，并立即恢复到空白处核对。FILE 可以是目录。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--keep", type=int, default=0, help="目录里只留最近几份")
        parser.add_argument("--no-check", action="store_true", help="不做恢复核对（不建议）")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        try:
            made = make_backup(
                options["file"].absolute(), check=not options["no_check"], keep=options["keep"]
            )
        except BackupRefused as refusal:
            raise CommandError(str(refusal), returncode=2) from None
        if options["json"]:
            self.stdout.write(json.dumps(asdict(made), default=str, ensure_ascii=False))
            return
        checked = "已恢复到空白处核对，一致" if made.checked else "未做恢复核对"
        self.stdout.write(
            f"备份完成：{made.path}，{made.rows} 行、{made.files} 个文件，用时 {made.seconds} 秒；"
            f"{checked}。摘要 {made.fingerprint}"
        )
