"""Deciding what a visit proposed: a fact is set right with the visit as its source."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from accounts.models import User
from accounts.operations import audit
from accounts.policy import Action
from common import clock
from common.template_tags import day
from common.workflow import TransitionRefused
from registry.operations.cooperatives import correct_cooperative
from training.choices import ProposalKind, ProposalState
from training.models import VisitProposal

GONE = "这条更正已经处理过，请刷新页面。"
NO_REASON = "不采纳须写明理由。"


@transaction.atomic
def accept_proposal(proposal: VisitProposal, *, by: User) -> None:
    """Take over what a visit proposed. A fact is corrected in the register, with the visit as reason."""
    held = _held(proposal, by)
    if held.kind == ProposalKind.FACT:
        society = held.visit.cooperative
        value = int(held.value) if held.field == "member_count" else held.value
        reason = f"{day(held.visit.visited_on)}走访核实（{held.visit.counsellor}）"
        if getattr(society, held.field) != value:
            correct_cooperative(
                society, {held.field: value}, reason, by=by, version=society.version
            )
    _decide(held, ProposalState.ACCEPTED, "", by)


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
