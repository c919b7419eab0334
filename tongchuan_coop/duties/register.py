"""What waits in the register itself: addresses to be decided, suspicions to be looked into."""

from collections.abc import Iterator

from accounts.models import User
from accounts.policy import Action, Reach, may, reach_of
from registry.choices import FlagState, PairState, Severity
from registry.models import Contradiction, Cooperative, Flag, MatchPair
from tongchuan_coop.addresses import page
from tongchuan_coop.duties.duty import Duty, Waiting


def unresolved_addresses(user: User) -> Iterator[Duty | Waiting]:
    """Societies whose township could not be told from the domicile."""
    if not may(user, Action.RESOLVE_ADDRESS):
        return
    societies = Cooperative.objects.permitted(user, Action.RESOLVE_ADDRESS)
    yield Waiting(
        rows=societies.with_unresolved_address(),
        title="住所待判定的合作社",
        because="因为住所没有写明，或旧地名分属几处，暂不能归到乡镇街道。",
        button="去判定",
        url=page("registry:address-queue"),
    )


def waiting_pairs(user: User) -> Iterator[Duty | Waiting]:
    """Pairs of societies that may be one."""
    if not may(user, Action.MERGE_COOPERATIVE):
        return
    pairs = MatchPair.objects.permitted(user, Action.MERGE_COOPERATIVE)
    yield Waiting(
        rows=pairs.filter(state=PairState.WAITING),
        title="疑似同一家的合作社",
        because="因为名称相同或相近，又有登记事项一致；系统不会自行合并，须由人判定。",
        button="去判定",
        url=page("registry:pair-list"),
    )


def own_contradictions(user: User) -> Iterator[Duty | Waiting]:
    """Contradictions between sources that were given to this person."""
    if not may(user, Action.VIEW_CONTRADICTION):
        return
    given = Contradiction.objects.permitted(user, Action.VIEW_CONTRADICTION).open()
    own = given.filter(assignee=user)
    yield Waiting(
        rows=own,
        title="交给我核实的来源矛盾",
        because="因为两个来源对同一家说法不一，交给您在期限前核实。",
        button="去核实",
        url=page("registry:contradiction-list", query={"hand": "mine"}),
        day="due_on",
    )


def unassigned_contradictions(user: User) -> Iterator[Duty | Waiting]:
    """Contradictions that nobody was asked to look into."""
    if not may(user, Action.ASSIGN_CONTRADICTION):
        return
    reach = Contradiction.objects.permitted(user, Action.ASSIGN_CONTRADICTION).open()
    yield Waiting(
        rows=reach.filter(assignee__isnull=True),
        title="尚未交办的来源矛盾",
        because="因为市场监管、税务、年报或走访的说法不一致，还没有人负责核实。",
        button="去交办",
        url=page("registry:contradiction-list", query={"hand": "nobody"}),
    )


def grave_flags(user: User) -> Iterator[Duty | Waiting]:
    """Suspicions to look into first, for those who follow them up: office and township."""
    reach = reach_of(user, Action.VIEW_FLAG)
    if reach != Reach.TOWNSHIP and not (reach and may(user, Action.EDIT_COOPERATIVE)):
        return
    flags = Flag.objects.permitted(user, Action.VIEW_FLAG).filter(state=FlagState.SUSPECTED)
    yield Waiting(
        rows=flags.filter(severity=Severity.HIGH),
        title="重点核实的疑似问题",
        because="因为按登记信息计算，这些合作社可能不合规定；核实前不影响其登记状态。",
        button="去交办" if may(user, Action.ASSIGN_FLAG) else "去看",
        url=page(
            "registry:flag-list",
            query={
                "severity": Severity.HIGH.value,
                "state": FlagState.SUSPECTED.value,
            },
        ),
    )


FINDERS = (
    unresolved_addresses,
    own_contradictions,
    waiting_pairs,
    unassigned_contradictions,
    grave_flags,
)
