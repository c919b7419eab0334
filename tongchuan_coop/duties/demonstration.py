"""What waits in the demonstration work: applications, opinions, scores, objections, monitoring, plans."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import OuterRef, Subquery

from accounts.models import User
from accounts.policy import Action, may
from common import clock
from demonstration.choices import ApplicationState, MonitoringState, RoundState
from demonstration.models import (
    CultivationPlan,
    DepartmentOpinion,
    MonitoringCase,
    Objection,
    PlanMeasure,
    RatingApplication,
    RatingRound,
    Reviewer,
)
from demonstration.models.application import ApplicationQuerySet
from demonstration.scoring import owed_sheets
from tongchuan_coop.addresses import page
from tongchuan_coop.duties.duty import Duty, Waiting, row_by_row

SOON_DAYS = 14


def applications_to_recommend(user: User) -> Iterator[Duty]:
    """Applications of the township that wait for its recommendation."""
    if not may(user, Action.RECOMMEND_APPLICATION):
        return
    waiting = RatingApplication.objects.permitted(user, Action.RECOMMEND_APPLICATION).filter(
        state=ApplicationState.SUBMITTED
    )
    yield from _application_by_application(
        waiting, "等待推荐", "因为合作社已提交申报，须由乡镇街道提出推荐意见。", "去推荐"
    )


def applications_to_check(user: User) -> Iterator[Duty]:
    """Recommended applications that wait for the paper check and the visit."""
    if not may(user, Action.REVIEW_APPLICATION):
        return
    waiting = RatingApplication.objects.permitted(user, Action.REVIEW_APPLICATION).filter(
        state=ApplicationState.RECOMMENDED
    )
    yield from _application_by_application(
        waiting, "等待审核", "因为乡镇街道已推荐，须审核材料并实地核查。", "去审核"
    )


def opinions_owed(user: User) -> Iterator[Duty]:
    """Applications on which one's own department was asked and has not answered."""
    if not may(user, Action.CONSULT_APPLICATION):
        return
    given = DepartmentOpinion.objects.filter(unit=user.unit_id).values("application")
    waiting = (
        RatingApplication.objects.permitted(user, Action.CONSULT_APPLICATION)
        .filter(state=ApplicationState.REVIEWED)
        .exclude(pk__in=given)
    )
    yield from _application_by_application(
        waiting, "征求意见", "因为评定要先征求部门意见。", "去答复"
    )


def sheets_owed(user: User) -> Iterator[Duty]:
    """Score sheets that this reviewer has not handed in."""
    if not may(user, Action.SCORE_APPLICATION):
        return
    reviewing = Reviewer.objects.filter(user=user, round__state=RoundState.REVIEWING)
    if number := len(owed_sheets(reviewing)):
        yield Duty(
            title="待评分的申报",
            because="因为您受聘为评审人，评分表还没有提交。",
            button="去评分",
            url=page("demonstration:scoring-desk"),
            count=number,
        )


def objections_to_answer(user: User) -> Iterator[Duty]:
    """Objections that stand in the way of recognition."""
    if not may(user, Action.RUN_ROUND):
        return
    waiting = Objection.objects.filter(answered_on__isnull=True).select_related(
        "application__cooperative", "application__round"
    )
    yield from row_by_row(
        waiting.order_by("received_on", "pk"),
        lambda objection: Duty(
            title=f"{objection.application.cooperative}的公示异议",
            because="因为实名异议答复之前不能认定。",
            button="去答复",
            url=page("demonstration:application-detail", application=objection.application_id),
        ),
        rest="件公示异议待答复",
        url=page("demonstration:round-list"),
    )


def notices_over(user: User) -> Iterator[Duty]:
    """Rounds whose notice is over and that can be recognised."""
    if not may(user, Action.RUN_ROUND):
        return
    over = RatingRound.objects.filter(state=RoundState.NOTICE, notice_until__lt=clock.today())
    yield from row_by_row(
        over.order_by("notice_until", "pk"),
        lambda ended: Duty(
            title=f"{ended}公示期满",
            because="因为公示已经期满，异议答复完毕后可以认定发文。",
            button="去认定",
            url=page("demonstration:round-detail", round=ended.pk),
            due=ended.notice_until,
        ),
        rest="个批次公示期满",
        url=page("demonstration:round-list"),
    )


