"""How a society's people get in: an invitation with a one-time code, and the end of old access."""

import datetime as dt
import hashlib
import secrets

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from accounts.models import User
from accounts.operations import audit
from accounts.policy import Action, Reach, roles_with
from common import clock, locks
from common.workflow import TransitionRefused
from registry.choices import AgentPost
from registry.models import AgentInvitation, Cooperative, CooperativeAgent

VALID_DAYS = 14
# Without the characters that look alike on paper: 0 O 1 I.
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_LENGTH = 8
WRONG = (
    "信用代码或邀请码不对，或者邀请码已用过、已过期。请核对通知单，或请开出通知单的人重新开一张。"
)
ALREADY = "您已经代表这家合作社，不必再次使用邀请码。"
NOT_FOR_OFFICES = "只有合作社的账号才能使用邀请码。请先退出登录，再按通知单开通新账号。"


@transaction.atomic
def invite_agent(
    society: Cooperative, *, person_name: str, post: str, by: User
) -> tuple[AgentInvitation, str]:
    """Open an invitation; return it and its code, which is kept nowhere. A former one for the post ends."""
    _hold(society, by)
    society.invitations.open().filter(post=post).update(revoked_at=clock.now())
    code = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    invitation = AgentInvitation.objects.create(
        cooperative=society,
        person_name=person_name,
        post=AgentPost(post),
        code_hash=_digest(society, code),
        issued_by=by,
        issued_at=clock.now(),
        expires_on=clock.today() + dt.timedelta(days=VALID_DAYS),
    )
    audit.record("agent-invited", society, by=by, person=person_name)
    return invitation, f"{code[:4]}-{code[4:]}"


def find_invitation(code_of_society: str, code: str) -> AgentInvitation | None:
    """Return the open invitation that society and code name together, else None."""
    plain = "".join(c for c in code.upper() if c.isascii() and c.isalnum())[:20]
    wanted = code_of_society.strip().upper()
    open_ones = AgentInvitation.objects.open().select_related("cooperative")
    known = open_ones.filter(cooperative__uscc=wanted) | open_ones.filter(
        cooperative__registration_no=wanted
    )
    for invitation in known:
        expected = _digest(invitation.cooperative, plain)
        if secrets.compare_digest(invitation.code_hash, expected):
            return invitation
    return None


@transaction.atomic
def join_with_new_account(
    invitation: AgentInvitation, *, username: str, full_name: str, password: str
) -> User:
    """Open an account for who holds the code, and let it act for the society. Once."""
    _use(invitation)
    person = User.objects.create_user(
        username,
        password,
        full_name=full_name,
        role=roles_with(Action.SUBMIT_REPORT, Reach.OWN)[0],
        joined_at=clock.now(),
    )
    audit.record("person-created", person, by=person)
    _appoint(invitation, person)
    return person


@transaction.atomic
def join_with_account(invitation: AgentInvitation, *, by: User) -> None:
    """Let a society's person act for one more society."""
    if not by.acts_for_societies:
        raise TransitionRefused(NOT_FOR_OFFICES)
    held = CooperativeAgent.objects.filter(
        cooperative=invitation.cooperative, user=by, until__isnull=True
    )
    if held.exists():
        raise TransitionRefused(ALREADY)
    _use(invitation)
    _appoint(invitation, by)


@transaction.atomic
def revoke_invitation(invitation: AgentInvitation, *, by: User) -> None:
    """Make an unused invitation void; a second time changes nothing."""
    _hold(invitation.cooperative, by)
    ended = AgentInvitation.objects.open().filter(pk=invitation.pk).update(revoked_at=clock.now())
    if ended:
        audit.record(
            "invitation-revoked", invitation.cooperative, by=by, person=invitation.person_name
        )


@transaction.atomic
def end_access(agent: CooperativeAgent, *, reason: str, by: User) -> None:
    """End a person's access to a society today; what was filled in stays with the society."""
    _hold(agent.cooperative, by)
    if not reason.strip():
        raise TransitionRefused("请写明结束使用权的理由。")
    ended = CooperativeAgent.objects.filter(pk=agent.pk, until__isnull=True)
    if not ended.update(until=clock.today()):
        raise TransitionRefused("这项使用权已经结束，请刷新页面。")
    audit.record("agent-dismissed", agent.cooperative, by=by, reason=reason, person=str(agent.user))


@transaction.atomic
def end_access_of_former_chairs(by: User | None = None) -> int:
    """End today the access of chairs whose society now has another legal representative.

    By law the chair is the legal representative (article 33). One query finds them; only they are
    written. Drafts belong to the society and stay.
    """
    former = list(
        CooperativeAgent.objects.filter(until__isnull=True, post=AgentPost.CHAIR)
        .exclude(cooperative__legal_representative="")
        .exclude(cooperative__legal_representative=F("user__full_name"))
        .select_related("cooperative", "user")
    )
    if not former:
        return 0
    CooperativeAgent.objects.filter(pk__in=[agent.pk for agent in former]).update(
        until=clock.today()
    )
    for agent in former:
        audit.record(
            "agent-dismissed",
            agent.cooperative,
            by=by,
            reason="登记的法定代表人已变更",
            person=str(agent.user),
        )
    return len(former)


def _use(invitation: AgentInvitation) -> None:
    """Take the invitation by one conditional update: of two hands one gets it."""
    taken = AgentInvitation.objects.open().filter(pk=invitation.pk).update(revoked_at=clock.now())
    if not taken:
        raise TransitionRefused(WRONG)


def _appoint(invitation: AgentInvitation, person: User) -> None:
    now = clock.now()
    AgentInvitation.objects.filter(pk=invitation.pk).update(
        used_at=now, used_by=person, revoked_at=None
    )
    CooperativeAgent.objects.create(
        cooperative=invitation.cooperative,
        user=person,
        post=invitation.post,
        since=clock.today(),
    )
    audit.record("agent-appointed", invitation.cooperative, by=person, person=str(person))


def _digest(society: Cooperative, code: str) -> str:
    return hashlib.sha256(f"{society.pk}:{code}".encode()).hexdigest()


def _hold(society: Cooperative, by: User) -> None:
    reach = Cooperative.objects.permitted(by, Action.INVITE_AGENT)
    if not reach.filter(pk=society.pk).exists():
        raise PermissionDenied(Action.INVITE_AGENT)
    locks.hold("agents")
