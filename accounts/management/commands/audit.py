"""`manage.py audit verify` walks the trail and says whether every link fits; `export` writes it."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import AuditEvent
from accounts.operations.audit import broken_link, export


class Command(BaseCommand):
    """Exit 0 when the chain is whole, 1 with the sequence of the first link that does not fit."""

    help = "校验操作记录：audit verify；导出操作记录：audit export 文件"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["verify", "export"])
        parser.add_argument("file", nargs="?", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        if options["act"] == "export":
            self._export(options["file"])
            return
        broken = broken_link()
        if broken is not None:
            raise CommandError(f"校验不通过：序号 {broken} 与前一条不符。", returncode=1)
        self.stdout.write(f"校验通过：共 {AuditEvent.objects.count()} 条操作记录。")

    def _export(self, path: Path | None) -> None:
        if path is None:
            raise CommandError("请给出要写入的文件：audit export 文件")
        if path.exists():
            raise CommandError(f"{path} 已经存在，请换一个名字。")
        with path.open("w", encoding="utf-8") as out:
            out.writelines(export(by=None))
        self.stdout.write(f"已导出到 {path}。")
