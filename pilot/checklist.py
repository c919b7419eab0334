"""What a check finds: for each task what is there, what is missing, and the points for it.

Read for the whole plan in a fixed number of queries, never item by item.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from accounts.models import Attachment
from pilot.models import EvidenceLink, PlanTask, Programme, TaskPart
from pilot.plan_choices import FINISHED_PARTS, Verdict
from pilot.proofs import PROOFS_BY_KEY, numbers_of

HALF = Decimal("0.5")
NAMED = 3


@dataclass(frozen=True)
class Checked:
    """What the portal found for one task on a day."""

    task: Any
    verdict: Verdict
    found: str
    gaps: list[str] = field(default_factory=list)

    def points_of(self, full: int) -> Decimal:
        """Return the points that the finding suggests, out of `full`."""
        match self.verdict:
            case Verdict.MET:
                return Decimal(full)
            case Verdict.PARTLY:
                return full * HALF
            case _:
                return Decimal(0)


def check_tasks(programme: Programme, day: dt.date) -> list[Checked]:
    """Return every task of a programme, checked against its parts and its evidence on a day."""
    tasks = list(
        PlanTask.objects.filter(programme=programme).with_progress().order_by("start_on", "pk")
    )
    parts = list(
        TaskPart.objects.filter(task__programme=programme)
        .select_related("unit")
        .order_by("unit__kind", "unit__position")
    )
    seen = _Seen(
        _files(parts),
        Counter(
            EvidenceLink.objects.filter(part__task__programme=programme).values_list(
                "part", flat=True
            )
        ),
        numbers_of({key for task in tasks for key in task.proofs}, programme),
    )
    by_task: dict[int, list[TaskPart]] = defaultdict(list)
    for part in parts:
        by_task[part.task_id].append(part)
    return [_check(task, by_task[task.pk], seen, day) for task in tasks]


@dataclass(frozen=True)
class _Seen:
    """How many files and pages each part has, and how many rows each list."""

    files: Counter[int]
    pages: Counter[int]
    rows: dict[str, int]


def _files(parts: Iterable[TaskPart]) -> Counter[int]:
    keys = [part.pk for part in parts]
    owners = Attachment.objects.of_all(TaskPart, keys).order_by()
    return Counter(int(key) for key in owners.values_list("owner_key", flat=True))


def _check(
    task: Any,
    parts: list[TaskPart],
    seen: _Seen,
    day: dt.date,
) -> Checked:
    ended = [part for part in parts if part.state in FINISHED_PARTS]
    attached = sum(seen.files[part.pk] for part in parts)
    linked = sum(seen.pages[part.pk] for part in parts)
    lists = [PROOFS_BY_KEY[key] for key in task.proofs if key in PROOFS_BY_KEY]
    filled = [proof for proof in lists if seen.rows[proof.key]]
    found = f"{len(parts)} 个单位中 {len(ended)} 个完成；附件 {attached} 份，页面 {linked} 个"
    if lists:
        found += "；" + "、".join(f"{proof.label} {seen.rows[proof.key]} 条" for proof in lists)
    gaps = _gaps(parts, ended, proven=bool(attached or linked or filled))
    gaps += [f"平台里“{proof.label}”还没有记录" for proof in lists if proof not in filled]
    verdict = _verdict(task, parts, ended, gaps, day)
    return Checked(task, verdict, found, [] if verdict == Verdict.NOT_DUE else gaps)


def _gaps(parts: list[TaskPart], ended: list[TaskPart], *, proven: bool) -> list[str]:
    gaps = []
    behind = [part.unit.short_name for part in parts if part not in ended]
    if behind:
        named = "、".join(behind[:NAMED]) + ("等" if len(behind) > NAMED else "")
        gaps.append(f"{len(behind)} 个单位还没有报告完成：{named}")
    if not proven:
        gaps.append("没有附件、页面或名单证明")
    return gaps


def _verdict(
    task: Any, parts: list[TaskPart], ended: list[TaskPart], gaps: list[str], day: dt.date
) -> Verdict:
    if task.due_on >= day and len(ended) < len(parts):
        return Verdict.NOT_DUE
    if not gaps:
        return Verdict.MET
    return Verdict.PARTLY if ended else Verdict.GAP
