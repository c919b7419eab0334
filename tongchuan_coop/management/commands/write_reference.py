"""`manage.py write_reference [--check]`: write docs/reference from the portal's own tables."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from tongchuan_coop.reference import REFERENCES


class Command(BaseCommand):
    """Write every page; with --check only say which ones are out of date, and exit 1."""

    help = "生成 docs/reference 下的参考页"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="只检查是否最新，不写文件")

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        folder = Path(settings.BASE_DIR) / "docs" / "reference"
        pages = {folder / name: render() for name, render in REFERENCES.items()}
        stale = [path for path, text in pages.items() if _read(path) != text]
        if options["check"]:
            if stale:
                names = "、".join(path.name for path in stale)
                raise CommandError(f"参考页已过时：{names}。请运行 manage.py write_reference。")
            self.stdout.write("参考页都是最新的。")
            return
        folder.mkdir(parents=True, exist_ok=True)
        for path in stale:
            path.write_text(pages[path], encoding="utf-8")
        self.stdout.write(f"已更新 {len(stale)} 页。")


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""
