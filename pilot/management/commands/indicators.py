"""`manage.py indicators --json`: every indicator of the pilot on a day."""

import datetime as dt
import json
from argparse import ArgumentTypeError
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from common import clock
from pilot.board import as_of
from pilot.figures import district_reader
from pilot.indicators import INDICATORS
from pilot.models import Programme, Target
from pilot.pace import standing


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError("日期应写成 2021-06-30 的样子。") from None


class Command(BaseCommand):
    """Key, value, numerator, denominator and target of each; the whole district."""

    help = "列出试点的全部指标。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--as-of", type=_day, default=None, help="统计日，例如 2021-06-30")
        parser.add_argument("--known", type=_day, default=None, help="只采信截至这一天掌握的情况")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        on = options["as_of"] or clock.today()
        programme = Programme.objects.running().first() or Programme.objects.order_by("-pk").first()
        if programme is None:
            raise CommandError("还没有设立试点。", returncode=2)
        when = as_of(programme, on, options["known"])
        targets = {t.indicator: t for t in Target.objects.filter(programme=programme)}
        found = []
        for indicator in INDICATORS:
            figure = indicator.measure(district_reader(), when).figure
            target = targets.get(indicator.key)
            judged = standing(target, figure, on) if target else None
            found.append(
                {
                    "key": indicator.key,
                    "code": indicator.code,
                    "title": indicator.title,
                    "unit": indicator.unit,
                    "value": _number(figure.value),
                    "numerator": figure.numerator,
                    "denominator": figure.denominator,
                    "target": _number(target.value) if target else None,
                    "state": judged.state if judged else None,
                }
            )
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False))
            return
        for each in found:
            self.stdout.write(
                f"{each['code']:5} {each['title']}：{each['value']}{each['unit']}"
                f"（{each['numerator']}/{each['denominator']}），目标 {each['target']}"
            )


def _number(value: Decimal | None) -> float | int | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
