"""The worker's application: tasks are wake-up calls, the job rows are the queue."""

import os
from logging.config import dictConfig
from typing import Any

from celery import Celery, Task
from celery.schedules import crontab
from celery.signals import setup_logging, task_postrun, task_prerun, worker_ready
from django.conf import settings

from common.logs import belongs_to

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongchuan_coop.settings")

app = Celery("tongchuan_coop")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    "sweep-jobs": {"task": "registry.tasks.sweep_jobs", "schedule": 5.0, "options": {"expires": 5}},
    "sweep-rehearsals": {
        "task": "registry.tasks.sweep_rehearsals",
        "schedule": 10.0,
        "options": {"expires": 10},
    },
    "look-into-inbox": {
        "task": "registry.tasks.look_into_inbox",
        "schedule": 15.0,
        "options": {"expires": 15},
    },
    "sort-names-in": {"task": "registry.tasks.sort_names_in", "schedule": 600.0},
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
    "renew-pairing-needs": {
        "task": "tongchuan_coop.tasks.renew_pairing_needs",
        "schedule": crontab(hour=3, minute=40),
    },
    "open-triggered-cases": {
        "task": "demonstration.tasks.open_triggered_cases",
        "schedule": crontab(hour=3, minute=50),
    },
    "recompute-standings": {
        "task": "demonstration.tasks.recompute_standings",
        "schedule": crontab(hour=4, minute=10),
    },
    "resume-flags": {"task": "registry.tasks.resume_flags", "schedule": 3600.0},
    "send-outbox": {
        "task": "accounts.tasks.send_outbox",
        "schedule": 20.0,
        "options": {"expires": 20},
    },
    "sweep-exports": {
        "task": "accounts.tasks.sweep_exports",
        "schedule": 10.0,
        "options": {"expires": 10},
    },
    "daily-digest": {"task": "accounts.tasks.daily_digest", "schedule": crontab(hour=7, minute=30)},
    "keep-figures": {"task": "pilot.tasks.keep_figures", "schedule": crontab(hour=4, minute=20)},
    "give-sign": {
        "task": "tongchuan_coop.tasks.give_sign",
        "schedule": 30.0,
        "options": {"expires": 30},
    },
    "check-storage": {
        "task": "tongchuan_coop.tasks.check_storage",
        "schedule": crontab(hour=1, minute=10),
    },
    "back-up": {"task": "tongchuan_coop.tasks.back_up", "schedule": crontab(hour=1, minute=40)},
    "plan-meetings": {
        "task": "liaison.tasks.plan_meetings",
        "schedule": crontab(hour=1, minute=40),
    },
    "close-silent-rounds": {
        "task": "liaison.tasks.close_silent_rounds",
        "schedule": crontab(hour=1, minute=50),
    },
    "note-fund-signs": {
        "task": "liaison.tasks.note_fund_signs",
        "schedule": crontab(hour=3, minute=20),
    },
    "sweep-archives": {
        "task": "pilot.tasks.sweep_archives",
        "schedule": 30.0,
        "options": {"expires": 30},
    },
    "confirm-cleared": {
        "task": "registry.tasks.confirm_cleared",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
}


@setup_logging.connect
def use_our_logging(**_: object) -> None:
    """Keep the settings' log lines: Celery would put its own in their place."""
    dictConfig(settings.LOGGING)


@task_prerun.connect
def name_the_task(
    task_id: str, task: "Task[..., Any]", args: tuple[object, ...], **_: object
) -> None:
    """Let every log line inside a task carry its name, its number and the row it works on."""
    row = {"row": args[0]} if args else {}
    belongs_to.set({"task": task.name, "task_id": task_id, **row})


@task_postrun.connect
def forget_the_task(**_: object) -> None:
    """End what the lines belonged to."""
    belongs_to.set({})


@worker_ready.connect
def sweep_at_start(**_: object) -> None:
    """Wake the jobs that a former worker left behind, without waiting for beat."""
    app.send_task("registry.tasks.sweep_jobs")
    app.send_task("registry.tasks.look_into_inbox")
