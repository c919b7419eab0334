"""Wake-up calls for workers; each only calls its operation."""

from celery import shared_task

from common import clock
from pilot.figures import keep_figures, keep_quarters
from pilot.models import Programme
from pilot.operations import archives


@shared_task(name="pilot.tasks.keep_figures")
def keep_figures_of_today() -> None:
    """Keep the figures of every programme under way, and what past quarters still lack."""
    for programme in Programme.objects.running():
        keep_figures(programme, clock.today())
        keep_quarters(programme)


@shared_task(name="pilot.tasks.build_archive")
def build_archive(key: int) -> None:
    """Build one archive, if nobody else does."""
    archives.build_archive(key)


@shared_task(name="pilot.tasks.sweep_archives")
def sweep_archives() -> None:
    """Build what no message or a dead worker has left behind."""
    for key in archives.waiting_archives():
        archives.build_archive(key)


def wake(key: int) -> None:
    """Ask a worker to build an archive; a broker that does not answer costs nothing but time."""
    try:
        build_archive.apply_async((key,), retry=False)
    except Exception:
        archives.log.warning("archive %s: no broker answered; the sweeper will find it", key)
