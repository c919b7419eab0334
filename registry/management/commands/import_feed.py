"""Take a file in from the command line, with the same operations as the web upload."""

import json
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from common.workflow import TransitionRefused
from registry.choices import FeedScope, FeedSource, JobState
from registry.models import IngestJob
from registry.operations.deliveries import Receipt, commit_delivery, receive_delivery
from registry.operations.jobs import run_job

KEYS = (
    *("physical", "header", "blank", "note", "new", "changed", "unchanged", "gone"),
    *("doubtful", "rejected", "duplicate"),
)
EXIT = {"staged": 0, "committed": 0, "refused": 2, "held": 3, "duplicate": 4}
_OUTCOMES: dict[str, str] = {
    JobState.STAGED: "staged",
    JobState.COMMITTED: "committed",
    JobState.HELD: "held",
    JobState.REFUSED: "refused",
}


class Command(BaseCommand):
    help = "把一份数据文件送入检查，--commit 时直接入库。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", required=True, choices=FeedSource.values)
        parser.add_argument("--quarter", required=True)
        parser.add_argument("--scope", required=True, choices=FeedScope.values)
        parser.add_argument("--commit", action="store_true")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        if not options["file"].is_file():
            raise CommandError(f"没有这个文件，或不是普通文件：{options['file']}")
        with _opened(options["file"]) as stream:
            receipt = receive_delivery(
                stream,
                filename=options["file"].name,
                source=options["source"],
                quarter=options["quarter"],
                scope=options["scope"],
                by=User.objects.machine(),
            )
        answer = _run(receipt, commit=options["commit"])
        answer["seconds"] = round(time.monotonic() - began, 3)
        self.stdout.write(
            json.dumps(answer, ensure_ascii=False) if options["json"] else _words(answer)
        )
        raise SystemExit(EXIT[answer["outcome"]])


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise CommandError(f"打不开文件：{path}（{error.strerror}）") from error


def _run(receipt: Receipt, *, commit: bool) -> dict[str, Any]:
    """Work the job to its end in this process and describe what came of it."""
    if receipt.duplicate_of is not None:
        return _answer("duplicate", receipt.duplicate_of.job, reason="SAME_BYTES")
    if receipt.delivery is None:
        return {
            "delivery": None,
            "outcome": "refused",
            "reason": receipt.refused_reason,
            "message": receipt.message,
            "rows": dict.fromkeys(KEYS, 0),
        }
    job = receipt.delivery.job
    _work(job)
    if commit and job.state == JobState.STAGED:
        try:
            commit_delivery(job, by=User.objects.machine())
        except TransitionRefused as refusal:
            return _answer("held", job, reason=str(refusal))
        _work(job)
    if job.reason == "SAME_CONTENT":
        return _answer("duplicate", job, reason=job.reason)
    return _answer(_OUTCOMES.get(job.state, "held"), job, reason=job.reason)


def _work(job: IngestJob) -> None:
    """Run steps until nothing is left to do; a failing step is tried as often as a worker would."""
    for _ in range(8):
        run_job(job.pk)
        job.refresh_from_db()
        if not job.is_working:
            return
        time.sleep(1)


def _answer(outcome: str, job: IngestJob, *, reason: str) -> dict[str, Any]:
    return {
        "delivery": job.delivery_id,
        "outcome": outcome,
        "reason": reason,
        "message": job.message,
        "rows": {key: job.counts.get(key, 0) for key in KEYS},
    }


def _words(answer: dict[str, Any]) -> str:
    counts = "，".join(f"{key}={value}" for key, value in answer["rows"].items())
    return f"{answer['outcome']} {answer['reason']} {answer['message']}\n{counts}"
