"""Surveys and clean-up cases."""

import datetime as dt

import factory

from accounts.choices import Role
from accounts.models import Attachment, User
from common import clock
from registry.cleanup.choices import CampaignState, CaseFile, CaseState, StepState
from registry.models import (
    AbnormalListing,
    BatchDay,
    CleanupCase,
    Cooperative,
    DeregistrationNotice,
    FarmSubject,
    Relation,
    SurveyCampaign,
    SurveyRecord,
    TipOff,
)
from registry.operations.cleanup_cases import move_case, record_willingness
from registry.operations.cleanup_steps import move_step
from registry.statement_choices import AbnormalReason, ExitKind
from tests.factories.accounts import UserFactory, unit
from tests.factories.files import photo_upload


def running_campaign() -> SurveyCampaign:
    """Return the one survey that runs; begin it when there is none."""
    found = SurveyCampaign.objects.filter(state=CampaignState.OPEN).first()
    return found or SurveyCampaign.objects.create(
        title="2021年摸底",
        opens_on=clock.today(),
        due_on=clock.today() + dt.timedelta(days=60),
        opened_by=_a_bureau_person(),
    )


def _a_bureau_person() -> User:
    found = User.objects.people().filter(role=Role.BUREAU).first()
    return found or UserFactory(role=Role.BUREAU, unit=unit("农业农村局"))


def planned_day() -> BatchDay:
    """Return the one batch day that lies ahead; plan it when there is none."""
    found = BatchDay.objects.planned().first()
    return found or BatchDay.objects.create(
        title="现场办理",
        held_on=clock.today(),
        hours="9:00",
        place="政务中心",
        slots=30,
        planned_by=_a_bureau_person(),
    )


class FarmFactory(factory.django.DjangoModelFactory[FarmSubject]):
    """A family farm."""

    class Meta:
        model = FarmSubject

    uscc = factory.Sequence(lambda n: f"92511702MA{n:08d}")
    name = factory.Sequence(lambda n: f"兴旺{n}家庭农场")
    kind = "family_farm"


class RelationFactory(factory.django.DjangoModelFactory[Relation]):
    """A farm that joined a society."""

    class Meta:
        model = Relation

    kind = "farm_joins"
    subject = factory.SubFactory(FarmFactory)
    since = factory.LazyFunction(clock.today)


class TipOffFactory(factory.django.DjangoModelFactory[TipOff]):
    """A tip-off that waits."""

    class Meta:
        model = TipOff

    number = factory.Sequence(lambda n: f"举2021-{n + 1000}")
    about = "某合作社"
    content = "反映这家合作社没有经营活动"
    channel = "phone"
    received_on = factory.LazyFunction(clock.today)
    due_on = factory.LazyFunction(lambda: clock.today() + dt.timedelta(days=60))


class SurveyRecordFactory(factory.django.DjangoModelFactory[SurveyRecord]):
    """A record that waits to be filled in."""

    class Meta:
        model = SurveyRecord

    campaign = factory.LazyFunction(running_campaign)


def begin(case: CleanupCase, by: User) -> CleanupCase:
    """Let a case get under way: its will signed with a paper, every condition checked."""
    CleanupCase.objects.filter(pk=case.pk).update(
        no_debts=True, no_pledge=True, no_proceedings=True, no_fines=True
    )
    case.refresh_from_db()
    if not case.is_voluntary:
        return move_case(case, CaseState.UNDER_WAY, by=by)
    return record_willingness(
        case,
        signed_on=clock.today(),
        signer="李四",
        uploads=[photo_upload("意愿书.jpg")],
        by=by,
        version=case.version,
    )


def finish_all(case: CleanupCase, by: User) -> None:
    """Say of every step that is left that it is not needed."""
    for step in case.steps.filter(state=StepState.TODO).order_by("position"):
        move_step(step, StepState.NOT_NEEDED, reason="测试", by=by)


def paper(case: CleanupCase) -> Attachment:
    return Attachment.objects.of(case).for_purpose(CaseFile.WILLINGNESS).get()


def list_abnormal(society: Cooperative) -> AbnormalListing:
    """Put a society on the list of abnormal operations because it did not report."""
    return AbnormalListing.objects.create(
        cooperative=society,
        reason=AbnormalReason.REPORT_NOT_PUBLISHED,
        listed_on=dt.date(2020, 7, 8),
        quarter="2021Q1",
        known_from=clock.now(),
    )


def delist(listing: AbnormalListing) -> None:
    listing.removed_on = clock.today()
    listing.save()


def leave_register(society: Cooperative) -> DeregistrationNotice:
    """Let the regulator's data say that a society is deregistered."""
    return DeregistrationNotice.objects.create(
        cooperative=society,
        kind=ExitKind.DEREGISTERED,
        happened_on=clock.today(),
        quarter="2021Q2",
        known_from=clock.now(),
    )
