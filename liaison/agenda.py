"""What a meeting should talk about: every proposer looks at one kind of open matter.

Other rooms of this app append theirs to `PROPOSERS`. A proposal names its source, so that the same
matter is proposed once for a meeting, however often the button is pressed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse

from common import clock
from common.template_tags import day
from demonstration.choices import MonitoringState, RoundState
from demonstration.models import MonitoringCase, RatingRound
from liaison.meeting_choices import AgendaKind, BodyKind
from liaison.models import Decision, HelpRequest, Meeting
from registry.models import Contradiction
from registry.side_choices import ContradictionKind


@dataclass(frozen=True)
class Proposal:
    """One matter: its kind, where it comes from, what is said about it, who should report."""

    kind: AgendaKind
    source: str
    title: str
    details: str = ""
    url: str = ""
    unit: int | None = None


Proposer = Callable[[Meeting], Iterator[Proposal]]


def undone_decisions(meeting: Meeting) -> Iterator[Proposal]:
    """Decisions of the same body that are not done, the longest due first."""
    undone = Decision.objects.undone().filter(meeting__body=meeting.body_id)
    for each in undone.select_related("lead", "meeting__body").order_by("due_on", "pk"):
        late = "，已逾期" if each.is_overdue else ""
        yield Proposal(
            AgendaKind.UNDONE_DECISION,
            f"decision:{each.pk}",
            f"未办结：{each.text}",
            f"{each.meeting.when.label}议定，牵头单位{each.lead.name}，"
            f"完成时限{day(each.due_on)}{late}。请汇报办理情况。",
            reverse("liaison:decision-detail", args=[each.pk]),
            each.lead_id,
        )


def open_contradictions(meeting: Meeting) -> Iterator[Proposal]:
    """Contradictions between bureaus by kind, with how many societies they touch."""
    if meeting.body.kind == BodyKind.TOWNSHIP_GROUP:
        return
    known = Contradiction.objects.open().filter(opened_at__lte=clock.now())
    kinds = known.values("kind").annotate(number=Count("pk"))
    for row in kinds.order_by("-number", "kind"):
        word = ContradictionKind(row["kind"]).label
        yield Proposal(
            AgendaKind.CONTRADICTION,
            f"contradiction:{row['kind']}",
            f"部门数据不一致：{word}",
            f"现有 {row['number']} 家合作社的数据对不上，请有关部门核对口径并确定处理办法。",
            f"{reverse('registry:contradiction-list')}?kind={row['kind']}",
        )


def ratings_to_decide(meeting: Meeting) -> Iterator[Proposal]:
    """Rating rounds whose ranking waits for the joint meeting."""
    if meeting.body.kind != BodyKind.JOINT_MEETING:
        return
    ranked = RatingRound.objects.filter(state=RoundState.RANKED, created_at__lte=clock.now())
    for each in ranked.order_by("pk"):
        yield Proposal(
            AgendaKind.RATING_ROUND,
            f"round:{each.pk}",
            f"审议{each.title}结果",
            f"评分排名已完成，名额 {each.quota} 家，请会议决定。",
            reverse("demonstration:round-detail", args=[each.pk]),
        )


def monitoring_to_decide(meeting: Meeting) -> Iterator[Proposal]:
    """Monitoring cases that were answered, or whose time to answer is over."""
    if meeting.body.kind != BodyKind.JOINT_MEETING:
        return
    expired = Q(state=MonitoringState.TOLD, reply_due__lt=clock.today())
    waiting = Q(state=MonitoringState.REPLIED) | expired
    cases = MonitoringCase.objects.filter(waiting, opened_on__lte=clock.today())
    for each in cases.select_related("title__cooperative").order_by("pk"):
        yield Proposal(
            AgendaKind.MONITORING_CASE,
            f"monitoring:{each.pk}",
            f"示范社监测：{each.title.cooperative.name}"[:120],
            f"起因：{each.get_cause_display()}。请会议决定保留、限期整改或取消称号。",
            reverse("demonstration:case-detail", args=[each.pk]),
        )


def help_requests(meeting: Meeting) -> Iterator[Proposal]:
    """Requests of townships without an answer; a township's own group hears of its own (S-100)."""
    if meeting.body.kind == BodyKind.LEADING_GROUP:
        return
    waiting = HelpRequest.objects.waiting().filter(filed_on__lte=clock.today())
    if meeting.body.kind == BodyKind.TOWNSHIP_GROUP:
        waiting = waiting.filter(township=meeting.body.office_id)
    for each in waiting.for_list().order_by("filed_on", "pk"):
        late = "，已逾期" if each.is_overdue else ""
        asked = (
            f"已交{each.department.name}，答复期限{day(each.due_on)}{late}"
            if each.department
            else "尚未交办，请会议明确承办单位"
        )
        yield Proposal(
            AgendaKind.HELP_REQUEST,
            f"help:{each.pk}",
            f"{each.township.short_name}求助：{each.title}",
            f"{each.text[:200]}（{day(each.filed_on)}填报，{asked}）",
            reverse("liaison:help-detail", args=[each.pk]),
            each.department_id,
        )


PROPOSERS: list[Proposer] = [
    undone_decisions,
    open_contradictions,
    ratings_to_decide,
    monitoring_to_decide,
    help_requests,
]


def proposals_for(meeting: Meeting) -> list[Proposal]:
    """Return everything that waits for this meeting; undone decisions stand first."""
    found = [each for proposer in PROPOSERS for each in proposer(meeting)]
    order = {kind: place for place, kind in enumerate(AgendaKind)}
    return sorted(found, key=lambda each: order[each.kind])
