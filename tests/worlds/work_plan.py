"""The work plan in a world: a task that its department leads and its township takes part in."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from pilot.models import EvidenceLink, PlanTask, TaskDependency, TaskPart
from pilot.plan_choices import PartState
from tests.factories.pilot import PartFactory, PlanTaskFactory
from tests.worlds.ground import Ground


class WorkPlan(Ground):
    """Tasks that stand near or far."""

    @cached_property
    def plan_task(self) -> PlanTask:
        task: PlanTask = PlanTaskFactory(lead=self.department, proofs=["visits"])
        return task

    @cached_property
    def part(self) -> TaskPart:
        """What the township does of it: under way."""
        part: TaskPart = PartFactory(
            task=self.plan_task, unit=self.township, state=PartState.UNDER_WAY
        )
        return part

    @cached_property
    def evidence_link(self) -> EvidenceLink:
        return EvidenceLink.objects.create(
            part=self.part, label="走访记录", address="/training/visits/", added_by=self.clerk
        )

    @cached_property
    def task_link(self) -> TaskDependency:
        """What the task waits for."""
        before = PlanTaskFactory(
            lead=self.department,
            start_on=self.plan_task.programme.starts_on,
            due_on=self.plan_task.programme.starts_on,
        )
        return TaskDependency.objects.create(task=self.plan_task, waits_for=before)


SAMPLES: dict[str, Callable[[Any], Any]] = {
    "pilot:task-detail:task": lambda world: world.part.task_id,
    "pilot:task-edit:task": lambda world: world.part.task_id,
    "pilot:task-move:task": lambda world: world.part.task_id,
    "pilot:task-remove:task": lambda world: world.part.task_id,
    "pilot:wait-add:task": lambda world: world.part.task_id,
    "pilot:wait-remove:task": lambda world: world.task_link.task_id,
    "pilot:wait-remove:link": lambda world: world.task_link.pk,
    "part": lambda world: world.part.pk,
    "pilot:part-unlink:link": lambda world: world.evidence_link.pk,
    "pilot:unit-page:unit": lambda world: world.part.unit_id,
}
STANDING = ("plan_task", "part", "evidence_link", "task_link")
