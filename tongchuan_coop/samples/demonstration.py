"""Samples of criteria, rounds, honours and plans; rows that belong together."""

from typing import Any

from demonstration.choices import ApplicationState, CriteriaState
from demonstration.models import (
    CriteriaItem,
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
    Reviewer,
    ShareDividend,
    SocietyStrength,
    UpwardForwarding,
)
from registry.models import CooperativeAgent
from tongchuan_coop.samples.first import first, known

LIKELY: dict[str, Any] = {}


def rows() -> dict[str, Any]:
    """Return a value for each argument that this part's addresses take."""
    draft = CriteriaSet.objects.filter(state=CriteriaState.DRAFT).first()
    criteria = draft or CriteriaSet.objects.order_by("pk").first()
    item = CriteriaItem.objects.filter(criteria=criteria).order_by("pk").first()
    reviewer = Reviewer.objects.order_by("pk").first()
    objection = Objection.objects.order_by("pk").first()
    forwarding = UpwardForwarding.objects.order_by("pk").first()
    task = MonitoringTask.objects.order_by("pk").first()
    measure = PlanMeasure.objects.order_by("pk").first()
    lines = InnovationEntry.objects.standing().order_by("-kind", "pk")
    own = CooperativeAgent.objects.filter(until__isnull=True).values("cooperative")
    line = lines.filter(cooperative__in=own).first() or lines.first()
    dividend = ShareDividend.objects.order_by("pk").first()
    handed_in = RatingApplication.objects.exclude(state=ApplicationState.DRAFT)
    found: dict[str, Any] = {
        "title": first(DemonstrationTitle),
        "criteria": criteria and criteria.pk,
        "item": item and item.pk,
        "round": reviewer.round_id if reviewer else first(RatingRound),
        "reviewer": reviewer and reviewer.pk,
        "application": handed_in.order_by("pk").values_list("pk", flat=True).first(),
        "demonstration:application-write:application": handed_in.filter(
            cooperative__agents__until__isnull=True, cooperative__agents__isnull=False
        )
        .order_by("pk")
        .values_list("pk", flat=True)
        .first(),
        "demonstration:objection-answer:application": objection and objection.application_id,
        "objection": objection and objection.pk,
        "demonstration:forwarding-answer:application": forwarding and forwarding.application_id,
        "forwarding": forwarding and forwarding.pk,
        "monitoring": task.case_id if task else first(MonitoringCase),
        "remedy": task and task.pk,
        "plan": measure.plan_id if measure else first(CultivationPlan),
        "measure": measure and measure.pk,
        "entry": NamedListEntry.objects.current()
        .order_by("pk")
        .values_list("pk", flat=True)
        .first(),
        "strength": first(SocietyStrength),
        "innovation": line and line.pk,
        "demonstration:dividend-create:innovation": dividend and dividend.entry_id,
        "dividend": dividend and dividend.pk,
    }
    return known(found)
