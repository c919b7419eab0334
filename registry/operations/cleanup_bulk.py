"""Opening clean-up cases for many societies in one act, and taking that act back."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.urls import reverse

from accounts.choices import NoticeEvent
from accounts.models import Attachment, AuditEvent, OrganisationUnit, User
from accounts.operations import audit
from accounts.operations.notices import notify
from accounts.operations.numbering import next_numbers
from accounts.policy import Action, Reach, reach_of
from common import clock, locks
from common.template_tags import day
from common.workflow import TransitionRefused
from registry.cleanup.bars import barred_route
from registry.cleanup.choices import CaseState, Route
from registry.cleanup.proposals import Proposal, proposals
from registry.models import CleanupCase, Cooperative
from registry.operations.cleanup_cases import LEADING_UNIT, Charge, usual_end
from registry.operations.cleanup_steps import lay_steps

OPENED, TAKEN_BACK = "cases-opened", "cases-taken-back"
MOST_CASES = 200


@dataclass
class Opened:
    """What one act has done: the cases opened, and who was left out with the reason."""

    cases: list[CleanupCase] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    out_of_reach: int = 0

    def left_out(self) -> list[str]:
        """Return in words who was left out and why; who is out of reach has no name here."""
        named = [f"{name}（{why.rstrip('。')}）" for name, why in self.skipped]
        return named + ["一家不在您工作范围内的合作社"] * self.out_of_reach


@transaction.atomic
def open_cases(
    routes: Mapping[int, str], *, because: str, by: User, charge: Charge | None = None
) -> Opened:
    """Open a case for each society on its route, in one transaction with one event.

    `routes`: a route by the key of the society. A society that has a case, was not verified, is
    gone or out of reach is left out and told with its reason: the same act sent twice opens
    nothing the second time. A fixed number of statements. Raises TransitionRefused for a missing
    reason, too many societies, or a route that has no procedure in force today.
    """
    if not reach_of(by, Action.OPEN_CLEANUP):
        raise PermissionDenied(Action.OPEN_CLEANUP)
    if not because.strip():
        raise TransitionRefused("请写明立案理由。")
    if len(routes) > MOST_CASES:
        raise TransitionRefused(f"一次最多立案 {MOST_CASES} 件，请缩小范围后分次办理。")
    charge = charge or Charge()
    _answers_for_all(charge, by)
    locks.hold("cleanup-cases")
    reach = Cooperative.objects.permitted(by, Action.OPEN_CLEANUP).filter(pk__in=routes)
    societies = list(reach.select_for_update(of=("self",)).order_by("pk"))
    done = Opened(out_of_reach=len(routes) - len(societies))
    chosen: list[tuple[Proposal, Route]] = []
    for each in proposals(societies):
        route = Route(routes[each.society.pk])
        if why := each.skipped or barred_route(route, each.society):
            done.skipped.append((each.society.name, why))
        else:
            chosen.append((each, route))
    if chosen:
        done.cases = _write(chosen, because.strip(), by, charge)
        _note(done, because.strip(), by)
    return done


def _answers_for_all(charge: Charge, by: User) -> None:
    """A township's clerk gives cases to the own township alone: nobody else would reach them."""
    owner = charge.owner
    if owner is None or owner.pk == by.pk or reach_of(by, Action.OPEN_CLEANUP) == Reach.DISTRICT:
        return
    if owner.unit_id != by.unit_id:
        raise TransitionRefused("责任人须是本乡镇街道的人员。")


def _write(
    chosen: list[tuple[Proposal, Route]], because: str, by: User, charge: Charge
) -> list[CleanupCase]:
    today = clock.today()
    numbers = next_numbers(f"cleanup-{today.year}", len(chosen))
    department = charge.department or OrganisationUnit.objects.get(code=LEADING_UNIT)
    cases = CleanupCase.objects.bulk_create(
        CleanupCase(
            number=f"清{today.year}-{number:04}",
            cooperative=each.society,
            route=route,
            because=because,
            flag=each.flag,
            owner=charge.owner or by,
            department=department,
            opened_by=by,
            opened_on=today,
            due_on=charge.due_on or usual_end(),
        )
        for number, (each, route) in zip(numbers, chosen, strict=True)
    )
    lay_steps(cases)
    return cases


def _note(done: Opened, because: str, by: User) -> None:
    first = done.cases[0]
    audit.record(
        OPENED,
        by=by,
        reason=because,
        number=len(done.cases),
        case_numbers=f"{first.number}至{done.cases[-1].number}",
        items=[case.pk for case in done.cases],
    )
    if first.owner_id != by.pk:
        notify(
            [first.owner],
            event=NoticeEvent.CASE_OPENED,
            title=f"新立清理事项 {len(done.cases)} 件",
            text=f"{first.number}至{done.cases[-1].number}由您负责，请在{day(first.due_on)}前办结。",
            url=reverse("registry:cleanup-list"),
            by=by,
        )


@transaction.atomic
def take_cases_back(event: AuditEvent, *, reason: str, by: User) -> int:
    """Call off the cases that one act has opened, while nothing was done in any; return how many.

    The cases stay on record as called off. Raises PermissionDenied out of reach, TransitionRefused
    when one of them was touched or all were taken back before.
    """
    if event.action != OPENED or not reach_of(by, Action.DECIDE_CLEANUP):
        raise PermissionDenied(Action.DECIDE_CLEANUP)
    if not reason.strip():
        raise TransitionRefused("请写明撤销理由。")
    locks.hold("cleanup-cases")
    keys = event.detail["items"]
    reach = CleanupCase.objects.permitted(by, Action.DECIDE_CLEANUP).filter(pk__in=keys)
    untouched = list(
        reach.filter(state=CaseState.OPENED, version=1)
        .exclude(pk__in=_with_papers(keys))
        .exclude(tasks__isnull=False)
        .select_for_update(of=("self",))
        .values_list("pk", flat=True)
    )
    if len(untouched) < len(keys):
        left = len(keys) - len(untouched)
        raise TransitionRefused(f"其中 {left} 件已经办理或终止，不能整批撤销。请逐件终止。")
    done = CleanupCase.objects.filter(pk__in=untouched, state=CaseState.OPENED, version=1).update(
        state=CaseState.WITHDRAWN, closed_on=clock.today(), version=F("version") + 1
    )
    audit.record(TAKEN_BACK, by=by, reason=reason.strip(), number=done, items=untouched)
    return done


def acts_to_take_back(most: int) -> list[AuditEvent]:
    """Return the last acts that were not taken back, newest first."""
    taken = {
        tuple(each.detail["items"])
        for each in AuditEvent.objects.filter(action=TAKEN_BACK).order_by("-sequence")[:20]
    }
    acts = AuditEvent.objects.filter(action=OPENED).order_by("-sequence")[:most]
    return [each for each in acts if tuple(each.detail["items"]) not in taken]


def _with_papers(keys: list[int]) -> list[int]:
    kept = Attachment.objects.filter(
        owner_kind=CleanupCase._meta.label_lower, owner_key__in=[str(key) for key in keys]
    )
    return [int(key) for key in kept.values_list("owner_key", flat=True)]
