"""Bodies, meetings, minutes and decisions, as the fingerprint sees them."""

from collections.abc import Iterator

from liaison.models import (
    AgendaItem,
    BodySeat,
    Consent,
    CoordinationBody,
    Decision,
    DecisionProgress,
    Meeting,
    MeetingUnit,
    Minutes,
    MinutesTopic,
)
from tongchuan_coop.fingerprint.values import Table, values

_MEETING = ("meeting__body__name", "meeting__quarter")
_MINUTES = ("minutes__meeting__body__name", "minutes__meeting__quarter")


def tables() -> Iterator[Table]:
    """Give each table by name with its rows in natural keys."""
    yield (
        "bodies",
        values(
            CoordinationBody.objects,
            *("kind", "name", "office__code", "meets_quarterly", "consent_days"),
            *("silence_agrees", "number_label", "copy_label", "copy_up", "copy_to", "active"),
        ),
    )
    yield (
        "seats",
        values(
            BodySeat.objects,
            *("body__name", "unit__code", "person", "post", "duty", "office_phone"),
            *("since", "until"),
        ),
    )
    yield (
        "meetings",
        values(
            Meeting.objects,
            *("body__name", "quarter", "state", "starts_at", "place", "chair", "held_on"),
        ),
    )
    yield "agenda", values(AgendaItem.objects, *_MEETING, "position", "kind", "title", "details")
    yield (
        "meeting-units",
        values(MeetingUnit.objects, *_MEETING, "unit__code", "reply", "presence", "person"),
    )
    yield (
        "minutes",
        values(
            Minutes.objects,
            *_MEETING,
            *("state", "opening", "override_reason", "signer", "signed_on", "number"),
            *("issued_on", "content", "copied_up_on", "copied_up_how"),
        ),
    )
    yield "topics", values(MinutesTopic.objects, *_MINUTES, "position", "title", "text", "edition")
    yield (
        "consents",
        values(
            Consent.objects,
            "edition__topic__minutes__meeting__body__name",
            "edition__topic__minutes__meeting__quarter",
            *("edition__topic__position", "edition__number", "edition__text"),
            *("unit__code", "answer", "remark", "due_on", "handled", "paper__number"),
        ),
    )
    yield (
        "decisions",
        values(Decision.objects, *_MEETING, "text", "lead__code", "due_on", "state", "done_on"),
    )
    yield (
        "decision-progress",
        values(DecisionProgress.objects, "decision__text", "kind", "text", "by__username"),
    )
