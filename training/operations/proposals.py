"""Deciding what a visit proposed: each kind goes through the door of the part that it concerns."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from accounts.models import User
from accounts.operations import audit
from accounts.policy import Action
from common import clock
from common.figures import whole_number
from common.template_tags import day
from common.workflow import TransitionRefused
from registry.choices import FlagState
from registry.models import Flag
from registry.operations.cooperatives import correct_cooperative
from registry.operations.verification import assign_flag, decide_flag, resume_flag
from training.choices import ProposalKind, ProposalState
from training.models import VisitProposal
from training.questions.guests import Answered, guest_of

FLAG_GONE = "这个疑似问题已经解除或另有结论，不能再按走访认定。请选“不采纳”并写明情况。"
NO_DOOR = "这条建议所指的内容已不在平台上。请选“不采纳”并写明情况。"
_FOUND = {
    ProposalKind.CONFIRM_FLAG: FlagState.CONFIRMED,
    ProposalKind.CLEAR_FLAG: FlagState.DISMISSED,
}
GONE = "这条更正已经处理过，请刷新页面。"
NO_REASON = "不采纳须写明理由。"


@transaction.atomic
def accept_proposal(proposal: VisitProposal, *, by: User) -> None:
    """Take over what a visit proposed.

    A fact is corrected in the register with the visit as reason, a suspicion is found true or not
    true, a step of a plan is marked done. Raises TransitionRefused when that door refuses.
    """
    held = _held(proposal, by)
    if held.kind == ProposalKind.FACT:
        _correct(held, by)
    elif held.kind in _FOUND:
        _find(held, by)
    else:
        _take_elsewhere(held, by)
    _decide(held, ProposalState.ACCEPTED, "", by)


def _reason(proposal: VisitProposal) -> str:
    visit = proposal.visit
    said = f"：{proposal.note}" if proposal.note else ""
    return f"{day(visit.visited_on)}走访核实（{visit.counsellor}）{said}"


def _correct(proposal: VisitProposal, by: User) -> None:
    society = proposal.visit.cooperative
    value = int(proposal.value) if proposal.field == "member_count" else proposal.value
    if getattr(society, proposal.field) != value:
        correct_cooperative(
            society, {proposal.field: value}, _reason(proposal), by=by, version=society.version
        )


def _find(proposal: VisitProposal, by: User) -> None:
    """Let the suspicion go the whole way of verification, with the visit as conclusion."""
    target = _FOUND[ProposalKind(proposal.kind)]
    flag = Flag.objects.filter(visit_proposals=proposal.pk).first()
    if flag is None:
        raise TransitionRefused(FLAG_GONE)
    if flag.state == target:
        return
    if flag.state == FlagState.SUSPECTED:
        assign_flag(flag, by, clock.today(), by=by, version=flag.version, reason=_reason(proposal))
    elif flag.state == FlagState.DEFERRED:
        resume_flag(flag, by=by, version=flag.version)
    elif flag.state != FlagState.CHECKING:
        raise TransitionRefused(FLAG_GONE)
    flag.refresh_from_db()
    decide_flag(flag, target, _reason(proposal), by=by, version=flag.version)


def _take_elsewhere(proposal: VisitProposal, by: User) -> None:
    prefix, _, key = proposal.question.partition(":")
    guest = guest_of(prefix)
    number = whole_number(key)
    if guest is None or number is None:
        raise TransitionRefused(NO_DOOR)
    guest.take(Answered(number, _reason(proposal), proposal.visit.visited_on, by))


@transaction.atomic
def decline_proposal(proposal: VisitProposal, reason: str, *, by: User) -> None:
    """Leave things as they are, and say why."""
    if len(reason.strip()) < 2:
        raise TransitionRefused(NO_REASON)
    _decide(_held(proposal, by), ProposalState.DECLINED, reason.strip(), by)


def _held(proposal: VisitProposal, by: User) -> VisitProposal:
    reach = VisitProposal.objects.permitted(by, Action.DECIDE_PROPOSAL)
    held = reach.select_related("visit__cooperative", "visit__counsellor", "flag")
    found = held.filter(pk=proposal.pk).first()
    if found is None:
        raise PermissionDenied(Action.DECIDE_PROPOSAL)
    return found


def _decide(proposal: VisitProposal, state: ProposalState, reason: str, by: User) -> None:
    decided = VisitProposal.objects.filter(pk=proposal.pk, state=ProposalState.WAITING).update(
        state=state,
        reason=reason,
        decided_by=by,
        decided_at=clock.now(),
        version=F("version") + 1,
    )
    if not decided:
        raise TransitionRefused(GONE)
    audit.record(
        Action.DECIDE_PROPOSAL,
        proposal.visit,
        by=by,
        reason=reason,
        decision=str(state.label),
        what=str(proposal),
    )
