"""Societies, deliveries, rows and suspicions."""

import datetime as dt
import hashlib
import uuid
from decimal import Decimal
from pathlib import Path

import factory
from django.conf import settings
from stdnum.cn import uscc

from common import clock
from registry.choices import (
    FeedScope,
    FeedSource,
    FlagLabel,
    JobState,
    OperatingState,
    PairBasis,
    RegistrationStatus,
    RowKind,
    RowOutcome,
    Seen,
    Severity,
    TownshipBasis,
)
from registry.models import (
    Cooperative,
    CooperativeAgent,
    FeedDelivery,
    FeedRow,
    Flag,
    IngestJob,
    MatchPair,
    Rehearsal,
    SiteFinding,
    WordMeaning,
)
from registry.models.row import row_id
from tests.factories.accounts import UserFactory

CSV = "统一社会信用代码,名称\n".encode("utf-8-sig")


def valid_uscc(number: int, division: str = "511702") -> str:
    """Return a code with a right check character: 93, the division, then a number."""
    body = f"93{division}MA{number:07d}"
    return body + uscc.calc_check_digit(body)


class CooperativeFactory(factory.django.DjangoModelFactory[Cooperative]):
    """A society in good order, in no township unless said otherwise."""

    class Meta:
        model = Cooperative

    township = None
    uscc = factory.Sequence(lambda n: valid_uscc(6_200_000 + n))
    name = factory.Sequence(lambda n: f"达州市通川区丰收{n}号种植专业合作社")
    name_key = factory.SelfAttribute("name")
    legal_representative = "李四"
    total_contribution = Decimal(1_000_000)
    member_count = 10
    farmer_member_count = 9
    unit_member_count = 0
    established_on = dt.date(2015, 3, 2)
    approved_on = dt.date(2019, 8, 1)
    registration_authority = "达州市通川区市场监督管理局"
    status = RegistrationStatus.ACTIVE
    domicile = factory.LazyAttribute(
        lambda society: f"四川省达州市通川区{society.township or '罗江镇'}新桥村1组"
    )
    business_scope = "蔬菜种植、销售"
    division = "511702"
    township_basis = TownshipBasis.ADDRESS


class AgentFactory(factory.django.DjangoModelFactory[CooperativeAgent]):
    """A person who acts for a society."""

    class Meta:
        model = CooperativeAgent

    since = dt.date(2020, 1, 1)


class DeliveryFactory(factory.django.DjangoModelFactory[FeedDelivery]):
    """A registration file whose bytes lie in the store, with its job."""

    class Meta:
        model = FeedDelivery
        skip_postgeneration_save = True

    source = FeedSource.REGISTRATION
    quarter = "2021Q1"
    scope = FeedScope.FULL
    number = factory.Sequence(lambda n: n + 1)
    filename = factory.Sequence(lambda n: f"登记信息{n}.csv")
    stored_name = factory.Sequence(lambda n: f"test-{n}.csv")
    size = len(CSV)
    sha256 = factory.Sequence(lambda n: hashlib.sha256(str(n).encode()).hexdigest())

    @factory.post_generation
    def job(self, create: bool, extracted: str | None, **facts: object) -> None:
        """Lay down the bytes and the job; `job="held"` chooses its state."""
        if not create:
            return
        folder = Path(settings.FILES_DIR) / "deliveries"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / self.stored_name).write_bytes(CSV)
        IngestJob.objects.create(delivery=self, state=extracted or JobState.STAGED, **facts)


class RowFactory(factory.django.DjangoModelFactory[FeedRow]):
    """A data row of a delivery."""

    class Meta:
        model = FeedRow

    ordinal = factory.Sequence(lambda n: n + 1)
    id = factory.LazyAttribute(lambda row: row_id(row.delivery.pk, row.ordinal))
    sheet = "登记信息"
    number = factory.SelfAttribute("ordinal")
    kind = RowKind.DATA
    outcome = RowOutcome.NEW
    raw = factory.LazyFunction(lambda: ["93511702MA62000000", "某合作社"])


class FlagFactory(factory.django.DjangoModelFactory[Flag]):
    """An open suspicion."""

    class Meta:
        model = Flag

    rule = factory.Sequence(lambda n: f"R{n % 90 + 1:02d}")
    label = FlagLabel.SHELL
    severity = Severity.HIGH
    as_of = factory.LazyFunction(clock.today)
    opened_at = factory.LazyFunction(clock.now)
    computed_at = factory.LazyFunction(clock.now)


class SiteFindingFactory(factory.django.DjangoModelFactory[SiteFinding]):
    """A society found at its address and at work; say who saw it and when."""

    class Meta:
        model = SiteFinding

    visit_key = factory.LazyFunction(lambda: str(uuid.uuid4()))
    cooperative = factory.SubFactory(CooperativeFactory)
    seen_by = factory.SubFactory(UserFactory)
    seen_on = factory.LazyFunction(clock.today)
    at_address = Seen.YES
    operating = OperatingState.YES


class PairFactory(factory.django.DjangoModelFactory[MatchPair]):
    """Two societies that may be one; `left` must be the older row."""

    class Meta:
        model = MatchPair

    left = factory.SubFactory(CooperativeFactory)
    right = factory.SubFactory(CooperativeFactory)
    basis = PairBasis.NEAR_NAME
    agreeing = 2


class RehearsalFactory(factory.django.DjangoModelFactory[Rehearsal]):
    """A rule tried out with one member more than the law asks."""

    class Meta:
        model = Rehearsal

    rule = "R8"
    thresholds = factory.LazyFunction(lambda: {"members": 6, "union_members": 3})
    compared = factory.LazyFunction(lambda: {"members": 5, "union_members": 3})
    quarter = "2021Q2"
    as_of = dt.date(2021, 6, 30)
    effective_from = factory.LazyFunction(lambda: clock.today() + dt.timedelta(days=10))
    reason = "区里研究后调整"
    counts = factory.LazyFunction(lambda: {"new": 0, "kept": 0, "gone": 0, "unknown": 0})
    computed_at = factory.LazyFunction(clock.now)


class MeaningFactory(factory.django.DjangoModelFactory[WordMeaning]):
    """A word of the abnormal list to which a person has given a meaning."""

    class Meta:
        model = WordMeaning

    key = "abnormal.reason"
    word = factory.Sequence(lambda n: f"停业{n}")
    written = factory.SelfAttribute("word")
    code = "unreachable"
    decided_at = factory.LazyFunction(clock.now)
    reason = "已电话询问登记股"
