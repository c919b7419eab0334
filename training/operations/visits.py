"""Taking in versions of visits: from a phone, from a page, once or many times.

The phone makes the keys of visits and versions, so that sending again changes nothing. A version
that builds on the one that counts is applied; one that builds on an older is merged where both
changed different things, and kept beside it for a person to choose where they changed the same.
Nothing that arrived is ever thrown away.
"""

import datetime as dt
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from accounts.models import User
from accounts.operations import audit
from accounts.policy import Action, may
from common import clock, locks
from common.workflow import TransitionRefused
from registry.models import Cooperative
from training.choices import RevisionOutcome, VisitState
from training.digests import digest
from training.forms.visits import BadBody, read_body
from training.models import Visit, VisitPhoto, VisitRevision
from training.operations.effects import apply_answers, apply_promises, write_finding
from training.operations.glass import lock_if_signed
from training.operations.hints import raise_hints

OUT_OF_REACH = "这家合作社现在不由您联系，没有收下。记录仍在手机上，可导出后交给区农业农村局。"
NOT_YOURS = "这条记录是另一位辅导员填写的，没有收下。记录仍在手机上，可导出后交给区农业农村局。"
LOCKED = "这条走访双方已签字锁定，您的改动已另存。请在走访记录页写补充说明。"
VOIDED = "这条走访已被作废，您的改动已另存。请联系区农业农村局。"
FORKED = "同一版本收到两份不同的内容，第二份已另存，请到冲突页面选择。"
CLASHED = "这条走访在别处也改过同一处，两份都已保存，请到冲突页面选择。"
ANSWERED = {"duplicate", "applied", "merged", "conflict"}


@dataclass(frozen=True)
class Packet:
    """One version as it was sent."""

    visit: uuid.UUID
    key: uuid.UUID
    base: uuid.UUID | None
    society: str
    body: dict[str, Any]
    device_time: dt.datetime | None = None
    skew_minutes: int = 0
    from_phone: bool = False

    @property
    def sha256(self) -> str:
        """The digest of the content, the same on the phone and here."""
        return digest(self.body)


@dataclass(frozen=True)
class Receipt:
    """What became of a version: `outcome` is duplicate, applied, merged, conflict or refused."""

    key: uuid.UUID
    outcome: str
    sha256: str = ""
    head: uuid.UUID | None = None
    visit: Visit | None = None
    sentences: list[str] = field(default_factory=list)


def known_base(bases: list[uuid.UUID]) -> uuid.UUID | None:
    """Return which version a new one builds on: the latest of its forebears that arrived here.

    A phone names all of them, because it cannot know which of its letters were lost on the way.
    """
    arrived = set(VisitRevision.objects.filter(key__in=bases).values_list("key", flat=True))
    return next((base for base in bases if base in arrived), bases[0] if bases else None)


@transaction.atomic
def receive_version(packet: Packet, *, by: User) -> Receipt:
    """Take in one version of a visit; see the room's own words. Never raises for bad content."""
    if not may(by, Action.WRITE_VISIT):
        raise PermissionDenied(Action.WRITE_VISIT)
    locks.hold(f"visit-{packet.visit}")
    if known := VisitRevision.objects.filter(key=packet.key).select_related("visit").first():
        return _sent_again(known, packet, by)
    visit = Visit.objects.select_for_update(of=("self",)).filter(key=packet.visit).first()
    if visit is not None and visit.counsellor_id != by.pk:
        return Receipt(packet.key, "refused", sentences=[NOT_YOURS])
    if visit is None:
        return _first(packet, by)
    if visit.is_locked or visit.state == VisitState.VOID:
        _keep(visit, packet, RevisionOutcome.CONFLICT, by)
        _expect_more_photos(visit, packet.body)
        sentence = LOCKED if visit.is_locked else VOIDED
        return _receipt(visit, packet, "conflict", [sentence])
    try:
        facts = read_body(packet.body)
    except BadBody as bad:
        return Receipt(packet.key, "refused", visit=visit, sentences=bad.sentences)
    if packet.base == visit.head:
        return _apply(visit, packet, packet.body, facts, by=by)
    return _beside(visit, packet, by)


