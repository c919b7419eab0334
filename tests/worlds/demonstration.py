"""The demonstration work in a world: a title, a round with an application, monitoring, a plan."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from demonstration.choices import ApplicationState, RoundState
from demonstration.models import (
    CriteriaSet,
    CultivationPlan,
    DemonstrationTitle,
    InnovationEntry,
    MonitoringCase,
    MonitoringTask,
    NamedListEntry,
    Objection,
    PlanMeasure,
    RatingApplication,
    RatingRound,
    ShareDividend,
    SocietyStrength,
    UpwardForwarding,
)
from tests.factories.demonstration import (
    ApplicationFactory,
    CaseFactory,
    DividendFactory,
    EntryFactory,
    ForwardingFactory,
    InnovationFactory,
    MeasureFactory,
    ObjectionFactory,
    PlanFactory,
    ReviewerFactory,
    RoundFactory,
    StrengthFactory,
    TaskFactory,
    TitleFactory,
    district_criteria,
    draft_of_criteria,
)
from tests.worlds.register import Register

NEAR = "罗江镇"


class Demonstration(Register):
    """Rows of the demonstration work that stand near or far."""

    @cached_property
    def criteria(self) -> CriteriaSet:
        """Near, what is released and everybody may read; far, a draft."""
        near = self.township.name == NEAR
        return district_criteria() if near else draft_of_criteria()

    @cached_property
    def title(self) -> DemonstrationTitle:
        title: DemonstrationTitle = TitleFactory(cooperative=self.cooperative)
        return title

    @cached_property
    def round(self) -> RatingRound:
        """A round that asks the world's department and whose reviewers are the world's people."""
        made: RatingRound = RoundFactory(state=RoundState.REVIEWING)
        made.consulted.set([self.department])
        for person in (self.clerk, self.counsellor, self.liaison):
            ReviewerFactory(round=made, user=person)
        return made

    @cached_property
    def application(self) -> RatingApplication:
        application: RatingApplication = ApplicationFactory(
            round=self.round, cooperative=self.cooperative, state=ApplicationState.REVIEWED
        )
        return application

    @cached_property
    def objection(self) -> Objection:
        objection: Objection = ObjectionFactory(
            application=self.application, recorded_by=self.clerk
        )
        return objection

    @cached_property
    def forwarding(self) -> UpwardForwarding:
        forwarding: UpwardForwarding = ForwardingFactory(application=self.application)
        return forwarding

    @cached_property
    def monitoring_case(self) -> MonitoringCase:
        case: MonitoringCase = CaseFactory(title=self.title)
        return case

    @cached_property
    def rectification(self) -> MonitoringTask:
        task: MonitoringTask = TaskFactory(case=self.monitoring_case)
        return task

    @cached_property
    def plan(self) -> CultivationPlan:
        plan: CultivationPlan = PlanFactory(cooperative=self.cooperative, responsible=self.clerk)
        return plan

    @cached_property
    def measure(self) -> PlanMeasure:
        measure: PlanMeasure = MeasureFactory(plan=self.plan)
        return measure

    @cached_property
    def list_entry(self) -> NamedListEntry:
        entry: NamedListEntry = EntryFactory(cooperative=self.cooperative)
        return entry

    @cached_property
    def strength(self) -> SocietyStrength:
        strength: SocietyStrength = StrengthFactory(cooperative=self.cooperative)
        return strength

    @cached_property
    def dividend(self) -> ShareDividend:
        dividend: ShareDividend = DividendFactory(
            entry=InnovationFactory(cooperative=self.cooperative, entered_by=self.counsellor)
        )
        return dividend

    @cached_property
    def innovation(self) -> InnovationEntry:
        return self.dividend.entry


SAMPLES: dict[str, Callable[[Any], Any]] = {
    "title": lambda world: world.title.pk,
    "criteria": lambda world: world.criteria.pk,
    "item": lambda world: world.criteria.items.first().pk,
    "round": lambda world: world.round.pk,
    "reviewer": lambda world: world.round.reviewers.order_by("pk").first().pk,
    "application": lambda world: world.application.pk,
    "objection": lambda world: world.objection.pk,
    "forwarding": lambda world: world.forwarding.pk,
    "monitoring": lambda world: world.monitoring_case.pk,
    "remedy": lambda world: world.rectification.pk,
    "plan": lambda world: world.plan.pk,
    "measure": lambda world: world.measure.pk,
    "entry": lambda world: world.list_entry.pk,
    "strength": lambda world: world.strength.pk,
    "innovation": lambda world: world.innovation.pk,
    "dividend": lambda world: world.dividend.pk,
}
STANDING = (
    "criteria",
    "title",
    "round",
    "application",
    "objection",
    "forwarding",
    "monitoring_case",
    "rectification",
    "plan",
    "measure",
    "list_entry",
    "strength",
    "dividend",
)
