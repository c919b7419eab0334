"""What waits for a person now, computed from facts: each duty has a reason, a day and one button.

Duties follow rights, not roles. Every function costs a fixed number of queries, whatever the size
of the register, and each count is that of the list behind its button.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from accounts.models import AuditEvent, User
from accounts.policy import Action, Reach, may, reach_of
from common import clock
from common.quarter import Quarter
from registry.choices import (
    LIVE_STATES,
    FeedSource,
    JobState,
    RowDecision,
    RowOutcome,
    Severity,
)
from registry.completeness import due_day
from registry.models import Cooperative, CooperativeAgent, FeedDelivery, FeedRow, Flag, IngestJob
from tongchuan_coop.addresses import page

SHOWN_ONE_BY_ONE = 5
VERIFY_EVERY_DAYS = 7
REGISTRAR = "scjgj"  # the unit that owes the registration file (plan S-031)


@dataclass(frozen=True)
class Duty:
    """One thing to do: what, why, by when, and the one place to do it."""

    title: str
    because: str
    button: str
    url: str
    count: int | None = None
    due: dt.date | None = None

    @property
    def days_left(self) -> int:
        """Days until it is due; negative when it is overdue."""
        return (self.due - clock.today()).days if self.due else 0

    @property
    def days_over(self) -> int:
        return -self.days_left


def duties_of(user: User) -> list[Duty]:
    """Return everything that waits for this user, the most pressing kind first."""
    return [duty for find in FINDERS for duty in find(user)]


def missing_quarter(user: User) -> Iterator[Duty]:
    """The registration file is owed once a quarter, from the day the quarter ends (S-031)."""
    if not _owes_registration(user):
        return
    ended = Quarter.of(clock.today()).previous()
    received = FeedDelivery.objects.filter(
        source=FeedSource.REGISTRATION, quarter=str(ended), job__state__in=LIVE_STATES
    )
    if received.exists():
        return
    yield Duty(
        title=f"{ended.label}登记信息尚未收到",
        because="因为登记信息每季度至少通报一次，这个季度已经结束。",
        button="报送这个季度的文件",
        url=page("registry:delivery-create", query={"quarter": str(ended)}),
        due=due_day(ended),
    )


def waiting_deliveries(user: User) -> Iterator[Duty]:
    """Files that stand checked or held, until a person decides."""
    if not may(user, Action.DECIDE_DELIVERY):
        return
    waiting = list(
        IngestJob.objects.permitted(user, Action.DECIDE_DELIVERY)
        .filter(state__in=(JobState.STAGED, JobState.HELD))
        .select_related("delivery")
        .order_by("-state", "pk")
    )
    for job in waiting[:SHOWN_ONE_BY_ONE]:
        held = job.state == JobState.HELD
        yield Duty(
            title=str(job.delivery),
            because="因为有事项须人工决定，决定前不会入库。"
            if held
            else "因为检查已完毕，核对后才能入库。",
            button="去决定" if held else "去核对",
            url=page("registry:delivery-detail", delivery=job.delivery_id),
        )
    if len(waiting) > SHOWN_ONE_BY_ONE:
        yield Duty(
            title="还有其他报送等待核对或决定",
            because="因为这些文件检查已完毕，但还没有入库。",
            button="看全部报送",
            url=page("registry:delivery-list"),
            count=len(waiting) - SHOWN_ONE_BY_ONE,
        )


def doubtful_rows(user: User) -> Iterator[Duty]:
    """Rows of published files that the portal would not take over by itself.

    Those of a file that is not published yet belong to its own duty.
    """
    if not may(user, Action.DECIDE_DELIVERY):
        return
    rows = FeedRow.objects.permitted(user, Action.DECIDE_DELIVERY).filter(
        outcome=RowOutcome.DOUBTFUL, delivery__job__state=JobState.COMMITTED
    )
    open_rows = Count("pk", filter=Q(decision=RowDecision.NONE))
    counted = rows.values("delivery").annotate(n=Count("pk"), waiting=open_rows)
    waiting = {
        line["delivery"]: line for line in counted.filter(waiting__gt=0).order_by("-delivery")
    }
    deliveries = FeedDelivery.objects.in_bulk(list(waiting)[:SHOWN_ONE_BY_ONE])
    for delivery in deliveries.values():
        yield Duty(
            title=f"{delivery}有存疑行",
            because=f"因为有 {waiting[delivery.pk]['waiting']} 行与名录或本文件其他行有出入，"
            "须逐行决定接收与否。",
            button="逐行核对",
            url=page(
                "registry:delivery-rows",
                delivery=delivery.pk,
                query={"outcome": RowOutcome.DOUBTFUL.value},
            ),
            count=waiting[delivery.pk]["n"],
        )


def unresolved_addresses(user: User) -> Iterator[Duty]:
    """Societies whose township could not be told from the domicile."""
    if not may(user, Action.RESOLVE_ADDRESS):
        return
    societies = Cooperative.objects.permitted(user, Action.RESOLVE_ADDRESS)
    if number := societies.with_unresolved_address().count():
        yield Duty(
            title="住所待判定的合作社",
            because="因为住所没有写明，或旧地名分属几处，暂不能归到乡镇街道。",
            button="去判定",
            url=page("registry:address-queue"),
            count=number,
        )


def grave_flags(user: User) -> Iterator[Duty]:
    """Suspicions that a person should look into first."""
    if reach_of(user, Action.VIEW_FLAG) == Reach.NONE or not may(user, Action.EDIT_COOPERATIVE):
        return
    flags = Flag.objects.permitted(user, Action.VIEW_FLAG).open()
    if number := flags.filter(severity=Severity.HIGH).count():
        yield Duty(
            title="重点核实的疑似问题",
            because="因为按登记信息计算，这些合作社可能不合规定；核实前不影响其登记状态。",
            button="去核实",
            url=page("registry:flag-list", query={"severity": Severity.HIGH.value}),
            count=number,
        )


def refused_deliveries(user: User) -> Iterator[Duty]:
    """One's own files that came back and were not sent again."""
    if reach_of(user, Action.SUBMIT_DELIVERY) != Reach.OWN:
        return
    again = FeedDelivery.objects.filter(
        source=OuterRef("source"),
        quarter=OuterRef("quarter"),
        number__gt=OuterRef("number"),
        job__state__in=LIVE_STATES,
    )
    own = FeedDelivery.objects.permitted(user, Action.VIEW_DELIVERY)
    refused = own.filter(~Exists(again), job__state=JobState.REFUSED).select_related("job")
    for delivery in refused.order_by("-pk")[:SHOWN_ONE_BY_ONE]:
        yield Duty(
            title=f"{delivery}被退回",
            because=f"因为{delivery.job.message or '文件未通过检查。'}",
            button="看原因并重新报送",
            url=page("registry:delivery-detail", delivery=delivery.pk),
        )


