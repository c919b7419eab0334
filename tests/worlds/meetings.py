"""The meeting of a world: the township's group with the world's department as a member."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from liaison.meeting_choices import BodyKind
from liaison.models import (
    AgendaItem,
    BodySeat,
    Consent,
    CoordinationBody,
    Decision,
    Meeting,
    Minutes,
    MinutesTopic,
)
from tests.factories.accounts import unit
from tests.factories.meetings import (
    AgendaFactory,
    BodyFactory,
    MeetingFactory,
    SeatFactory,
    decision_of,
    minutes_of,
)
from tests.worlds.ground import Ground


class Meetings(Ground):
    """A body with its meeting, whose minutes go round and whose decision is a task."""

    @cached_property
    def body(self) -> CoordinationBody:
        body: CoordinationBody = BodyFactory(kind=BodyKind.TOWNSHIP_GROUP, office=self.township)
        SeatFactory(body=body, unit=self.department)
        return body

    @cached_property
    def seat(self) -> BodySeat:
        seat: BodySeat = SeatFactory(body=self.body, unit=self.township)
        return seat

    @cached_property
    def meeting(self) -> Meeting:
        meeting: Meeting = MeetingFactory(body=self.body)
        return meeting

    @cached_property
    def agenda_item(self) -> AgendaItem:
        item: AgendaItem = AgendaFactory(meeting=self.meeting)
        return item

    @cached_property
    def minutes(self) -> Minutes:
        """Everybody is there: the world's department and township, and the bureau."""
        there = [self.township, self.department, unit("农业农村局")]
        return minutes_of(self.meeting, there)

    @cached_property
    def topic(self) -> MinutesTopic:
        return self.minutes.topics.get()

    @cached_property
    def consent(self) -> Consent:
        return Consent.objects.of(self.minutes).get(unit=self.department)

    @cached_property
    def decision(self) -> Decision:
        made = decision_of(self.minutes, self.department)
        made.helpers.add(self.township)
        return made


SAMPLES: dict[str, Callable[[Any], Any]] = {
    "body": lambda world: world.body.pk,
    "seat": lambda world: world.seat.pk,
    "meeting": lambda world: world.meeting.pk,
    "agenda": lambda world: world.agenda_item.pk,
    "liaison:paper-answer:unit": lambda world: world.consent.unit_id,
    "minutes": lambda world: world.minutes.pk,
    "topic": lambda world: world.topic.pk,
    "consent": lambda world: world.consent.pk,
    "decision": lambda world: world.decision.pk,
}
STANDING = ("body", "seat", "meeting", "agenda_item", "minutes", "topic", "consent", "decision")
