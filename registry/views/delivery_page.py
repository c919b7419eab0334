"""What the page of one delivery shows, whole or as the fragment that follows its work."""

from typing import Any

from django.db.models import Count

from accounts import deeds
from accounts.models import AuditEvent, User
from common.template_tags import moment
from common.workflow import TransitionRefused
from registry import stages
from registry.choices import JobState, RowKind, RowOutcome
from registry.layouts import table_of_sheet
from registry.models import FeedDelivery, IngestJob
from registry.operations.resending import can_resend
from registry.workflows import JOB

TAKEN = (RowOutcome.NEW, RowOutcome.CHANGED, RowOutcome.UNCHANGED)
_SETTLED = {JobState.STAGED, JobState.HELD, JobState.COMMITTED}
_EVENTS_SHOWN = 30


def mark(job: IngestJob) -> str:
    """Return what changes whenever the page of a job would look different."""
    return f"{job.version}-{job.state}-{job.attempt}-{job.stage}-{job.rows_done}-{job.rows_known}"


def body(job: IngestJob, user: User) -> dict[str, Any]:
    """Return the context of the page's body."""
    delivery = job.delivery
    equation = None if job.is_working and not job.committed_at else stages.equation(job)
    hinted = hinted_rows(delivery).count() if equation else 0
    return {
        "job": job,
        "delivery": delivery,
        "mark": mark(job),
        "badge": stages.tone(job),
        "steps": stages.steps(job),
        "equation": equation,
        "tiles": stages.tiles(job) if equation else [],
        "gone": delivery.gone.count() if equation else 0,
        "hinted": hinted,
        "verdict": stages.verdict(job, hinted) if equation else None,
        "problems": problems(job, hinted) if equation else 0,
        "acts": stages.acts(job, user),
        "waits_for": stages.waits_for(job, user),
        "holds_now": stages.holds_now(job)[0],
        "holds_later": stages.holds_now(job)[1],
        "hold_choices": stages.hold_choices(job),
        "can_resend": can_resend(delivery, user),
        "twin": _twin(job),
        "sheets": _sheets(delivery),
        "by_sheet": outcomes_by_sheet(delivery) if equation else [],
        "notes": delivery.report.get("notes", []),
        "events": _events(job),
        "settled": job.state in _SETTLED,
        "overtaken": stages.overtaken(job) if job.counts.get("doubtful") else "",
    }


def hinted_rows(delivery: FeedDelivery) -> Any:
    """Return the accepted rows that carry a hint."""
    return delivery.rows.filter(kind=RowKind.DATA, outcome__in=TAKEN).exclude(issues=[])


def problems(job: IngestJob, hinted: int) -> int:
    """Count the rows that the list of problems speaks of."""
    kinds = (RowOutcome.DOUBTFUL, RowOutcome.REJECTED, RowOutcome.DUPLICATE)
    return hinted + sum(int(job.counts.get(kind, 0)) for kind in kinds)


def _sheets(delivery: FeedDelivery) -> list[dict[str, Any]]:
    """Return the sheets of a file as they were read; each column with what it is read as."""
    return [_sheet(sheet) for sheet in delivery.report.get("sheets", [])]


def _sheet(sheet: dict[str, Any]) -> dict[str, Any]:
    table = table_of_sheet(sheet)
    columns = [
        {**column, "label": table.by_field[column["field"]].label if column["field"] else ""}
        for column in sheet["columns"]
    ]
    known = sum(bool(column["label"]) for column in columns)
    return {
        **sheet,
        "table": table.label,
        "columns": columns,
        "known": known,
        "unread": len(columns) - known,
    }


def outcomes_by_sheet(delivery: FeedDelivery) -> list[dict[str, Any]]:
    """Return the numbers of each outcome for each sheet of a workbook; nothing for a single table."""
    read = [sheet for sheet in delivery.report.get("sheets", []) if sheet["used"]]
    if len(read) < 2:
        return []
    numbers: dict[tuple[str, str], int] = {
        (sheet, outcome): number
        for sheet, outcome, number in delivery.rows.filter(kind=RowKind.DATA)
        .values_list("sheet", "outcome")
        .annotate(number=Count("pk"))
    }
    return [
        {
            "name": sheet["name"],
            "table": table_of_sheet(sheet).label,
            "cells": [
                {
                    "key": key,
                    "label": RowOutcome(key).label,
                    "number": numbers.get((sheet["name"], key), 0),
                }
                for key in RowOutcome.values
                if key
            ],
        }
        for sheet in read
    ]


def _twin(job: IngestJob) -> FeedDelivery | None:
    """Return the earlier delivery with the same content, for which this one was sent back."""
    named = [d["delivery"] for d in job.decisions if d.get("code") == "SAME_CONTENT"]
    return FeedDelivery.objects.filter(pk__in=named).first()


def _events(job: IngestJob) -> list[dict[str, str]]:
    """Return what happened to a delivery, newest first, in words."""
    told = AuditEvent.objects.about(job.delivery) | AuditEvent.objects.about(job)
    return [
        {
            "when": moment(event.at),
            "what": _deed(event),
            "who": event.actor_name,
            "reason": event.reason,
        }
        for event in told.order_by("-sequence")[:_EVENTS_SHOWN]
    ]


def _deed(event: AuditEvent) -> str:
    try:
        arrow = JOB.find(event.detail.get("before", ""), event.detail.get("after", ""))
    except TransitionRefused:
        return deeds.deed(event.action)
    return f"提出“{arrow.label}”" if arrow.target != JobState.CANCELLED else arrow.label
