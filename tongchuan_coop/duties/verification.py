"""What waits while suspicions are looked into: for the verifier, for the society, for the releaser."""

from collections.abc import Iterator

from django.db.models import Count, Exists, Min, OuterRef

from accounts.models import User
from accounts.policy import Action, may
from common import clock
from registry.choices import FlagState
from registry.flag_choices import RehearsalState
from registry.models import Flag, FlagAnswer, Rehearsal
from tongchuan_coop.addresses import page
from tongchuan_coop.duties.duty import Duty, Waiting, row_by_row


def flags_in_hand(user: User) -> Iterator[Duty | Waiting]:
    """Suspicions that were given to this person, by the nearest day."""
    if not may(user, Action.VERIFY_FLAG):
        return
    mine = Flag.objects.permitted(user, Action.VERIFY_FLAG).in_hand_of(user)
    told = Exists(FlagAnswer.objects.filter(flag=OuterRef("pk")))
    counted = mine.aggregate(
        number=Count("pk"), answered=Count("pk", filter=told), first=Min("due_on")
    )
    if counted["number"]:
        answered = counted["answered"]
        also = f"其中 {answered} 家已经答复。" if answered else "合作社还没有答复。"
        yield Duty(
            title="交给您核实的线索",
            because=f"因为这些线索已交您核实，到期前须有结论或暂缓。{also}",
            button="去核实",
            url=page("registry:flag-list", query={"hand": "mine"}),
            count=counted["number"],
            due=counted["first"],
        )


def overdue_flags(user: User) -> Iterator[Duty | Waiting]:
    """Suspicions in other hands whose day is over, for those who give them away."""
    if not may(user, Action.ASSIGN_FLAG):
        return
    late = Flag.objects.permitted(user, Action.ASSIGN_FLAG).filter(
        state=FlagState.CHECKING, due_on__lt=clock.today()
    )
    yield Waiting(
        rows=late,
        title="超过期限还没有核实的线索",
        because="因为核实期限已过，请催办或改派。",
        button="去催办",
        url=page("registry:flag-list", query={"hand": "late"}),
        day="due_on",
    )


def matters_to_answer(user: User) -> Iterator[Duty | Waiting]:
    """Matters that one's own society is asked about and has not answered."""
    if not may(user, Action.ANSWER_MATTER):
        return
    asked = Flag.objects.permitted(user, Action.ANSWER_MATTER).unanswered()
    yield Waiting(
        rows=asked,
        title="需要您说明的情况",
        because="因为工作人员正在核实，请用几句话如实答复，可附照片。",
        button="去答复",
        url=page("registry:matter-list", query={"waiting": "1"}),
        day="due_on",
    )


def rules_to_release(user: User) -> Iterator[Duty | Waiting]:
    """Rehearsed rules that wait for a second person."""
    if not may(user, Action.RELEASE_RULE):
        return
    waiting = Rehearsal.objects.permitted(user, Action.RELEASE_RULE).filter(
        state=RehearsalState.PROPOSED
    )
    yield from row_by_row(
        waiting.exclude(drafted_by=user).order_by("pk"),
        lambda rehearsal: Duty(
            title=f"{rehearsal.rule}的新阈值等待发布",
            because="因为试算已提交，须由试算人以外的同事看过结果后发布或退回。",
            button="去看结果",
            url=page("registry:rehearsal-detail", rehearsal=rehearsal.pk),
        ),
        rest="项新阈值等待发布",
        url=page("registry:rehearsal-list"),
    )


FINDERS = (matters_to_answer, flags_in_hand, overdue_flags, rules_to_release)
