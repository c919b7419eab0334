"""Print the fingerprint of everything the bureau would miss: equal content, equal fingerprint."""

from typing import Any

from django.core.management.base import BaseCommand

from tongchuan_coop.fingerprint import fingerprint


class Command(BaseCommand):
    help = "打印业务数据与附件的摘要（SHA-256）。内容相同，摘要就相同，与数据库种类无关。"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(fingerprint())
