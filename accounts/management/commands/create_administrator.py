"""`manage.py create_administrator NAME`: the account with which a new portal begins."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from accounts.operations.users import create_first_administrator
from accounts.policy import Action, roles_with
from common.workflow import TransitionRefused


class Command(BaseCommand):
    """Print the one-time password once; it must be changed at the first sign-in."""

    help = "开设第一个系统管理员账号，并打印一次性密码。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", default="系统管理员", help="姓名")
        parser.add_argument("--if-none", action="store_true", help="已有管理员时安静地跳过")

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        able = roles_with(Action.MANAGE_PEOPLE)
        if options["if_none"] and User.objects.filter(is_active=True, role__in=able).exists():
            return
        if User.objects.filter(username=options["username"]).exists():
            raise CommandError("这个用户名已有人使用，请换一个。")
        try:
            person, password = create_first_administrator(options["username"], options["name"])
        except TransitionRefused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(
            f"用户名：{person.username}\n一次性密码：{password}\n首次登录后须立即修改。"
        )
