"""What waits around counsellors: gaps in the net, societies without anybody, promises, training."""

from collections.abc import Iterator

from accounts.models import User
from accounts.policy import Action, Reach, may, reach_of, roles_with
from common import clock
from registry.models import Cooperative
from tongchuan_coop.addresses import page
from tongchuan_coop.duties.duty import Duty, Waiting, row_by_row
from training import gaps
from training.choices import PromiseState, VisitState
from training.models import FieldKey, Promise, Visit, VisitProposal


def counsellor_gaps(user: User) -> Iterator[Duty | Waiting]:
    """Townships without a counsellor, now or soon, and societies without a pair (S-067, S-068)."""
    if not may(user, Action.ASSIGN_COUNSELLOR):
        return
    townships, needs = gaps.township_gaps(user), gaps.pairing_gaps(user)
    number = len(townships) + len(needs)
    if not number:
        return
    opening = [gap.opens_on for gap in townships if gap.opens_on]
    to_come = len(opening) == number
    yield Duty(
        title="辅导力量有缺口",
        because="因为聘期就要届满，届满后将没有辅导员。"
        if to_come
        else "因为每个乡镇街道至少1名辅导员，示范社等都要有人结对。",
        button="看缺口",
        url=page("training:gap-list"),
        count=number,
        due=min(opening) if to_come else None,
    )


def unassigned_societies(user: User) -> Iterator[Duty | Waiting]:
    """Living societies that nobody looks after."""
    if not may(user, Action.ASSIGN_COUNSELLOR):
        return
    reach = Cooperative.objects.permitted(user, Action.ASSIGN_COUNSELLOR)
    yield Waiting(
        rows=reach.living().filter(counsellor__isnull=True),
        title="还没有辅导员的合作社",
        because="因为新登记或刚判定住所的合作社还没有安排辅导员。",
        button="去安排",
        url=page("training:assignment-queue"),
    )


def clashing_visits(user: User) -> Iterator[Duty | Waiting]:
    """Visits of which the phone and a page hold two versions: their writer chooses."""
    if not may(user, Action.WRITE_VISIT):
        return
    visits = Visit.objects.permitted(user, Action.WRITE_VISIT).in_conflict()
    yield from row_by_row(
        visits.select_related("cooperative").order_by("pk"),
        lambda visit: Duty(
            title=f"{visit}有两个版本",
            because="因为手机上和别处改了同一处，两份都保存着，须由您选定。",
            button="去选定",
            url=page("training:visit-conflict", visit=visit.key),
        ),
        rest="次走访有两个版本",
        url=page("training:visit-list", query={"state": "conflict"}),
    )


def visits_to_confirm(user: User) -> Iterator[Duty | Waiting]:
    """Visits that the society has not confirmed yet."""
    if not may(user, Action.CONFIRM_VISIT):
        return
    waiting = Visit.objects.permitted(user, Action.CONFIRM_VISIT)
    yield Waiting(
        rows=waiting.filter(state=VisitState.REPORTED),
        title="走访记录待本社确认",
        because="因为辅导员写下了走访所见和约定，请看一看是否属实。",
        button="去确认",
        url=page("training:visit-list", query={"state": VisitState.REPORTED.value}),
    )


def late_promises(user: User) -> Iterator[Duty | Waiting]:
    """Promises past their date, in the inbox of everybody who can do something about them (D20)."""
    if not may(user, Action.WORK_PROMISE):
        return
    late = Promise.objects.permitted(user, Action.VIEW_PROMISE).overdue(clock.today())
    yield Waiting(
        rows=late,
        title="逾期的整改事项",
        because="因为约定的期限已过，还没有报办结。",
        button="去办理",
        url=page("training:promise-list", query={"state": "overdue"}),
        day="due_on",
    )


def promises_to_confirm(user: User) -> Iterator[Duty | Waiting]:
    """Grave promises that a second person must look at."""
    if not may(user, Action.CONFIRM_PROMISE):
        return
    waiting = Promise.objects.permitted(user, Action.VIEW_PROMISE)
    yield Waiting(
        rows=waiting.filter(state=PromiseState.TO_CONFIRM),
        title="重大整改事项待复核",
        because="因为重大事项须由报办结人以外的人复核。",
        button="去复核",
        url=page("training:promise-list", query={"state": PromiseState.TO_CONFIRM.value}),
    )


def waiting_proposals(user: User) -> Iterator[Duty | Waiting]:
    """What visits proposed and nobody has decided."""
    if not may(user, Action.DECIDE_PROPOSAL):
        return
    yield Waiting(
        rows=VisitProposal.objects.permitted(user, Action.DECIDE_PROPOSAL).waiting(),
        title="走访提出的更正待处理",
        because="因为现场看到的与登记信息不一致，采纳后才会更正。",
        button="去处理",
        url=page("training:proposal-list"),
    )


def unreviewed_visits(user: User) -> Iterator[Duty | Waiting]:
    """Visits that no supervisor has looked at: the township's own work (the bureau looks at counts)."""
    if reach_of(user, Action.REVIEW_VISIT) != Reach.TOWNSHIP:
        return
    visits = Visit.objects.permitted(user, Action.VIEW_VISIT).standing()
    yield Waiting(
        rows=visits.filter(reviewed_at__isnull=True),
        title="走访记录待审阅",
        because="因为走访要有人看过，发现的问题才有人跟。",
        button="去审阅",
        url=page("training:visit-list", query={"state": "unreviewed"}),
    )


def stranded_phones(user: User) -> Iterator[Duty | Waiting]:
    """Phones that still hold visits of people who may no longer send them (reliability C75)."""
    if not may(user, Action.APPOINT_COUNSELLOR):
        return
    senders = User.objects.filter(
        is_active=True, role__in=roles_with(Action.WRITE_VISIT, Reach.ASSIGNED)
    )
    stranded = FieldKey.objects.filter(waiting__gt=0).exclude(user__in=senders.values("pk"))
    counsellors = page("training:counsellor-list", query={"state": "all"})
    yield from row_by_row(
        stranded.select_related("user").order_by("pk"),
        lambda key: Duty(
            title=f"{key.user}的手机里还有 {key.waiting} 次走访没有交上来",
            because="因为此人的账号已停用或不再是辅导员，平台不收；请本人从手机导出后交来补录。",
            button="看辅导员",
            url=counsellors,
        ),
        rest="部手机里有走访没有交上来",
        url=counsellors,
    )


FINDERS = (
    clashing_visits,
    visits_to_confirm,
    late_promises,
    promises_to_confirm,
    waiting_proposals,
    unreviewed_visits,
    counsellor_gaps,
    unassigned_societies,
    stranded_phones,
)
