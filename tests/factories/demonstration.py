"""Titles, rounds, applications, monitoring, plans; everything has a value but the society."""

import datetime as dt
from decimal import Decimal

import factory

from common import clock
from demonstration.choices import (
    ApplicationState,
    CriteriaState,
    Dimension,
    Honour,
    Level,
    MonitoringCause,
    NamedList,
    RoundState,
    Strength,
    StrengthKind,
    TitleEventKind,
)
from demonstration.innovation_choices import Innovation, InnovationKind
from demonstration.models import (
    CriteriaItem,
    CriteriaSet,
    CultivationPlan,
    DemonstrationTitle,
    InnovationEntry,
    MonitoringCase,
    MonitoringTask,
    NamedListEntry,
    Objection,
    PlanMeasure,
    RatingApplication,
    RatingRound,
    Reviewer,
    ShareDividend,
    SocietyStrength,
    TitleEvent,
    UpwardForwarding,
)
from tests.factories.accounts import UserFactory


def district_criteria() -> CriteriaSet:
    """Return the shipped criteria for demonstration societies of the district."""
    return CriteriaSet.objects.get(
        level=Level.DISTRICT, honour=Honour.DEMONSTRATION, state=CriteriaState.RELEASED
    )


def draft_of_criteria(region: str = "试行地区") -> CriteriaSet:
    """Return a draft with one item."""
    draft = CriteriaSet.objects.create(
        level=Level.DISTRICT, region=region, number=1, title="试行评定标准"
    )
    CriteriaItem.objects.create(
        criteria=draft, section="依法登记", position=1, text="成立满一年", kind="condition"
    )
    return draft


class TitleFactory(factory.django.DjangoModelFactory[DemonstrationTitle]):
    """A title of the district, recognised in 2020, with its first line of history."""

    class Meta:
        model = DemonstrationTitle
        skip_postgeneration_save = True

    level = Level.DISTRICT
    batch = "2020年度"
    document_number = "通区农发〔2020〕88号"
    recognised_on = dt.date(2020, 9, 1)
    monitor_by = dt.date(2022, 9, 1)

    @factory.post_generation
    def history(self, create, _extracted, **_more):
        if create:
            TitleEvent.objects.create(
                title=self,
                kind=TitleEventKind.RECOGNISED,
                on=self.recognised_on,
                document_number=self.document_number,
            )


class RoundFactory(factory.django.DjangoModelFactory[RatingRound]):
    """A round of the district that takes applications around today."""

    class Meta:
        model = RatingRound
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"第{n}批区级示范社评定")
    criteria = factory.LazyFunction(district_criteria)
    quota = 2
    apply_from = factory.LazyFunction(lambda: clock.today() - dt.timedelta(days=10))
    apply_until = factory.LazyFunction(lambda: clock.today() + dt.timedelta(days=10))
    state = RoundState.OPEN


class ApplicationFactory(factory.django.DjangoModelFactory[RatingApplication]):
    """An application as it was handed in."""

    class Meta:
        model = RatingApplication

    round = factory.SubFactory(RoundFactory)
    state = ApplicationState.SUBMITTED
    statement = "种植规模稳定，带动农户增收。"
    submitted_at = factory.LazyFunction(clock.now)


class ReviewerFactory(factory.django.DjangoModelFactory[Reviewer]):
    """A reviewer; pass round= and user=."""

    class Meta:
        model = Reviewer


class ObjectionFactory(factory.django.DjangoModelFactory[Objection]):
    """An objection that waits for its answer; pass application= and recorded_by=."""

    class Meta:
        model = Objection

    name = "张实名"
    phone = "13800000000"
    text = "申报的基地面积与实际不符。"
    received_on = factory.LazyFunction(clock.today)


class ForwardingFactory(factory.django.DjangoModelFactory[UpwardForwarding]):
    """A recommendation to the city; pass application=."""

    class Meta:
        model = UpwardForwarding

    level = Level.MUNICIPAL
    sent_on = factory.LazyFunction(clock.today)
    document_number = "通区农发〔2021〕12号"


class CaseFactory(factory.django.DjangoModelFactory[MonitoringCase]):
    """A case that was opened today; pass title=."""

    class Meta:
        model = MonitoringCase

    cause = MonitoringCause.ABNORMAL_LISTING
    details = "被列入经营异常名录。"
    opened_on = factory.LazyFunction(clock.today)


class TaskFactory(factory.django.DjangoModelFactory[MonitoringTask]):
    """A task of rectification; pass case=."""

    class Meta:
        model = MonitoringTask

    text = "补报年度报告"
    due_on = factory.LazyFunction(lambda: clock.today() + dt.timedelta(days=30))


class PlanFactory(factory.django.DjangoModelFactory[CultivationPlan]):
    """An active plan; pass cooperative= and responsible=."""

    class Meta:
        model = CultivationPlan

    target = Level.DISTRICT
    opened_on = factory.LazyFunction(clock.today)
    due_on = factory.LazyFunction(lambda: clock.today() + dt.timedelta(days=200))


class MeasureFactory(factory.django.DjangoModelFactory[PlanMeasure]):
    """A measure that is under way; pass plan=."""

    class Meta:
        model = PlanMeasure

    dimension = Dimension.FINANCE
    aim = "为全部成员建立账户"
    steps = "聘请代账会计，按年登记交易量。"
    responsible = "理事长"
    due_on = factory.LazyFunction(lambda: clock.today() + dt.timedelta(days=60))


class EntryFactory(factory.django.DjangoModelFactory[NamedListEntry]):
    """An entry on the list of typical societies; pass cooperative=."""

    class Meta:
        model = NamedListEntry

    name = NamedList.TYPICAL
    reason = "成员多、运行规范"
    since = factory.LazyFunction(clock.today)


class StrengthFactory(factory.django.DjangoModelFactory[SocietyStrength]):
    """A service that was declared; pass cooperative=."""

    class Meta:
        model = SocietyStrength

    kind = StrengthKind.SERVICE
    what = Strength.EXTENSION


class InnovationFactory(factory.django.DjangoModelFactory[InnovationEntry]):
    """Poverty funds of 2019 that became shares; pass cooperative=."""

    class Meta:
        model = InnovationEntry

    year = 2019
    kind = InnovationKind.POVERTY_SHARE
    what = Innovation.FISCAL_FUND
    households = 32
    amount = Decimal("160000.00")
    document = "通扶贫办〔2019〕17号"
    entered_by = factory.SubFactory(UserFactory)


class DividendFactory(factory.django.DjangoModelFactory[ShareDividend]):
    """The dividend of 2020; pass entry=."""

    class Meta:
        model = ShareDividend

    year = 2020
    amount = Decimal("9600.00")
    households = 32
    document = "2020年度分红表"
    entered_by = factory.SubFactory(UserFactory)
