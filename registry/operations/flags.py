"""Recomputing suspicions because a person or a timer asks for it."""

import datetime as dt

from django.db import transaction

from accounts.models import User
from accounts.operations import audit
from accounts.policy import Action
from common import clock
from registry.flags.evaluate import evaluate_flags
from registry.models import FlagRun


@transaction.atomic
def recompute_flags(*, by: User | None, as_of: dt.date | None = None) -> FlagRun:
    """Compute all rules for a day (today, without one) and record who asked; `by` None is the system."""
    run = evaluate_flags(as_of or clock.today(), cause="重新计算")
    audit.record(
        Action.RECOMPUTE_FLAGS, run, by=by, as_of=run.as_of, hits=run.counts, **run.changes
    )
    return run
