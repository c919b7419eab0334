"""Filing what a township needs, giving it to a unit, answering it, and closing it."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.choices import NoticeEvent
from accounts.models import OrganisationUnit, User
from accounts.operations import audit
from accounts.operations.notices import notify
from accounts.operations.transitions import advance
from accounts.policy import Action, may
from common import clock
from common.conflict import EditConflict
from common.template_tags import day as in_words
from common.workflow import TransitionRefused
from liaison.help_choices import HelpState, HelpStep
from liaison.help_flows import HELP
from liaison.models import HelpLine, HelpRequest
from liaison.people import office_of, people_of

SAME_TITLE = "今天已经填报过同名的求助。请到原来那一件里修改，或换一个标题。"
TAKEN_UP = "这件求助已经受理，不能再改。需要补充的，请在办理记录里填写。"
OVER = "这件求助已经办结，不能再填写进展。还需要办理的，请乡镇街道另行填报。"
IN_THE_PAST = "答复期限不能早于今天。"


@transaction.atomic
def file_request(facts: dict[str, Any], *, by: User) -> HelpRequest:
    """File what one's own township needs; the bureau hears of it.

    `facts`: kind, title, text, cooperative (or None). The same words of the same day are filed
    once. Raises TransitionRefused, PermissionDenied.
    """
    if not may(by, Action.FILE_HELP):
        raise PermissionDenied(Action.FILE_HELP)
    unit = by.unit
    if unit is None or not unit.is_reporting:
        raise TransitionRefused("您的账号没有登记所在乡镇街道，不能填报求助。请联系系统管理员。")
    row, made = HelpRequest.objects.get_or_create(
        township=unit,
        filed_on=clock.today(),
        title=facts["title"].strip(),
        defaults={
            "kind": facts["kind"],
            "text": facts["text"].strip(),
            "cooperative": facts["cooperative"],
            "filed_by": by,
        },
    )
    if not made:
        if row.text != facts["text"].strip():
            raise TransitionRefused(SAME_TITLE)
        return row
    audit.record("help-filed", row, by=by)
    _tell(
        office_of(Action.HANDLE_HELP),
        row,
        title=f"{unit.short_name}求助：{row.title}",
        text=f"{row.text}\n请交有关单位办理，或直接答复。",
        by=by,
    )
    return row


@transaction.atomic
def edit_request(request: HelpRequest, facts: dict[str, Any], *, version: int, by: User) -> None:
    """Change what was filed, until it is taken up. Raises EditConflict, TransitionRefused."""
    held = _held(request, Action.FILE_HELP, by)
    if held.state != HelpState.FILED:
        raise TransitionRefused(TAKEN_UP)
    try:
        with transaction.atomic():
            changed = HelpRequest.objects.filter(
                pk=held.pk, version=version, state=HelpState.FILED
            ).update(**facts, version=F("version") + 1)
    except IntegrityError:
        raise TransitionRefused(SAME_TITLE) from None
    request.refresh_from_db()
    if not changed:
        raise EditConflict(request)
    audit.record("help-changed", request, by=by)


@transaction.atomic
def assign_request(
    request: HelpRequest, department: OrganisationUnit, due_on: dt.date, *, note: str = "", by: User
) -> None:
    """Give a request to a unit, which answers by a day; a unit that had it before loses it."""
    if due_on < clock.today():
        raise TransitionRefused(IN_THE_PAST)
    advance(
        HELP,
        request,
        HelpState.ASSIGNED,
        by=by,
        reason=note,
        noted={"unit": department.name, "due_on": str(due_on)},
        department=department,
        due_on=due_on,
    )
    words = f"交{department.short_name}办理，{in_words(due_on)}前答复。{note.strip()}"
    _write(request, HelpStep.ASSIGNED, words, by=by)
    _tell(
        people_of([department.pk], Action.ANSWER_HELP),
        request,
        event=NoticeEvent.TASK_ASSIGNED,
        title=f"乡镇求助交办：{request.title}",
        text=f"{request.township.name}：{request.text}\n请于{in_words(due_on)}前答复。{note.strip()}",
        by=by,
    )


@transaction.atomic
def note_progress(request: HelpRequest, text: str, *, by: User) -> HelpLine:
    """Write a line of progress, or a supplement of the township; the state stays.

    The same words of one person and day are written once.
    """
    held = _held(request, Action.WORK_HELP, by)
    if not held.is_open:
        raise TransitionRefused(OVER)
    if not text.strip():
        raise TransitionRefused("请写明办理情况。")
    said = held.lines.filter(step=HelpStep.PROGRESS, text=text.strip()[:1000], by=by)
    if written := said.filter(at__gte=clock.start_of(clock.today())).first():
        return written
    line = _write(held, HelpStep.PROGRESS, text, by=by)
    audit.record("help-noted", held, by=by, reason=line.text[:500])
    return line


@transaction.atomic
def answer_request(request: HelpRequest, text: str, *, by: User) -> None:
    """Answer a request; the township says whether that solved it."""
    advance(
        HELP,
        request,
        HelpState.ANSWERED,
        by=by,
        reason=text,
        answer=text.strip()[:1000],
        answered_on=clock.today(),
    )
    _write(request, HelpStep.ANSWERED, text, by=by)
    _tell(
        people_of([request.township_id], Action.CLOSE_HELP),
        request,
        title=f"求助已答复：{request.title}",
        text=f"{request.answer}\n请确认是否解决；没有解决的写明原因退回。",
        by=by,
    )


@transaction.atomic
def confirm_solved(request: HelpRequest, *, note: str = "", by: User) -> None:
    """Say that the answer solved it; the request leaves all queues."""
    advance(HELP, request, HelpState.DONE, by=by, reason=note, closed_on=clock.today())
    _write(request, HelpStep.DONE, note or "问题已解决。", by=by)


@transaction.atomic
def return_unsolved(request: HelpRequest, *, reason: str, by: User) -> None:
    """Say that the answer did not solve it; the bureau gives it out anew."""
    advance(HELP, request, HelpState.FILED, by=by, reason=reason, department=None, due_on=None)
    _write(request, HelpStep.UNSOLVED, reason, by=by)
    _tell(
        office_of(Action.HANDLE_HELP),
        request,
        title=f"求助没有解决：{request.title}",
        text=f"{reason.strip()}\n请重新交办。",
        by=by,
    )


@transaction.atomic
def decline_request(request: HelpRequest, *, reason: str, by: User) -> None:
    """Decline a request, with a reason that the township reads."""
    advance(HELP, request, HelpState.DECLINED, by=by, reason=reason, closed_on=clock.today())
    _write(request, HelpStep.DECLINED, reason, by=by)
    _tell(
        people_of([request.township_id], Action.CLOSE_HELP),
        request,
        title=f"求助不予办理：{request.title}",
        text=f"原因：{reason.strip()}",
        by=by,
    )


@transaction.atomic
def withdraw_request(request: HelpRequest, *, reason: str, by: User) -> None:
    """Take back a request that nobody has taken up."""
    advance(HELP, request, HelpState.WITHDRAWN, by=by, reason=reason, closed_on=clock.today())
    _write(request, HelpStep.WITHDRAWN, reason, by=by)


def _write(request: HelpRequest, step: HelpStep, text: str, *, by: User) -> HelpLine:
    return HelpLine.objects.create(
        request=request, step=step, text=text.strip()[:1000], unit=by.unit, by=by, at=clock.now()
    )


def _tell(
    people: Iterable[User],
    request: HelpRequest,
    *,
    title: str,
    text: str,
    by: User,
    event: NoticeEvent = NoticeEvent.OTHER_NOTICE,
) -> None:
    url = f"/liaison/help/{request.pk}/"
    notify(people, event=event, title=title, text=text, url=url, by=by)


def _held(request: HelpRequest, action: Action, by: User) -> HelpRequest:
    reach = HelpRequest.objects.permitted(by, action)
    held = reach.select_for_update(of=("self",)).filter(pk=request.pk).first()
    if held is None:
        raise PermissionDenied(action)
    return held
