"""What waits around deliveries: files that are owed, came back, or stand until a person decides."""

from collections.abc import Iterator

from django.db.models import Count, Exists, OuterRef, Q

from accounts.models import User
from accounts.policy import Action, Reach, may, reach_of
from common import clock
from common.quarter import Quarter
from registry.choices import LIVE_STATES, FeedSource, JobState, RowDecision, RowOutcome
from registry.completeness import NOT_DUE, OVERDUE, Line, due_day, lines_for, owing
from registry.models import FeedDelivery, FeedRow, IngestJob
from registry.strange_words import strange_words_now
from tongchuan_coop.addresses import page
from tongchuan_coop.duties.duty import Duty, row_by_row

REGISTRAR = "scjgj"  # the unit that owes the registration file (plan S-031)


def owed_feeds(user: User) -> Iterator[Duty]:
    """What is owed each quarter and has not come: to be sent, or to be asked for (S-031)."""
    if not may(user, Action.SUBMIT_DELIVERY) or not may(user, Action.VIEW_DELIVERY):
        return
    lines = lines_for(user)
    yield from _missing_quarter(user, lines)
    yield from _overdue_feeds(user, lines)


def _missing_quarter(user: User, lines: list[Line]) -> Iterator[Duty]:
    """The registration file is owed once a quarter, from the day the quarter ends (S-031)."""
    ended = Quarter.of(clock.today()).previous()
    open_cells = [
        cell
        for line in lines
        for cell in line.cells
        if (cell.source, cell.quarter) == (FeedSource.REGISTRATION, ended)
        and cell.state in {OVERDUE, NOT_DUE}
    ]
    if not open_cells or not _owes_registration(user):
        return
    yield Duty(
        title=f"{ended.label}登记信息尚未收到",
        because="因为登记信息每季度至少通报一次，这个季度已经结束。",
        button="报送这个季度的文件",
        url=page("registry:delivery-create", query={"quarter": str(ended)}),
        due=due_day(ended),
    )


def _overdue_feeds(user: User, lines: list[Line]) -> Iterator[Duty]:
    """Everything that is owed and has not come by its day."""
    overdue = owing(lines)
    if not overdue:
        return
    own = reach_of(user, Action.SUBMIT_DELIVERY) == Reach.OWN
    yield Duty(
        title="本部门逾期未报的数据" if own else "各部门逾期未报的数据",
        because="因为每季度应报的数据已过期限，还没有收到文件或零报告。",
        button="去报送或作零报告" if own else "看谁没报",
        url=page("registry:completeness", query={"state": OVERDUE}),
        count=len(overdue),
        due=min(cell.due for _, cell in overdue),
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
    yield from row_by_row(
        refused.order_by("-pk"),
        lambda delivery: Duty(
            title=f"{delivery}被退回",
            because=f"因为{delivery.job.message or '文件未通过检查。'}",
            button="看原因并重新报送",
            url=page("registry:delivery-detail", delivery=delivery.pk),
        ),
        rest="份报送被退回",
        url=page("registry:delivery-list", query={"state": JobState.REFUSED.value}),
    )


def waiting_deliveries(user: User) -> Iterator[Duty]:
    """Files that stand checked or held, until a person decides."""
    if not may(user, Action.DECIDE_DELIVERY):
        return
    waiting = (
        IngestJob.objects.permitted(user, Action.DECIDE_DELIVERY)
        .filter(state__in=(JobState.STAGED, JobState.HELD))
        .select_related("delivery")
    )
    yield from row_by_row(
        waiting.order_by("-state", "pk"),
        _waiting_delivery,
        rest="份报送等待核对或决定",
        url=page("registry:delivery-list"),
    )


def _waiting_delivery(job: IngestJob) -> Duty:
    held = job.state == JobState.HELD
    return Duty(
        title=str(job.delivery),
        because="因为有事项须人工决定，决定前不会入库。"
        if held
        else "因为检查已完毕，核对后才能入库。",
        button="去决定" if held else "去核对",
        url=page("registry:delivery-detail", delivery=job.delivery_id),
    )


def doubtful_rows(user: User) -> Iterator[Duty]:
    """Rows of published files that the portal would not take over by itself.

    Those of a file that is not published yet belong to its own duty; those of a quarter that a
    later one has overtaken can no longer be decided and come again with it.
    """
    if not may(user, Action.DECIDE_DELIVERY):
        return
    later = FeedDelivery.objects.filter(
        source=OuterRef("delivery__source"),
        quarter__gt=OuterRef("delivery__quarter"),
        job__state=JobState.COMMITTED,
    )
    rows = FeedRow.objects.permitted(user, Action.DECIDE_DELIVERY).filter(
        ~Exists(later), outcome=RowOutcome.DOUBTFUL, delivery__job__state=JobState.COMMITTED
    )
    open_rows = Count("pk", filter=Q(decision=RowDecision.NONE))
    counted = rows.values("delivery").annotate(n=Count("pk"), waiting=open_rows)
    waiting = {line["delivery"]: line for line in counted.filter(waiting__gt=0).order_by()}
    deliveries = FeedDelivery.objects.filter(pk__in=list(waiting)).order_by("-pk")
    yield from row_by_row(
        deliveries,
        lambda delivery: Duty(
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
        ),
        rest="份报送有存疑行",
        url=page("registry:delivery-list", query={"state": JobState.COMMITTED.value}),
    )


def _owes_registration(user: User) -> bool:
    if reach_of(user, Action.SUBMIT_DELIVERY) == Reach.OWN:
        return user.unit is not None and user.unit.code == REGISTRAR
    return may(user, Action.SUBMIT_DELIVERY)


def strange_words(user: User) -> Iterator[Duty]:
    """Words of files that the intake does not know hold up their rows."""
    if not may(user, Action.DECIDE_MEANING):
        return
    waiting = len(strange_words_now())
    if waiting:
        yield Duty(
            title=f"{waiting} 个词语不认识",
            because="因为文件里的状态、原因或结果没有对应，等着的行还不能入库；说明一次，以后照办。",
            button="去说明",
            url=page("registry:meaning-list"),
            count=waiting,
        )


FINDERS = (
    owed_feeds,
    refused_deliveries,
    waiting_deliveries,
    doubtful_rows,
    strange_words,
)
