"""What a visit does: the finding it leaves, promises it opens and closes, what it proposes."""

import re
from typing import Any

from accounts.models import User
from common import clock
from common.figures import whole_number
from registry.choices import FindingState, FlagState, Seen
from registry.models import Flag, SiteFinding
from training.choices import (
    PromiseState,
    ProposalKind,
    ProposalState,
    SeenThing,
    VisitMethod,
    VisitState,
)
from training.models import Promise, Visit, VisitProposal
from training.questions.guests import guest_of

_KEY = re.compile(r"([a-z]+):(\w+)")
FACTS = ("member_count", "legal_representative", "domicile")
YES, NO = "yes", "no"
_STATES = {VisitState.REPORTED: FindingState.REPORTED, VisitState.VOID: FindingState.WITHDRAWN}


def write_finding(visit: Visit) -> SiteFinding:
    """Write what was seen as a source of its own; the same visit writes the same row."""
    told = {row["key"]: row["answer"] for row in visit.answers}
    seen = {code: Seen.YES if code in visit.seen else Seen.UNKNOWN for code in SeenThing.values}
    number = told.get("fact:member_count", "")
    finding, _ = SiteFinding.objects.update_or_create(
        visit_key=str(visit.key),
        defaults={
            "cooperative": visit.cooperative,
            "seen_on": visit.visited_on,
            "seen_by": visit.counsellor,
            "in_person": visit.method == VisitMethod.ON_SITE,
            "state": _STATES.get(VisitState(visit.state), FindingState.SIGNED),
            "at_address": visit.at_address,
            "operating": visit.operating,
            **seen,
            "members_met": visit.members_met,
            "members_told": int(number) if _is_count(number) else None,
            "note": visit.problems,
        },
    )
    return finding


def apply_promises(visit: Visit, promises: list[dict[str, Any]], *, by: User) -> None:
    """Open the promises of a visit; one that was changed on the visit is changed, others stay."""
    for row in promises:
        facts = {name: row[name] for name in ("text", "kind", "owner", "due_on", "grave")}
        made, new = Promise.objects.get_or_create(
            key=row["key"],
            defaults={**facts, "cooperative": visit.cooperative, "visit": visit, "made_by": by},
        )
        if not new and made.visit_id == visit.pk and made.state == PromiseState.OPEN:
            Promise.objects.filter(pk=made.pk).update(**facts)


def apply_answers(visit: Visit, *, by: User) -> None:
    """Let every answer write where it belongs: as a proposal, or as a promise said to be kept."""
    wanted: dict[str, dict[str, Any]] = {}
    for row in visit.answers:
        match = _KEY.fullmatch(row["key"])
        if match and row["answer"]:
            wanted |= _effect(visit, row, match[1], match[2], by)
    open_ones = visit.proposals.filter(state=ProposalState.WAITING)
    open_ones.exclude(question__in=wanted).delete()
    for question, facts in wanted.items():
        known = visit.proposals.filter(question=question).first()
        if known is None:
            VisitProposal.objects.create(visit=visit, question=question, **facts)
        elif known.state == ProposalState.WAITING:
            VisitProposal.objects.filter(pk=known.pk).update(**facts)


def _effect(
    visit: Visit, row: dict[str, str], kind: str, about: str, by: User
) -> dict[str, dict[str, Any]]:
    """Say that a promise was kept, or return what an answer proposes."""
    if kind == "promise":
        promise = whole_number(about)
        if row["answer"] == YES and promise is not None:
            _say_kept(visit, promise, row["note"], by=by)
        return {}
    if kind == "flag":
        return _about_flag(visit, row) if row["answer"] in (YES, NO) else {}
    if kind == "fact":
        return _about_fact(visit, row, about) if about in FACTS else {}
    return _about_guest(row, kind, about)


def _about_guest(row: dict[str, str], kind: str, about: str) -> dict[str, dict[str, Any]]:
    """A step of a plan that the visit found done is proposed as done."""
    if guest_of(kind) is None or row["answer"] != YES or whole_number(about) is None:
        return {}
    facts = {"kind": ProposalKind.DONE_ELSEWHERE, "value": row["text"][:300], "note": row["note"]}
    return {row["key"]: facts}


def _about_flag(visit: Visit, row: dict[str, str]) -> dict[str, dict[str, Any]]:
    pk = row["key"].partition(":")[2]
    flag = Flag.objects.filter(pk=whole_number(pk) or 0, cooperative=visit.cooperative)
    found = flag.exclude(state=FlagState.CLEARED).first()
    if found is None:
        return {}
    true = row["answer"] == YES
    kind = ProposalKind.CONFIRM_FLAG if true else ProposalKind.CLEAR_FLAG
    value = "属实" if true else "不属实"
    return {row["key"]: {"kind": kind, "flag": found, "value": value, "note": row["note"]}}


def _about_fact(visit: Visit, row: dict[str, str], field: str) -> dict[str, dict[str, Any]]:
    stands = getattr(visit.cooperative, field)
    written = "" if stands is None else str(stands)
    value = row["answer"]
    if value == written or (field == "member_count" and not _is_count(value)):
        return {}
    facts = {"kind": ProposalKind.FACT, "field": field, "stood": written, "value": value}
    return {row["key"]: {**facts, "note": row["note"]}}


def _say_kept(visit: Visit, pk: int, note: str, *, by: User) -> None:
    """Note that a promise was kept: a grave one waits for a second person."""
    promise = Promise.objects.filter(
        pk=pk, cooperative=visit.cooperative, state=PromiseState.OPEN
    ).first()
    if promise is None:
        return
    state = PromiseState.TO_CONFIRM if promise.grave else PromiseState.CLOSED
    Promise.objects.filter(pk=promise.pk).update(
        state=state,
        outcome=note or "走访时核实已办好。",
        closed_by=by,
        closed_at=clock.now(),
        version=promise.version + 1,
    )


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 6
