"""Wake-up calls of the pilot."""

from celery import shared_task

from common import clock
from pilot.figures import keep_figures
from pilot.models import Programme


@shared_task(name="pilot.tasks.keep_figures")
def keep_figures_of_today() -> None:
    """Keep the figures of every programme under way."""
    for programme in Programme.objects.running():
        keep_figures(programme, clock.today())
