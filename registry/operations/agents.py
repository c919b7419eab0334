"""Who acts for a society on the portal: appointing and dismissing, with a record."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from accounts.operations import audit
from accounts.policy import Action, may
from common import clock, locks
from common.workflow import TransitionRefused
from registry.models import Cooperative, CooperativeAgent


@transaction.atomic
def appoint_agent(society: Cooperative, person: User, *, reason: str, by: User) -> CooperativeAgent:
    """Let a person act for a society from today. Raises TransitionRefused when they do already."""
    _check_right(by)
    if not person.acts_for_societies:
        raise TransitionRefused("只有角色为“合作社”的用户才能代表合作社。")
    locks.hold("agents")
    if CooperativeAgent.objects.filter(
        cooperative=society, user=person, until__isnull=True
    ).exists():
        raise TransitionRefused(f"{person}已经代表{society}，不必再次登记。")
    agent = CooperativeAgent.objects.create(cooperative=society, user=person, since=clock.today())
    audit.record("agent-appointed", society, by=by, reason=reason, person=str(person))
    return agent


@transaction.atomic
def dismiss_agent(agent: CooperativeAgent, *, reason: str, by: User) -> None:
    """End a person's service for a society today; the society is out of reach at once."""
    _check_right(by)
    ended = CooperativeAgent.objects.filter(pk=agent.pk, until__isnull=True)
    if not ended.update(until=clock.today()):
        raise TransitionRefused("这项代表关系已经结束，请刷新页面。")
    audit.record("agent-dismissed", agent.cooperative, by=by, reason=reason, person=str(agent.user))


def _check_right(by: User) -> None:
    if not may(by, Action.MANAGE_PEOPLE):
        raise PermissionDenied(Action.MANAGE_PEOPLE)
