"""Signing that there is nothing to report, and reminding those who owe a file: one digest a day."""

import datetime as dt

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.choices import NoticeEvent
from accounts.models import OrganisationUnit, User
from accounts.operations import audit
from accounts.operations.notices import notify
from accounts.policy import Action, Reach, reach_of, roles_with
from common import clock, locks
from common.quarter import Quarter
from common.template_tags import day
from common.workflow import TransitionRefused
from registry import completeness
from registry.choices import LIVE_STATES, FeedSource
from registry.completeness import OVERDUE, OWED, Cell, Line
from registry.models import FeedDelivery, FeedReminder, NilReturn

NOT_OWED = "本部门不报送这个来源，不能作零报告。"
NOT_ENDED = "{}还没有结束，结束后才能作零报告。"
FILE_EXISTS = "{}已有报送的文件，不用再作零报告。"
KNOWN = "{}已作过零报告。"
NOBODY = "{}还没有在用的联络员账号，无法在平台提醒。请系统管理员先在“用户”里开设，或电话联系。"
NOTHING = "{}目前没有逾期未报的数据，不用催报。"
ONCE = "今天已经催报过{}，一天只发一次，避免重复打扰。"
AFTER_DUE_EVERY = 7  # days between reminders of what stays overdue


@transaction.atomic
def file_nil_return(source: FeedSource, quarter: Quarter, *, by: User) -> NilReturn:
    """Sign that a source has nothing to report for a quarter that has ended."""
    reach = reach_of(by, Action.SUBMIT_DELIVERY)
    if reach == Reach.NONE:
        raise PermissionDenied(Action.SUBMIT_DELIVERY)
    owed_by = OWED.get(source, "")
    if not owed_by or (reach == Reach.OWN and (by.unit is None or by.unit.code != owed_by)):
        raise TransitionRefused(NOT_OWED)
    told = f"{quarter.label}{source.label}"
    if quarter.last_day >= clock.today():
        raise TransitionRefused(NOT_ENDED.format(quarter.label))
    locks.hold(f"deliveries-{source}")
    received = FeedDelivery.objects.carrying(source).filter(
        quarter=str(quarter), job__state__in=LIVE_STATES
    )
    if received.exists():
        raise TransitionRefused(FILE_EXISTS.format(told))
    try:
        with transaction.atomic():
            nil = NilReturn.objects.create(
                source=source,
                quarter=str(quarter),
                sender=OrganisationUnit.objects.get(code=owed_by),
                signed_by=by,
            )
    except IntegrityError as clash:
        raise TransitionRefused(KNOWN.format(told)) from clash
    audit.record("nil-return-signed", nil, by=by)
    return nil


def owed_cells(unit: OrganisationUnit, lines: list[Line]) -> list[Cell]:
    """Return what a unit owes and has not sent by its day, the oldest first."""
    return [
        cell for line, cell in completeness.owing(lines) if line.unit and line.unit.pk == unit.pk
    ]


def draft_reminder(unit: OrganisationUnit, cells: list[Cell]) -> str:
    """Return the text of a reminder: the exact list, each with its day."""
    listed = "\n".join(
        f"{place}. {cell}，应于{day(cell.due)}前报送，已逾期 {cell.days_over} 天"
        for place, cell in enumerate(cells, start=1)
    )
    return (
        f"{unit.name}：\n以下数据逾期未报：\n{listed}\n"
        "请尽快在平台报送；该季度确无内容的，可直接作零报告。"
    )


@transaction.atomic
def remind_sender(unit: OrganisationUnit, *, text: str, by: User) -> FeedReminder:
    """Send a unit's people the reminder of all that it owes, once a day at most."""
    if reach_of(by, Action.REMIND_SENDER) == Reach.NONE:
        raise PermissionDenied(Action.REMIND_SENDER)
    cells = owed_cells(unit, completeness.all_lines())
    if not cells:
        raise TransitionRefused(NOTHING.format(unit.name))
    reminder = _send(unit, cells, text.strip() or draft_reminder(unit, cells), by=by)
    audit.record("sender-reminded", unit, by=by, number=len(cells))
    return reminder


@transaction.atomic
def send_due_reminders() -> int:
    """Remind every unit of what is due soon, due today or overdue: one digest for all of it.

    Before the day once, on the day, the day after, and then every week. Returns how many units
    were reminded; running twice a day reminds nobody twice.
    """
    today = clock.today()
    lines = completeness.all_lines()
    sent = 0
    units = {line.unit.pk: line.unit for line in lines if line.unit is not None}
    for unit in units.values():
        cells = [
            cell
            for line in lines
            if line.unit and line.unit.pk == unit.pk
            for cell in line.cells
            if cell.can_be_nil and is_reminder_day(cell.due, today)
        ]
        if cells:
            try:
                _send(unit, cells, _digest(unit, cells), by=None)
            except TransitionRefused:
                continue  # reminded today already, or nobody is there to be told
            sent += 1
    return sent


def is_reminder_day(due: dt.date, today: dt.date) -> bool:
    """Tell whether a reminder of something due on a day is sent today."""
    left = (due - today).days
    if left >= 0:
        return left in {settings.FEED_REMIND_DAYS, 0}
    return -left == 1 or -left % AFTER_DUE_EVERY == 0


def _digest(unit: OrganisationUnit, cells: list[Cell]) -> str:
    listed = "\n".join(
        f"{place}. {cell}，"
        + (f"已逾期 {cell.days_over} 天" if cell.state == OVERDUE else f"应于{day(cell.due)}前报送")
        for place, cell in enumerate(cells, start=1)
    )
    return f"{unit.name}待报送的数据：\n{listed}\n该季度确无内容的，可直接作零报告。"


def _send(unit: OrganisationUnit, cells: list[Cell], text: str, *, by: User | None) -> FeedReminder:
    locks.hold("feed-reminders")
    today = clock.today()
    if FeedReminder.objects.filter(sender=unit, day=today).exists():
        raise TransitionRefused(ONCE.format(unit.name))
    roles = roles_with(Action.SUBMIT_DELIVERY, Reach.OWN)
    notice = notify(
        User.objects.filter(unit=unit, role__in=roles, is_active=True),
        event=NoticeEvent.DELIVERY_OVERDUE,
        title=f"{len(cells)} 项数据待报送",
        text=text,
        url="/registry/completeness/",
        by=by,
    )
    if notice is None:
        raise TransitionRefused(NOBODY.format(unit.name))
    return FeedReminder.objects.create(
        sender=unit,
        day=today,
        items=[{"source": cell.source.value, "quarter": str(cell.quarter)} for cell in cells],
        notice=notice,
        sent_by=by,
    )
