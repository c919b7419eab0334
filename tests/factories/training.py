"""Counsellors, what they look after, visits and training events."""

import datetime as dt
import uuid

import factory

from accounts.choices import Role
from common import clock
from registry.choices import InterestKind
from registry.models import ConflictOfInterest
from tests.factories.accounts import UserFactory
from tests.factories.registry import CooperativeFactory
from training.choices import (
    AssignmentKind,
    Audience,
    CounsellorSource,
    PairingBasis,
    PromiseKind,
    PromiseOwner,
    ProposalKind,
    RevisionOutcome,
    Specialty,
)
from training.digests import digest
from training.models import (
    Attendance,
    Counsellor,
    CounsellorAssignment,
    Handover,
    PairingNeed,
    Promise,
    TrainingEvent,
    Visit,
    VisitPhoto,
    VisitProposal,
    VisitRevision,
)

SPRING = dt.date(2020, 4, 1)


class CounsellorFactory(factory.django.DjangoModelFactory[Counsellor]):
    """A counsellor in office; say whose account and which township with `user`."""

    class Meta:
        model = Counsellor

    user = factory.SubFactory(UserFactory, role=Role.COUNSELLOR)
    specialty = Specialty.ACCOUNTING
    source = CounsellorSource.STAFF
    appointed_on = SPRING


class AssignmentFactory(factory.django.DjangoModelFactory[CounsellorAssignment]):
    """An open guidance; it does not write the register's own column."""

    class Meta:
        model = CounsellorAssignment

    cooperative = factory.SubFactory(CooperativeFactory)
    kind = AssignmentKind.GUIDANCE
    since = SPRING


class PairingNeedFactory(factory.django.DjangoModelFactory[PairingNeed]):
    """A demonstration society of the district that must be paired."""

    class Meta:
        model = PairingNeed

    cooperative = factory.SubFactory(CooperativeFactory)
    basis = PairingBasis.DISTRICT
    since = SPRING


class InterestFactory(factory.django.DjangoModelFactory[ConflictOfInterest]):
    """A standing interest of a person in a society."""

    class Meta:
        model = ConflictOfInterest

    kind = InterestKind.RELATIVE
    since = SPRING


class HandoverFactory(factory.django.DjangoModelFactory[Handover]):
    """A handover of nothing."""

    class Meta:
        model = Handover

    reason = "工作调动"
    on = factory.LazyFunction(clock.today)
    made_by = factory.SubFactory(UserFactory)


def body_of(society: str, **said: object) -> dict[str, object]:
    """Return what a phone sends of an ordinary visit."""
    return {
        "society": society,
        "visited_on": "2021-07-19",
        "method": "on_site",
        "purpose": "paired",
        "met": "李四，理事长",
        "at_address": "yes",
        "operating": "yes",
        "seen": ["signboard", "accounts_kept"],
        "members_met": "6",
        "problems": "成员账户没有及时登记",
        "guidance": "讲解成员账户的登记方法，约定月底前补齐",
        "next_visit_on": "",
        "no_photo_reason": "",
        "no_place_reason": "",
        "place": None,
        "answers": [],
        "promises": [],
        "photos": [],
    } | said


class VisitFactory(factory.django.DjangoModelFactory[Visit]):
    """A visit that was reported, with its one version."""

    class Meta:
        model = Visit
        skip_postgeneration_save = True

    cooperative = factory.SubFactory(CooperativeFactory)
    counsellor = factory.SubFactory(UserFactory, role=Role.COUNSELLOR)
    visited_on = dt.date(2021, 7, 19)
    method = "on_site"
    purpose = "paired"
    guidance = "讲解成员账户的登记方法"
    at_address = "yes"
    operating = "yes"
    head = factory.LazyFunction(uuid.uuid4)

    @factory.post_generation
    def revision(self, create: bool, extracted: object, **facts: object) -> None:
        """Lay down the version that counts."""
        del extracted, facts
        if create:
            body = body_of(self.cooperative.code, guidance=self.guidance)
            VisitRevision.objects.create(
                visit=self,
                key=self.head,
                body=body,
                sha256=digest(body),
                outcome=RevisionOutcome.APPLIED,
                author=self.counsellor,
            )


class VisitPhotoFactory(factory.django.DjangoModelFactory[VisitPhoto]):
    """A photo that is announced and has not come."""

    class Meta:
        model = VisitPhoto

    key = factory.LazyFunction(uuid.uuid4)
    size = 1000
    sha256 = "0" * 64


class PromiseFactory(factory.django.DjangoModelFactory[Promise]):
    """A promise of the society that is not due yet."""

    class Meta:
        model = Promise

    cooperative = factory.SubFactory(CooperativeFactory)
    kind = PromiseKind.ACCOUNTS
    text = "补齐成员账户"
    owner = PromiseOwner.SOCIETY
    due_on = dt.date(2021, 8, 31)
    made_by = factory.SubFactory(UserFactory)


class ProposalFactory(factory.django.DjangoModelFactory[VisitProposal]):
    """A visit found another number of members than is registered."""

    class Meta:
        model = VisitProposal

    visit = factory.SubFactory(VisitFactory)
    question = "fact:member_count"
    kind = ProposalKind.FACT
    field = "member_count"
    stood = "10"
    value = "12"


class EventFactory(factory.django.DjangoModelFactory[TrainingEvent]):
    """A training for heads of societies today, held by the district unless said otherwise."""

    class Meta:
        model = TrainingEvent

    title = "合作社法人培训"
    audience = Audience.CHAIRS
    held_on = dt.date(2021, 7, 20)
    hours = 3
    place = "会议室"
    topics = factory.LazyFunction(lambda: ["law"])
    made_by = factory.SubFactory(UserFactory)


class AttendanceFactory(factory.django.DjangoModelFactory[Attendance]):
    """Somebody who was invited and has not signed in."""

    class Meta:
        model = Attendance

    name = factory.Sequence(lambda n: f"李四{n}")
    organisation = "某合作社"
    invited = True
