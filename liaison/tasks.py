"""What happens every night around meetings and societies; each only calls its operation."""

from celery import shared_task

from accounts.models import User
from liaison.operations.consents import take_silence_for_consent
from liaison.operations.meetings import plan_meetings as plan
from liaison.operations.watches import derive_watches


@shared_task(name="liaison.tasks.plan_meetings")
def plan_meetings() -> None:
    """Make the meetings of this quarter and the next ahead."""
    plan(by=None)


@shared_task(name="liaison.tasks.close_silent_rounds")
def close_silent_rounds() -> None:
    """Let silence count as consent where the rule of the body says so."""
    take_silence_for_consent()


@shared_task(name="liaison.tasks.note_fund_signs")
def note_fund_signs() -> None:
    """Note what the lines about credit cooperation say of fund-raising."""
    derive_watches(by=User.objects.machine())
