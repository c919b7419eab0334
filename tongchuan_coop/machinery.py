"""Does the machinery run: each part with its light, the rule of the light, and what to do when red."""

import datetime as dt
import platform
import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from accounts.models import LifeSign, OutboxMessage, User
from accounts.operations.life_signs import BACKUP, STORAGE, WORKER
from accounts.policy import Action
from common import clock
from registry.models import IngestJob

WORKER_SILENT = dt.timedelta(minutes=3)
BACKUP_OLD = dt.timedelta(hours=30)
STORAGE_OLD = dt.timedelta(hours=30)
QUEUE_OLD = dt.timedelta(minutes=5)
DISK_LOW = 0.10
LATEST = 10
GIB = 1024**3


@dataclass(frozen=True)
class Part:
    """One part of the machinery. `tone` is ok, warn, bad or idle; `remedy` is said unless ok."""

    title: str
    tone: str
    word: str
    rule: str
    value: str = ""
    remedy: str = ""


def parts(user: User) -> list[Part]:
    """Return every part for those who look after the machinery."""
    signs = LifeSign.objects.permitted(user, Action.VIEW_SYSTEM)
    return [
        _workers(signs.of(WORKER)),
        _queue(),
        _outbox(),
        _disk(),
        _backup(signs.of(BACKUP)),
        _storage(signs.of(STORAGE)),
        _structure(),
    ]


def latest_jobs() -> list[IngestJob]:
    """Return the jobs of the last files."""
    return list(IngestJob.objects.select_related("delivery__sender").order_by("-pk")[:LATEST])


def versions() -> list[tuple[str, str]]:
    """Return what runs here, in which version."""
    return [
        ("本系统", release()),
        ("程序框架", f"Django {django.get_version()}"),
        ("程序语言", f"Python {platform.python_version()}"),
        ("数据库", f"{connection.display_name} {_database_version()}"),
        ("消息队列", "Redis" if settings.REDIS_URL else "文件"),
        ("数据目录", str(settings.DATA_DIR)),
    ]


