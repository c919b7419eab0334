"""`manage.py check_storage`: do the rows and the private files fit; repairs nothing."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tongchuan_coop.stores import check_storage


class Command(BaseCommand):
    """Exit 0 when everything fits, 1 with what is missing, altered or named by no row."""

    help = "核对数据库记录与私有文件：缺失、被改动、无记录的文件。只报告，不改动。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        found = check_storage()
        if options["json"]:
            self.stdout.write(json.dumps(asdict(found), ensure_ascii=False))
        else:
            for word, lines in (
                ("缺少文件", found.missing),
                ("内容被改动", found.altered),
                ("没有记录的文件", found.unnamed),
            ):
                for line in lines:
                    self.stdout.write(f"{word}：{line}")
            self.stdout.write(f"相符的文件 {found.files} 个。")
        if not found.good:
            raise CommandError("文件与记录不完全相符，请看上面的清单。", returncode=1)
