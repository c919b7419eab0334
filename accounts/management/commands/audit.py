"""`manage.py audit verify`: walk the audit trail and say whether every link fits."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import AuditEvent
from accounts.operations.audit import broken_link


class Command(BaseCommand):
    """Exit 0 when the chain is whole, 1 with the sequence of the first link that does not fit."""

    help = "校验操作记录：audit verify"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["verify"])

    def handle(self, *args: Any, **options: Any) -> None:
        del args, options
        broken = broken_link()
        if broken is not None:
            raise CommandError(f"校验不通过：序号 {broken} 与前一条不符。", returncode=1)
        self.stdout.write(f"校验通过：共 {AuditEvent.objects.count()} 条操作记录。")
