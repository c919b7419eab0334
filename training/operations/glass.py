"""Both sign a visit on the screen, on the phone without a network or on the page; then it is locked.

A signature from a phone covers the words that were on the screen: the phone sends their digest with
it. Whatever was changed or merged afterwards is not what they signed, and the visit stays open.
"""

from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from accounts.models import Attachment, User
from accounts.operations.attachments import attach_file
from accounts.operations.transitions import advance
from common import clock
from common.drawings import BadDrawing, read_drawing
from common.workflow import TransitionRefused
from training.choices import Signer, VisitState
from training.digests import digest
from training.models import Visit
from training.operations.effects import write_finding
from training.workflows import ON_GLASS, VISIT

NO_SIGNER = "请写明合作社一方是谁签的字。"


def covered(body: dict[str, Any]) -> str:
    """Return the digest of what a signature on the phone covers: all words, and who signs."""
    signer = (body.get("signatures") or {}).get("signer", "")
    return digest({**body, "photos": [], "signatures": {"signer": signer}})


def note_of(signer: str, name: str) -> str:
    """Return what stands under a signature."""
    return f"{Signer(signer).label}签字：{name}"


@transaction.atomic
def lock_if_signed(visit: Visit, *, by: User) -> bool:
    """Lock a visit whose standing version both have signed, once everything has arrived.

    Says False, and changes nothing, while something is missing or the words were changed since.
    """
    visit.refresh_from_db()
    head = visit.revisions.filter(key=visit.head).first()
    said = head.body.get("signatures") if head else None
    if visit.state != VisitState.REPORTED or not isinstance(said, dict) or head is None:
        return False
    name = str(said.get("signer") or "").strip()[:60]
    drawn = visit.photos.exclude(signer="").filter(done_at__isnull=False)
    both = set(drawn.values_list("signer", flat=True)) == set(Signer.values)
    if not both or len(name) < 2 or said.get("covers") != covered(head.body):
        return False
    try:
        _lock(visit, name, by)
    except TransitionRefused:  # photos are still on their way, or two versions wait for a choice
        return False
    return True


@transaction.atomic
def sign_on_glass(visit: Visit, drawings: dict[str, str], signer: str, *, by: User) -> None:
    """Keep both signatures, drawn on the page, and lock the visit. Raises TransitionRefused.

    `drawings` maps each of Signer to a PNG in a data address.
    """
    name = signer.strip()[:60]
    if len(name) < 2:
        raise TransitionRefused(NO_SIGNER)
    names = {Signer.SOCIETY: name, Signer.COUNSELLOR: str(visit.counsellor)}
    for who, person in names.items():
        try:
            picture = ContentFile(read_drawing(drawings.get(who, "")), name=f"{who.label}签字.png")
        except BadDrawing as bad:
            raise TransitionRefused(f"{who.label}：{bad}") from None
        attach_file(visit, picture, purpose=ON_GLASS, by=by, note=note_of(who, person))
    _lock(visit, name, by)


def _lock(visit: Visit, name: str, by: User) -> None:
    advance(VISIT, visit, VisitState.ON_GLASS, by=by, confirmed_by=name, confirmed_at=clock.now())
    write_finding(visit)


def signatures_of(visit: Visit) -> Any:
    """Return the signatures that were drawn on the screen."""
    return Attachment.objects.of(visit).for_purpose(ON_GLASS).select_related("added_by")
