"""What waits for a person now, computed from facts: each duty has a reason, a day and one button.

Duties follow rights, not roles. Every finder costs a fixed number of queries, whatever the size of
the register, and each count is that of the list behind its button.
"""

from collections.abc import Callable, Iterator

from accounts.models import User
from tongchuan_coop.duties import intake, register, upkeep
from tongchuan_coop.duties.duty import Duty

FINDERS: tuple[Callable[[User], Iterator[Duty]], ...] = (
    intake.missing_quarter,
    intake.refused_deliveries,
    intake.waiting_deliveries,
    intake.doubtful_rows,
    register.unresolved_addresses,
    register.grave_flags,
    upkeep.stuck_jobs,
    upkeep.people_without_society,
    upkeep.unverified_trail,
    upkeep.unused_accounts,
)


def duties_of(user: User) -> list[Duty]:
    """Return everything that waits for this user, the most pressing kind first."""
    return [duty for find in FINDERS for duty in find(user)]
