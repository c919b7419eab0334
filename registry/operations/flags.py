"""Recomputing suspicions because a person or a timer asks for it, and looking back without a trace."""

import datetime as dt

from django.db import transaction

from accounts.models import User
from accounts.operations import audit
from accounts.policy import Action
from common import clock
from registry.flags.catalogue import RULES
from registry.flags.evaluate import evaluate_flags
from registry.flags.tally import look_back
from registry.models import FlagRun
from registry.operations.verification import resume_due_flags


@transaction.atomic
def recompute_flags(*, by: User | None, as_of: dt.date | None = None) -> FlagRun:
    """Compute all rules for a day (today, without one) and record who asked; `by` None is the system.

    Another day is a question and not an act: the rules run on the facts that are true then, and no
    suspicion opens or closes.
    """
    day = as_of or clock.today()
    if day != clock.today():
        return look_back(day, RULES)
    resume_due_flags()
    run = evaluate_flags(day, cause="重新计算")
    audit.record(
        Action.RECOMPUTE_FLAGS, run, by=by, as_of=run.as_of, hits=run.counts, **run.changes
    )
    return run
