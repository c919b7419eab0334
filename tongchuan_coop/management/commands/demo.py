"""Fill an empty database with the demo district."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from tongchuan_coop.demo.build import AT_THE_START, build, is_empty
from tongchuan_coop.demo.people import KNOWN

MOST = 10_000  # the names that can be made up


class Command(BaseCommand):
    help = "在空数据库里建立演示区（生产环境拒绝执行）。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=2020)
        parser.add_argument(
            "--societies",
            type=int,
            default=AT_THE_START,
            metavar="N",
            help="第一个季度有多少家合作社；0 只建人员和单位",
        )
        parser.add_argument("--if-empty", action="store_true", help="已有数据时安静地跳过")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("这是生产环境，不能载入演示数据和演示账号。")
        number = options["societies"]
        if number and not AT_THE_START <= number <= MOST:
            raise CommandError(
                f"合作社数请填 0，或 {AT_THE_START} 到 {MOST} 之间：再少，演示的各种情形就凑不齐。"
            )
        if not is_empty():
            if options["if_empty"]:
                return
            raise CommandError("数据库里已有数据。演示数据只能载入空数据库，请换一个 DATA_DIR。")
        build(options["seed"], self.stdout.write, number)
        names = "、".join(known[0] for known in KNOWN)
        self.stdout.write(f"演示账号：{names}；密码：{settings.DEMO_PASSWORD}")
