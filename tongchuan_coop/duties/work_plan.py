"""What waits of the pilot's work plan: a unit's own tasks, and what is to be confirmed."""

from collections.abc import Iterator

from accounts.models import User
from accounts.policy import Action, may
from pilot.forms.work_plan import SOON_DAYS
from pilot.models import AcceptanceFinding, Programme, TaskPart
from pilot.models.task import PartQuerySet
from pilot.plan_choices import LATE, FindingState, PartState
from tongchuan_coop.addresses import page
from tongchuan_coop.duties.duty import Waiting


def own_tasks(user: User) -> Iterator[Waiting]:
    """Tasks of one's own unit that are overdue, and those that are due soon."""
    if not may(user, Action.REPORT_TASK) or user.unit_id is None:
        return
    for programme, named in _with_work():
        own = _parts(user, Action.REPORT_TASK, programme).filter(unit=user.unit_id)
        chosen = {"programme": programme.pk, "unit": user.unit_id}
        for rows, state, title, because in (
            (
                own.late(),
                LATE,
                "本单位逾期的试点任务",
                "因为倒排工作表的期限已过，还没有报告完成。",
            ),
            (
                own.due_soon(SOON_DAYS),
                "soon",
                "本单位快到期的试点任务",
                f"因为 {SOON_DAYS} 天内到期，请填报进展、备好佐证。",
            ),
        ):
            yield Waiting(
                rows=rows,
                title=f"{title}{named}",
                because=because,
                button="去填报",
                url=page("pilot:part-list", query={**chosen, "state": state}),
                day="task__due_on",
            )


def tasks_to_confirm(user: User) -> Iterator[Waiting]:
    """Parts that units reported as done and nobody has confirmed."""
    if not may(user, Action.CONFIRM_TASK):
        return
    for programme, named in _with_work():
        yield Waiting(
            rows=_parts(user, Action.CONFIRM_TASK, programme).filter(state=PartState.DONE),
            title=f"待确认完成的试点任务{named}",
            because="因为承担单位已报告完成，须核对佐证后确认或退回。",
            button="去确认",
            url=page(
                "pilot:part-list",
                query={"programme": programme.pk, "state": PartState.DONE.value},
            ),
        )


def own_findings(user: User) -> Iterator[Waiting]:
    """Findings of a check that one's own unit has to put right."""
    if not may(user, Action.RECTIFY_FINDING) or user.unit_id is None:
        return
    reach = AcceptanceFinding.objects.permitted(user, Action.RECTIFY_FINDING)
    yield Waiting(
        rows=reach.filter(unit=user.unit_id, state=FindingState.OPEN),
        title="本单位待整改的验收问题",
        because="因为预验收或总结核查发现缺项，须在期限内整改并报告。",
        button="去整改",
        url=page(
            "pilot:finding-list",
            query={"unit": user.unit_id, "state": FindingState.OPEN.value},
        ),
        day="due_on",
    )


def findings_to_confirm(user: User) -> Iterator[Waiting]:
    """Findings that were reported as put right."""
    if not may(user, Action.RUN_ACCEPTANCE):
        return
    reach = AcceptanceFinding.objects.permitted(user, Action.RUN_ACCEPTANCE)
    yield Waiting(
        rows=reach.filter(state=FindingState.DONE),
        title="待复核的验收整改",
        because="因为整改单位已报告改好，须由另一人复核。",
        button="去复核",
        url=page("pilot:finding-list", query={"state": FindingState.DONE.value}),
    )


def _with_work() -> Iterator[tuple[Programme, str]]:
    """Yield programmes under way or left unfinished; the name is said where there are several."""
    found = list(Programme.objects.with_work())
    for programme in found:
        yield programme, f"（{programme}）" if len(found) > 1 else ""


def _parts(user: User, action: Action, programme: Programme) -> PartQuerySet:
    return TaskPart.objects.permitted(user, action).filter(task__programme=programme)


FINDERS = (own_tasks, own_findings, tasks_to_confirm, findings_to_confirm)
