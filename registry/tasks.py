"""Wake-up calls for workers; each only loads a job and calls its operation."""

from celery import shared_task

from accounts.models import User
from registry.ingestion.searchable import sort_in_what_was_left
from registry.operations import cleanup_cases, jobs, punctuality, rehearsal_runs
from registry.operations.flags import recompute_flags as recompute
from registry.operations.inbox import take_in_inbox
from registry.operations.matching import find_pairs as look_for_pairs
from registry.operations.verification import resume_due_flags
from registry.sides.compare import compare_sources as compare


@shared_task(name="registry.tasks.run_job")
def run_job(job_id: int) -> None:
    """Work one job on, if nobody else does."""
    jobs.run_job(job_id)


@shared_task(name="registry.tasks.sweep_jobs")
def sweep_jobs() -> None:
    """Work on what no message or a dead worker has left behind."""
    for job_id in jobs.waiting_jobs():
        jobs.run_job(job_id)


@shared_task(name="registry.tasks.look_into_inbox")
def look_into_inbox() -> None:
    """Take in the files that were laid into the watched folder."""
    for delivery in take_in_inbox():
        wake(delivery.job.pk)


@shared_task(name="registry.tasks.find_pairs")
def find_pairs() -> None:
    """Look for societies that stand twice, should a worker have died before it could."""
    look_for_pairs()


@shared_task(name="registry.tasks.sort_names_in")
def sort_names_in() -> None:
    """Sort new societies into the search index, should a worker have died before it could."""
    sort_in_what_was_left()


@shared_task(name="registry.tasks.recompute_flags")
def recompute_flags() -> None:
    """Compute every rule for the day: time passes, and a version may have come into force."""
    recompute(by=None)


@shared_task(name="registry.tasks.resume_flags")
def resume_flags() -> None:
    """Let deferred suspicions come back on their day."""
    resume_due_flags()


@shared_task(name="registry.tasks.compare_sources")
def compare_sources() -> None:
    """Compare the sources again, for what came in otherwise than by a file."""
    compare()


@shared_task(name="registry.tasks.confirm_cleared")
def confirm_cleared() -> None:
    """Close the cases of societies that the regulator's data no longer hold."""
    cleanup_cases.confirm_cleared(by=User.objects.machine())


@shared_task(name="registry.tasks.send_due_reminders")
def send_due_reminders() -> None:
    """Remind the departments of what is due or overdue, one digest a day."""
    punctuality.send_due_reminders()


@shared_task(name="registry.tasks.run_rehearsal")
def run_rehearsal(key: int) -> None:
    """Compute one rehearsal, if nobody else does."""
    rehearsal_runs.run_rehearsal(key)


@shared_task(name="registry.tasks.sweep_rehearsals")
def sweep_rehearsals() -> None:
    """Compute what no message or a dead worker has left behind."""
    for key in rehearsal_runs.waiting_rehearsals():
        rehearsal_runs.run_rehearsal(key)


def wake_rehearsal(key: int) -> None:
    """Ask a worker to compute a rehearsal; a silent broker costs nothing but time."""
    try:
        run_rehearsal.apply_async((key,), retry=False)
    except Exception:
        rehearsal_runs.log.warning("rehearsal %s: no broker answered; the sweeper finds it", key)


def wake(job_id: int) -> None:
    """Ask a worker to look at a job; a broker that does not answer costs nothing but time."""
    try:
        run_job.apply_async((job_id,), retry=False)
    except Exception:
        jobs.log.warning("job %s: no broker answered; the sweeper will find it", job_id)