def _first(packet: Packet, by: User) -> Receipt:
    """The first that is heard of a visit: its body is whole, whatever it builds on."""
    reach = Cooperative.objects.permitted(by, Action.WRITE_VISIT)
    society = reach.filter(uscc=packet.society).first()
    if society is None:
        return Receipt(packet.key, "refused", sentences=[OUT_OF_REACH])
    try:
        facts = read_body(packet.body)
    except BadBody as bad:
        return Receipt(packet.key, "refused", sentences=bad.sentences)
    visit = Visit(key=packet.visit, cooperative=society, counsellor=by, head=packet.key)
    return _apply(visit, packet, packet.body, facts, by=by)


def _beside(visit: Visit, packet: Packet, by: User) -> Receipt:
    """Merge what both changed apart from each other; keep both where they changed the same."""
    if visit.revisions.filter(base=packet.key).exists():  # its child came first and is whole
        _keep(visit, packet, RevisionOutcome.SETTLED, by)
        return _receipt(visit, packet, "merged")
    base = visit.revisions.filter(key=packet.base).first() if packet.base else None
    head = visit.revisions.get(key=visit.head)
    merged = _merged(base.body if base else None, packet.body, head.body)
    if merged is None:
        _keep(visit, packet, RevisionOutcome.CONFLICT, by)
        _expect_more_photos(visit, packet.body)
        audit.record("visit-conflict", visit, by=by)
        return _receipt(visit, packet, "conflict", [CLASHED])
    return _apply(visit, packet, merged, read_body(merged), by=by, outcome=RevisionOutcome.MERGED)


def _merged(
    base: dict[str, Any] | None, mine: dict[str, Any], theirs: dict[str, Any]
) -> dict[str, Any] | None:
    """Join two versions by field; None when both changed one field to different values."""
    names = mine.keys() | theirs.keys()
    if base is None:
        return mine if all(mine.get(n) == theirs.get(n) for n in names) else None
    changed = {n for n in names if mine.get(n) != base.get(n)}
    changed_there = {n for n in names if theirs.get(n) != base.get(n)}
    if any(mine.get(n) != theirs.get(n) for n in changed & changed_there):
        return None
    return {**theirs, **{n: mine.get(n) for n in changed}}


def _apply(
    visit: Visit,
    packet: Packet,
    body: dict[str, Any],
    facts: dict[str, Any],
    *,
    by: User,
    outcome: RevisionOutcome = RevisionOutcome.APPLIED,
) -> Receipt:
    rows = {name: facts.pop(name) for name in ("promises", "photos")}
    for name, value in facts.items():
        setattr(visit, name, value)
    visit.head, visit.device_time = packet.key, packet.device_time
    visit.skew_minutes = packet.skew_minutes
    new = visit.pk is None
    visit.version = 1 if new else visit.version + 1
    visit.save()
    kept = _keep(visit, packet, outcome, by)
    if body is not packet.body:
        VisitRevision.objects.filter(pk=kept.pk).update(body=body)
    _expect_photos(visit, rows["photos"])
    write_finding(visit)
    apply_promises(visit, rows["promises"], by=by)
    apply_answers(visit, by=by)
    raise_hints(visit)
    audit.record("visit-received" if new else "visit-changed", visit, by=by)
    lock_if_signed(visit, by=by)
    return _receipt(visit, packet, str(outcome.value))


def _expect_more_photos(visit: Visit, body: dict[str, Any]) -> None:
    """Take the photos of a version that waits for a choice too: nothing that was taken is lost."""
    try:
        _add_photos(visit, read_body(body)["photos"])
    except (
        BadBody
    ):  # of a locked visit nothing is judged, and what cannot be read announces nothing
        return


