"""`manage.py routes [--json]`: every address with its methods and the right it asks for."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tongchuan_coop.routes import all_routes
from tongchuan_coop.samples import sample_values


class Command(BaseCommand):
    """Print the routes, one a line or as one JSON list."""

    help = "列出全部地址：名称、示例路径、方法、所需权限"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="输出 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        samples = sample_values()
        rows = [
            {
                "name": route.name,
                "path": route.sample_path(samples),
                "methods": list(route.methods),
                "action": route.action,
            }
            for route in all_routes()
        ]
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        for row in rows:
            methods = ",".join(row["methods"])
            self.stdout.write(f"{row['path']:50} {methods:16} {row['action']:20} {row['name']}")
