"""Wake-up calls for workers: the outbox rows say what is to be done."""

from celery import shared_task

from accounts.operations import exports, outbox


@shared_task(name="accounts.tasks.send_outbox")
def send_outbox() -> None:
    """Send the messages that are due."""
    outbox.send_waiting()


@shared_task(name="accounts.tasks.daily_digest")
def daily_digest() -> None:
    """Lay out the day's summaries of unread notices."""
    outbox.prepare_digests()


@shared_task(name="accounts.tasks.run_export")
def run_export(job_id: int) -> None:
    """Make one export, if nobody else does."""
    exports.run_export(job_id)


@shared_task(name="accounts.tasks.sweep_exports")
def sweep_exports() -> None:
    """Make what no message or a dead worker has left behind; take away what was kept long enough."""
    for job_id in exports.waiting_exports():
        exports.run_export(job_id)
    exports.expire_exports()


def wake_export(job_id: int) -> None:
    """Ask a worker to make an export; without an answering broker the sweeper finds it."""
    try:
        run_export.apply_async((job_id,), retry=False)
    except Exception:
        exports.log.warning("export %s: no broker answered; the sweeper will find it", job_id)
