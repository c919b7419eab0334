"""What waits in survey and clean-up."""

from collections.abc import Iterator

from accounts.models import User
from accounts.policy import Action, may
from registry.cleanup.choices import CampaignState, CaseState, SurveyState
from registry.models import CleanupCase, SurveyCampaign, SurveyRecord, TipOff
from tongchuan_coop.addresses import page
from tongchuan_coop.duties.duty import Duty, Waiting


def pending_surveys(user: User) -> Iterator[Duty | Waiting]:
    """Societies that nobody has looked at yet in the running survey."""
    if not may(user, Action.RECORD_SURVEY):
        return
    running = SurveyCampaign.objects.filter(state=CampaignState.OPEN).first()
    if running is None:
        return
    records = SurveyRecord.objects.permitted(user, Action.RECORD_SURVEY).filter(campaign=running)
    yield Waiting(
        rows=records.pending(),
        title="待摸底的合作社",
        because=f"因为“{running}”要求每家合作社都有记录。",
        button="去摸底",
        url=page(
            "registry:survey-records",
            query={"state": SurveyState.PENDING.value},
            campaign=running.pk,
        ),
        due=running.due_on,
    )


def overdue_cases(user: User) -> Iterator[Duty | Waiting]:
    """Cases that should have been closed: one's own, for those who work on them."""
    if not may(user, Action.WORK_CLEANUP):
        return
    cases = CleanupCase.objects.permitted(user, Action.WORK_CLEANUP).overdue().filter(owner=user)
    yield Waiting(
        rows=cases,
        title="我负责的逾期案件",
        because="因为办结期限已过，请抓紧办理，或说明情况由区农业农村局调整期限。",
        button="看案件",
        url=page("registry:cleanup-list", query={"state": "overdue", "owner": "mine"}),
        day="due_on",
    )


def steps_of_department(user: User) -> Iterator[Duty | Waiting]:
    """Cases in which it is the turn of one's own department."""
    if not may(user, Action.TAKE_STEP) or user.unit is None or user.unit.is_reporting:
        return
    cases = CleanupCase.objects.permitted(user, Action.VIEW_CLEANUP).open().waiting_for(user)
    yield Waiting(
        rows=cases,
        title="轮到本部门办理的清理步骤",
        because="因为前面的步骤已办完，合作社在等本部门。",
        button="去办理",
        url=page("registry:cleanup-list", query={"turn": "unit"}),
    )


def opened_cases(user: User) -> Iterator[Duty | Waiting]:
    """One's own cases in which the society has not been asked yet."""
    if not may(user, Action.WORK_CLEANUP):
        return
    cases = CleanupCase.objects.permitted(user, Action.WORK_CLEANUP).filter(
        owner=user, state=CaseState.OPENED
    )
    yield Waiting(
        rows=cases,
        title="等待开始的清理案件",
        because="因为已立案、由您负责；自愿办理的要先征求合作社意愿。",
        button="去征求意愿",
        url=page("registry:cleanup-list", query={"state": CaseState.OPENED.value, "owner": "mine"}),
    )


def reviews(user: User) -> Iterator[Duty | Waiting]:
    """Cases with tasks that were handed in for review."""
    if not may(user, Action.DECIDE_CLEANUP):
        return
    cases = CleanupCase.objects.permitted(user, Action.DECIDE_CLEANUP).with_review()
    yield Waiting(
        rows=cases,
        title="有改造任务待复查的案件",
        because="因为合作社已提交改造佐证，等待复查。",
        button="去复查",
        url=page("registry:cleanup-list", query={"turn": "review"}),
    )


def open_tip_offs(user: User) -> Iterator[Duty | Waiting]:
    """Tip-offs that wait for somebody to look into them."""
    if not may(user, Action.HANDLE_TIP_OFF):
        return
    tip_offs = TipOff.objects.permitted(user, Action.HANDLE_TIP_OFF).open()
    yield Waiting(
        rows=tip_offs,
        title="待核查的群众举报",
        because="因为线索要在期限内核查；内容和举报人严格保密。",
        button="去核查",
        url=page("registry:tip-off-list"),
        day="due_on",
    )


FINDERS = (
    open_tip_offs,
    overdue_cases,
    steps_of_department,
    opened_cases,
    reviews,
    pending_surveys,
)
