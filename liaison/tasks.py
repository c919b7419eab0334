"""What happens every night around meetings; each only calls its operation."""

from celery import shared_task

from liaison.operations.consents import take_silence_for_consent
from liaison.operations.meetings import plan_meetings as plan


@shared_task(name="liaison.tasks.plan_meetings")
def plan_meetings() -> None:
    """Make the meetings of this quarter and the next ahead."""
    plan(by=None)


@shared_task(name="liaison.tasks.close_silent_rounds")
def close_silent_rounds() -> None:
    """Let silence count as consent where the rule of the body says so."""
    take_silence_for_consent()
