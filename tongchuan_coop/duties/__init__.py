"""What waits for a person now, computed from facts: each duty has a reason, a day and one button.

Duties follow rights, not roles. Nothing is stored: a duty is there while its facts are, and gone
with them. A finder yields `Duty` for what it has looked up and `Waiting` for a list that only has
to be counted; all lists are counted in one query, so the page costs a fixed number of them,
whatever the size of the register. Each count is that of the list behind its button.
"""

from collections.abc import Callable, Iterable

from accounts.models import User
from tongchuan_coop.duties import (
    cleanup,
    demonstration,
    exemplars,
    help_requests,
    intake,
    meetings,
    notices,
    register,
    reports,
    sharing,
    sponsorships,
    training,
    upkeep,
    verification,
    watches,
    work_plan,
)
from tongchuan_coop.duties.duty import Duty, Waiting
from tongchuan_coop.duties.tally import tally

# The most pressing rooms first; each lists its own finders.
FINDERS: tuple[Callable[[User], Iterable[Duty | Waiting]], ...] = (
    *notices.FINDERS,
    *intake.FINDERS,
    *verification.FINDERS,
    *register.FINDERS,
    *cleanup.FINDERS,
    *watches.FINDERS,
    *work_plan.FINDERS,
    *training.FINDERS,
    *sharing.FINDERS,
    *meetings.FINDERS,
    *help_requests.FINDERS,
    *exemplars.FINDERS,
    *sponsorships.FINDERS,
    *demonstration.FINDERS,
    *reports.FINDERS,
    *upkeep.FINDERS,
)


def duties_of(user: User) -> list[Duty]:
    """Return everything that waits for this user, the most pressing kind first."""
    return tally(piece for find in FINDERS for piece in find(user))
