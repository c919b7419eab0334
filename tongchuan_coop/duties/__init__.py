"""What waits for a person now, computed from facts: each duty has a reason, a day and one button.

Duties follow rights, not roles. Every finder costs a fixed number of queries, whatever the size of
the register, and each count is that of the list behind its button.
"""

from collections.abc import Callable, Iterator

from accounts.models import User
from tongchuan_coop.duties import (
    cleanup,
    demonstration,
    intake,
    notices,
    register,
    reports,
    sharing,
    training,
    upkeep,
    verification,
)
from tongchuan_coop.duties.duty import Duty

# The most pressing rooms first; each lists its own finders.
FINDERS: tuple[Callable[[User], Iterator[Duty]], ...] = (
    *notices.FINDERS,
    *intake.FINDERS,
    *verification.FINDERS,
    *register.FINDERS,
    *cleanup.FINDERS,
    *training.FINDERS,
    *sharing.FINDERS,
    *demonstration.FINDERS,
    *reports.FINDERS,
    *upkeep.FINDERS,
)


def duties_of(user: User) -> list[Duty]:
    """Return everything that waits for this user, the most pressing kind first."""
    return [duty for find in FINDERS for duty in find(user)]
