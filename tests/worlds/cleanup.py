"""Survey and clean-up in a world: one record in the district's survey, one case."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from common import clock
from registry.cleanup.choices import Route
from registry.models import (
    BatchEntry,
    CaseStep,
    CleanupCase,
    RectificationTask,
    Relation,
    SurveyCampaign,
    SurveyRecord,
    TipOff,
)
from registry.operations.cleanup_cases import open_case
from registry.operations.rectification import add_task
from tests.factories.cleanup import (
    RelationFactory,
    SurveyRecordFactory,
    TipOffFactory,
    planned_day,
    running_campaign,
)
from tests.worlds.register import Register


class Cleanup(Register):
    """Rows of survey and clean-up that stand near or far."""

    @cached_property
    def survey_record(self) -> SurveyRecord:
        record: SurveyRecord = SurveyRecordFactory(
            campaign=running_campaign(), cooperative=self.cooperative
        )
        return record

    @cached_property
    def case(self) -> CleanupCase:
        """A case with a part for the department of this world, and a task."""
        case = open_case(
            self.cooperative, route=Route.RECTIFICATION, because="内部线索", by=self.clerk
        )
        case.steps.update(department=self.department)
        return case

    @property
    def step(self) -> CaseStep:
        """The first step of the case."""
        first = self.case.steps.order_by("position").first()
        assert first is not None
        return first

    @property
    def campaign(self) -> SurveyCampaign:
        """The district's survey, in which near and far have a record each."""
        return self.survey_record.campaign

    @cached_property
    def task(self) -> RectificationTask:
        return add_task(self.case, "建立成员账户", due_on=clock.today(), by=self.clerk)

    @cached_property
    def entry(self) -> BatchEntry:
        """A place on the district's batch day, which lies ahead."""
        day = planned_day()
        entry: BatchEntry = BatchEntry.objects.create(
            day=day, case=self.case, slot=day.entries.count() + 1
        )
        return entry

    @cached_property
    def relation(self) -> Relation:
        """A farm of this township that joined its society."""
        relation: Relation = RelationFactory(
            cooperative=self.cooperative, subject__township=self.township, recorded_by=self.clerk
        )
        return relation

    @cached_property
    def tip(self) -> TipOff:
        tip: TipOff = TipOffFactory(cooperative=self.cooperative)
        return tip


SAMPLES: dict[str, Callable[[Any], Any]] = {
    "campaign": lambda _world: running_campaign().pk,
    "record": lambda world: world.survey_record.pk,
    "case": lambda world: world.case.pk,
    "step": lambda world: world.step.pk,
    "task": lambda world: world.task.pk,
    "batch": lambda world: world.entry.day_id,
    "entry": lambda world: world.entry.pk,
    "place": lambda world: world.entry.pk,
    "relation": lambda world: world.relation.pk,
    "tip": lambda world: world.tip.pk,
}
STANDING = ("survey_record", "case", "task", "entry", "relation", "tip")
