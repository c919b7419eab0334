"""Samples of bodies, meetings, minutes and decisions; rows that belong together."""

from typing import Any

from accounts.models import User
from accounts.policy import Action, Reach, roles_with
from liaison.meeting_choices import DecisionState, MeetingState
from liaison.models import AgendaItem, BodySeat, Consent, Decision, Meeting, MinutesTopic
from tongchuan_coop.samples.first import known

LIKELY: dict[str, Any] = {}
_OF_MEETINGS = ("meeting-arrange", "meeting-call", "meeting-cancel")


def rows() -> dict[str, Any]:
    """Return a value for each argument that this part's addresses take."""
    consent = Consent.objects.waiting().order_by("pk").first()
    topic = consent.edition.topic if consent else MinutesTopic.objects.order_by("pk").first()
    held = Meeting.objects.filter(minutes__isnull=False).order_by("pk").first()
    meeting = topic.minutes.meeting if topic else held
    ahead = Meeting.objects.ahead().order_by("state", "pk").first()
    decision = _near_decision()
    written = Decision.objects.filter(topic=topic).order_by("pk").first() or decision
    item = AgendaItem.objects.filter(meeting=ahead).order_by("pk").first()
    asked = Consent.objects.waiting().select_related("edition__topic__minutes").first()
    seat = BodySeat.objects.filter(body=meeting.body if meeting else None).order_by("pk").first()
    found: dict[str, Any] = {
        "meeting": meeting and meeting.pk,
        "liaison:meeting-reply:meeting": _called() or (meeting and meeting.pk),
        "agenda": item.pk if item else AgendaItem.objects.values_list("pk", flat=True).first(),
        "body": meeting and meeting.body_id,
        "seat": seat and seat.pk,
        "topic": topic and topic.pk,
        "minutes": topic and topic.minutes_id,
        "consent": consent and consent.pk,
        "liaison:paper-answer:meeting": asked and asked.edition.topic.minutes.meeting_id,
        "liaison:paper-answer:unit": asked and asked.unit_id,
        "decision": decision and decision.pk,
        "liaison:decision-edit:decision": written and written.pk,
        "liaison:decision-remove:decision": written and written.pk,
    }
    for name in _OF_MEETINGS:
        found[f"liaison:{name}:meeting"] = ahead.pk if ahead else meeting and meeting.pk
    return known(found)


def _called() -> Any:
    called = Meeting.objects.filter(state=MeetingState.CALLED).order_by("pk")
    return called.values_list("pk", flat=True).first()


def _near_decision() -> Decision | None:
    """A decision of the first person who works on those of a department."""
    worker = User.objects.filter(role__in=roles_with(Action.WORK_DECISION, Reach.OWN)).first()
    issued = Decision.objects.exclude(state=DecisionState.DRAFT).order_by("pk")
    own = issued.filter(lead=worker.unit_id if worker else None)
    return own.filter(state=DecisionState.OPEN).first() or own.first() or issued.first()