def _expect_photos(visit: Visit, photos: list[dict[str, Any]]) -> None:
    """Note which photos will follow; those taken back before they arrived are no longer awaited."""
    wanted = {row["key"] for row in photos}
    visit.photos.filter(done_at__isnull=True).exclude(key__in=wanted).delete()
    _add_photos(visit, photos)


def _add_photos(visit: Visit, photos: list[dict[str, Any]]) -> None:
    wanted = {row["key"] for row in photos}
    known = set(VisitPhoto.objects.filter(key__in=wanted).values_list("key", flat=True))
    VisitPhoto.objects.bulk_create(
        VisitPhoto(visit=visit, **row) for row in photos if row["key"] not in known
    )


def _sent_again(known: VisitRevision, packet: Packet, by: User) -> Receipt:
    """The same version again is answered as before; another content under its key is kept too."""
    if known.author_id != by.pk:
        return Receipt(packet.key, "refused", sentences=[NOT_YOURS])
    if known.sha256 == packet.sha256:
        return _receipt(known.visit, packet, "duplicate")
    again = VisitRevision.objects.filter(base=packet.key, sha256=packet.sha256, author=by)
    if not again.exists():
        forked = Packet(packet.visit, uuid.uuid4(), packet.key, packet.society, packet.body)
        _keep(known.visit, forked, RevisionOutcome.CONFLICT, by)
        audit.record("visit-conflict", known.visit, by=by)
    return _receipt(known.visit, packet, "conflict", [FORKED])


def _keep(visit: Visit, packet: Packet, outcome: RevisionOutcome, by: User) -> VisitRevision:
    return VisitRevision.objects.create(
        visit=visit,
        key=packet.key,
        base=packet.base,
        body=packet.body,
        sha256=packet.sha256,
        outcome=outcome,
        author=by,
        device_time=packet.device_time,
        from_phone=packet.from_phone,
    )


def _receipt(
    visit: Visit, packet: Packet, outcome: str, sentences: list[str] | None = None
) -> Receipt:
    return Receipt(packet.key, outcome, packet.sha256, visit.head, visit, sentences or [])


@transaction.atomic
def settle_conflict(visit: Visit, revision: VisitRevision, mine: set[str], *, by: User) -> Visit:
    """End a conflict: of `revision` the fields in `mine` are taken, all others stay as they stand.

    Raises TransitionRefused with the sentences when the result cannot be taken.
    """
    fresh = Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
    waiting = fresh.revisions.filter(pk=revision.pk, outcome=RevisionOutcome.CONFLICT)
    if not waiting.exists():
        raise TransitionRefused("这个冲突已经处理过，请刷新页面。")
    if fresh.state != VisitState.REPORTED and mine:
        raise TransitionRefused(
            "走访已锁定或作废，不能采用改动；请写补充说明，再选择全部保留现有内容。"
        )
    head = fresh.revisions.get(key=fresh.head)
    body = {**head.body, **{name: revision.body.get(name) for name in mine}}
    waiting.update(outcome=RevisionOutcome.SETTLED)
    if mine:
        try:
            facts = read_body(body)
        except BadBody as bad:
            raise TransitionRefused(str(bad)) from None
        chosen = Packet(fresh.key, uuid.uuid4(), fresh.head, "", body, fresh.device_time)
        _apply(fresh, chosen, body, facts, by=by)
    audit.record("visit-settled", fresh, by=by, number=len(mine))
    fresh.refresh_from_db()
    return fresh


@transaction.atomic
def review_visit(visit: Visit, note: str, *, by: User, version: int) -> None:
    """Note a supervisor's opinion; saying the same again changes nothing."""
    held = Visit.objects.permitted(by, Action.REVIEW_VISIT).filter(pk=visit.pk, version=version)
    saved = held.update(
        reviewed_by=by, reviewed_at=clock.now(), review_note=note.strip(), version=F("version") + 1
    )
    if not saved:
        raise TransitionRefused("这条走访刚刚有改动，请刷新后再审阅。")
    audit.record(Action.REVIEW_VISIT, visit, by=by, reason=note)