def unused_accounts(user: User) -> Iterator[Duty]:
    """People whose account was opened but never used."""
    if not may(user, Action.MANAGE_PEOPLE):
        return
    people = User.objects.permitted(user, Action.MANAGE_PEOPLE).never_signed_in()
    if number := people.count():
        yield Duty(
            title="开户后从未登录的用户",
            because="因为长期不用的账号是安全隐患，请联系本人，不再需要的请停用。",
            button="看名单",
            url=page("accounts:user-list", query={"state": "unused"}),
            count=number,
        )


def people_without_society(user: User) -> Iterator[Duty]:
    """Cooperatives' people who see nothing, because no society was given to them."""
    if not may(user, Action.MANAGE_PEOPLE):
        return
    people = User.objects.permitted(user, Action.MANAGE_PEOPLE).for_societies()
    serving = CooperativeAgent.objects.filter(user=OuterRef("pk"), until__isnull=True)
    for person in people.filter(~Exists(serving)).order_by("pk")[:SHOWN_ONE_BY_ONE]:
        yield Duty(
            title=f"{person}还没有所代表的合作社",
            because="因为没有登记所代表的合作社，此人登录后看不到任何内容。",
            button="去登记",
            url=page("agent-list", person=person.pk),
        )


def stuck_jobs(user: User) -> Iterator[Duty]:
    """Files on which the machine has given up."""
    if not may(user, Action.MANAGE_PEOPLE):
        return
    stuck = IngestJob.objects.permitted(user, Action.VIEW_DELIVERY).given_up()
    for job in stuck.select_related("delivery").order_by("pk")[:SHOWN_ONE_BY_ONE]:
        yield Duty(
            title=f"{job.delivery}处理中断",
            because="因为后台多次尝试都没有完成，请查看服务器日志后重试。",
            button="查看",
            url=page("registry:delivery-detail", delivery=job.delivery_id),
        )


def unverified_trail(user: User) -> Iterator[Duty]:
    """The audit trail should be checked once a week."""
    if not may(user, Action.VIEW_AUDIT):
        return
    last = AuditEvent.objects.filter(action="audit-verified").order_by("-sequence").first()
    if last and last.detail.get("broken") is not None:
        yield Duty(
            title="操作记录校验不通过",
            because=f"因为从序号 {last.detail['broken']} 起与前一条不符，记录可能被改动。",
            button="查看操作记录",
            url=page("accounts:audit-list"),
        )
        return
    due = clock.today()
    if last:
        due = last.at.astimezone(clock.SHANGHAI).date() + dt.timedelta(days=VERIFY_EVERY_DAYS)
    if due <= clock.today():
        yield Duty(
            title="校验操作记录",
            because="因为每周应校验一次，确认记录没有被改动。",
            button="去校验",
            url=page("accounts:audit-list"),
            due=due,
        )


def _owes_registration(user: User) -> bool:
    if reach_of(user, Action.SUBMIT_DELIVERY) == Reach.OWN:
        return user.unit is not None and user.unit.code == REGISTRAR
    return may(user, Action.SUBMIT_DELIVERY)


FINDERS: tuple[Callable[[User], Iterator[Duty]], ...] = (
    missing_quarter,
    refused_deliveries,
    waiting_deliveries,
    doubtful_rows,
    unresolved_addresses,
    grave_flags,
    stuck_jobs,
    people_without_society,
    unverified_trail,
    unused_accounts,
)
