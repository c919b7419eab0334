"""Bodies, meetings, minutes and decisions."""

import datetime as dt
from typing import Any

import factory

from accounts.models import OrganisationUnit
from common import clock
from common.quarter import Quarter
from liaison.meeting_choices import (
    BodyKind,
    DecisionState,
    MeetingState,
    MinutesState,
    Presence,
    SeatDuty,
)
from liaison.models import (
    AgendaItem,
    BodySeat,
    Consent,
    CoordinationBody,
    Decision,
    Meeting,
    MeetingUnit,
    Minutes,
    MinutesTopic,
    TopicEdition,
)


class BodyFactory(factory.django.DjangoModelFactory[CoordinationBody]):
    """A joint meeting; the office is asked for."""

    class Meta:
        model = CoordinationBody

    kind = BodyKind.JOINT_MEETING
    name = factory.Sequence(lambda n: f"第{n}联席会议")
    number_label = factory.Sequence(lambda n: f"通农合联纪{n}")
    copy_up = "区委、区政府"


class SeatFactory(factory.django.DjangoModelFactory[BodySeat]):
    """A member since 2020; body and unit are asked for."""

    class Meta:
        model = BodySeat

    person = factory.Sequence(lambda n: f"李四{n}")
    post = "副局长"
    duty = SeatDuty.MEMBER
    since = dt.date(2020, 1, 1)


class MeetingFactory(factory.django.DjangoModelFactory[Meeting]):
    """A meeting of this quarter that was held today; the body is asked for."""

    class Meta:
        model = Meeting

    quarter = factory.LazyFunction(lambda: str(Quarter.of(clock.today())))
    last_day = factory.LazyAttribute(lambda made: Quarter.parse(made.quarter).last_day)
    state = MeetingState.HELD
    starts_at = factory.LazyFunction(clock.now)
    place = "区政府三楼会议室"
    chair = "张永贵"
    held_on = factory.LazyFunction(clock.today)


def minutes_of(
    meeting: Meeting, units: list[OrganisationUnit], *, state: str = MinutesState.CIRCULATED
) -> Minutes:
    """Return minutes with one paragraph, all units present, one of them the lead of its decision.

    Everybody but the office is asked about the paragraph.
    """
    MeetingUnit.objects.bulk_create(
        MeetingUnit(meeting=meeting, unit=unit, presence=Presence.PRESENT, person="王五")
        for unit in units
    )
    minutes = Minutes.objects.create(meeting=meeting, state=state)
    topic = MinutesTopic.objects.create(
        minutes=minutes, position=1, title="清理整顿", text="会议听取了汇报。", edition=1
    )
    edition = TopicEdition.objects.create(topic=topic, number=1, text="清理整顿")
    today = clock.today()
    Consent.objects.bulk_create(
        Consent(edition=edition, unit=unit, asked_on=today, due_on=today + dt.timedelta(days=5))
        for unit in units
        if unit.pk != meeting.body.office_id
    )
    return minutes


def decision_of(minutes: Minutes, lead: OrganisationUnit, **facts: Any) -> Decision:
    """Return a decision of the first paragraph, under way and due in a month."""
    return Decision.objects.create(
        **{
            "topic": minutes.topics.order_by("position").first(),
            "meeting": minutes.meeting,
            "text": "核对经营异常合作社名单",
            "lead": lead,
            "due_on": clock.today() + dt.timedelta(days=30),
            "state": DecisionState.OPEN,
            **facts,
        }
    )


class AgendaFactory(factory.django.DjangoModelFactory[AgendaItem]):
    """An item of an agenda; the meeting is asked for."""

    class Meta:
        model = AgendaItem

    position = 1
    title = "通报进展"