def returned_applications(user: User) -> Iterator[Duty]:
    """A society's applications that came back."""
    if not may(user, Action.APPLY_TITLE):
        return
    own = RatingApplication.objects.permitted(user, Action.APPLY_TITLE).filter(
        state=ApplicationState.RETURNED
    )
    yield from row_by_row(
        own.for_list().order_by("pk"),
        lambda application: Duty(
            title=f"{application.round}的申报被退回",
            because=f"因为{application.closed_because or '材料须补正。'}",
            button="补正后重新提交",
            url=page("demonstration:application-detail", application=application.pk),
            due=application.round.apply_until,
        ),
        rest="份申报被退回",
        url=page("demonstration:own-applications"),
    )


def monitoring_to_answer(user: User) -> Iterator[Duty]:
    """Monitoring of one's own society that waits for an answer."""
    if not may(user, Action.REPLY_MONITORING):
        return
    own = MonitoringCase.objects.permitted(user, Action.REPLY_MONITORING).filter(
        state=MonitoringState.TOLD
    )
    yield from row_by_row(
        own.for_list().order_by("reply_due", "pk"),
        lambda case: Duty(
            title=f"{case.title}监测须答复",
            because=f"因为{case.get_cause_display()}。",
            button="去答复",
            url=page("demonstration:case-detail", monitoring=case.pk),
            due=case.reply_due,
        ),
        rest="件监测须答复",
        url=page("demonstration:monitoring", query={"state": MonitoringState.TOLD.value}),
    )


def monitoring_to_work(user: User) -> Iterator[Waiting]:
    """Monitoring cases that wait for the bureau."""
    if not may(user, Action.RUN_MONITORING):
        return
    today = clock.today()
    reach = MonitoringCase.objects.permitted(user, Action.RUN_MONITORING)
    for state, because, more in (
        (MonitoringState.OPENED, "因为立案之后须先告知合作社。", {}),
        (MonitoringState.REPLIED, "因为合作社已答复，须提交会议决定。", {}),
        (MonitoringState.TOLD, "因为答复期满，须提交会议决定。", {"reply_due__lt": today}),
    ):
        yield Waiting(
            rows=reach.filter(state=state, **more),
            title=f"示范社监测：{state.label}",
            because=because,
            button="去办理",
            url=page("demonstration:monitoring", query={"state": state.value}),
        )


def overdue_measures(user: User) -> Iterator[Duty]:
    """Plans with measures that are overdue or due soon, for those who answer for them."""
    if not may(user, Action.EDIT_PLAN):
        return
    until = clock.today() + dt.timedelta(days=SOON_DAYS)
    late = PlanMeasure.objects.filter(done_on__isnull=True, due_on__lte=until)
    earliest = late.filter(plan=OuterRef("pk")).order_by("due_on").values("due_on")[:1]
    plans = (
        CultivationPlan.objects.permitted(user, Action.EDIT_PLAN)
        .active()
        .filter(responsible=user, pk__in=late.values("plan"))
        .select_related("cooperative")
        .annotate(first_due=Subquery(earliest))
        .order_by("first_due", "pk")
    )
    yield from row_by_row(
        plans,
        lambda plan: Duty(
            title=f"{plan}的措施快到期或已逾期",
            because="因为您是培育责任人，措施还没有登记完成。",
            button="看方案",
            url=page("demonstration:plan-detail", plan=plan.pk),
            due=plan.first_due,
        ),
        rest="份方案的措施快到期或已逾期",
        url=page("demonstration:plan-list"),
    )


def _application_by_application(
    waiting: ApplicationQuerySet, what: str, because: str, button: str
) -> Iterator[Duty]:
    yield from row_by_row(
        waiting.for_list().order_by("submitted_at", "pk"),
        lambda application: Duty(
            title=f"{application.cooperative}的申报{what}",
            because=because,
            button=button,
            url=page("demonstration:application-detail", application=application.pk),
        ),
        rest=f"份申报{what}",
        url=page("demonstration:round-list"),
    )


FINDERS = (
    applications_to_recommend,
    applications_to_check,
    opinions_owed,
    sheets_owed,
    objections_to_answer,
    notices_over,
    returned_applications,
    monitoring_to_answer,
    monitoring_to_work,
    overdue_measures,
)
