"""`manage.py check_archive`: do the archives of the pilot still hold; repairs nothing."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pilot.models import Archive
from pilot.operations.archives import check_archive


class Command(BaseCommand):
    """Exit 0 when every archive is whole, 1 with what is missing or altered."""

    help = "核验试点归档：逐个文件重算校验值，与包内清单和登记的校验值对照。只报告，不改动文件。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archive", type=int, nargs="?", metavar="编号", help="只核验这一份")
        parser.add_argument("--json", action="store_true", help="输出一个 JSON 对象")

    def handle(self, *_args: Any, **options: Any) -> None:
        archives = Archive.objects.ready().select_related("programme").order_by("pk")
        if options["archive"] is not None:
            archives = archives.filter(pk=options["archive"])
            if not archives.exists():
                msg = f"没有编号为 {options['archive']} 的已生成的归档。"
                raise CommandError(msg)
        found = {archive.pk: check_archive(archive, by=None) for archive in archives}
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False))
        else:
            for key, faults in found.items():
                self.stdout.write(f"归档 {key}：{'；'.join(faults) or '完好'}")
        if any(found.values()):
            msg = "有归档不完好，请看上面的清单。"
            raise CommandError(msg, returncode=1)
