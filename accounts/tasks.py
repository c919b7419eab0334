"""Wake-up calls for workers: the outbox rows say what is to be done."""

from celery import shared_task

from accounts.operations import outbox


@shared_task(name="accounts.tasks.send_outbox")
def send_outbox() -> None:
    """Send the messages that are due."""
    outbox.send_waiting()


@shared_task(name="accounts.tasks.daily_digest")
def daily_digest() -> None:
    """Lay out the day's summaries of unread notices."""
    outbox.prepare_digests()
