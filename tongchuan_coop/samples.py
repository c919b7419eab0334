"""Rows that sample addresses name: the first of each kind, or a likely value in an empty database."""

from typing import Any

from django.db import DatabaseError

from accounts.choices import AttachmentKind
from accounts.models import (
    Attachment,
    AuditEvent,
    IssuedPaper,
    Notice,
    NoticeReceipt,
    OrganisationUnit,
    UnitAlias,
    User,
)
from accounts.policy import Action, Reach, roles_with
from demonstration.choices import ApplicationState, CriteriaState
from demonstration.models import (
    CriteriaItem,
    CriteriaSet,
    CultivationPlan,
    DemonstrationTitle,
    MonitoringCase,
    MonitoringTask,
    NamedListEntry,
    Objection,
    PlanMeasure,
    RatingApplication,
    RatingRound,
    Reviewer,
    SocietyStrength,
    UpwardForwarding,
)
from liaison.choices import GrantState
from liaison.models import ShareGrant
from registry.choices import EDITABLE_REPORTS
from registry.models import (
    AgentInvitation,
    AnnualReport,
    BatchDay,
    BatchEntry,
    CaseStep,
    CleanupCase,
    ConflictOfInterest,
    Contradiction,
    Cooperative,
    CooperativeAgent,
    FeedDelivery,
    FeedRow,
    Flag,
    GovernanceFact,
    MatchPair,
    Member,
    RectificationTask,
    Rehearsal,
    Relation,
    RosterCertificate,
    RosterUpload,
    SurveyCampaign,
    SurveyRecord,
    TipOff,
    WordMeaning,
)
from training.choices import VisitState
from training.models import (
    Counsellor,
    Handover,
    Promise,
    TrainingEvent,
    Visit,
    VisitPhoto,
    VisitProposal,
)

LIKELY: dict[str, Any] = {
    "shared": "abnormal",
    "sender": "scjgj",
    "uscc": "93511702MA6200001X",
    "form": "csv",
    "token": "0123456789abcdef",
    "training:year-summary:year": 2021,
    "training:event-sign-in:token": "0123456789abcdef",
    "source": "tax",
    "section": "basic",
    "year": 2020,
    "number": 1,
    "attachment": "6f1c7a52-4b0e-4a53-9d6e-2f6f0c1d7e11",
    "paper": "0b9d2f64-93b1-4f0e-8d2b-5a7c1e3f9a42",
    "visit": "6f1c7a52-4b0e-4a53-9d6e-2f6f0c1d7e11",
    "photo": "6f1c7a52-4b0e-4a53-9d6e-2f6f0c1d7e11",
}


def sample_values() -> dict[str, Any]:
    """Return a value for every argument that the portal's addresses take."""
    try:
        return {**LIKELY, **_from_rows(), **_of_training(), **_of_demonstration()}
    except DatabaseError:  # the tables are not there yet
        return LIKELY


def _from_rows() -> dict[str, Any]:
    row = FeedRow.objects.order_by("pk").first()
    delivery = row.delivery if row else FeedDelivery.objects.order_by("pk").first()
    correction = FeedDelivery.objects.filter(former__isnull=False).order_by("pk").first()
    # A society that somebody speaks for, so that its own people, too, find their pages.
    serving = CooperativeAgent.objects.filter(until__isnull=True).select_related("cooperative")
    agent = serving.order_by("user", "pk").first()
    society = agent.cooperative if agent else Cooperative.objects.order_by("pk").first()
    person = agent.user if agent else User.objects.people().order_by("pk").first()
    member = Member.objects.select_related("cooperative").order_by("pk").first()
    sent = AnnualReport.objects.filter(latest__isnull=False)
    report = sent.filter(cooperative=society).order_by("pk").first() or sent.order_by("pk").first()
    begun = AnnualReport.objects.filter(cooperative=society, state__in=EDITABLE_REPORTS).first()
    opened = (
        AnnualReport.objects.filter(published_at__isnull=False)
        .select_related("cooperative")
        .order_by("pk")
        .first()
    )
    roster = RosterUpload.objects.order_by("pk").first()
    first: dict[str, Any] = {
        "member": member and member.pk,
        "registry:member-edit:uscc": member and member.cooperative.code,
        "upload": roster and roster.pk,
        "invitation": AgentInvitation.objects.order_by("pk").values_list("pk", flat=True).first(),
        "certificate": RosterCertificate.objects.order_by("pk")
        .values_list("pk", flat=True)
        .first(),
        "fact": GovernanceFact.objects.order_by("pk").values_list("pk", flat=True).first(),
        "year": report and report.year,
        "reports:section:year": begun and begun.year,
        "reports:read:year": begun and begun.year,
        "reports:workbook:year": begun and begun.year,
        "liaison:shared-rows:grant": _received_grant(),
        "liaison:shared-file:grant": _received_grant(),
        "reports:public:year": opened and opened.year,
        "reports:public:uscc": opened and opened.cooperative.code,
        "number": report and report.latest and report.latest.number,
        "ordinal": row and row.ordinal,
        "delivery": delivery and delivery.pk,
        "registry:delivery-compare:delivery": correction and correction.pk,
        "uscc": society and society.code,
        "agent": agent and agent.pk,
        "person": person and person.pk,
        "flag": Flag.objects.order_by("pk").values_list("pk", flat=True).first(),
        "grant": ShareGrant.objects.order_by("pk").values_list("pk", flat=True).first(),
        "contradiction": Contradiction.objects.order_by("pk").values_list("pk", flat=True).first(),
        "pair": MatchPair.objects.order_by("pk").values_list("pk", flat=True).first(),
        "rehearsal": Rehearsal.objects.order_by("pk").values_list("pk", flat=True).first(),
        "registry:matter-detail:flag": Flag.objects.asked().values_list("pk", flat=True).first(),
        "registry:matter-answer:flag": Flag.objects.asked().values_list("pk", flat=True).first(),
        "meaning": WordMeaning.objects.order_by("pk").values_list("pk", flat=True).first(),
        "unit": OrganisationUnit.objects.order_by("pk").values_list("pk", flat=True).first(),
        "alias": UnitAlias.objects.order_by("pk").values_list("pk", flat=True).first(),
        "attachment": Attachment.objects.filter(removed_at__isnull=True, kind=AttachmentKind.PHOTO)
        .order_by("added_at", "pk")
        .values_list("pk", flat=True)
        .first(),
        "unit_code": OrganisationUnit.objects.order_by("pk").values_list("code", flat=True).first(),
        # Everybody has notices of their own: the one that the office reads.
        "accounts:notice-detail:notice": _office_notice(),
        "api:notices-detail:notice": _office_notice(),
        "notice": Notice.objects.formal().order_by("pk").values_list("pk", flat=True).first(),
        "paper": IssuedPaper.objects.exclude(stored_name="")
        .order_by("pk")
        .values_list("key", flat=True)
        .first(),
        "sequence": AuditEvent.objects.order_by("pk").values_list("pk", flat=True).first(),
        # survey and clean-up
        "campaign": _first(SurveyCampaign),
        "record": _first(SurveyRecord),
        "case": _first(CleanupCase),
        "step": _first(CaseStep),
        "task": _first(RectificationTask),
        "batch": _first(BatchDay),
        "entry": _first(BatchEntry),
        "relation": _first(Relation),
        "tip": _first(TipOff),
    }
    return {name: value for name, value in first.items() if value is not None}


