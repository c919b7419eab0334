"""manage.py recompute_flags: compute every rule and print counts by rule and label."""

import datetime as dt
import json
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from registry.flags.catalogue import RULES, counts_by_label
from registry.operations.flags import recompute_flags


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        msg = f"日期应写成 2021-07-20 的样子，现在是“{text}”。"
        raise CommandError(msg) from None


class Command(BaseCommand):
    """Recompute all suspicions."""

    help = "重新计算全部疑似问题，按规则与指向给出数量；给出别的日期时，按那一天的事实计算，不改动线索。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--as-of", type=_day, metavar="日期", help="计算基准日，默认今天")
        parser.add_argument("--json", action="store_true", help="输出一个 JSON 对象")

    def handle(self, *_args: Any, **options: Any) -> None:
        began = time.monotonic()
        run = recompute_flags(by=None, as_of=options["as_of"])
        labels = counts_by_label(run.counts)
        if options["json"]:
            result = {
                "as_of": run.as_of.isoformat(),
                "rules": run.counts,
                "labels": labels,
                "unknown": run.unknown,
                "exempt": run.exempt,
                "changes": run.changes,
                "seconds": round(time.monotonic() - began, 3),
            }
            self.stdout.write(json.dumps(result, ensure_ascii=False))
            return
        for rule in RULES:
            self.stdout.write(
                f"{rule.code} {rule.title}：疑似 {run.counts[rule.code]}，"
                f"未知 {run.unknown[rule.code]}，豁免 {run.exempt[rule.code]}"
            )