@cache
def release() -> str:
    """Return the version of the portal as its project file states it."""
    text = (Path(settings.BASE_DIR) / "pyproject.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(text)["project"]["version"])


def _workers(signs: list[LifeSign]) -> Part:
    now = clock.real_now()
    alive = [sign for sign in signs if now - sign.at <= WORKER_SILENT]
    rule = f"{_span(WORKER_SILENT)}内有信号为正常"
    if alive:
        names = "、".join(sign.name for sign in alive)
        return Part("后台进程", "ok", "正常", rule, f"{len(alive)} 个：{names}")
    last = f"最近一次信号在{_ago(now - signs[0].at)}前" if signs else "从未收到信号"
    return Part(
        "后台进程",
        "bad",
        "没有回应",
        rule,
        last,
        "报送文件不会被核对，通知不会发出。请在服务器上查看并重启后台进程和定时进程；"
        "已收到的文件不会丢失，重启后自动继续。",
    )


def _queue() -> Part:
    waiting = IngestJob.objects.waiting().select_related("delivery")
    first = waiting.order_by("pk").first()
    held = IngestJob.objects.given_up().count()
    value = f"等待 {waiting.count()} 份，多次失败搁置 {held} 份"
    rule = f"无搁置、等待不超过{_span(QUEUE_OLD)}为正常"
    if held:
        remedy = "请打开被搁置的报送，看原因后重试；仍失败时把批次号和日志交给技术人员。"
        return Part("报送队列", "bad", "有搁置", rule, value, remedy)
    if first and clock.now() - first.delivery.received_at > QUEUE_OLD:
        remedy = "后台进程可能停了或很忙，请先看上面一项。"
        return Part("报送队列", "warn", "积压", rule, value, remedy)
    return Part("报送队列", "ok", "正常", rule, value)


def _outbox() -> Part:
    failed = OutboxMessage.objects.failed().count()
    rule = "没有发送失败的消息为正常"
    if not failed:
        return Part("邮件短信", "ok", "正常", rule, "没有发送失败的消息")
    remedy = "请在“通知送达”里查看失败原因，核对邮箱、手机号和邮件、短信网关的设置后重发。"
    return Part("邮件短信", "warn", "有失败", rule, f"发送失败 {failed} 条", remedy)


def _disk() -> Part:
    usage = shutil.disk_usage(settings.DATA_DIR)
    share = usage.free / usage.total
    value = f"剩余 {usage.free / GIB:.1f} GB，占 {share:.0%}"
    rule = f"剩余不少于 {DISK_LOW:.0%} 为正常"
    if share >= DISK_LOW:
        return Part("磁盘", "ok", "正常", rule, value)
    remedy = "请清理或扩大磁盘。磁盘写满后不能再报送文件和填报，已有数据不受影响。"
    return Part("磁盘", "bad", "快满了", rule, value, remedy)


def _backup(signs: list[LifeSign]) -> Part:
    rule = f"{_span(BACKUP_OLD)}内有一份经恢复核对的备份为正常"
    how = "请按运维手册“备份与恢复”一章做一次备份，并设置每晚自动备份。"
    if not signs:
        return Part("备份", "bad", "没有备份", rule, "还没有做过备份", how)
    sign, age = signs[0], clock.real_now() - signs[0].at
    value = f"{_ago(age)}前"
    if not sign.good:
        fault = sign.detail.get("fault", "未做恢复核对")
        return Part("备份", "bad", "不可靠", rule, f"{value}：{fault}", how)
    value += f"，{sign.detail.get('file', '')}，{sign.detail.get('rows', 0)} 行，已恢复核对一致"
    if age > BACKUP_OLD:
        return Part("备份", "bad", "过期", rule, value, how)
    return Part("备份", "ok", "正常", rule, value)


def _storage(signs: list[LifeSign]) -> Part:
    rule = f"{_span(STORAGE_OLD)}内核对过，文件与记录全部相符为正常"
    if not signs:
        remedy = "系统每晚自动核对；也可以按运维手册“备份与恢复”一章马上核对。"
        return Part("文件核对", "idle", "尚未核对", rule, "", remedy)
    sign, found = signs[0], signs[0].detail
    value = f"{_ago(clock.real_now() - sign.at)}前，相符 {found.get('files', 0)} 个"
    if sign.good and clock.real_now() - sign.at > STORAGE_OLD:
        remedy = "每晚的核对没有做，请先看“后台进程”；也可以按运维手册“备份与恢复”一章马上核对。"
        return Part("文件核对", "warn", "过期", rule, value, remedy)
    if sign.good:
        return Part("文件核对", "ok", "正常", rule, value)
    value += (
        f"，缺失 {found.get('missing', 0)}、被改动 {found.get('altered', 0)}、"
        f"没有记录 {found.get('unnamed', 0)}"
    )
    remedy = "请按运维手册“备份与恢复”一章查看清单，从备份里取回缺失或被改动的文件。"
    return Part("文件核对", "bad", "不相符", rule, value, remedy)


def _structure() -> Part:
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    rule = "数据库结构与程序版本一致为正常"
    if not waiting:
        return Part("数据库结构", "ok", "正常", rule, "与程序版本一致")
    remedy = "请先备份，再按运维手册“升级”一章升级数据库。"
    return Part("数据库结构", "bad", "待升级", rule, f"还有 {waiting} 项升级没有做", remedy)


def _database_version() -> str:
    version: Any = connection.get_database_version()
    return ".".join(map(str, version))


def _span(span: dt.timedelta) -> str:
    hours, minutes = divmod(int(span.total_seconds()) // 60, 60)
    return f" {hours} 小时" if hours else f" {minutes} 分钟"


def _ago(span: dt.timedelta) -> str:
    return next(_lengths(max(int(span.total_seconds()), 0)))


def _lengths(seconds: int) -> Iterator[str]:
    for size, word in ((86_400, "天"), (3_600, "小时"), (60, "分钟")):
        if seconds >= size:
            yield f" {seconds // size} {word}"
    yield "不到 1 分钟"
