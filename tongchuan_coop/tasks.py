"""Wake-up calls about the machinery itself."""

from pathlib import Path

from celery import Task, shared_task
from django.conf import settings

from accounts.operations import life_signs
from tongchuan_coop import pairing
from tongchuan_coop.backup.snapshot import make_backup
from tongchuan_coop.stores import check_storage as compare_files


@shared_task(name="tongchuan_coop.tasks.give_sign", bind=True)
def give_sign(self: "Task[..., None]") -> None:
    """Note that beat sends and that this worker works."""
    life_signs.give_sign(life_signs.WORKER, self.request.hostname or "")


@shared_task(name="tongchuan_coop.tasks.check_storage")
def check_storage() -> None:
    """Compare rows and files, and forget workers of long ago."""
    life_signs.forget_old_workers()
    compare_files()


@shared_task(name="tongchuan_coop.tasks.back_up")
def back_up() -> None:
    """Make the night's back-up where a folder for it is set."""
    if settings.BACKUP_DIR:
        make_backup(Path(settings.BACKUP_DIR), keep=settings.BACKUP_KEEP)


@shared_task(name="tongchuan_coop.tasks.renew_pairing_needs")
def renew_pairing_needs() -> None:
    """Bring the societies that must be paired into line with titles and plans."""
    pairing.renew()
