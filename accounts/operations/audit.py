"""The one way into the audit trail."""

import json
from collections.abc import Iterator
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction

from accounts.models import AuditEvent, User
from accounts.models.audit_event import FIRST_HASH
from common import clock, locks

SYSTEM_NAME = "系统"


def record(
    action: str,
    subject: models.Model | None = None,
    *,
    by: User | None,
    reason: str = "",
    **detail: Any,
) -> AuditEvent:
    """Append one event to the chain, in the caller's transaction.

    The act and its record stand or fall together, so this refuses to run outside a transaction.
    What a program did for a person says by which token.
    """
    if not connection.in_atomic_block:
        msg = "an audit event belongs into the transaction of its act"
        raise transaction.TransactionManagementError(msg)
    if by is not None and by.via_token:
        detail["token"] = by.via_token
    locks.hold("audit-chain")
    last = AuditEvent.objects.order_by("-sequence").only("sequence", "hash").first()
    event = AuditEvent(
        sequence=last.sequence + 1 if last else 1,
        at=clock.now(),
        actor=by,
        actor_name=str(by) if by else SYSTEM_NAME,
        action=action,
        subject_kind=subject._meta.label_lower if subject else "",
        subject_key=str(subject.pk) if subject else "",
        subject_label=str(subject)[:200] if subject else "",
        reason=reason,
        detail=detail,
        previous_hash=last.hash if last else FIRST_HASH,
    )
    event.hash = event.computed_hash()
    event.save(force_insert=True)
    return event


def broken_link() -> int | None:
    """Walk the chain; return the sequence of the first event that does not fit, or None."""
    expected, previous = 1, FIRST_HASH
    for event in AuditEvent.objects.order_by("sequence").iterator(chunk_size=2000):
        fits = event.sequence == expected and event.previous_hash == previous
        if not fits or event.hash != event.computed_hash():
            return event.sequence
        expected, previous = expected + 1, event.hash
    return None


def verify(*, by: User | None) -> tuple[int | None, int]:
    """Check the chain, note that it was checked, and return the first broken link and the length."""
    broken, length = broken_link(), AuditEvent.objects.count()
    with transaction.atomic():  # after the walk, so that nobody waits for it
        record("audit-verified", by=by, broken=broken)
    return broken, length


def export(*, by: User | None) -> Iterator[str]:
    """Note the export, then give the whole chain, one JSON object a line, with its hashes.

    Each line holds what `AuditEvent.computed_hash` is made of, so that the chain can be checked
    without this portal.
    """
    with transaction.atomic():
        last = record("audit-exported", by=by)
    return _lines(last.sequence)


def _lines(until: int) -> Iterator[str]:
    names = [field.attname for field in AuditEvent._meta.concrete_fields]
    events = AuditEvent.objects.filter(sequence__lte=until).order_by("sequence")
    for values in events.values_list(*names).iterator(chunk_size=2000):
        line = dict(zip(names, values, strict=True))
        yield json.dumps(line, cls=DjangoJSONEncoder, ensure_ascii=False) + "\n"
