"""What happens every night around titles; each only calls its operation."""

from celery import shared_task

from accounts.models import User
from demonstration.operations.monitoring import open_triggered_cases as open_cases
from demonstration.operations.standings import recompute_standings as recompute


@shared_task(name="demonstration.tasks.open_triggered_cases")
def open_triggered_cases() -> None:
    """Open a monitoring case where a new listing, missed reports or a bad visit calls for one."""
    open_cases(by=User.objects.machine())


@shared_task(name="demonstration.tasks.recompute_standings")
def recompute_standings() -> None:
    """Check every living society against the criteria in force, after the night's other work."""
    recompute(by=User.objects.machine())
