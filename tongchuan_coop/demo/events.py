"""The demo's training events and ledger of guidance over six quarters."""

import datetime as dt
from decimal import Decimal
from random import Random

from accounts.models import OrganisationUnit, User
from common.quarter import Quarter
from registry.models import Cooperative
from training.choices import Audience, EventState, GuidanceKind, SignedBy, Topic
from training.models import Attendance, Counsellor, GuidanceRecord, TrainingEvent
from training.rhythm import quarters

TODAY = dt.date(2021, 7, 20)
KEPT = 0.88  # of the townships' quarterly trainings were held


def add_events(known: dict[str, User], random: Random) -> None:
    """Hold most of the trainings that the rhythm asks for, with who was there."""
    units = list(OrganisationUnit.objects.reporting())
    bureau = known["bureau"]
    events = []
    for quarter in quarters(TODAY):
        events.append(_event(quarter, None, Audience.COUNSELLORS, random, bureau))
        if quarter.number in (2, 4):
            events.append(_event(quarter, None, Audience.CHAIRS, random, bureau))
        events += [
            _event(quarter, unit, Audience.CHAIRS, random, bureau)
            for unit in units
            if random.random() < KEPT
        ]
    TrainingEvent.objects.bulk_create(events, batch_size=200)
    societies: dict[int, list[Cooperative]] = {}
    for society in Cooperative.objects.living().filter(township__isnull=False).order_by("pk"):
        societies.setdefault(society.township_id or 0, []).append(society)
    posts = list(Counsellor.objects.select_related("user__unit").order_by("pk"))
    rows = [
        row
        for event in events
        if event.state == EventState.HELD
        for row in _present(event, societies, posts, random)
    ]
    Attendance.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
    _ledger(units, random, bureau)


def _event(
    quarter: Quarter, unit: OrganisationUnit | None, audience: Audience, random: Random, by: User
) -> TrainingEvent:
    day = quarter.first_day + dt.timedelta(days=random.randrange(20, 80))
    day -= dt.timedelta(days=max(0, day.weekday() - 4))
    topics = sorted(random.sample(list(Topic), 2))
    name = f"{unit.short_name}{quarter.label}" if unit else f"通川区{quarter.label}"
    return TrainingEvent(
        title=f"{name}{audience.label}培训",
        audience=audience,
        unit=unit,
        held_on=day,
        begins_at=dt.time(9, 0),
        hours=Decimal(random.choice((3, 4, 6))),
        place=f"{unit.short_name}会议室" if unit else "区农业农村局三楼会议室",
        trainers="区农业农村局农村合作经济股",
        topics=[topic.value for topic in topics],
        cost=Decimal(0 if unit else 1200),
        state=EventState.HELD if day < TODAY else EventState.PLANNED,
        token=f"{random.getrandbits(64):016x}",
        made_by=by,
    )


def _present(
    event: TrainingEvent,
    societies: dict[int, list[Cooperative]],
    posts: list[Counsellor],
    random: Random,
) -> list[Attendance]:
    common = {"event": event, "invited": True, "signed": SignedBy.SHEET}
    if event.audience == Audience.COUNSELLORS:
        return [
            Attendance(**common, name=str(p), organisation=str(p.user.unit), person=p.user)
            for p in posts
            if random.random() < 0.9
        ]
    of_unit = societies.get(event.unit_id or 0, [])
    pool = of_unit if event.unit_id else [s for each in societies.values() for s in each[:3]]
    chosen = random.sample(pool, min(len(pool), random.randrange(6, 16)))
    return [
        Attendance(**common, name=s.legal_representative, organisation=s.name, cooperative=s)
        for s in chosen
        if s.legal_representative
    ]


def _ledger(units: list[OrganisationUnit], random: Random, by: User) -> None:
    said = {
        GuidanceKind.BEFORE_REGISTRATION: ("拟设立的种植合作社", "讲解五名以上成员、农民占八成等条件", "已登记设立"),
        GuidanceKind.CHARTER: ("合作社章程修订", "对照示范章程逐条修改，补充盈余返还条款", "章程已备案"),
        GuidanceKind.STUDY_TOUR: ("赴外县学习考察团", "学习示范社财务公开和统一销售的做法", "带回三项做法"),
    }  # fmt: skip
    GuidanceRecord.objects.bulk_create(
        GuidanceRecord(
            kind=kind,
            on=dt.date(2020, 6, 10) + dt.timedelta(days=random.randrange(390)),
            unit=unit,
            about=f"{unit.short_name}{about}",
            people=random.randrange(3, 20),
            advice=advice,
            outcome=outcome,
            by=by,
        )
        for unit in units
        for kind, (about, advice, outcome) in said.items()
        if kind != GuidanceKind.STUDY_TOUR or random.random() < 0.2
    )
