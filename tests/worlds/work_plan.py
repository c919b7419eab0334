"""The work plan in a world: a task that its department leads and its township takes part in."""

import datetime as dt
from collections.abc import Callable
from functools import cached_property
from typing import Any

from accounts.choices import Role
from accounts.models import User
from common import clock
from pilot.models import (
    Acceptance,
    AcceptanceFinding,
    Archive,
    CheckItem,
    EvidenceLink,
    PlanTask,
    TaskDependency,
    TaskPart,
)
from pilot.operations.acceptances import open_acceptance
from pilot.operations.archives import build_archive, request_archive
from pilot.plan_choices import AcceptanceKind, PartState, Verdict
from tests.factories.accounts import UserFactory, unit
from tests.factories.pilot import PartFactory, PlanTaskFactory
from tests.worlds.ground import Ground


def a_bureau_person() -> User:
    """Return somebody of the bureau; the first, when there is one."""
    found = User.objects.people().filter(role=Role.BUREAU).order_by("pk").first()
    return found or UserFactory(role=Role.BUREAU, unit=unit("农业农村局"))


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

    @cached_property
    def acceptance(self) -> Acceptance:
        """A check of the district that has this world's task in it."""
        found = Acceptance.objects.filter(programme=self.plan_task.programme).first()
        return found or open_acceptance(
            self.plan_task.programme, AcceptanceKind.PRELIMINARY, by=a_bureau_person()
        )

    @cached_property
    def check_item(self) -> CheckItem:
        kept, _ = CheckItem.objects.get_or_create(
            acceptance=self.acceptance,
            task=self.part.task,
            defaults={
                "position": self.acceptance.items.count() + 1,
                "title": self.part.task.title,
                "verdict": Verdict.GAP,
            },
        )
        return kept

    @cached_property
    def finding(self) -> AcceptanceFinding:
        """What the township has to put right of the task that the department leads."""
        return AcceptanceFinding.objects.create(
            item=self.check_item,
            unit=self.township,
            text="缺签到表",
            due_on=clock.today() + dt.timedelta(days=20),
        )

    @cached_property
    def archive(self) -> Archive:
        """An archive that stands ready, built of what there is."""
        made = Archive.objects.filter(programme=self.part.task.programme).first()
        if made is None:
            made = request_archive(self.part.task.programme, by=a_bureau_person())
            build_archive(made.pk)
            made.refresh_from_db()
        return made


SAMPLES: dict[str, Callable[[Any], Any]] = {
    "api:tasks-detail:task": lambda world: world.part.task_id,
    "pilot:task-detail:task": lambda world: world.part.task_id,
    "pilot:task-edit:task": lambda world: world.part.task_id,
    "pilot:task-move:task": lambda world: world.part.task_id,
    "pilot:task-remove:task": lambda world: world.part.task_id,
    "pilot:wait-add:task": lambda world: world.part.task_id,
    "pilot:wait-remove:task": lambda world: world.task_link.task_id,
    "pilot:wait-remove:link": lambda world: world.task_link.pk,
    "part": lambda world: world.part.pk,
    "acceptance": lambda world: world.acceptance.pk,
    "pilot:acceptance-item:acceptance": lambda world: world.check_item.acceptance_id,
    "pilot:acceptance-item:item": lambda world: world.check_item.pk,
    "finding": lambda world: world.finding.pk,
    "archive": lambda world: world.archive.pk,
    "pilot:part-unlink:link": lambda world: world.evidence_link.pk,
    "pilot:unit-page:unit": lambda world: world.part.unit_id,
}
STANDING = (
    "plan_task",
    "part",
    "evidence_link",
    "task_link",
    "acceptance",
    "check_item",
    "finding",
    "archive",
)
