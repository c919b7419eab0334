"""What other registers state about a society: pass `cooperative=`; everything else has a value."""

import datetime as dt

import factory

from common import clock
from registry.models import (
    AbnormalListing,
    DeregistrationNotice,
    RegistrationChange,
    ReportPublication,
    SpotCheck,
    TaxStanding,
)
from registry.statement_choices import (
    AbnormalReason,
    ChangeItem,
    ExitKind,
    FilingWay,
    PublicationState,
    SpotCheckKind,
    SpotCheckResult,
    TaxpayerKind,
    TaxpayerState,
)


class StatementFactory(factory.django.DjangoModelFactory):  # type: ignore[type-arg]
    """Known now, from no file in particular."""

    class Meta:
        abstract = True

    quarter = "2021Q1"
    known_from = factory.LazyFunction(clock.now)


class AbnormalListingFactory(StatementFactory):
    """An open listing for a report that was not published."""

    class Meta:
        model = AbnormalListing

    reason = AbnormalReason.REPORT_NOT_PUBLISHED
    listed_on = dt.date(2020, 7, 10)
    authority = "达州市通川区市场监督管理局"
    decision_no = factory.Sequence(lambda n: f"通市监异入〔2020〕第{n + 1:04d}号")


class SpotCheckFactory(StatementFactory):
    """A check that found nothing wrong; `result` chooses another finding."""

    class Meta:
        model = SpotCheck

    checked_on = dt.date(2020, 9, 15)
    authority = "达州市通川区市场监督管理局"
    kind = SpotCheckKind.RANDOM
    result = SpotCheckResult.NORMAL
    results = factory.LazyAttribute(lambda check: f",{check.result},")
    published_on = dt.date(2020, 9, 30)


class DeregistrationNoticeFactory(StatementFactory):
    """A licence revoked; `kind` chooses another exit."""

    class Meta:
        model = DeregistrationNotice

    kind = ExitKind.REVOKED
    happened_on = dt.date(2020, 11, 5)
    reason = "连续两年未报送年度报告"
    authority = "达州市通川区市场监督管理局"


class ReportPublicationFactory(StatementFactory):
    """The report of 2020, published in time."""

    class Meta:
        model = ReportPublication

    report_year = 2020
    state = PublicationState.PUBLISHED
    published_on = dt.date(2021, 4, 8)
    on_time = True
    filing_way = FilingWay.ONLINE


class RegistrationChangeFactory(StatementFactory):
    """A change of the legal representative."""

    class Meta:
        model = RegistrationChange

    item = ChangeItem.LEGAL_REPRESENTATIVE
    before = "张三"
    after = "李四"
    changed_on = dt.date(2020, 10, 12)


class TaxStandingFactory(StatementFactory):
    """A registered taxpayer that declared sales in the first quarter of 2021."""

    class Meta:
        model = TaxStanding

    as_of = dt.date(2021, 3, 31)
    registered = True
    registered_on = dt.date(2015, 4, 1)
    state = TaxpayerState.NORMAL
    taxpayer_kind = TaxpayerKind.SMALL
    zero_declared = False
    declared_sales = 120_000
    invoice_count = 8
    last_declared_on = dt.date(2021, 4, 12)
