"""Notes of machinery, each in real time: a set date of the demo must not make a worker look dead."""

import datetime as dt
from typing import Any

from accounts.models import LifeSign
from common import clock

WORKER = "worker"
BACKUP = "backup"
STORAGE = "storage"
FORGOTTEN_AFTER = dt.timedelta(days=7)


def give_sign(kind: str, name: str = "", *, good: bool = True, **detail: Any) -> None:
    """Note that something was alive or done now; the former note of the same name is replaced."""
    LifeSign.objects.update_or_create(
        kind=kind,
        name=name[:120],
        defaults={"at": clock.real_now(), "good": good, "detail": detail},
    )


def forget_old_workers() -> int:
    """Drop the names of worker processes that went away long ago."""
    old = LifeSign.objects.filter(kind=WORKER, at__lt=clock.real_now() - FORGOTTEN_AFTER)
    return old.delete()[0]
