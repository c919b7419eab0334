"""Opening clean-up cases for many societies as one act."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.urls import reverse

from accounts.bulk_acts import BulkAct, Facts, Making, Plan, Step, register_act
from accounts.choices import LEADING_UNIT, NoticeEvent
from accounts.models import Attachment, OrganisationUnit, User
from accounts.operations.notices import notify
from accounts.operations.numbering import next_numbers
from accounts.policy import Action, Reach, reach_of
from common import clock
from common.template_tags import day
from common.workflow import TransitionRefused
from registry.cleanup.bars import barred_route
from registry.cleanup.choices import CaseState, Route
from registry.cleanup.proposals import proposals
from registry.cleanup.workflows import CASE
from registry.forms.cleanup_bulk import CasesForm
from registry.models import CleanupCase, Cooperative, RectificationTask
from registry.operations.cleanup_cases import Charge, usual_end
from registry.operations.cleanup_steps import lay_steps

OPEN_CASES = "cases-open"


def _reach(user: User) -> Any:
    return Cooperative.objects.permitted(user, Action.OPEN_CLEANUP).select_related("township")


def _township(society: Cooperative) -> str:
    return society.township.short_name if society.township else "乡镇街道待判定"


def _planned(societies: Sequence[Cooperative], facts: Facts, by: User) -> Plan:
    """Of those verified that have no case: the route asked for, unless it is barred."""
    _answers_for_all(facts["charge"], by)
    routes: Mapping[int, str] = facts["routes"]
    opened: dict[int, dict[str, Any]] = {}
    left = []
    for each in proposals(societies):
        route = Route(routes[each.society.pk])
        if why := each.skipped or barred_route(route, each.society):
            left.append((each.society.name, why))
        else:
            opened[each.society.pk] = {"route": route, "flag": each.flag}
    return Plan(opened, left)


def _answers_for_all(charge: Charge, by: User) -> None:
    """A township's clerk gives cases to the own township alone: nobody else would reach them."""
    owner = charge.owner
    if owner is None or owner.pk == by.pk or reach_of(by, Action.OPEN_CLEANUP) == Reach.DISTRICT:
        return
    if owner.unit_id != by.unit_id:
        raise TransitionRefused("责任人须是本乡镇街道的人员。")


def _opened(
    societies: Sequence[Cooperative], values: Mapping[int, Facts], facts: Facts, by: User
) -> list[CleanupCase]:
    """Write a case for each. Raises TransitionRefused for a route that has no procedure today."""
    charge: Charge = facts["charge"]
    today = clock.today()
    numbers = next_numbers(f"cleanup-{today.year}", len(societies))
    department = charge.department or OrganisationUnit.objects.get(code=LEADING_UNIT)
    cases = CleanupCase.objects.bulk_create(
        CleanupCase(
            number=f"清{today.year}-{number:04}",
            cooperative=society,
            because=facts["reason"],
            owner=charge.owner or by,
            department=department,
            opened_by=by,
            opened_on=today,
            due_on=charge.due_on or usual_end(),
            **values[society.pk],
        )
        for number, society in zip(numbers, societies, strict=True)
    )
    lay_steps(cases)
    return cases


def _numbers(cases: Sequence[CleanupCase]) -> str:
    return f"{cases[0].number}至{cases[-1].number}"


def _tell_owner(cases: Sequence[CleanupCase], facts: Facts, by: User) -> None:
    del facts
    first = cases[0]
    if first.owner_id != by.pk:
        notify(
            [first.owner],
            event=NoticeEvent.CASE_OPENED,
            title=f"新立清理事项 {len(cases)} 件",
            text=f"{_numbers(cases)}由您负责，请在{day(first.due_on)}前办结。",
            url=reverse("registry:cleanup-list"),
            by=by,
        )


def _worked_on(keys: Collection[int]) -> set[int]:
    """A paper or a task does not show in the version of its case."""
    papers = Attachment.objects.filter(
        owner_kind=CleanupCase._meta.label_lower, owner_key__in=[str(key) for key in keys]
    )
    tasks = RectificationTask.objects.filter(case__in=keys)
    found = {int(key) for key in papers.values_list("owner_key", flat=True)}
    return found | set(tasks.values_list("case", flat=True))


def register() -> None:
    """Make the act known."""
    register_act(
        BulkAct(
            key=OPEN_CASES,
            title="批量立案",
            lead="从核实属实的线索或摸底意见中选定合作社，核对途径后一次立案。",
            button="为所选立案",
            list_page="registry:cleanup-list",
            page="registry:cleanup-create-many",
            action=Action.OPEN_CLEANUP,
            reach=_reach,
            name=lambda society: society.name,
            note=_township,
            form=lambda data, user: CasesForm(data, user=user),
            plan=_planned,
            makes=Making(
                make=_opened,
                reach=lambda user: CleanupCase.objects.permitted(user, Action.DECIDE_CLEANUP),
                right=Action.DECIDE_CLEANUP,
                back=Step(CASE, (CaseState.OPENED,), CaseState.WITHDRAWN),
                closing=lambda: {"closed_on": clock.today()},
            ),
            after=_tell_owner,
            touched=_worked_on,
            noted=lambda cases, facts: {"case_numbers": _numbers(cases)},
            lock="cleanup-cases",
            told="已撤销，{number} 件案件已终止。",
        )
    )