def _first(model: Any) -> Any:
    return model.objects.order_by("pk").values_list("pk", flat=True).first()


def _of_training() -> dict[str, Any]:
    kinds = {
        "counsellor": Counsellor,
        "interest": ConflictOfInterest,
        "handover": Handover,
        "promise": Promise,
        "event": TrainingEvent,
        "proposal": VisitProposal,
    }
    first = {
        name: model._default_manager.order_by("pk").values_list("pk", flat=True).first()
        for name, model in kinds.items()
    }
    # Visits are written by their own counsellor alone: those of the first one, open ones first.
    writer = (
        User.objects.filter(role__in=roles_with(Action.WRITE_VISIT, Reach.ASSIGNED))
        .order_by("pk")
        .first()
    )
    own, photos = Visit.objects.filter(counsellor=writer), VisitPhoto.objects
    first["visit"] = (
        (own.filter(state=VisitState.REPORTED) or own or Visit.objects)
        .order_by("pk")
        .values_list("key", flat=True)
        .first()
    )
    first["photo"] = (
        (photos.filter(visit__counsellor=writer) or photos)
        .order_by("pk")
        .values_list("key", flat=True)
        .first()
    )
    tokens = TrainingEvent.objects.order_by("pk").values_list("token", flat=True)
    first["training:event-sign-in:token"] = tokens.first()
    return {name: value for name, value in first.items() if value is not None}


def _office_notice() -> Any:
    """The first notice to the people who look after the whole district."""
    receipts = NoticeReceipt.objects.filter(person__role__in=roles_with(Action.DECIDE_DELIVERY))
    return receipts.order_by("pk").values_list("notice", flat=True).first()


def _received_grant() -> Any:
    """A grant to the department of the first person who sends files for one."""
    sender = User.objects.filter(role__in=roles_with(Action.SUBMIT_DELIVERY, Reach.OWN)).first()
    received = ShareGrant.objects.filter(receiver=sender.unit_id if sender else None)
    approved = received.filter(state=GrantState.APPROVED)
    return approved.order_by("pk").values_list("pk", flat=True).first()


def _of_demonstration() -> dict[str, Any]:
    """Rows that belong together: the draft with its item, the round of the application, and so on."""
    draft = CriteriaSet.objects.filter(state=CriteriaState.DRAFT).first()
    criteria = draft or CriteriaSet.objects.order_by("pk").first()
    item = CriteriaItem.objects.filter(criteria=criteria).order_by("pk").first()
    reviewer = Reviewer.objects.order_by("pk").first()
    objection = Objection.objects.order_by("pk").first()
    forwarding = UpwardForwarding.objects.order_by("pk").first()
    task = MonitoringTask.objects.order_by("pk").first()
    measure = PlanMeasure.objects.order_by("pk").first()
    handed_in = RatingApplication.objects.exclude(state=ApplicationState.DRAFT)
    first: dict[str, Any] = {
        "title": _first(DemonstrationTitle),
        "criteria": criteria and criteria.pk,
        "item": item and item.pk,
        "round": reviewer.round_id if reviewer else _first(RatingRound),
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
        "monitoring": task.case_id if task else _first(MonitoringCase),
        "remedy": task and task.pk,
        "plan": measure.plan_id if measure else _first(CultivationPlan),
        "measure": measure and measure.pk,
        "entry": _first(NamedListEntry),
        "strength": _first(SocietyStrength),
    }
    return {name: value for name, value in first.items() if value is not None}
