"""Counsellors, visits and training in a world."""

import datetime as dt
from collections.abc import Callable
from functools import cached_property
from typing import Any

from registry.models import ConflictOfInterest
from tests.factories.training import (
    AssignmentFactory,
    AttendanceFactory,
    CounsellorFactory,
    EventFactory,
    HandoverFactory,
    InterestFactory,
    PromiseFactory,
    ProposalFactory,
    VisitFactory,
    VisitPhotoFactory,
)
from tests.worlds.register import Register
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

APPOINTED = dt.date(2020, 4, 1)


class Training(Register):
    """What counsellors do near or far."""

    @cached_property
    def post(self) -> Counsellor:
        post: Counsellor = CounsellorFactory(user=self.counsellor, appointed_on=APPOINTED)
        return post

    @cached_property
    def guidance(self) -> CounsellorAssignment:
        made: CounsellorAssignment = AssignmentFactory(
            cooperative=self.cooperative, counsellor=self.counsellor
        )
        return made

    @cached_property
    def interest(self) -> ConflictOfInterest:
        interest: ConflictOfInterest = InterestFactory(
            person=self.counsellor, cooperative=self.cooperative
        )
        return interest

    @cached_property
    def handover(self) -> Handover:
        made: Handover = HandoverFactory(giver=self.counsellor, taker=self.counsellor)
        return made

    @cached_property
    def visit(self) -> Visit:
        visit: Visit = VisitFactory(cooperative=self.cooperative, counsellor=self.counsellor)
        return visit

    @cached_property
    def photo(self) -> VisitPhoto:
        photo: VisitPhoto = VisitPhotoFactory(visit=self.visit)
        return photo

    @cached_property
    def promise(self) -> Promise:
        promise: Promise = PromiseFactory(
            cooperative=self.cooperative, visit=self.visit, made_by=self.counsellor
        )
        return promise

    @cached_property
    def proposal(self) -> VisitProposal:
        proposal: VisitProposal = ProposalFactory(visit=self.visit)
        return proposal

    @cached_property
    def event(self) -> TrainingEvent:
        """A training of the township, to which its society is invited."""
        event: TrainingEvent = EventFactory(unit=self.township)
        AttendanceFactory(event=event, cooperative=self.cooperative)
        return event


# What an address's argument names. The key is "route:argument" or just the argument.
SAMPLES: dict[str, Callable[[Any], Any]] = {
    "counsellor": lambda world: world.post.pk,
    "visit": lambda world: world.visit.key,
    "photo": lambda world: world.photo.key,
    "event": lambda world: world.event.pk,
    "training:year-summary:year": lambda _world: 2021,
    "training:event-sign-in:token": lambda world: world.event.token,
    "promise": lambda world: world.promise.pk,
    "proposal": lambda world: world.proposal.pk,
    "training:visit-conflict:visit": lambda world: world.visit.key,
    "interest": lambda world: world.interest.pk,
    "handover": lambda world: world.handover.pk,
    "assignment": lambda world: world.guidance.pk,
}
# Rows that must be in place before anybody acts.
STANDING = (
    "post",
    "guidance",
    "interest",
    "handover",
    "visit",
    "photo",
    "promise",
    "proposal",
    "event",
)
