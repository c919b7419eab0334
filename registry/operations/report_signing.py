"""Two people sign a report in turn where the bureau asks for it: who fills it in, then the chair."""

from dataclasses import dataclass

from django.db import transaction

from accounts.choices import NoticeEvent
from accounts.models import User
from accounts.operations.notices import notify
from accounts.operations.transitions import advance
from accounts.policy import Action
from common import clock
from common.workflow import TransitionRefused
from registry.choices import AgentPost, Confirmation, ReportState
from registry.models import AnnualReport
from registry.operations.reports import held_report
from registry.reporting.owed import season_of
from registry.reporting.reading import read_report
from registry.workflows import REPORT

NEEDS_CONFIRMING = "代填的报告须经理事长确认才能提交。"
NOT_DONE = "报告还没有填完，请先补齐各部分，再签字。"
ONE_IS_ENOUGH = "这个年度不要求两人签字，通读后直接提交即可。"
FILER_FIRST = "这个年度要求两人先后签字：请填报人先签字，再由理事长签发提交。"
SAME_PERSON = "填报人和理事长不能是同一个人。请另一位经办人先签字，或请辅导员、乡镇街道代填。"
NOT_CHAIR = "第二个签字的须是理事长。请理事长用自己的账号登录提交，或当面签字确认。"


@dataclass(frozen=True)
class Confirmed:
    """How the chair stood behind the report, and who that was."""

    how: str
    by_name: str


def own_confirmation(by: User) -> Confirmed:
    """Return the confirmation of somebody who submits for the society; a helper has none."""
    if not by.acts_for_societies:
        raise TransitionRefused(NEEDS_CONFIRMING)
    return Confirmed(Confirmation.ACCOUNT, str(by))


@transaction.atomic
def sign_as_filer(report: AnnualReport, *, version: int, by: User) -> int:
    """Sign first and let the chair sign next; return how many chairs were told."""
    fresh = held_report(report, Action.FILL_REPORT, by)
    fresh.version = version
    if not season_of(fresh.year).two_signers:
        raise TransitionRefused(ONE_IS_ENOUGH)
    if not by.acts_for_societies:
        raise TransitionRefused(NEEDS_CONFIRMING)
    if not read_report(fresh).is_complete:
        raise TransitionRefused(NOT_DONE)
    advance(
        REPORT,
        fresh,
        ReportState.AWAITING,
        by=by,
        first_signer=by,
        first_signed_at=clock.now(),
    )
    chairs = [user for user in chairs_of(fresh) if user.pk != by.pk]
    if chairs:
        notify(
            chairs,
            event=NoticeEvent.REPORT_DUE,
            title=f"请签发{fresh.year}年度报告",
            text=f"{by}已在{fresh.cooperative}{fresh.year}年度报告上签字，等您通读后签发提交。",
            url=f"/reports/{fresh.cooperative.code}/{fresh.year}/",
            by=by,
        )
    return len(chairs)


def chairs_of(report: AnnualReport) -> list[User]:
    """Return who acts for the society as its chair now."""
    agents = report.cooperative.agents.filter(
        until__isnull=True, post=AgentPost.CHAIR, user__is_active=True
    )
    return [agent.user for agent in agents.select_related("user")]


def check_signers(report: AnnualReport, confirmed: Confirmed, *, by: User) -> None:
    """Raise TransitionRefused unless two different people stand behind a report, the chair last."""
    if confirmed.how == Confirmation.ACCOUNT:
        if report.first_signer is None:
            raise TransitionRefused(FILER_FIRST)
        if report.first_signer_id == by.pk:
            raise TransitionRefused(SAME_PERSON)
        if by.pk not in {user.pk for user in chairs_of(report)}:
            raise TransitionRefused(NOT_CHAIR)
        return
    filers = {str(by), str(report.first_signer or by), str(report.typed_by or by)}
    if confirmed.by_name in filers:
        raise TransitionRefused(SAME_PERSON)
