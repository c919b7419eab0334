"""Samples of counsellors, visits and training."""

from typing import Any

from accounts.models import (
    User,
)
from accounts.policy import Action, Reach, roles_with
from registry.models import (
    ConflictOfInterest,
)
from tongchuan_coop.samples.first import first, known
from training.choices import VisitState
from training.models import (
    Counsellor,
    CounsellorAssignment,
    Handover,
    Promise,
    TrainingEvent,
    Visit,
    VisitPhoto,
    VisitProposal,
)

LIKELY: dict[str, Any] = {
    "training:year-summary:year": 2021,
    "training:event-sign-in:token": "0123456789abcdef",
    "visit": "6f1c7a52-4b0e-4a53-9d6e-2f6f0c1d7e11",
    "photo": "6f1c7a52-4b0e-4a53-9d6e-2f6f0c1d7e11",
}


def rows() -> dict[str, Any]:
    """Return a value for each argument that this part's addresses take."""
    # Visits are written by their own counsellor alone: those of the first one, open ones first.
    writer = (
        User.objects.filter(role__in=roles_with(Action.WRITE_VISIT, Reach.ASSIGNED))
        .order_by("pk")
        .first()
    )
    own, photos = Visit.objects.filter(counsellor=writer), VisitPhoto.objects
    found: dict[str, Any] = {
        "counsellor": first(Counsellor),
        "interest": first(ConflictOfInterest),
        "assignment": first(CounsellorAssignment),
        "handover": first(Handover),
        "promise": first(Promise),
        "event": first(TrainingEvent),
        "proposal": first(VisitProposal),
        "api:visit-proposals-detail:proposal": VisitProposal.objects.waiting()
        .order_by("pk")
        .values_list("pk", flat=True)
        .first(),
        "visit": (own.filter(state=VisitState.REPORTED) or own or Visit.objects)
        .order_by("pk")
        .values_list("key", flat=True)
        .first(),
        "photo": (photos.filter(visit__counsellor=writer) or photos)
        .order_by("pk")
        .values_list("key", flat=True)
        .first(),
        "training:event-sign-in:token": TrainingEvent.objects.order_by("pk")
        .values_list("token", flat=True)
        .first(),
    }
    return known(found)
