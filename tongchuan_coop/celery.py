"""The worker's application: tasks are wake-up calls, the job rows are the queue."""

import os

from celery import Celery
from celery.schedules import crontab
from celery.signals import worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongchuan_coop.settings")

app = Celery("tongchuan_coop")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    "sweep-jobs": {"task": "registry.tasks.sweep_jobs", "schedule": 5.0, "options": {"expires": 5}},
    "look-into-inbox": {
        "task": "registry.tasks.look_into_inbox",
        "schedule": 15.0,
        "options": {"expires": 15},
    },
    "compare-sources": {"task": "registry.tasks.compare_sources", "schedule": crontab(minute=25)},
    "remind-senders": {
        "task": "registry.tasks.send_due_reminders",
        "schedule": crontab(hour=8, minute=30),
    },
    "find-pairs": {"task": "registry.tasks.find_pairs", "schedule": crontab(hour=2, minute=10)},
    "recompute-flags": {
        "task": "registry.tasks.recompute_flags",
        "schedule": crontab(hour=3, minute=20),
    },
    "resume-flags": {"task": "registry.tasks.resume_flags", "schedule": 3600.0},
    "send-outbox": {
        "task": "accounts.tasks.send_outbox",
        "schedule": 20.0,
        "options": {"expires": 20},
    },
    "daily-digest": {"task": "accounts.tasks.daily_digest", "schedule": crontab(hour=7, minute=30)},
    "confirm-cleared": {
        "task": "registry.tasks.confirm_cleared",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
}


@worker_ready.connect
def sweep_at_start(**_: object) -> None:
    """Wake the jobs that a former worker left behind, without waiting for beat."""
    app.send_task("registry.tasks.sweep_jobs")
    app.send_task("registry.tasks.look_into_inbox")
