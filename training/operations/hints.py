"""Raising hints, showing them to the writer first, and the writer's reply."""

from django.db import transaction

from accounts.models import User
from accounts.operations import audit
from common import clock
from training.hints.catalogue import HINTS
from training.models import Visit, VisitHint


def raise_hints(visit: Visit) -> None:
    """Look at a visit anew: new hints are raised, those that no longer hold and nobody saw go."""
    said = {code: says for code, look in HINTS.items() if (says := look(visit))}
    known = {hint.code: hint for hint in visit.hints.all()}
    VisitHint.objects.bulk_create(
        VisitHint(visit=visit, code=code, says=says)
        for code, says in said.items()
        if code not in known
    )
    gone = [hint.pk for code, hint in known.items() if code not in said and not hint.shown_at]
    VisitHint.objects.filter(pk__in=gone).delete()


def show_hints(visit: Visit) -> None:
    """Note that the writer has seen the hints; from now on the reviewer sees them as questions."""
    visit.hints.filter(shown_at__isnull=True).update(shown_at=clock.now())


@transaction.atomic
def reply_to_hint(hint: VisitHint, reply: str, *, by: User) -> None:
    """Keep the writer's explanation."""
    VisitHint.objects.filter(pk=hint.pk).update(reply=reply.strip()[:300])
    audit.record("hint-replied", hint.visit, by=by, reason=reply)
