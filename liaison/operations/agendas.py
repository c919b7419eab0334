"""The agenda of a meeting: proposed from what is open, then written by people."""

from typing import Any

from django.db import transaction
from django.db.models import F, Max

from accounts.models import User
from accounts.operations import audit
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from liaison.agenda import proposals_for
from liaison.meeting_choices import AgendaKind
from liaison.models import AgendaItem, Meeting
from liaison.operations.meetings import OVER, held_meeting
from liaison.operations.topics import placed

_ORDER = {kind: place for place, kind in enumerate(AgendaKind)}


@transaction.atomic
def propose_agenda(meeting: Meeting, *, by: User) -> int:
    """Put everything that waits for this meeting on its agenda; return how many were added.

    What stands already is left as it is; undone decisions of former meetings come first.
    """
    held = _open(meeting, by)
    standing = list(held.agenda.order_by("position", "pk"))
    known = {item.source for item in standing if item.source}
    added = [
        AgendaItem(
            meeting=held,
            position=0,
            kind=each.kind,
            source=each.source,
            title=each.title[:120],
            details=each.details,
            url=each.url,
            unit_id=each.unit,
        )
        for each in proposals_for(held)
        if each.source not in known
    ]
    ordered = sorted([*standing, *added], key=lambda item: _ORDER[AgendaKind(item.kind)])
    for place, item in enumerate(ordered, start=1):
        item.position = place
    AgendaItem.objects.bulk_create(added)
    AgendaItem.objects.bulk_update(standing, ["position"])
    if added:
        audit.record("agenda-proposed", held, by=by, number=len(added))
    return len(added)


@transaction.atomic
def save_item(
    meeting: Meeting, item: AgendaItem | None, facts: dict[str, Any], *, version: int, by: User
) -> AgendaItem:
    """Add an item (position, title, details, unit) or change one. Raises EditConflict.

    Adding the same again, wherever it stands, is the item that is on the agenda.
    """
    held = _open(meeting, by)
    if item is None:
        same = {name: value for name, value in facts.items() if name != "position"}
        if standing := held.agenda.filter(kind=AgendaKind.OTHER, **same).first():
            return standing
        if not facts.get("position"):
            last = held.agenda.aggregate(last=Max("position"))["last"] or 0
            facts = {**facts, "position": last + 1}
        saved = AgendaItem.objects.create(meeting=held, kind=AgendaKind.OTHER, **facts)
    else:
        changed = AgendaItem.objects.filter(pk=item.pk, meeting=held, version=version).update(
            **placed(facts), version=F("version") + 1
        )
        if not changed:
            raise EditConflict(AgendaItem.objects.filter(pk=item.pk).first() or item)
        saved = AgendaItem.objects.get(pk=item.pk)
    audit.record("agenda-saved", held, by=by, what=saved.title)
    return saved


@transaction.atomic
def remove_item(item: AgendaItem, *, version: int, by: User) -> None:
    """Take an item off the agenda. Raises EditConflict when it was changed meanwhile."""
    held = _open(item.meeting, by)
    gone, _ = AgendaItem.objects.filter(pk=item.pk, meeting=held, version=version).delete()
    if not gone:
        raise EditConflict(item)
    audit.record("agenda-removed", held, by=by, what=item.title)


def _open(meeting: Meeting, by: User) -> Meeting:
    held = held_meeting(meeting, by)
    if not held.is_ahead:
        raise TransitionRefused(OVER)
    return held
