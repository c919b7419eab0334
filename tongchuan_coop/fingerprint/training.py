"""Counsellors, visits and training, as the fingerprint sees them."""

from collections.abc import Iterator

from registry.models import (
    ConflictOfInterest,
)
from tongchuan_coop.fingerprint.values import SOCIETY, Table, values
from training.models import (
    Attendance,
    Counsellor,
    CounsellorAssignment,
    GuidanceRecord,
    PairingNeed,
    Promise,
    TrainingEvent,
    Visit,
    VisitProposal,
)


def tables() -> Iterator[Table]:
    """Give each table by name with its rows in natural keys."""
    yield (
        "interests",
        values(ConflictOfInterest.objects, *SOCIETY, "person__username", "kind", "since", "until"),
    )
    yield (
        "counsellors",
        values(
            Counsellor.objects, "user__username", "specialty", "source", "appointed_on", "until"
        ),
    )
    yield (
        "assignments",
        values(
            CounsellorAssignment.objects,
            *SOCIETY,
            "counsellor__username",
            "kind",
            "since",
            "until",
        ),
    )
    yield "pairing-needs", values(PairingNeed.objects, *SOCIETY, "basis", "since", "until")
    yield (
        "visits",
        values(
            Visit.objects,
            *SOCIETY,
            "counsellor__username",
            "visited_on",
            "method",
            "purpose",
            "met",
            "at_address",
            "operating",
            "seen",
            "members_met",
            "problems",
            "guidance",
            "answers",
            "next_visit_on",
            "state",
        ),
    )
    yield (
        "promises",
        values(
            Promise.objects,
            *SOCIETY,
            "kind",
            "text",
            "owner",
            "due_on",
            "grave",
            "state",
            "outcome",
        ),
    )
    yield (
        "trainings",
        values(
            TrainingEvent.objects,
            "title",
            "audience",
            "unit__code",
            "held_on",
            "hours",
            "place",
            "topics",
            "state",
        ),
    )
    yield (
        "attendance",
        values(
            Attendance.objects,
            "event__title",
            "event__held_on",
            "name",
            "organisation",
            "invited",
            "signed",
        ),
    )
    yield (
        "guidance",
        values(GuidanceRecord.objects, "kind", "on", "unit__code", "about", "advice", "outcome"),
    )
    yield (
        "visit-proposals",
        values(
            VisitProposal.objects,
            "visit__cooperative__uscc",
            "kind",
            "field",
            "stood",
            "value",
            "state",
        ),
    )
